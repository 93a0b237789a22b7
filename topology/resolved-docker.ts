import type { ResolvedCommon } from "./resolved.ts";

/** A PostgreSQL server of the topology. */
export interface ResolvedNode {
  /** `primary`, or the user's name of a replica. */
  readonly key: string;
  /** `primary` or `replica-<key>`: suffix of Docker names, alias in the network, name in the certificate. */
  readonly part: string;
  /** Published on {@link ResolvedDocker.address}. */
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

/** WAL archive and backups. */
export interface ResolvedBackup {
  /** HH:MM, UTC. */
  readonly schedule: string;
  readonly retentionDays: number;
  readonly archiveTimeoutSeconds: number;
  readonly repository: { readonly type: "volume" };
}

/** A topology in containers on one Docker engine. */
export interface ResolvedDocker extends ResolvedCommon {
  readonly target: "docker";
  /** Where ports are published. */
  readonly address: string;
  readonly size: { readonly memoryMiB: number; readonly cpus: number };
  readonly primary: ResolvedNode;
  /** In the order of their names. */
  readonly replicas: readonly ResolvedReplica[];
  readonly pooling: ResolvedPooling | undefined;
  readonly backup: ResolvedBackup | undefined;
  readonly tls: { readonly minProtocolVersion: "TLSv1.2" | "TLSv1.3" };
}

/** Every PostgreSQL server, the primary first. */
export function nodesOf(topology: ResolvedDocker): readonly ResolvedNode[] {
  return [topology.primary, ...topology.replicas];
}

/** The address that a client on this machine uses: ports that are published everywhere are also on the loopback. */
export function clientAddress(topology: ResolvedDocker): string {
  return topology.address === "0.0.0.0" ? "127.0.0.1" : topology.address;
}
