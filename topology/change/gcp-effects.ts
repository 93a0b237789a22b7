import { CLOUD_SQL_DOCS, notConfirmed, readAt } from "../limits/limit.ts";
import { CLOUD_SQL_FLAGS_PROVENANCE } from "../parameters/cloud-sql-flag-names.ts";
import { labelOfCloudSqlFlag } from "../parameters/cloud-sql-flags.ts";
import type { Major } from "../parameters/server-settings.ts";
import { orderOfChange } from "../parameters/standby-order.ts";
import { AVAILABILITY, INSTANCE_RESOURCE, REVISIONS, UNSAID } from "./gcp-sources.ts";
import type { Effect } from "./rule.ts";

// What happens on Google Cloud, said once: of a wish's edit (gcp-*.ts here) and of a planned resource's
// (preview/tables/gcp).

const EDITIONS = readAt(`${CLOUD_SQL_DOCS}/upgrade-cloud-sql-instance-to-enterprise-plus-in-place`);
const MAJORS = readAt(`${CLOUD_SQL_DOCS}/upgrade-major-db-version-inplace`);
const REPLICAS = readAt(`${CLOUD_SQL_DOCS}/replication`);
const POINT_IN_TIME = readAt(`${CLOUD_SQL_DOCS}/backup-recovery/configure-pitr`);
const BACKUPS = readAt(`${CLOUD_SQL_DOCS}/backup-recovery/backups`);
const BUCKET = notConfirmed("https://docs.cloud.google.com/storage/docs/buckets", "not read there");
const POOLING = notConfirmed(
  `${CLOUD_SQL_DOCS}/managed-connection-pooling`,
  "the page of Cloud SQL for MySQL says that enabling it restarts; the one for PostgreSQL was not seen to say it",
);
const INSIGHTS = readAt(
  "https://docs.cloud.google.com/python/docs/reference/google-cloud-sql/latest/google.cloud.sqladmin_v1.types.InsightsConfig",
);
const DATABASES = notConfirmed(
  "https://registry.terraform.io/providers/hashicorp/google-beta/latest/docs/resources/sql_database",
  "known from the provider's source: the name of a database, and of a user, can't be changed",
);

/** Servers: what they are, and where. */
export const SERVER_EFFECTS = {
  inPlace: { label: "none", what: "servers go on as they are", source: INSTANCE_RESOURCE },
  insights: { label: "none", what: "servers go on as they are", source: INSIGHTS },
  replaced: {
    label: "data loss",
    what: "another instance is made empty, and this one is deleted with its data",
    source: INSTANCE_RESOURCE,
  },
  replicaRebuilt: {
    label: "rebuild",
    what: "the replica is deleted, and another one copies the primary, which goes on",
    source: INSTANCE_RESOURCE,
  },
  replicaMade: { label: "none", what: "a new server copies the primary, which goes on", source: REPLICAS },
  replicaGoes: {
    label: "rebuild",
    what: "the replica is deleted with the sessions on it: a later one copies the primary anew",
    source: REPLICAS,
  },
  olderMajor: {
    label: "data loss",
    what: "no server goes back to an older major: another one is made empty, and the old one is deleted",
    source: MAJORS,
  },
  newerMajor: {
    label: "restart",
    what: "the primary is upgraded in place and is away for minutes, longer with more data; there is no way back",
    source: MAJORS,
  },
  betterEdition: {
    label: "restart",
    what: "servers move to other machines and disks within minutes: sessions end, and come back in about a second",
    source: EDITIONS,
  },
  cheaperEdition: {
    label: "restart",
    what: "servers move to other machines and disks, and are away for up to a minute",
    source: EDITIONS,
  },
  standbyComes: {
    label: "restart",
    what: "a standby is made in a second zone; the primary may restart",
    source: UNSAID,
  },
  standbyGoes: {
    label: "restart",
    what: "the standby in the second zone goes: nothing takes over when the zone is lost; the primary may restart",
    source: UNSAID,
  },
  diskMayGrow: { label: "none", what: "disks may grow further by themselves", source: INSTANCE_RESOURCE },
  diskMayNotGrow: {
    label: "none",
    what: "disks stop growing by themselves at the lower size; what they have stays",
    source: INSTANCE_RESOURCE,
  },
  // In place since version 7.44 of the provider (2026-08-11), by replacement before.
  otherDisk: { label: "restart", what: "data moves to another kind of disk; servers restart", source: UNSAID },
  designated: {
    label: "restart",
    what: "the primary is told which replica takes over after a disaster; the replica may restart",
    source: UNSAID,
  },
} as const satisfies Readonly<Record<string, Effect>>;

