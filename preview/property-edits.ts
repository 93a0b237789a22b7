import { isDeepStrictEqual } from "node:util";
import { UNKNOWN } from "../requirements/known.ts";
import { type PlannedStep, SECRET, type StepValue } from "./planned-step.ts";
import { keysOf } from "./property-path.ts";
import type { ResourceTable } from "./resource-table.ts";

/** One property in which what is asked for differs from what was. */
export interface PropertyEdit {
  /** As a person writes it: `settings.databaseFlags.max_connections`. */
  readonly path: string;
  /** The path with `<name>` for what a user has named: where the rule stands. */
  readonly pattern: string;
  /** What stands for `<name>`; empty without. */
  readonly name: string;
  readonly from: StepValue;
  readonly to: StepValue;
  /** The resource is made anew for it, as the provider says. */
  readonly replaces: boolean;
  /** Nobody asked for it: what there is differs from what was asked for. */
  readonly drifted: boolean;
}

type Place = Pick<PropertyEdit, "path" | "pattern" | "name">;
const ROOT: Place = { path: "", pattern: "", name: "" };
type Shape = Pick<ResourceTable, "properties" | "named">;

/** Pulumi's own, as `__defaults`; no provider is told of them. */
const OF_THE_BRIDGE = "__";

/**
 * Every property that an update changes, in the order of what is asked for: where the values differ, and where only the
 * engine can tell, as of another secret or of what was changed by hand.
 */
export function propertyEdits({ old, next, diffs }: PlannedStep, shape: Shape): PropertyEdit[] {
  if (old === undefined || next === undefined) return [];
  const compared = editsAt(ROOT, old.inputs, next.inputs, shape);
  const edits = compared.map((edit) => ({ ...edit, replaces: false, drifted: false }));
  for (const diff of diffs) {
    const names = namesOn(diff.path, shape, { ...old.inputs, ...next.inputs });
    const place = placeOf(names, shape);
    const known = edits.filter(({ path }) => isWithin(path, place.path) || isWithin(place.path, path));
    for (const edit of known) edit.replaces ||= diff.replaces;
    if (known.length > 0) continue;
    const to = valueOf(names, next.inputs, shape);
    // Of a secret nobody can tell what it was.
    const drifted = !diff.ofInputs && to !== SECRET;
    const from = valueOf(names, drifted ? old.outputs : old.inputs, shape);
    edits.push({ ...place, from, to, replaces: diff.replaces, drifted });
  }
  return edits;
}

function editsAt(
  place: Place,
  from: StepValue,
  to: StepValue,
  shape: Shape,
): (Place & { from: StepValue; to: StepValue })[] {
  if (isDeepStrictEqual(from ?? undefined, to ?? undefined)) return [];
  const [before, after] = [partsOf(place, from, shape), partsOf(place, to, shape)];
  const isEnd = Object.hasOwn(shape.properties, place.pattern) || [from, to].some(isOpaque);
  if (isEnd || (before === undefined && after === undefined) || isMixed(from, before) || isMixed(to, after)) {
    return [{ ...place, from, to }];
  }
  const keys = new Set([...(after?.keys() ?? []), ...(before?.keys() ?? [])]);
  return [...keys]
    .filter((key) => !key.startsWith(OF_THE_BRIDGE))
    .flatMap((key) => editsAt(below(place, key, shape), before?.get(key), after?.get(key), shape));
}

/** A value that is there, and has no parts: nothing to compare part by part. */
function isMixed(value: StepValue, parts: ReadonlyMap<string, StepValue> | undefined): boolean {
  return (value ?? undefined) !== undefined && parts === undefined;
}

function isOpaque(value: StepValue): boolean {
  return value === UNKNOWN || value === SECRET;
}

function below({ path, pattern, name }: Place, key: string, { named = {} }: Shape): Place {
  const isNamed = Object.hasOwn(named, pattern);
  const join = (start: string, end: string): string => (start === "" ? end : `${start}.${end}`);
  return { path: join(path, key), pattern: join(pattern, isNamed ? "<name>" : key), name: isNamed ? key : name };
}

/** What lies below a place, by key; `undefined` for a value without parts that could be told apart. */
function partsOf(
  { pattern }: Place,
  value: StepValue,
  { named = {} }: Shape,
): ReadonlyMap<string, StepValue> | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (!Array.isArray(value)) return new Map(Object.entries(value));
  if (!Object.hasOwn(named, pattern)) return undefined;
  return partsByName(value, named[pattern] ?? "*");
}

function partsByName(list: readonly StepValue[], key: string): ReadonlyMap<string, StepValue> | undefined {
  const parts = new Map<string, StepValue>();
  for (const item of list) {
    const part = key === "=" ? variable(item) : element(item, key);
    if (part === undefined || parts.has(part[0])) return undefined;
    parts.set(...part);
  }
  return parts;
}

function variable(item: StepValue): [string, StepValue] | undefined {
  if (typeof item !== "string") return undefined;
  const at = item.indexOf("=");
  return at < 0 ? [item, ""] : [item.slice(0, at), item.slice(at + 1)];
}

function element(item: StepValue, key: string): [string, StepValue] | undefined {
  if (typeof item !== "object" || item === null || !Object.hasOwn(item, key)) return undefined;
  const name = (item as Record<string, StepValue>)[key];
  return typeof name === "string" || typeof name === "number" ? [String(name), item] : undefined;
}

/** The engine's path in the words of the table, key by key: as far as it has a rule, or as elements have names. */
function namesOn(path: string, shape: Shape, root: StepValue): string[] {
  const names: string[] = [];
  let place = ROOT;
  let value = root;
  for (const key of keysOf(path)) {
    if (Object.hasOwn(shape.properties, place.pattern)) break;
    const parts = partsOf(place, value, shape);
    const name = typeof key === "number" ? [...(parts?.keys() ?? [])][key] : key;
    if (name === undefined) break;
    names.push(name);
    place = below(place, name, shape);
    value = parts?.get(name);
  }
  return names;
}

function placeOf(names: readonly string[], shape: Shape): Place {
  return names.reduce<Place>((place, name) => below(place, name, shape), ROOT);
}

function valueOf(names: readonly string[], root: StepValue, shape: Shape): StepValue {
  const start: { place: Place; value: StepValue } = { place: ROOT, value: root };
  return names.reduce(
    ({ place, value }, name) => ({
      place: below(place, name, shape),
      value: isOpaque(value) ? value : partsOf(place, value, shape)?.get(name),
    }),
    start,
  ).value;
}

function isWithin(path: string, around: string): boolean {
  return path === around || path.startsWith(`${around}.`);
}
