import { CONTAINER_TYPE, labelOf } from "../facts/from-plan/docker-container.ts";
import { plannedPart } from "../facts/from-plan/docker-part.ts";
import type { PlannedResource } from "../facts/from-plan/planned-resource.ts";
import { UNKNOWN } from "../requirements/known.ts";
import { LABELS } from "../topology/names.ts";

/**
 * The resources of each topology, which is judged by itself: a stack with a data database has two. What carries no label
 * of ours belongs to the first one; where nothing does, each server is one, and whatever is no server another.
 */
export function byTopology(resources: readonly PlannedResource[]): readonly (readonly PlannedResource[])[] {
  const names = [...new Set(resources.map(topologyOf))].filter((name) => name !== undefined);
  if (names.length === 0) return byServer(resources);
  if (names.length === 1) return [resources];
  return names.map((name, index) =>
    resources.filter((resource) => {
      const own = topologyOf(resource);
      return own === name || (own === undefined && index === 0);
    }),
  );
}

function topologyOf({ props }: PlannedResource): string | undefined {
  const name = labelOf(props, LABELS.stack);
  return name === UNKNOWN ? undefined : name;
}

/** Who follows whom, and whose pooler a pooler is, nobody says. */
function byServer(resources: readonly PlannedResource[]): readonly (readonly PlannedResource[])[] {
  const servers = resources.filter(
    (resource) => resource.type === CONTAINER_TYPE && plannedPart(resource).kind === "primary",
  );
  if (servers.length < 2) return [resources];
  const rest = resources.filter((resource) => !servers.includes(resource));
  const hasContainers = rest.some(({ type }) => type === CONTAINER_TYPE);
  return [...servers.map((server) => [server]), ...(hasContainers ? [rest] : [])];
}