/** The way to a server, and how both sides prove who they are. */
export const ACCESS_EFFECTS = {
  newRevision: { label: "none", what: "the service gets a new revision; servers go on", source: REVISIONS },
  serviceGoes: { label: "none", what: "the service is removed; servers go on", source: REVISIONS },
  servicePublic: {
    label: "none",
    exposure: true,
    what: "the whole internet may send requests to the service",
    source: REVISIONS,
  },
  serviceHidden: { label: "none", what: "the internet no longer reaches the service", source: REVISIONS },
  nextJob: {
    label: "none",
    what: "the job that verifies runs from it the next time; servers go on",
    source: { file: "components/gcp/verification-job.ts" },
  },
  pooling: { label: "restart", what: "servers restart with their poolers, and sessions end", source: POOLING },
  moved: {
    label: "replace",
    what: "an instance that loses its network is replaced by an empty one: moving it is a migration, not an edit",
    source: INSTANCE_RESOURCE,
  },
  subnet: {
    label: "none",
    what: "the service's subnet is made anew, and its connections with it; servers go on",
    source: UNSAID,
  },
  addressRange: {
    label: "replace",
    what: "the range with the servers' addresses is made anew: servers may have to be, too, and then are empty",
    source: UNSAID,
  },
  otherPool: {
    label: "restart",
    what: "servers show certificates of another pool and may restart; clients need its certificate",
    source: UNSAID,
  },
  newUser: {
    label: "none",
    what: "a user of the new name is made; the old one stays, and can still log in",
    source: DATABASES,
  },
  otherDatabase: {
    label: "data loss",
    what: "an empty database is made beside the old one, and the application no longer reaches its rows",
    source: DATABASES,
  },
} as const satisfies Readonly<Record<string, Effect>>;

/** Backups, their copy, and what guards them. */
export const BACKUP_EFFECTS = {
  comes: {
    label: "restart",
    what: "the primary restarts to keep its WAL, and is backed up from then on",
    source: POINT_IN_TIME,
  },
  goes: {
    label: "data loss",
    exposure: true,
    what: "nothing is backed up from then on, and the kept WAL is removed: no moment of the past comes back",
    source: POINT_IN_TIME,
  },
  otherPlace: {
    label: "none",
    what: "new backups are kept in the other place; those that were made stay where they are",
    source: UNSAID,
  },
  copyComes: {
    label: "none",
    what: "a bucket in another failure domain gets a daily export; servers go on",
    source: INSTANCE_RESOURCE,
  },
  copyGoes: {
    label: "data loss",
    exposure: true,
    what: "the bucket in the other failure domain goes with the exports in it",
    source: BUCKET,
  },
  longerBack: { label: "none", what: "a removed export can be brought back for longer", source: BUCKET },
  shorterBack: {
    label: "none",
    exposure: true,
    what: "a removed export can be brought back for a shorter time",
    source: BUCKET,
  },
  platformKey: {
    label: "none",
    exposure: true,
    what: "new exports are encrypted by the platform's key instead of one of your own",
    source: BUCKET,
  },
  otherKey: {
    label: "none",
    what: "new exports are encrypted by the other key; the old ones need theirs to be read",
    source: BUCKET,
  },
  guarded: { label: "none", what: "what holds data can't be removed", source: INSTANCE_RESOURCE },
  unguarded: {
    label: "none",
    exposure: true,
    what: "what holds data can be removed from then on",
    source: INSTANCE_RESOURCE,
  },
  lastLonger: {
    label: "none",
    what: "after a removal, the last backup is kept longer",
    source: INSTANCE_RESOURCE,
  },
  lastShorter: {
    label: "none",
    exposure: true,
    what: "after a removal, the last backup is kept for a shorter time",
    source: INSTANCE_RESOURCE,
  },
} as const satisfies Readonly<Record<string, Effect>>;

/** What is kept for some days, and where that is said. */
export const KEPT = {
  backups: { what: "backups", source: BACKUPS },
  moments: { what: "moments that can be restored", source: POINT_IN_TIME },
  exports: { what: "exports", source: BUCKET },
} as const;

/** It is kept for longer. */
export function keptLonger({ what, source }: Pick<Effect, "what" | "source">): Effect {
  return { label: "none", what: `${what} are kept longer; servers go on`, source };
}

/** It is kept for fewer days: what is older goes. */
export function keptShorter({ what, source }: Pick<Effect, "what" | "source">, days: unknown): Effect {
  return { label: "data loss", what: `${what} older than ${String(days)} days are removed for good`, source };
}

/** A machine of another size. */
export function exchanged(who: string, isPlus: boolean): Effect {
  const what = isPlus
    ? `${who} moves to another machine: sessions end, and come back in about a second`
    : `${who} restarts on another machine, for up to a few minutes`;
  return { label: "restart", what, source: AVAILABILITY };
}

/** Certificates of another authority; `isLowered` for one whose certificates carry no name. */
export function otherAuthority(isLowered: boolean): Effect {
  const check = isLowered ? ", and can no longer check the server's name" : "";
  return {
    label: "restart",
    exposure: isLowered,
    what: `servers show certificates of another authority and may restart; clients need its certificate${check}`,
    source: UNSAID,
  };
}

const FLAG_EFFECTS: Readonly<Record<string, string>> = {
  restart: "the primary restarts, and each replica with it",
  reload: "servers read it while they run",
};

/** A flag that nothing is known of. */
export const UNKNOWN_FLAG: Effect = {
  label: "restart",
  what: "servers may restart: nothing is known of this flag",
  source: UNSAID,
};

/** Another value of a flag; where there are replicas, with the order of the change. */
export function otherFlag(
  major: Major,
  { name, from, to }: { readonly name: string; readonly from: unknown; readonly to: unknown },
  hasReplicas: boolean,
): Effect {
  const label = labelOfCloudSqlFlag(major, name);
  if (label === undefined) return UNKNOWN_FLAG;
  const order = hasReplicas ? orderOfChange(name, String(from), String(to)) : undefined;
  const what = FLAG_EFFECTS[label] ?? "only a new server takes it";
  return { label, what: order ? `${what}: ${order.text}` : what, source: CLOUD_SQL_FLAGS_PROVENANCE };
}
