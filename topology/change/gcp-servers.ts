import { CLOUD_SQL_DOCS, readAt } from "../limits/limit.ts";
import { CLOUD_SQL_FLAGS_PROVENANCE } from "../parameters/cloud-sql-flag-names.ts";
import { labelOfCloudSqlFlag } from "../parameters/cloud-sql-flags.ts";
import { orderOfChange } from "../parameters/standby-order.ts";
import type { ResolvedGcp } from "../resolved-gcp.ts";
import { AVAILABILITY, INSTANCE_RESOURCE, UNSAID } from "./gcp-sources.ts";
import { type Edit, type Effect, grows, type Rules } from "./rule.ts";

const EDITIONS = readAt(`${CLOUD_SQL_DOCS}/upgrade-cloud-sql-instance-to-enterprise-plus-in-place`);
const MAJORS = readAt(`${CLOUD_SQL_DOCS}/upgrade-major-db-version-inplace`);
const REPLICAS = readAt(`${CLOUD_SQL_DOCS}/replication`);

const FLAG_EFFECTS: Readonly<Record<string, string>> = {
  restart: "the primary restarts, and each replica with it",
  reload: "servers read it while they run",
};

/** How long a machine is away while it is exchanged. */
function exchanged({ next }: Edit<ResolvedGcp>, who: string): string {
  return next.edition === "enterprise-plus"
    ? `${who} moves to another machine: sessions end, and come back in about a second`
    : `${who} restarts on another machine, for up to a few minutes`;
}

function version(edit: Edit<ResolvedGcp>): Effect {
  if (!grows(edit)) {
    return {
      label: "data loss",
      what: "no server goes back to an older major: another one is made empty, and the old one is deleted",
      source: MAJORS,
    };
  }
  return {
    label: "restart",
    what: "the primary is upgraded in place and is away for minutes, longer with more data; there is no way back",
    source: MAJORS,
  };
}

function flag({ name, from, to, next }: Edit<ResolvedGcp>): Effect {
  const label = labelOfCloudSqlFlag(next.version, name);
  if (label === undefined) {
    return { label: "restart", what: "servers may restart: nothing is known of this flag", source: UNSAID };
  }
  const order = next.replicas.length === 0 ? undefined : orderOfChange(name, String(from), String(to));
  const what = FLAG_EFFECTS[label] ?? "only a new server takes it";
  return { label, what: order ? `${what}: ${order.text}` : what, source: CLOUD_SQL_FLAGS_PROVENANCE };
}

const REPLACED: Effect = {
  label: "data loss",
  what: "another instance is made empty, and this one is deleted with its data",
  source: INSTANCE_RESOURCE,
};

const REPLICA_REBUILT: Effect = {
  label: "rebuild",
  what: "the replica is deleted, and another one copies the primary, which goes on",
  source: INSTANCE_RESOURCE,
};

/** What was asked for before is what the cloud, and the provider's state, hold on to. In prod, validation never lets go. */
function replicaGoes({ old, next, name }: Edit<ResolvedGcp>): Effect {
  const effect: Effect = {
    label: "rebuild",
    what: "the replica is deleted with the sessions on it: a later one copies the primary anew",
    source: REPLICAS,
  };
  if (!old.protection.deletion) return effect;
  if (next.environment === "prod") {
    return {
      ...effect,
      exposure: true,
      what: "the provider refuses to delete the replica, and prod is always protected: delete it by hand, and run `pulumi refresh`, before this",
    };
  }
  return {
    ...effect,
    what: "the provider refuses to delete the replica as long as protection.deletion was true at the last update",
    instead: `set protection.deletion: false and run \`pgt up\`, then remove replicas.${name}`,
  };
}

/** Instances of Cloud SQL: what they are, and where. */
export const GCP_SERVERS: Rules<ResolvedGcp> = {
  name: REPLACED,
  version,
  "parameters.<name>": flag,
  region: REPLACED,
  edition: ({ to }) => ({
    label: "restart",
    what:
      to === "enterprise-plus"
        ? "servers move to other machines and disks within minutes: sessions end, and come back in about a second"
        : "servers move to other machines and disks, and are away for up to a minute",
    source: EDITIONS,
  }),
  highAvailability: ({ to }) => ({
    label: "restart",
    what:
      to === true
        ? "a standby is made in a second zone; the primary may restart"
        : "the standby in the second zone goes: nothing takes over when the zone is lost; the primary may restart",
    source: UNSAID,
  }),
  // The component ignores it on an instance that is there: some versions of the provider replaced the instance for it.
  "storage.diskGiB": {
    label: "none",
    what: "disks that are there stay as they are: they grow by themselves, and can't shrink; a new server gets this size",
    source: { file: "components/gcp/instances.ts" },
  },
  "storage.maxDiskGiB": (edit) => ({
    label: "none",
    what: grows(edit)
      ? "disks may grow further by themselves"
      : "disks stop growing by themselves at the lower size; what they have stays",
    source: INSTANCE_RESOURCE,
  }),
  // In place since version 7.44 of the provider (2026-08-11), by replacement before.
  "storage.diskType": { label: "restart", what: "data moves to another kind of disk; servers restart", source: UNSAID },
  "primary.key": REPLACED,
  "primary.part": REPLACED,
  "primary.region": { follows: "region" },
  "primary.tier": (edit) => ({ label: "restart", what: exchanged(edit, "the primary"), source: AVAILABILITY }),
  "primary.cpus": { follows: "primary.tier" },
  "primary.memoryMiB": { follows: "primary.tier" },
  "replicas.<name>": (edit) =>
    edit.from === undefined
      ? { label: "none", what: "a new server copies the primary, which goes on", source: REPLICAS }
      : replicaGoes(edit),
  "replicas.<name>.part": REPLICA_REBUILT,
  "replicas.<name>.region": ({ name, to }) => ({
    ...REPLICA_REBUILT,
    what: "a server is deleted before the next one of its name is made, and the cloud may hold the name back",
    instead: `remove replicas.${name}, and add a replica by another name in ${String(to)}`,
  }),
  "replicas.<name>.tier": (edit) => ({ label: "restart", what: exchanged(edit, "the replica"), source: AVAILABILITY }),
  "replicas.<name>.cpus": { follows: "replicas.<name>.tier" },
  "replicas.<name>.memoryMiB": { follows: "replicas.<name>.tier" },
  "replicas.<name>.purpose": {
    label: "restart",
    what: "the primary is told which replica takes over after a disaster; the replica may restart",
    source: UNSAID,
  },
};
