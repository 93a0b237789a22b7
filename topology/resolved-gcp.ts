import type { CloudSqlEdition } from "./limits/cloud-sql-editions.ts";
import type { ResolvedCommon } from "./resolved.ts";

/** The edition as the cloud writes it. */
export function cloudEdition(edition: ResolvedGcp["edition"]): CloudSqlEdition {
  return edition === "enterprise" ? "ENTERPRISE" : "ENTERPRISE_PLUS";
}

/** A Cloud SQL instance of the topology. */
export interface ResolvedInstance {
  /** `primary`, or the user's name of a replica. */
  readonly key: string;
  /** `primary` or `replica-<key>`. */
  readonly part: string;
  readonly region: string;
  /** The cloud's name of the machine, as in `db-custom-2-8192`; empty when none has this size, which validation refuses. */
  readonly tier: string;
  /** What the tier has; 0 when there is no tier of that name, which validation refuses. */
  readonly cpus: number;
  readonly memoryMiB: number;
}

/** An instance that follows the primary. */
export interface ResolvedCloudReplica extends ResolvedInstance {
  readonly purpose: "read" | "disaster-recovery";
}

/** The private network that the instances have addresses in. */
export interface ResolvedNetwork {
  /** Full name of a VPC that is there already; `undefined`: the stack makes its own. */
  readonly existing: string | undefined;
  /** Full name of the existing VPC's subnet that the service's connections come from. */
  readonly subnet: string | undefined;
  /** Of an own VPC's subnet. */
  readonly subnetCidr: string;
  readonly connection: "private-services-access" | "private-service-connect";
  readonly servicesPrefixLength: number;
}

/** How the service reaches the servers, and how both sides prove who they are. */
export interface ResolvedAccess {
  readonly path: "socket" | "private-address";
  readonly login: "iam" | "password";
  readonly certificateAuthority: "per-instance" | "shared" | "customer";
  readonly certificateAuthorityPool: string | undefined;
  /** What a client can check: a certificate of `per-instance` carries no name that could be compared. */
  readonly tlsMode: "verify-full" | "verify-ca";
  /** `undefined`: no job proves the servers from inside the VPC. */
  readonly verification: ResolvedVerification | undefined;
}

/** The Cloud Run job that proves the servers by SQL from inside the VPC. */
export interface ResolvedVerification {
  /** By digest; another form is refused by validation. */
  readonly image: string;
}

interface PoolSizes {
  readonly mode: "transaction" | "session";
  readonly writerPoolSize: number;
  readonly readerPoolSize: number;
  readonly maxClients: number;
  readonly maxPreparedStatements: number;
}

/** Pooling by the cloud, in front of each instance. Sizes are for each pair of user and database. */
export interface ManagedPooling extends PoolSizes {
  readonly kind: "managed";
}

/** PgBouncer in each instance of the service: its pools multiply by their number. */
export interface SidecarPooling extends PoolSizes {
  readonly kind: "sidecar";
  /** By digest; `undefined` is refused by validation. */
  readonly image: string | undefined;
}

/** A daily export to a bucket in another failure domain. */
export interface ResolvedSecondCopy {
  readonly location: string;
  /** HH:MM, UTC. */
  readonly schedule: string;
  readonly retentionDays: number;
  readonly softDeleteDays: number;
  readonly encryptionKey: string | undefined;
}

/** The cloud's own backups, and the copy beside them. */
export interface ResolvedCloudBackup {
  /** HH:MM, UTC. */
  readonly schedule: string;
  /** Days, and so daily backups, that are kept. */
  readonly retentionDays: number;
  readonly pointInTimeDays: number;
  /** `undefined`: the multi-region around the primary's region, as the cloud chooses. */
  readonly location: string | undefined;
  readonly secondCopy: ResolvedSecondCopy | undefined;
}

/** When the cloud may work on the primary. */
export interface ResolvedMaintenance {
  readonly day: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
  /** UTC. */
  readonly hour: number;
  readonly track: "canary" | "stable" | "week5";
  /** Days as YYYY-MM-DD; one without a year is refused by validation. */
  readonly freeze: readonly { readonly from: string; readonly to: string }[];
}

/** The Cloud Run service in front of the database. */
export interface ResolvedService {
  readonly image: string;
  readonly port: number;
  readonly minInstances: number;
  readonly maxInstances: number;
  readonly concurrency: number;
  readonly cpus: number;
  readonly memoryMiB: number;
  readonly healthPath: string;
  readonly public: boolean;
  /** In the order of the names. */
  readonly environment: Readonly<Record<string, string>>;
}

/** A topology on Cloud SQL for PostgreSQL, with the Cloud Run service that uses it. */
export interface ResolvedGcp extends ResolvedCommon {
  readonly target: "gcp";
  readonly region: string;
  readonly edition: "enterprise" | "enterprise-plus";
  readonly highAvailability: boolean;
  readonly storage: { readonly diskGiB: number; readonly maxDiskGiB: number; readonly diskType: "ssd" | "hdd" };
  readonly primary: ResolvedInstance;
  /** In the order of their names. */
  readonly replicas: readonly ResolvedCloudReplica[];
  readonly network: ResolvedNetwork;
  readonly access: ResolvedAccess;
  readonly pooling: ManagedPooling | SidecarPooling | undefined;
  readonly backup: ResolvedCloudBackup | undefined;
  readonly maintenance: ResolvedMaintenance;
  readonly protection: { readonly deletion: boolean; readonly finalBackupDays: number };
  readonly observability: { readonly queryInsights: boolean; readonly labels: Readonly<Record<string, string>> };
  readonly service: ResolvedService | undefined;
}

/** Every instance, the primary first. */
export function instancesOf(topology: ResolvedGcp): readonly ResolvedInstance[] {
  return [topology.primary, ...topology.replicas];
}
