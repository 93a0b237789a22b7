import { labelOf } from "../../../facts/from-plan/docker-container.ts";
import { LABELS } from "../../../topology/names.ts";
import { readAt } from "../../../topology/limits/limit.ts";
import { REPLICA_COPIES } from "../../../topology/change/docker-effects.ts";
import type { Effect } from "../../../topology/change/rule.ts";
import type { PlannedStep } from "../../planned-step.ts";
import type { ResourceTable } from "../../resource-table.ts";

/** Every input of a volume makes it anew, but those of a cluster's volume that say who may use it. */
const VOLUME_RESOURCE = readAt(
  "https://github.com/kreuzwerker/terraform-provider-docker/blob/master/internal/provider/resource_docker_volume.go",
  "2026-07-22",
);

/** Of a volume that was made anew for a property. */
const EMPTY: Effect = {
  label: "data loss",
  what: "another volume is made, empty, and the old one is removed with what it holds",
  source: VOLUME_RESOURCE,
};

/** A volume of ours says what it holds; of any other one, it may be a database. */
function volumeGoes({ old }: PlannedStep): Effect {
  const part = labelOf(old?.inputs ?? {}, LABELS.part);
  if (typeof part === "string") {
    if (part === "socket") {
      return { label: "none", what: "it holds no data, only the way to a server", source: VOLUME_RESOURCE };
    }
    if (part.startsWith("replica-")) return { ...REPLICA_COPIES, what: "a copy goes: a later replica copies anew" };
    if (part === "backups") {
      if (old?.retainOnDelete === true) {
        return {
          label: "none",
          what: "the backups and the WAL in it stay, unused, and Pulumi no longer knows it",
          source: VOLUME_RESOURCE,
        };
      }
      return { label: "data loss", what: "the backups and the WAL in it are removed", source: VOLUME_RESOURCE };
    }
  }
  return { label: "data loss", what: "it is removed, with what it holds", source: VOLUME_RESOURCE };
}

function volumeMadeAnew(step: PlannedStep): Effect {
  const effect = volumeGoes(step);
  return effect.label === "data loss" ? EMPTY : effect;
}

/** What data lives on. */
export const VOLUME: ResourceTable = {
  properties: {
    name: EMPTY,
    driver: EMPTY,
    driverOpts: EMPTY,
    // Docker can't change them.
    labels: EMPTY,
    "cluster.availability": {
      by: ({ to }) =>
        to === "active"
          ? { label: "none", what: "servers may use it", source: VOLUME_RESOURCE }
          : { label: "restart", what: "servers that use it may have to leave it", source: VOLUME_RESOURCE },
      worst: { label: "restart", what: "servers that use it may have to leave it", source: VOLUME_RESOURCE },
    },
    "cluster.group": EMPTY,
    "cluster.id": { label: "none", what: "it is Docker's, and nobody sets it", source: VOLUME_RESOURCE },
    "cluster.limitBytes": EMPTY,
    "cluster.requiredBytes": EMPTY,
    "cluster.scope": EMPTY,
    "cluster.sharing": EMPTY,
    "cluster.topologyPreferred": EMPTY,
    "cluster.topologyRequired": EMPTY,
    "cluster.type": EMPTY,
  },
  unlisted: "data loss",
  created: { label: "none", what: "an empty volume is made", source: VOLUME_RESOURCE },
  deleted: volumeGoes,
  replaced: volumeMadeAnew,
};
