import { type Known, UNKNOWN } from "../../requirements/known.ts";

/** A value of a planned resource: JSON, with {@link UNKNOWN} wherever the engine does not know yet. */
export type Planned = unknown;

/** Another resource that a value comes from. */
export type PlannedReference = Pick<PlannedResource, "type" | "urn" | "name">;

/** One resource of a plan. What only some readers can tell is not there when another has read it. */
export interface PlannedResource {
  readonly type: string;
  readonly urn: string;
  /** Pulumi's name of it. */
  readonly name: string;
  readonly props: Readonly<Record<string, Planned>>;
  /** Pulumi refuses to remove it. */
  readonly protect?: boolean;
  /** Paths of properties whose changes Pulumi passes over. */
  readonly ignoreChanges?: readonly string[];
  /** The engine writes it into no state. */
  readonly deleteBeforeReplace?: boolean;
  /** Seconds; 0 is the provider's own. */
  readonly timeouts?: { readonly create: number; readonly update: number; readonly delete: number };
  /** Of its provider: explicit, or the stack's default one. */
  readonly provider?: {
    readonly type: string;
    readonly name: string;
    readonly props: Readonly<Record<string, Planned>>;
  };
  /** URN. */
  readonly parent?: string;
  /** By property: the resources whose values it has. */
  readonly dependencies?: Readonly<Record<string, readonly PlannedReference[]>>;
  /** Properties that the engine keeps as secrets; only a state or a saved preview tells. */
  readonly secretProps?: ReadonlySet<string>;
}

// A program in any language may send anything: what is of another type than it should be is not known, and no error.

/** A property that is text, or a number or a truth that is written as text; `undefined` when it is not set. */
export function text(props: Readonly<Record<string, Planned>>, name: string): Known<string | undefined> {
  const value = props[name];
  return isUnset(value) || value === "" ? undefined : wordOf(value);
}

/** A property that is a number, also one that is written as text; `undefined` when it is not set. */
export function number(props: Readonly<Record<string, Planned>>, name: string): Known<number | undefined> {
  const value = props[name];
  if (isUnset(value) || value === "") return undefined;
  const parsed = typeof value === "number" || typeof value === "string" ? Number(value) : Number.NaN;
  return Number.isNaN(parsed) ? UNKNOWN : parsed;
}

/** A property that is true or false; unset is false. */
export function flag(props: Readonly<Record<string, Planned>>, name: string): Known<boolean> {
  const value = props[name];
  if (value === true || value === "true") return true;
  return isUnset(value) || value === "" || value === false || value === "false" ? false : UNKNOWN;
}

/** A property that is a list of text; unset is empty, and one unknown item makes all of it unknown. */
export function texts(props: Readonly<Record<string, Planned>>, name: string): Known<readonly string[]> {
  return list(props[name], wordOf);
}

/** A property that is a list of objects; unset is empty, and one unknown item makes all of it unknown. */
export function objects(
  props: Readonly<Record<string, Planned>>,
  name: string,
): Known<readonly Readonly<Record<string, Planned>>[]> {
  return list(props[name], (item) => (isObject(item) ? item : UNKNOWN));
}

/** A property that is an object; unset is an empty one. */
export function object(
  props: Readonly<Record<string, Planned>>,
  name: string,
): Known<Readonly<Record<string, Planned>>> {
  const value = props[name];
  if (isUnset(value)) return {};
  return isObject(value) ? value : UNKNOWN;
}

/** Applies `change` to what is known. */
export function mapKnown<T, R>(value: Known<T>, change: (value: T) => Known<R>): Known<R> {
  return value === UNKNOWN ? UNKNOWN : change(value);
}

function list<T>(value: Planned, read: (item: Planned) => Known<T>): Known<readonly T[]> {
  if (isUnset(value)) return [];
  if (!Array.isArray(value)) return UNKNOWN;
  const items: T[] = [];
  for (const item of value as readonly Planned[]) {
    if (isUnset(item)) continue;
    const known = read(item);
    if (known === UNKNOWN) return UNKNOWN;
    items.push(known);
  }
  return items;
}

function wordOf(value: Planned): Known<string> {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : UNKNOWN;
}

function isUnset(value: Planned): value is null | undefined {
  return value === undefined || value === null;
}

function isObject(value: unknown): value is Record<string, Planned> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
