import { type Known, UNKNOWN } from "../../requirements/known.ts";

/** A value of a planned resource: JSON, with {@link UNKNOWN} wherever the engine does not know yet. */
export type Planned = unknown;

/** One resource of a plan. */
export interface PlannedResource {
  readonly type: string;
  readonly urn: string;
  /** Pulumi's name of it. */
  readonly name: string;
  readonly props: Readonly<Record<string, Planned>>;
  /** Pulumi refuses to remove it; not known of a resource that was read elsewhere than from the engine. */
  readonly protect?: boolean;
}

/** A property that is text; `undefined` when it is not set. */
export function text(props: Readonly<Record<string, Planned>>, name: string): Known<string | undefined> {
  const value = props[name];
  if (value === UNKNOWN) return UNKNOWN;
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A property that is a number, also one that is written as text; `undefined` when it is not set. */
export function number(props: Readonly<Record<string, Planned>>, name: string): Known<number | undefined> {
  const value = props[name];
  if (value === UNKNOWN) return UNKNOWN;
  return value === undefined || value === null || value === "" ? undefined : Number(value);
}

/** A property that is true or false; unset is false. */
export function flag(props: Readonly<Record<string, Planned>>, name: string): Known<boolean> {
  const value = props[name];
  return value === UNKNOWN ? UNKNOWN : value === true || value === "true";
}

/** A property that is a list of text; unset is empty, and one unknown item makes all of it unknown. */
export function texts(props: Readonly<Record<string, Planned>>, name: string): Known<readonly string[]> {
  const value = props[name];
  if (value === UNKNOWN) return UNKNOWN;
  if (!Array.isArray(value)) return [];
  return value.includes(UNKNOWN) ? UNKNOWN : value.map(String);
}

/** A property that is a list of objects; unset is empty, and one unknown item makes all of it unknown. */
export function objects(
  props: Readonly<Record<string, Planned>>,
  name: string,
): Known<readonly Readonly<Record<string, Planned>>[]> {
  const value = props[name];
  if (value === UNKNOWN) return UNKNOWN;
  if (!Array.isArray(value)) return [];
  if (value.includes(UNKNOWN)) return UNKNOWN;
  return value.filter((item) => isObject(item));
}

/** A property that is an object; unset is an empty one. */
export function object(
  props: Readonly<Record<string, Planned>>,
  name: string,
): Known<Readonly<Record<string, Planned>>> {
  const value = props[name];
  if (value === UNKNOWN) return UNKNOWN;
  return isObject(value) ? value : {};
}

/** Applies `change` to what is known. */
export function mapKnown<T, R>(value: Known<T>, change: (value: T) => Known<R>): Known<R> {
  return value === UNKNOWN ? UNKNOWN : change(value);
}

function isObject(value: unknown): value is Record<string, Planned> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
