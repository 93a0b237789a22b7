import { canHaveStandby, MANAGED_SIZES } from "../topology/limits/digitalocean.ts";

/** How serious a stack is; decides the {@link Floors}. */
export type Environment = "local" | "staging" | "prod";

/** What is the least, or the most, that an environment puts up with. */
export interface Floors {
  readonly environment: Environment;
  /** Replicas that there must be at least. */
  readonly minReplicas: number;
  readonly minRetentionDays: number;
  /** Longest time, in seconds, that a written row may wait for the archive (the recovery point). */
  readonly maxArchiveTimeoutSeconds: number;
  /** The newest backup may be this old, in seconds: a day and the time that a backup takes. */
  readonly maxBackupAgeSeconds: number;
  /** The repository must have been checked within this time, in seconds. */
  readonly maxCheckAgeSeconds: number;
  /** A forced WAL switch must be in the archive within this time, in seconds. */
  readonly maxSwitchSeconds: number;
  readonly maxArchiveQueue: number;
  readonly maxLagBytes: number;
  /** S1.3: below a second. */
  readonly maxLagMs: number;
  /** A row must be readable on the replica within this time. */
  readonly maxRowVisibleMs: number;
  readonly minCertificateDays: number;
  /** A standby in a second zone takes over by itself. */
  readonly wantsHighAvailability: boolean;
  /** The cloud refuses to remove what holds data. */
  readonly wantsDeletionProtection: boolean;
  /** Days back that every moment must be restorable. */
  readonly minPointInTimeDays: number;
  /** Days that a major version of PostgreSQL must still be cared for. */
  readonly minVersionDays: number;
  /** Days after which a secret or a key must have been changed. */
  readonly maxRotationDays: number;
  /** Ports that a firewall rule may open at once. */
  readonly maxOpenPorts: number;
  /** Hours (UTC) between which the cloud may work on a server: from the one, before the other; the same twice is all day. */
  readonly offPeakFromHour: number;
  readonly offPeakToHour: number;
  /** Machines with a shared core will do. */
  readonly allowsSharedCores: boolean;
  /** Memory of the server, in MiB, for each connection that it may take. */
  readonly minMemoryMiBPerConnection: number;
  /** Characters that a password must have. */
  readonly minPasswordLength: number;
  /** Labels that whatever costs money must have. */
  readonly minLabels: number;
  /** Time, in seconds, in which a replica must be made: all of the data is copied first. */
  readonly minReplicaCreateSeconds: number;
  /** Sizes that a managed server on DigitalOcean may have; `*` stands for any text. */
  readonly clusterSizes: readonly string[];
  /** Connections that are opened at once to see how long that takes. */
  readonly probeConnections: number;
  /** The slowest of them. */
  readonly maxConnectMs: number;
}

const DAY = 86_400;
const MIB = 1_048_576;

const LOCAL: Floors = {
  environment: "local",
  minReplicas: 0,
  minRetentionDays: 1,
  maxArchiveTimeoutSeconds: 900,
  // A laptop sleeps at two in the morning.
  maxBackupAgeSeconds: 8 * DAY,
  maxCheckAgeSeconds: 15 * DAY,
  maxSwitchSeconds: 60,
  maxArchiveQueue: 16,
  maxLagBytes: 64 * MIB,
  // A laptop that does something else meanwhile is no incident.
  maxLagMs: 5000,
  maxRowVisibleMs: 5000,
  minCertificateDays: 7,
  wantsHighAvailability: false,
  wantsDeletionProtection: false,
  minPointInTimeDays: 1,
  minVersionDays: 0,
  // As CIS has it.
  maxRotationDays: 90,
  maxOpenPorts: 1000,
  offPeakFromHour: 0,
  offPeakToHour: 0,
  allowsSharedCores: true,
  // A session takes some MiB by itself, and work_mem for each sort.
  minMemoryMiBPerConnection: 8,
  minPasswordLength: 8,
  minLabels: 1,
  // The provider gives up after an hour and a half.
  minReplicaCreateSeconds: 7200,
  clusterSizes: sizesUpTo(8),
  probeConnections: 5,
  maxConnectMs: 5000,
};

const PROD: Floors = {
  ...LOCAL,
  environment: "prod",
  minReplicas: 1,
  minRetentionDays: 30,
  maxArchiveTimeoutSeconds: 300,
  maxBackupAgeSeconds: DAY + 7200,
  maxCheckAgeSeconds: 8 * DAY,
  maxSwitchSeconds: 30,
  maxArchiveQueue: 8,
  maxLagBytes: 16 * MIB,
  maxLagMs: 1000,
  maxRowVisibleMs: 1000,
  minCertificateDays: 30,
  wantsHighAvailability: true,
  wantsDeletionProtection: true,
  minPointInTimeDays: 7,
  // Time to plan the move to another major version, and to try it.
  minVersionDays: 180,
  offPeakFromHour: 22,
  offPeakToHour: 6,
  allowsSharedCores: false,
  minPasswordLength: 12,
  clusterSizes: MANAGED_SIZES.filter(canHaveStandby).map(({ slug }) => slug),
  probeConnections: 20,
  // A handshake within a region takes some tens of milliseconds; a pool that waits for seconds times out.
  maxConnectMs: 1000,
};

/** Data, not rules: environments differ here and nowhere else. */
export const FLOORS: Readonly<Record<Environment, Floors>> = {
  local: LOCAL,
  staging: {
    ...PROD,
    environment: "staging",
    minRetentionDays: 7,
    maxArchiveTimeoutSeconds: 900,
    wantsHighAvailability: false,
    minPointInTimeDays: 3,
    minVersionDays: 90,
    allowsSharedCores: true,
    clusterSizes: sizesUpTo(8),
    probeConnections: 10,
  },
  prod: PROD,
};

/** The machines that have so much memory at most: what is only tried out costs no more. */
function sizesUpTo(memoryGiB: number): string[] {
  return MANAGED_SIZES.filter(({ memoryMiB }) => memoryMiB <= memoryGiB * 1024).map(({ slug }) => slug);
}
