import { labelOfParameter } from "../parameters/change-effect.ts";
import { CLUSTER_PARAMETERS_PROVENANCE } from "../parameters/digitalocean-parameters.ts";
import type { Major } from "../parameters/server-settings.ts";
import {
  BUCKET_RESOURCE,
  CLUSTER_RESOURCE,
  CONFIG_RESOURCE,
  DATABASE_RESOURCE,
  DROPLET_RESOURCE,
  POOL_RESOURCE,
  POSTGRESQL_LIMITS,
  REPLICA_RESOURCE,
  RESIZING,
  VOLUME_RESOURCE,
} from "./digitalocean-sources.ts";
import { type Edit, type Effect, grows } from "./rule.ts";

type Values = Pick<Edit, "from" | "to">;

/** What the platform lets only grow. */
const ONLY_GROW = ["max_locks_per_transaction", "max_prepared_transactions", "max_wal_senders", "max_worker_processes"];
/** What is no parameter of PostgreSQL's. */
const OF_THE_PLATFORM = { shared_buffers_percentage: "restart" } as const;

/** The cluster is made anew, empty; the old one is kept with its data, or not. Pulumi refuses while it is protected. */
export function clusterMadeAnew(why: string, isKept: boolean): Effect {
  return {
    label: isKept ? "replace" : "data loss",
    what: `${why}: another cluster is made empty, and the old one ${isKept ? "stays, unused and paid for" : "is deleted with its data"}`,
    source: CLUSTER_RESOURCE,
  };
}

/** Another major of a cluster. */
export function majorChanges(edit: Values): Effect {
  if (!grows(edit)) {
    return {
      label: "data loss",
      what: "no cluster goes back to an older major",
      instead: "make a stack of the older major, and dump and restore the data into it",
      source: CLUSTER_RESOURCE,
    };
  }
  return {
    label: "failover",
    what: "the cluster is upgraded, and the provider does not wait for it: what follows may be refused until it is done; there is no way back",
    source: CLUSTER_RESOURCE,
  };
}

/** A smaller machine is refused half-way: the update has begun by then. */
export const MACHINE_SHRINKS: Effect = {
  label: "data loss",
  what: "the platform makes no server smaller",
  instead: "make a stack of the smaller size, and move the data into it",
  source: POSTGRESQL_LIMITS,
};

/** Larger machines for a replica, which stands alone, or for a cluster. */
export function machineGrows(isAlone: boolean): Effect {
  return {
    label: isAlone ? "restart" : "failover",
    what: `${isAlone ? "the replica" : "the cluster"} moves to larger machines, and its sessions end once`,
    source: RESIZING,
  };
}

/** A parameter of a cluster, by PostgreSQL's own name. */
export function clusterParameterChanges(major: Major, name: string, { from, to }: Values): Effect {
  if (to === undefined) {
    return {
      label: "none",
      what: "the servers keep the value: the provider forgets it, and sends nothing",
      source: CONFIG_RESOURCE,
    };
  }
  if (ONLY_GROW.includes(name) && from !== undefined && Number(to) < Number(from)) {
    return {
      label: "restart",
      what: "the platform lets nobody lower it",
      instead: `leave parameters.${name} as it is`,
      source: CLUSTER_PARAMETERS_PROVENANCE,
    };
  }
  const own = OF_THE_PLATFORM as Readonly<Record<string, "restart">>;
  const label = own[name] ?? labelOfParameter(major, name) ?? "restart";
  return {
    label,
    what: label === "reload" ? "servers go on, and take it at once" : "servers restart to take it",
    source: CLUSTER_PARAMETERS_PROVENANCE,
  };
}

/** Another database in the cluster; the old one is kept with its rows, or not. */
export function databaseChanges(isKept: boolean): Effect {
  return {
    label: isKept ? "replace" : "data loss",
    what: `an empty database is made beside the old one, which ${isKept ? "stays" : "is dropped with its rows"}: the application no longer reaches them`,
    source: DATABASE_RESOURCE,
  };
}

