import type { ResolvedGcp } from "../resolved-gcp.ts";
import { exchanged, otherFlag, SERVER_EFFECTS } from "./gcp-effects.ts";
import { type Edit, type Effect, grows, type Rule, type Rules } from "./rule.ts";

/** What was asked for before is what the cloud, and the provider's state, hold on to. In prod, validation never lets go. */
function replicaGoes({ old, next, name }: Edit<ResolvedGcp>): Effect {
  if (!old.protection.deletion) return SERVER_EFFECTS.replicaGoes;
  if (next.environment === "prod") {
    return {
      ...SERVER_EFFECTS.replicaGoes,
      exposure: true,
      what: "the provider refuses to delete the replica, and prod is always protected: delete it by hand, and run `pulumi refresh`, before this",
    };
  }
  return {
    ...SERVER_EFFECTS.replicaGoes,
    what: "the provider refuses to delete the replica as long as protection.deletion was true at the last update",
    instead: `set protection.deletion: false and run \`pgt up\`, then remove replicas.${name}`,
  };
}

/** How long a machine is away while it is exchanged. */
function tier(who: string): Rule<ResolvedGcp> {
  return ({ next }) => exchanged(who, next.edition === "enterprise-plus");
}

/** Instances of Cloud SQL: what they are, and where. */
export const GCP_SERVERS: Rules<ResolvedGcp> = {
  name: SERVER_EFFECTS.replaced,
  version: (edit) => (grows(edit) ? SERVER_EFFECTS.newerMajor : SERVER_EFFECTS.olderMajor),
  "parameters.<name>": (edit) => otherFlag(edit.next.version, edit, edit.next.replicas.length > 0),
  region: SERVER_EFFECTS.replaced,
  edition: ({ to }) => (to === "enterprise-plus" ? SERVER_EFFECTS.betterEdition : SERVER_EFFECTS.cheaperEdition),
  highAvailability: ({ to }) => (to === true ? SERVER_EFFECTS.standbyComes : SERVER_EFFECTS.standbyGoes),
  // The component ignores it on an instance that is there: some versions of the provider replaced the instance for it.
  "storage.diskGiB": {
    label: "none",
    what: "disks that are there stay as they are: they grow by themselves, and can't shrink; a new server gets this size",
    source: { file: "components/gcp/instances.ts" },
  },
  "storage.maxDiskGiB": (edit) => (grows(edit) ? SERVER_EFFECTS.diskMayGrow : SERVER_EFFECTS.diskMayNotGrow),
  "storage.diskType": SERVER_EFFECTS.otherDisk,
  "primary.key": SERVER_EFFECTS.replaced,
  "primary.part": SERVER_EFFECTS.replaced,
  "primary.region": { follows: "region" },
  "primary.tier": tier("the primary"),
  "primary.cpus": { follows: "primary.tier" },
  "primary.memoryMiB": { follows: "primary.tier" },
  "replicas.<name>": (edit) => (edit.from === undefined ? SERVER_EFFECTS.replicaMade : replicaGoes(edit)),
  "replicas.<name>.part": SERVER_EFFECTS.replicaRebuilt,
  "replicas.<name>.region": ({ name, to }) => ({
    ...SERVER_EFFECTS.replicaRebuilt,
    what: "a server is deleted before the next one of its name is made, and the cloud may hold the name back",
    instead: `remove replicas.${name}, and add a replica by another name in ${String(to)}`,
  }),
  "replicas.<name>.tier": tier("the replica"),
  "replicas.<name>.cpus": { follows: "replicas.<name>.tier" },
  "replicas.<name>.memoryMiB": { follows: "replicas.<name>.tier" },
  "replicas.<name>.purpose": SERVER_EFFECTS.designated,
};
