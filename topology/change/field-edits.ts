import { isDeepStrictEqual } from "node:util";

/** Where two topologies differ. */
export interface FieldEdit {
  /** As in `replicas.a.port`. */
  readonly path: string;
  /** The path with `<name>` for what a user has named. */
  readonly pattern: string;
  /** What stands for `<name>`; empty without. */
  readonly name: string;
  readonly from: unknown;
  readonly to: unknown;
}

type Place = Pick<FieldEdit, "path" | "pattern" | "name">;

/** Maps whose keys are a user's names; a list here is a map, too, by its elements' `key`. */
const NAMED = new Set([
  "replicas",
  "parameters",
  "observability.labels",
  "service.environment",
  "data.parameters",
  "dataHost.server.parameters",
]);

/**
 * Every field in which two topologies differ, in their order. A block that comes or goes is one edit where `isKnown` knows
 * its pattern, and otherwise an edit of each of its fields.
 */
export function fieldEdits(old: unknown, next: unknown, isKnown: (pattern: string) => boolean): FieldEdit[] {
  return editsAt({ path: "", pattern: "", name: "" }, old, next, isKnown);
}

function editsAt(place: Place, from: unknown, to: unknown, isKnown: (pattern: string) => boolean): FieldEdit[] {
  const [before, after] = [partsOf(place, from), partsOf(place, to)];
  const isWhole = (from ?? undefined) === undefined || (to ?? undefined) === undefined;
  if ((before === undefined && after === undefined) || (isWhole && isKnown(place.pattern))) {
    return isDeepStrictEqual(from ?? undefined, to ?? undefined) ? [] : [{ ...place, from, to }];
  }
  const keys = new Set([...(after ?? new Map()).keys(), ...(before ?? new Map()).keys()] as string[]);
  return [...keys].flatMap((key) => editsAt(below(place, key), before?.get(key), after?.get(key), isKnown));
}

function below({ path, pattern, name }: Place, key: string): Place {
  const isNamed = NAMED.has(pattern);
  const join = (start: string, end: string): string => (start === "" ? end : `${start}.${end}`);
  return { path: join(path, key), pattern: join(pattern, isNamed ? "<name>" : key), name: isNamed ? key : name };
}

/** What lies below a place; `undefined` for a value without parts. */
function partsOf({ pattern }: Place, value: unknown): ReadonlyMap<string, unknown> | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (!Array.isArray(value)) return new Map(Object.entries(value));
  if (!NAMED.has(pattern)) return undefined;
  return new Map((value as { key: string }[]).map((element) => [element.key, element]));
}