/** A bucket of backups that goes; what is in it is kept, or not. */
export function bucketGoes(isKept: boolean): Effect {
  return {
    label: isKept ? "none" : "data loss",
    exposure: true,
    what: `nothing is kept in a bucket from then on; the one that is there ${isKept ? "stays, unused" : "is deleted with the backups in it"}`,
    source: BUCKET_RESOURCE,
  };
}

/** Disks of managed servers. */
export function diskChanges(edit: Values): Effect {
  return grows(edit) || edit.to === undefined
    ? { label: "none", what: "disks grow while servers go on", source: CLUSTER_RESOURCE }
    : { label: "failover", what: "the platform moves data to smaller disks, or refuses to", source: RESIZING };
}

/** Disks that grow by themselves, or no longer do. */
export function autoscaleChanges(isOn: boolean): Effect {
  return {
    label: "none",
    what: isOn ? "disks grow by themselves from then on" : "disks no longer grow: one that is full takes no writes",
    source: CLUSTER_RESOURCE,
  };
}

/** Standbys of a cluster. */
export function nodeCountChanges(edit: Values): Effect {
  return {
    label: "none",
    what: grows(edit)
      ? "a standby copies the primary, which goes on"
      : "a standby goes: nothing takes over when the primary's machine is lost",
    source: CLUSTER_RESOURCE,
  };
}

export const REPLICA_COMES: Effect = {
  label: "none",
  what: "a new server copies the primary, which goes on",
  source: REPLICA_RESOURCE,
};

export const REPLICA_GOES: Effect = {
  label: "rebuild",
  what: "the replica is deleted with the sessions on it: a later one copies the primary anew",
  source: REPLICA_RESOURCE,
};

export const MAINTENANCE_DAY: Effect = {
  label: "none",
  what: "the platform works on the cluster on the other day",
  source: CLUSTER_RESOURCE,
};

export const MAINTENANCE_HOUR: Effect = {
  label: "none",
  what: "the platform works on the cluster at the other hour",
  source: CLUSTER_RESOURCE,
};

export const BACKUP_TIME: Effect = {
  label: "none",
  what: "backups are made at the other time; servers go on",
  source: CONFIG_RESOURCE,
};

/** A pool has no update: it goes before the next one of its name comes. */
export const POOL_MADE_ANEW: Effect = {
  label: "restart",
  what: "the pool is deleted and made anew: sessions through it end, and clients find none for some seconds",
  source: POOL_RESOURCE,
};

export const POOL_GOES: Effect = {
  ...POOL_MADE_ANEW,
  what: "the pool is deleted, and sessions through it end for good; servers go on",
};

export const POOL_COMES: Effect = {
  label: "none",
  what: "a pool is put in front of the primary, which goes on",
  source: POOL_RESOURCE,
};

/** What it means that others may connect; sessions that are open are not asked. */
export function reachChanges(what: string, source: Effect["source"], isOpened: boolean): Effect {
  return {
    label: "none",
    exposure: isOpened,
    what: isOpened ? `addresses that could not reach ${what} can from then on` : `fewer addresses reach ${what}`,
    source,
  };
}

export const HOST_RESIZED: Effect = {
  label: "restart",
  what: "the data host is powered off and resized: its database is away for minutes",
  source: DROPLET_RESOURCE,
};

export const HOST_MADE_ANEW: Effect = {
  label: "replace",
  what: "the data host is made anew, on the volume that is there",
  source: DROPLET_RESOURCE,
};

export const VOLUME_GROWS: Effect = {
  label: "none",
  what: "the volume grows while the data host goes on",
  source: VOLUME_RESOURCE,
};

export const VOLUME_SHRINKS: Effect = {
  label: "data loss",
  what: "no volume shrinks: the provider refuses it",
  instead: "leave data.diskGiB as it is, or restore into a stack with a smaller volume",
  source: VOLUME_RESOURCE,
};
