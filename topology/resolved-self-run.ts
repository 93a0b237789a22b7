import type { ResolvedCommon } from "./resolved.ts";

/** A PostgreSQL server that the stack runs itself. */
export interface ResolvedNode {
  /** `primary`, or the user's name of a replica. */
  readonly key: string;
  /** `primary` or `replica-<key>`: suffix of Docker names, alias in the network, name in the certificate. */
  readonly part: string;
  /** Published on the topology's address. */
  readonly port: number;
}

/** A streaming replica. */
export interface ResolvedReplica extends ResolvedNode {
  /** Its physical replication slot on the primary. */
  readonly slot: string;
}

/** PgBouncer, with sizes for each pair of user and pool. */
export interface ResolvedPooling {
  readonly port: number;
  readonly mode: "transaction" | "session";
  /** Named as the database. */
  readonly writerPool: string;
  readonly writerPoolSize: number;
  readonly readerPool: string;
  readonly readerPoolSize: number;
  readonly maxClients: number;
  readonly maxPreparedStatements: number;
}

/** Where pgBackRest keeps backups and WAL. */
export type ResolvedRepository =
  | { readonly type: "volume" }
  | {
      /** A bucket that speaks S3. */
      readonly type: "bucket";
      /** Region of the bucket, as its provider writes it. */
      readonly region: string;
    };

/** WAL archive and backups. */
export interface ResolvedBackup {
  /** HH:MM, UTC. */
  readonly schedule: string;
  readonly retentionDays: number;
  readonly archiveTimeoutSeconds: number;
  readonly repository: ResolvedRepository;
}

/** PostgreSQL as the stack runs it itself, in containers or on a host: what rendering/ and roles/ need to know of it. */
export interface ResolvedSelfRun extends Pick<
  ResolvedCommon,
  "name" | "version" | "database" | "roles" | "parameters"
> {
  readonly size: { readonly memoryMiB: number; readonly cpus: number };
  readonly primary: ResolvedNode;
  /** In the order of their names. */
  readonly replicas: readonly ResolvedReplica[];
  readonly pooling: ResolvedPooling | undefined;
  readonly backup: ResolvedBackup | undefined;
  readonly tls: { readonly minProtocolVersion: "TLSv1.2" | "TLSv1.3" };
}

/** Every PostgreSQL server, the primary first. */
export function nodesOf(topology: ResolvedSelfRun): readonly ResolvedNode[] {
  return [topology.primary, ...topology.replicas];
}
