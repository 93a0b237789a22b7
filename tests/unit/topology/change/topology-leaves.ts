import type { ResolvedTopology } from "../../../../topology/resolved.ts";

/** A field of a topology that holds a value. */
export interface Leaf {
  /** Steps from the top, with a list's places as numbers. */
  readonly steps: readonly string[];
  /** As a rule names it. */
  readonly pattern: string;
}

const NAMED = [
  "replicas",
  "parameters",
  "observability.labels",
  "service.environment",
  "data.parameters",
  "dataHost.server.parameters",
];

/** Every field of a topology, in its order. */
export function leavesOf(value: unknown, steps: readonly string[] = [], pattern = ""): Leaf[] {
  const isLeaf = typeof value !== "object" || value === null || (Array.isArray(value) && pattern !== "replicas");
  if (isLeaf) return [{ steps, pattern }];
  return Object.entries(value).flatMap(([key, below]) => {
    const name = NAMED.includes(pattern) ? "<name>" : key;
    return leavesOf(below, [...steps, key], pattern === "" ? name : `${pattern}.${name}`);
  });
}

/** The topology with another value in one field. */
export function mutated<T extends ResolvedTopology>(topology: T, { steps }: Leaf): T {
  const copy = structuredClone(topology);
  let place = copy as unknown as Record<string, unknown>;
  for (const step of steps.slice(0, -1)) place = place[step] as Record<string, unknown>;
  const last = steps.at(-1) ?? "";
  place[last] = another(place[last]);
  return copy;
}

function another(value: unknown): unknown {
  if (typeof value === "number") return value + 1;
  if (typeof value === "boolean") return !value;
  return Array.isArray(value) ? [] : `${String(value)}x`;
}
