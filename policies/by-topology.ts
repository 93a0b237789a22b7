import { labelOf } from "../facts/from-plan/docker-container.ts";
import type { PlannedResource } from "../facts/from-plan/planned-resource.ts";
import { UNKNOWN } from "../requirements/known.ts";
import { LABELS } from "../topology/names.ts";

/**
 * The resources of each topology, which is judged by itself: a stack with a data database has two. What carries no label
 * of ours belongs to the first one.
 */
export function byTopology(resources: readonly PlannedResource[]): readonly (readonly PlannedResource[])[] {
  const topologyOf = ({ props }: PlannedResource): string | undefined => {
    const name = labelOf(props, LABELS.stack);
    return name === UNKNOWN ? undefined : name;
  };
  const names = [...new Set(resources.map(topologyOf))].filter((name) => name !== undefined);
  if (names.length < 2) return [resources];
  return names.map((name, index) =>
    resources.filter((resource) => {
      const own = topologyOf(resource);
      return own === name || (own === undefined && index === 0);
    }),
  );
}
