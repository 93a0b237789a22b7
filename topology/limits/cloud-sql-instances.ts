import type { CloudSqlTier, MachineSeries } from "./cloud-sql-tiers.ts";
import { type Bounds, CLOUD_SQL_DOCS, type HttpsUrl, notConfirmed, readAt, type Sourced } from "./limit.ts";

/** Kinds of disks, as the API writes them. */
export type CloudSqlDiskType = "PD_SSD" | "PD_HDD" | "HYPERDISK_BALANCED";

/** What a kind of disk may be, with some series of machines. */
export interface DiskLimit extends Sourced {
  readonly diskType: CloudSqlDiskType;
  readonly series: readonly MachineSeries[];
  readonly sizeGiB: Bounds;
}

/** A bound of an instance, and what it is about. */
export interface InstanceLimit extends Sourced {
  readonly title: string;
  readonly bounds: Bounds;
}

const SETTINGS: HttpsUrl = `${CLOUD_SQL_DOCS}/instance-settings`;
const PROVIDER: HttpsUrl =
  "https://registry.terraform.io/providers/hashicorp/google-beta/latest/docs/resources/sql_database_instance";
const TIB_IN_GIB = 1024;
const LARGEST_GIB = 64 * TIB_IN_GIB;
/** The page for MySQL says 3054 GB, the one for PostgreSQL was quoted with 3062: what is within both is allowed. */
const LARGEST_SHARED_GIB = 3054;

/** Disks against machines; the first of a series is the one that it gets unless told. Disks only grow. */
export const DISK_LIMITS: readonly DiskLimit[] = [
  disk("PD_SSD", ["dedicated-core", "N2"], 10, LARGEST_GIB),
  disk("PD_SSD", ["shared-core"], 10, LARGEST_SHARED_GIB),
  disk("PD_HDD", ["dedicated-core"], 10, LARGEST_GIB),
  disk("PD_HDD", ["shared-core"], 10, LARGEST_SHARED_GIB),
  disk("HYPERDISK_BALANCED", ["N4", "C4A", "C4"], 20, LARGEST_GIB),
];

/** Bounds of an instance and of its replicas. */
export const INSTANCE_LIMITS = {
  /** Of `project:instance` together. */
  nameLength: {
    title: "characters of project:instance",
    bounds: { min: 1, max: 98 },
    provenance: readAt(SETTINGS, "2026-04-13"),
  },
  /** The primary is the first level. */
  replicationLevels: {
    title: "levels of cascading replicas, the primary included",
    bounds: { min: 1, max: 4 },
    provenance: readAt("https://docs.cloud.google.com/database-migration/docs/postgres/set-up-cascading-replica"),
  },
  /** No end of the service: beyond ten, `max_wal_senders` and `max_replication_slots` have to be raised first. */
  replicasWithDefaultFlags: {
    title: "replicas and read pool nodes before max_wal_senders and max_replication_slots must be raised",
    bounds: { min: 0, max: 10 },
    provenance: readAt(`${CLOUD_SQL_DOCS}/about-read-pools`, "2026-04-13"),
  },
  readPoolNodes: {
    title: "nodes of a read pool",
    bounds: { min: 1, max: 20 },
    provenance: readAt(`${CLOUD_SQL_DOCS}/about-read-pools`),
  },
  /** A replica that lags longer than this makes itself anew. */
  replicationLagMaxSeconds: {
    title: "replicationLagMaxSeconds",
    bounds: { min: 300, max: 31_536_000 },
    provenance: readAt(PROVIDER, "2026-08-21"),
  },
  backupWindowHours: {
    title: "hours within which an automatic backup starts",
    bounds: { min: 0, max: 4 },
    provenance: readAt(`${CLOUD_SQL_DOCS}/backup-recovery/backing-up`, "2026-04-13"),
  },
  denyMaintenanceDays: {
    title: "days of a deny maintenance period",
    bounds: { min: 1, max: 90 },
    provenance: notConfirmed(`${CLOUD_SQL_DOCS}/maintenance`, "known, the page was not read"),
  },
} as const satisfies Readonly<Record<string, InstanceLimit>>;

/** The kinds of disks that a machine type can have, the default first. */
export function diskTypesOf({ series }: Pick<CloudSqlTier, "series">): CloudSqlDiskType[] {
  return DISK_LIMITS.filter((limit) => limit.series.includes(series)).map(({ diskType }) => diskType);
}

/** The sizes, in GiB, that a disk may have with a machine type; `undefined` where the machine can't have that disk. */
export function diskSizeGiB({ series }: Pick<CloudSqlTier, "series">, diskType: CloudSqlDiskType): Bounds | undefined {
  return DISK_LIMITS.find((limit) => limit.diskType === diskType && limit.series.includes(series))?.sizeGiB;
}

/** Disks by series: https://docs.cloud.google.com/sql/docs/postgres/machine-series-overview; least sizes: the provider. */
function disk(diskType: CloudSqlDiskType, series: readonly MachineSeries[], min: number, max: number): DiskLimit {
  return { diskType, series, sizeGiB: { min, max }, provenance: readAt(PROVIDER, "2026-08-21") };
}
