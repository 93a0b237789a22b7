import {
  autoscaleChanges,
  clusterMadeAnew,
  diskChanges,
  MACHINE_SHRINKS,
  machineGrows,
  MAINTENANCE_DAY,
  majorChanges,
  nodeCountChanges,
  REPLICA_COMES,
  REPLICA_GOES,
} from "../../../topology/change/digitalocean-effects.ts";
import { CLUSTER_RESOURCE, REPLICA_RESOURCE, RESIZING } from "../../../topology/change/digitalocean-sources.ts";
import type { Effect } from "../../../topology/change/rule.ts";
import { type Machine, machineNamed } from "../../../topology/limits/digitalocean-machine.ts";
import { notConfirmed } from "../../../topology/limits/limit.ts";
import type { PropertyRule, ResourceTable } from "../../resource-table.ts";
import { numberOf, objectOf, textOf } from "../edited-values.ts";

const DESTROYING = notConfirmed(
  "https://docs.digitalocean.com/products/databases/postgresql/how-to/destroy/",
  "that backups go with their cluster was not read there; the worst that is plausible is taken",
);

const GONE: Effect = {
  label: "data loss",
  what: "the cluster is removed with its data, and the platform's backups of it go with it",
  source: DESTROYING,
};

/** For a property that nobody changes in place. */
const MADE_ANEW: Effect = clusterMadeAnew("no cluster takes it later", false);
const RETAGGED: Effect = { label: "none", what: "servers go on, with other tags", source: CLUSTER_RESOURCE };

function machineOf(slug: unknown): Machine | undefined {
  const machine = machineNamed(textOf(slug));
  return Number.isNaN(machine.cpus + machine.memoryMiB) ? undefined : machine;
}

/** A larger machine, where both are known by their names; one of another name may be smaller. */
function machine(isAlone: boolean): PropertyRule {
  return {
    by: ({ from, to }) => {
      const [old, next] = [machineOf(from), machineOf(to)];
      if (old === undefined || next === undefined) return undefined;
      const shrinks = next.memoryMiB < old.memoryMiB || next.cpus < old.cpus;
      return shrinks ? MACHINE_SHRINKS : machineGrows(isAlone);
    },
    worst: MACHINE_SHRINKS,
  };
}

/** Text of MiB; without one, it is what comes with the size. */
const DISK: PropertyRule = {
  by: ({ from, to }) => {
    const [old, next] = [numberOf(from), numberOf(to)];
    if (to === undefined || to === null) return diskChanges({ from: old, to: undefined });
    return next === undefined ? undefined : diskChanges({ from: old, to: next });
  },
  worst: diskChanges({ from: 1, to: 0 }),
};

const VERSION: PropertyRule = {
  by: ({ from, to }) => {
    const [old, next] = [numberOf(from), numberOf(to)];
    return old === undefined || next === undefined ? undefined : majorChanges({ from: old, to: next });
  },
  worst: majorChanges({ from: 1, to: 0 }),
};

const NODE_COUNT: PropertyRule = {
  by: ({ from, to }) => {
    const next = numberOf(to);
    return next === undefined ? undefined : nodeCountChanges({ from: numberOf(from), to: next });
  },
  worst: nodeCountChanges({ from: 1, to: 0 }),
};

/** Its sessions end when it follows; a VPC in the other region is another one, for which the cluster is made anew. */
const REGION: Effect = {
  label: "failover",
  what: "the platform moves the cluster to another region: it is copied there, and sessions end when it moves",
  source: RESIZING,
};

/** A cluster of any engine: with the backups that the platform makes of it. */
export const CLUSTER: ResourceTable = {
  properties: {
    name: MADE_ANEW,
    engine: MADE_ANEW,
    version: VERSION,
    size: machine(false),
    nodeCount: NODE_COUNT,
    region: REGION,
    privateNetworkUuid: MADE_ANEW,
    projectId: MADE_ANEW,
    storageSizeMib: DISK,
    storageAutoscale: {
      by: ({ to }) => autoscaleChanges(objectOf(to).enabled === true),
      worst: autoscaleChanges(false),
    },
    maintenanceWindows: { ...MAINTENANCE_DAY, what: "the platform works on the cluster at the other time" },
    tags: RETAGGED,
    backupRestore: {
      label: "none",
      what: "it is read when a cluster is made, and never again",
      source: CLUSTER_RESOURCE,
    },
    evictionPolicy: {
      label: "data loss",
      what: "what a full cache does with what it holds: it may remove it",
      source: CLUSTER_RESOURCE,
    },
    sqlMode: { label: "none", what: "MySQL takes statements by other rules; servers go on", source: CLUSTER_RESOURCE },
  },
  unlisted: "restart",
  created: { label: "none", what: "a cluster is made, empty", source: CLUSTER_RESOURCE },
  deleted: GONE,
  replaced: {
    label: "data loss",
    what: "another cluster is made empty, and the old one is deleted with its data and its backups",
    source: DESTROYING,
  },
};

const REPLICA_MADE_ANEW: Effect = {
  label: "rebuild",
  what: "the replica is made anew, and copies the primary; its sessions end",
  source: REPLICA_RESOURCE,
};

/** A read-only node. */
export const REPLICA: ResourceTable = {
  properties: {
    name: REPLICA_MADE_ANEW,
    clusterId: REPLICA_MADE_ANEW,
    region: REPLICA_MADE_ANEW,
    privateNetworkUuid: REPLICA_MADE_ANEW,
    tags: REPLICA_MADE_ANEW,
    size: machine(true),
    storageSizeMib: DISK,
  },
  unlisted: "rebuild",
  created: REPLICA_COMES,
  deleted: REPLICA_GOES,
  replaced: REPLICA_MADE_ANEW,
};
