import type { RoleKey } from "./names.ts";

/** A PostgreSQL server of the topology. */
export interface ResolvedNode {
  /** `primary`, or the user's name of a replica. */
  readonly key: string;
  /** `primary` or `replica-<key>`: suffix of Docker names, alias in the network, name in the certificate. */
  readonly part: string;
  /** Published on {@link ResolvedTopology.address}. */
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

/** What the application is told of its pools; see docs/reference for the variables. */
export interface ResolvedApplication {
  readonly poolSize: number;
  readonly maxOverflow: number;
  readonly poolTimeoutSeconds: number;
  readonly poolRecycleSeconds: number;
  readonly replicaPoolSize: number;
  readonly replicaMaxOverflow: number;
  readonly replicaPoolTimeoutSeconds: number;
  readonly useReadReplica: boolean;
  readonly replicaFallback: boolean;
}

/** A topology with every default filled: nothing after resolve.ts knows a default. */
export interface ResolvedTopology {
  /** Prefix of everything that the stack makes: `pgtopology-<stack>`. */
  readonly name: string;
  readonly stack: string;
  readonly target: "docker";
  readonly environment: "local" | "staging" | "prod";
  readonly version: 17;
  readonly database: string;
  readonly roles: Readonly<Record<RoleKey, string>>;
  /** Where ports are published. */
  readonly address: string;
  readonly size: { readonly memoryMiB: number; readonly cpus: number };
  readonly primary: ResolvedNode;
  /** In the order of their names. */
  readonly replicas: readonly ResolvedReplica[];
  readonly pooling: ResolvedPooling | undefined;
  readonly backup: ResolvedBackup | undefined;
  readonly tls: { readonly minProtocolVersion: "TLSv1.2" | "TLSv1.3" };
  /** What postgresql.conf says of the shape, the limits and the user's wishes, as text; paths and TLS are rendering's. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly keepData: boolean;
  readonly application: ResolvedApplication;
}

/** Every PostgreSQL server, the primary first. */
export function nodesOf(topology: ResolvedTopology): readonly ResolvedNode[] {
  return [topology.primary, ...topology.replicas];
}

/** The address that a client on this machine uses: ports that are published everywhere are also on the loopback. */
export function clientAddress(topology: ResolvedTopology): string {
  return topology.address === "0.0.0.0" ? "127.0.0.1" : topology.address;
}
