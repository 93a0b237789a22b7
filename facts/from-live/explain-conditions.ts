import type { ContainersFacts } from "../../requirements/facts/containers.ts";
import type { ReplicationFacts } from "../../requirements/facts/replication.ts";
import { type Fact, isKnown, Missing } from "../../requirements/known.ts";
import { replicaPart } from "../../topology/names.ts";

/**
 * A replica whose slot is gone becomes unhealthy sooner or later. The slot is what is to be mended, so its requirement
 * names it, and the replica's health does not say it again.
 */
export function explainConditions(containers: ContainersFacts, replication: ReplicationFacts): ContainersFacts {
  if (!isKnown(containers.containers) || !isKnown(replication.replicas)) return containers;
  const slotless = new Map(
    replication.replicas.flatMap(({ key, slot, slotExists }) =>
      slotExists === false ? [[replicaPart(key), slot] as const] : [],
    ),
  );
  return {
    ...containers,
    containers: containers.containers.map((container) => {
      const { condition, part } = container;
      if (condition !== "unhealthy" || typeof part !== "string" || !slotless.has(part)) return container;
      return { ...container, condition: slotGone(slotless.get(part)) };
    }),
  };
}

function slotGone(slot: Fact<string> | undefined): Missing {
  const name = typeof slot === "string" ? ` ${slot}` : "";
  return new Missing("not-applicable", `the slot${name} does not exist, which replication/slots-active judges`);
}
