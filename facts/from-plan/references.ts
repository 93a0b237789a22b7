import { type Known, UNKNOWN } from "../../requirements/known.ts";
import type { PlannedResource } from "./planned-resource.ts";

/** Outputs by which the resources of a provider are named elsewhere. */
const IDENTITIES = ["id", "uuid"] as const;

/** Resources that others may name, to be looked up in many times. */
export interface Referable {
  readonly byUrn: ReadonlyMap<string, PlannedResource>;
  readonly byId: ReadonlyMap<string, PlannedResource>;
  /** Before something is made it has no id. */
  readonly hasUnmade: boolean;
}

/** Resources by what they are named by. */
export function referable(targets: readonly PlannedResource[]): Referable {
  const byId = new Map<string, PlannedResource>();
  let hasUnmade = false;
  for (const target of targets) {
    const ids = IDENTITIES.map((name) => target.props[name]).filter((id) => typeof id === "string");
    if (ids.length === 0) hasUnmade = true;
    for (const id of ids) byId.set(id, target);
  }
  return { byUrn: new Map(targets.map((target) => [target.urn, target])), byId, hasUnmade };
}

/**
 * The resources that a property is the id of: by what the engine knows of its dependencies, else by the id itself; where
 * the engine told none, and something has no id yet, nobody knows.
 */
export function referredBy(
  resource: PlannedResource,
  property: string,
  { byId, byUrn, hasUnmade }: Referable,
): Known<readonly PlannedResource[]> {
  const value = resource.props[property];
  if (value === undefined || value === null) return [];
  const dependencies = resource.dependencies && (resource.dependencies[property] ?? []);
  const found = (dependencies ?? []).flatMap(({ urn }) => byUrn.get(urn) ?? []);
  if (found.length > 0) return found;
  const named = typeof value === "string" ? byId.get(value) : undefined;
  if (named !== undefined) return [named];
  return dependencies === undefined && (hasUnmade || typeof value !== "string") ? UNKNOWN : [];
}
