import { shapeIssues } from "../../config/shape-issues.ts";
import type { Issue } from "../../topology/issue.ts";
import { resolveTopology } from "../../topology/resolve.ts";
import { topologySpec } from "../../topology/spec.ts";
import { validateTopology } from "../../topology/validate.ts";

/** What a mutation needs around it to be about its own field, by the beginning of the field's path. */
export type Around<S> = Readonly<Record<string, (spec: S) => Partial<S>>>;

/** Everything that is said of a document: of its shape, else of what it means. */
export function issuesOf(document: unknown, stack: string): Issue[] {
  const parsed = topologySpec.safeParse(document);
  if (!parsed.success) return shapeIssues(parsed.error.issues, document, topologySpec);
  return validateTopology(parsed.data, resolveTopology(parsed.data, stack));
}

/** A copy of a wish in which one field has another value; `undefined` takes the field away. */
export function mutated<S extends object>(spec: S, path: string, value: unknown, around: Around<S>): unknown {
  const needed = Object.entries(around).filter(([prefix]) => path === prefix || path.startsWith(`${prefix}.`));
  let document = spec;
  for (const [, change] of needed) document = { ...document, ...change(document) };
  document = structuredClone(document);
  const steps = path.split(".");
  const last = steps.pop() ?? "";
  let place = document as unknown as Record<string, unknown>;
  for (const step of steps) place = (place[step] ??= {}) as Record<string, unknown>;
  if (value === undefined) Reflect.deleteProperty(place, last);
  else place[last] = value;
  return document;
}
