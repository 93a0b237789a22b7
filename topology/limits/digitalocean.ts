import { type Bounds, notConfirmed, readAt, type Sourced } from "./limit.ts";
import { type Machine, machineNamed } from "./digitalocean-machine.ts";

/** A machine of managed PostgreSQL. */
export interface ManagedSize extends Machine, Sourced {}

/** The storage that goes with a machine, in GiB. */
export interface StorageRange extends Sourced {
  readonly slug: string;
  readonly diskGiB: Bounds;
}

/** A bound of a cluster, and what it is about. */
export interface ClusterLimit extends Sourced {
  readonly title: string;
  readonly bounds: Bounds;
}

/** Connections of a server, by its memory. */
export interface ManagedConnections extends Sourced {
  readonly perGiB: number;
  /** For maintenance by the platform. */
  readonly reserved: number;
}

const DOCS = "https://docs.digitalocean.com/products/databases/postgresql" as const;
const SPECIFICATION = "https://github.com/digitalocean/openapi/blob/main/specification/resources/databases" as const;
const LAYOUTS = readAt(`${SPECIFICATION}/responses/options.yml`, "2026-05-01");
const LIMITS = readAt(`${DOCS}/details/limits`);
const MIB_PER_GIB = 1024;

/** The machines of managed PostgreSQL: shared processors first, and the smallest first of each kind. */
export const MANAGED_SIZES: readonly ManagedSize[] = [
  ...["1vcpu-1gb", "1vcpu-2gb", "2vcpu-4gb", "4vcpu-8gb", "6vcpu-16gb"].map((size) => `db-s-${size}`),
  ...["db-amd-", "db-intel-"].flatMap((series) =>
    ["1vcpu-1gb", "1vcpu-2gb", "2vcpu-4gb", "2vcpu-8gb", "4vcpu-8gb", "4vcpu-16gb", "8vcpu-32gb", "16vcpu-64gb"].map(
      (size) => `${series}${size}`,
    ),
  ),
  ...["2vcpu-8gb", "4vcpu-16gb", "8vcpu-32gb", "16vcpu-64gb", "32vcpu-128gb", "40vcpu-160gb"].map(
    (size) => `gd-${size}`,
  ),
  ...["2vcpu-16gb", "4vcpu-32gb", "8vcpu-64gb", "16vcpu-128gb", "24vcpu-192gb", "32vcpu-256gb"].map(
    (size) => `so1_5-${size}`,
  ),
].map((slug) => ({ ...machineNamed(slug), provenance: LAYOUTS }));

/** What is known of the storage of each machine; of the others, only that it grows in steps. */
export const STORAGE_RANGES: readonly StorageRange[] = (
  [
    ["db-s-1vcpu-1gb", 10, 30],
    ["db-s-1vcpu-2gb", 30, 60],
    ["db-s-2vcpu-4gb", 60, 140],
    ["db-s-4vcpu-8gb", 140, 290],
    ["db-s-6vcpu-16gb", 290, 580],
  ] as const
).map(([slug, min, max]) => ({
  slug,
  diskGiB: { min, max },
  provenance: notConfirmed(`${DOCS}/details/pricing/`, "known; the page was not read"),
}));

/** Bounds of a cluster. */
export const CLUSTER_LIMITS = {
  nodes: { title: "nodes of a cluster, the primary included", bounds: { min: 1, max: 3 }, provenance: LIMITS },
  /** The layouts of two and three nodes have no machine with less. */
  standbyMemoryMiB: {
    title: "memory, in MiB, of a machine that can have a standby",
    bounds: { min: 2 * MIB_PER_GIB, max: 256 * MIB_PER_GIB },
    provenance: LAYOUTS,
  },
  clustersPerTeam: { title: "clusters of a team, unless raised", bounds: { min: 0, max: 10 }, provenance: LIMITS },
  /**
   * Addresses of IPv4, or ranges of them: IPv6 is refused. The release notes of 2025-02-28 say 2,000 addresses; the API's
   * specification is newer, and speaks of rules.
   */
  trustedSources: {
    title: "trusted sources of a cluster, without IPv6",
    bounds: { min: 0, max: 100 },
    provenance: readAt(`${SPECIFICATION}/databases_update_firewall_rules.yml`, "2026-08-07"),
  },
  pointInTimeDays: {
    title: "days that the platform keeps backups and WAL",
    bounds: { min: 7, max: 7 },
    provenance: LIMITS,
  },
  storageStepGiB: {
    title: "GiB by which storage grows",
    bounds: { min: 10, max: 500 },
    provenance: readAt(`${SPECIFICATION}/models/database_storage_autoscale_params.yml`, "2026-08-07"),
  },
  poolClients: {
    title: "clients of a cluster's pools at once",
    bounds: { min: 0, max: 5000 },
    provenance: notConfirmed(
      `${DOCS}/how-to/manage-connection-pools/`,
      "known; the page that was read gives no number",
    ),
  },
  poolNameLength: {
    title: "characters of a connection pool's name",
    bounds: { min: 3, max: 60 },
    provenance: readAt(`${SPECIFICATION}/models/connection_pool.yml`, "2026-08-07"),
  },
} as const satisfies Readonly<Record<string, ClusterLimit>>;

/** What `max_connections` follows from: nobody can set it. */
export const MANAGED_CONNECTIONS: ManagedConnections = {
  perGiB: 25,
  reserved: 3,
  provenance: readAt(`${SPECIFICATION}/models/connection_pool.yml`, "2026-08-07"),
};

/** What `max_connections` is with so much memory. */
export function managedMaxConnections(memoryMiB: number): number {
  return Math.floor((MANAGED_CONNECTIONS.perGiB * memoryMiB) / MIB_PER_GIB);
}

/** The storage, in GiB, that a machine can have; `undefined` where it is not known. */
export function storageOf(slug: string): Bounds | undefined {
  return STORAGE_RANGES.find((range) => range.slug === slug)?.diskGiB;
}

/** Whether a machine can have a standby. */
export function canHaveStandby({ memoryMiB }: Pick<Machine, "memoryMiB">): boolean {
  return memoryMiB >= CLUSTER_LIMITS.standbyMemoryMiB.bounds.min;
}
