import type { ResolvedDigitalOcean, ResolvedManagedServer } from "../resolved-digitalocean.ts";
import {
  autoscaleChanges,
  clusterMadeAnew,
  clusterParameterChanges,
  diskChanges,
  MACHINE_SHRINKS,
  machineGrows,
  majorChanges,
  nodeCountChanges,
  REPLICA_COMES,
  REPLICA_GOES,
} from "./digitalocean-effects.ts";
import { REPLICA_RESOURCE } from "./digitalocean-sources.ts";
import type { Edit, Effect, Rules } from "./rule.ts";

/** The cluster is made anew, empty. */
export function madeAnew(why: string): (edit: Edit<ResolvedDigitalOcean>) => Effect {
  return ({ old }) => clusterMadeAnew(why, old.keepData);
}

function machine(old?: ResolvedManagedServer, next?: ResolvedManagedServer): Effect {
  const shrinks = old !== undefined && next !== undefined && (next.memoryMiB < old.memoryMiB || next.cpus < old.cpus);
  return shrinks ? MACHINE_SHRINKS : machineGrows(next?.key !== "primary");
}

function replicaMachine(edit: Edit<ResolvedDigitalOcean>): Effect {
  const named = ({ replicas }: ResolvedDigitalOcean) => replicas.find(({ key }) => key === edit.name);
  return machine(named(edit.old), named(edit.next));
}

/** What was asked for before is what Pulumi's state holds on to. In prod, validation never lets go. */
function replicaComesOrGoes({ from, old, next, name }: Edit<ResolvedDigitalOcean>): Effect {
  if (from === undefined) return REPLICA_COMES;
  const effect = REPLICA_GOES;
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
  return diskChanges(edit);
}

/** The managed servers: what they are, and where. */
export const DIGITALOCEAN_CLUSTER: Rules<ResolvedDigitalOcean> = {
  name: madeAnew("everything has another name"),
  version: majorChanges,
  region: madeAnew("a VPC is of one region, and nothing leaves its VPC"),
  "parameters.<name>": (edit) => clusterParameterChanges(edit.next.version, edit.name, edit),
  "primary.key": madeAnew("the primary has another name"),
  "primary.part": madeAnew("the primary has another name"),
  "primary.region": { follows: "region" },
  "primary.slug": ({ old, next }) => machine(old.primary, next.primary),
  "primary.cpus": { follows: "primary.slug" },
  "primary.memoryMiB": { follows: "primary.slug" },
  nodeCount: nodeCountChanges,
  "replicas.<name>": replicaComesOrGoes,
  "replicas.<name>.part": replicaMoves,
  "replicas.<name>.region": replicaMoves,
  "replicas.<name>.slug": replicaMachine,
  "replicas.<name>.cpus": { follows: "replicas.<name>.slug" },
  "replicas.<name>.memoryMiB": { follows: "replicas.<name>.slug" },
  "storage.diskGiB": disk,
  "storage.autoscale": ({ to }) => autoscaleChanges(to === true),
};
