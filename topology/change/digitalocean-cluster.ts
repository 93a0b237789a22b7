import type { ResolvedDigitalOcean, ResolvedManagedServer } from "../resolved-digitalocean.ts";
import { labelOfParameter } from "../parameters/change-effect.ts";
import { CLUSTER_PARAMETERS_PROVENANCE } from "../parameters/digitalocean-parameters.ts";
import {
  CLUSTER_RESOURCE,
  CONFIG_RESOURCE,
  POSTGRESQL_LIMITS,
  REPLICA_RESOURCE,
  RESIZING,
} from "./digitalocean-sources.ts";
import { type Edit, type Effect, grows, type Rules } from "./rule.ts";

/** What the platform lets only grow. */
const ONLY_GROW = ["max_locks_per_transaction", "max_prepared_transactions", "max_wal_senders", "max_worker_processes"];
/** What is no parameter of PostgreSQL's. */
const OF_THE_PLATFORM = { shared_buffers_percentage: "restart" } as const;

/** The cluster is made anew, empty; the old one is kept with its data, or not. Pulumi refuses while it is protected. */
export function madeAnew(why: string): (edit: Edit<ResolvedDigitalOcean>) => Effect {
  return ({ old }) => ({
    label: old.keepData ? "replace" : "data loss",
    what: `${why}: another cluster is made empty, and the old one ${old.keepData ? "stays, unused and paid for" : "is deleted with its data"}`,
    source: CLUSTER_RESOURCE,
  });
}

function version(edit: Edit<ResolvedDigitalOcean>): Effect {
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
function machine(edit: Edit<ResolvedDigitalOcean>, old?: ResolvedManagedServer, next?: ResolvedManagedServer): Effect {
  const shrinks = old !== undefined && next !== undefined && (next.memoryMiB < old.memoryMiB || next.cpus < old.cpus);
  if (shrinks) {
    return {
      label: "data loss",
      what: "the platform makes no server smaller",
      instead: "make a stack of the smaller size, and move the data into it",
      source: POSTGRESQL_LIMITS,
    };
  }
  const isAlone = next?.key !== "primary";
  return {
    label: isAlone ? "restart" : "failover",
    what: `${isAlone ? "the replica" : "the cluster"} moves to larger machines, and its sessions end once`,
    source: RESIZING,
  };
}

function replicaMachine(edit: Edit<ResolvedDigitalOcean>): Effect {
  const named = ({ replicas }: ResolvedDigitalOcean) => replicas.find(({ key }) => key === edit.name);
  return machine(edit, named(edit.old), named(edit.next));
}

function parameter({ name, from, to, next }: Edit<ResolvedDigitalOcean>): Effect {
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
  const label = own[name] ?? labelOfParameter(next.version, name) ?? "restart";
  return {
    label,
    what: label === "reload" ? "servers go on, and take it at once" : "servers restart to take it",
    source: CLUSTER_PARAMETERS_PROVENANCE,
  };
}

/** What was asked for before is what Pulumi's state holds on to. In prod, validation never lets go. */
function replicaComesOrGoes({ from, old, next, name }: Edit<ResolvedDigitalOcean>): Effect {
  if (from === undefined) {
    return { label: "none", what: "a new server copies the primary, which goes on", source: REPLICA_RESOURCE };
  }
  const effect: Effect = {
    label: "rebuild",
    what: "the replica is deleted with the sessions on it: a later one copies the primary anew",
    source: REPLICA_RESOURCE,
  };
  if (!old.protection.deletion) return effect;
  if (next.environment === "prod") {
    return {
      ...effect,
      exposure: true,
      what: "the replica can't be deleted, because prod is always protected: `pulumi state unprotect` it by hand before this",
    };
  }
  return {
    ...effect,
    what: "the replica can't be deleted as long as protection.deletion was true at the last update",
    instead: `set protection.deletion: false and run \`pgt up\`, then remove replicas.${name}`,
  };
}

function replicaMoves({ name }: Edit<ResolvedDigitalOcean>): Effect {
  return {
    label: "rebuild",
    what: "another server of the same name would be made before this one goes, and the platform refuses the name",
    instead: `add a replica by another name, and remove replicas.${name}`,
    source: REPLICA_RESOURCE,
  };
}

function disk(edit: Edit<ResolvedDigitalOcean>): Effect {
  if (edit.next.storage.autoscale) {
    return {
      label: "none",
      what: "disks that are there stay as they are: they grow by themselves; a new server gets this size",
      source: { file: "topology/resolve-digitalocean.ts" },
    };
  }
  return grows(edit) || edit.to === undefined
    ? { label: "none", what: "disks grow while servers go on", source: CLUSTER_RESOURCE }
    : { label: "failover", what: "the platform moves data to smaller disks, or refuses to", source: RESIZING };
}

/** The managed servers: what they are, and where. */
export const DIGITALOCEAN_CLUSTER: Rules<ResolvedDigitalOcean> = {
  name: madeAnew("everything has another name"),
  version,
  region: madeAnew("a VPC is of one region, and nothing leaves its VPC"),
  "parameters.<name>": parameter,
  "primary.key": madeAnew("the primary has another name"),
  "primary.part": madeAnew("the primary has another name"),
  "primary.region": { follows: "region" },
  "primary.slug": (edit) => machine(edit, edit.old.primary, edit.next.primary),
  "primary.cpus": { follows: "primary.slug" },
  "primary.memoryMiB": { follows: "primary.slug" },
  nodeCount: (edit) => ({
    label: "none",
    what: grows(edit)
      ? "a standby copies the primary, which goes on"
      : "a standby goes: nothing takes over when the primary's machine is lost",
    source: CLUSTER_RESOURCE,
  }),
  "replicas.<name>": replicaComesOrGoes,
  "replicas.<name>.part": replicaMoves,
  "replicas.<name>.region": replicaMoves,
  "replicas.<name>.slug": replicaMachine,
  "replicas.<name>.cpus": { follows: "replicas.<name>.slug" },
  "replicas.<name>.memoryMiB": { follows: "replicas.<name>.slug" },
  "storage.diskGiB": disk,
  "storage.autoscale": ({ to }) => ({
    label: "none",
    what:
      to === true ? "disks grow by themselves from then on" : "disks no longer grow: one that is full takes no writes",
    source: CLUSTER_RESOURCE,
  }),
};
