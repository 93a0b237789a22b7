import type { ResolvedApplication } from "./resolved.ts";

/**
 * What an application is told of its database. `V` is a value that isn't known as text yet: `string` where the values are
 * at hand, an output or a reference to a secret in a program.
 */
export interface ApplicationConnection<V> {
  readonly writer: { readonly host: V; readonly port: number };
  /** The first replica that serves reads. */
  readonly reader: { readonly host: V; readonly port: number } | undefined;
  readonly pooled: PooledConnection<V> | undefined;
  /** `undefined` without a replica, and without a pooler. */
  readonly pooledReader: PooledConnection<V> | undefined;
  /** Of the way to the poolers; `undefined` without one. */
  readonly pooledTlsMode: string | undefined;
  readonly database: string;
  readonly user: V;
  /** `undefined` when it logs in with a token. */
  readonly password: V | undefined;
  /** Through the pooler where there is one. */
  readonly url: V;
  readonly readerUrl: V | undefined;
  /** Of the way to the servers; `undefined` over a unix socket. */
  readonly tls: { readonly mode: string; readonly caFile: string } | undefined;
  readonly application: ResolvedApplication;
}

/** A pooler that clients connect to. */
interface PooledConnection<V> {
  readonly host: V;
  readonly port: number;
  /** Database name that the pooler knows it by. */
  readonly database: string;
}

type Value<V> = V | string | number | boolean | undefined;

/** One variable of the application's environment. */
interface EnvironmentVariable {
  readonly name: string;
  readonly explanation: string;
  /** `undefined` when the topology has no such thing. */
  readonly value: <V>(connection: ApplicationConnection<V>) => Value<V>;
}

/** Seconds. A firewall or address translation that forgets a silent connection does so after minutes. */
const TIME_OUTS = { connect: 10, keepalivesIdle: 60, keepalivesInterval: 10, keepalivesCount: 3 };

/** Every variable that an application is given, in the order in which it is written. */
export const ENVIRONMENT_VARIABLES: readonly EnvironmentVariable[] = [
  {
    name: "POSTGRES_HOST",
    explanation: "The primary, without the pooler: LISTEN, session state.",
    value: ({ writer }) => writer.host,
  },
  { name: "POSTGRES_PORT", explanation: "Port of the primary.", value: ({ writer }) => writer.port },
  {
    name: "POSTGRES_USER",
    explanation:
      "The application's role: it reads and writes rows, and can't change the schema, which PRIMARY_DIRECT_DATABASE_URL is for.",
    value: ({ user }) => user,
  },
  {
    name: "POSTGRES_PASSWORD",
    explanation: "Its password. Secret. Absent when it logs in with a token of its service account instead.",
    value: ({ password }) => password,
  },
  { name: "POSTGRES_DATABASE", explanation: "The application's database.", value: ({ database }) => database },
  {
    name: "POSTGRES_REPLICA_HOST",
    explanation: "The first replica, without the pooler. Absent without a replica.",
    value: ({ reader }) => reader?.host,
  },
  {
    name: "POSTGRES_REPLICA_PORT",
    explanation: "Port of the first replica. Absent without a replica.",
    value: ({ reader }) => reader?.port,
  },
  {
    name: "POSTGRES_POOLED_HOST",
    explanation: "The pooler. Absent without one.",
    value: ({ pooled }) => pooled?.host,
  },
  {
    name: "POSTGRES_POOLED_PORT",
    explanation: "Port of the pooler. Absent without one.",
    value: ({ pooled }) => pooled?.port,
  },
  {
    name: "POSTGRES_POOLED_DATABASE",
    explanation: "Database name, in the pooler, that leads to the primary. Absent without the pooler.",
    value: ({ pooled }) => pooled?.database,
  },
  {
    name: "POSTGRES_POOLED_REPLICA_HOST",
    explanation: "The pooler that leads to the replicas; it may be the same. Absent without pooler or replica.",
    value: ({ pooledReader }) => pooledReader?.host,
  },
  {
    name: "POSTGRES_POOLED_REPLICA_PORT",
    explanation: "Its port. Absent without pooler or replica.",
    value: ({ pooledReader }) => pooledReader?.port,
  },
  {
    name: "POSTGRES_POOLED_REPLICA_DATABASE",
    explanation: "Database name, in the pooler, that leads to the replicas. Absent without pooler or replica.",
    value: ({ pooledReader }) => pooledReader?.database,
  },
  {
    name: "POSTGRES_POOLED_SSLMODE",
    explanation: "PGSSLMODE of the way to the pooler: disable when it's in the same place. Absent without a pooler.",
    value: ({ pooledTlsMode }) => pooledTlsMode,
  },
  {
    name: "DATABASE_URL",
    explanation: "The primary in one line, through the pooler where there is one. Secret.",
    value: ({ url }) => url,
  },
  {
    name: "DATABASE_REPLICA_URL",
    explanation: "The replicas in one line, through the pooler where there is one. Secret. Absent without a replica.",
    value: ({ readerUrl }) => readerUrl,
  },
  {
    name: "PGSSLMODE",
    explanation:
      "Servers accept TLS only; verify-full also refuses a server that is not ours. Absent over a unix socket.",
    value: ({ tls }) => tls?.mode,
  },
  {
    name: "PGSSLROOTCERT",
    explanation: "The servers' certificate authority (PEM); the file must be where the application runs.",
    value: ({ tls }) => tls?.caFile,
  },
  {
    name: "PGCONNECT_TIMEOUT",
    explanation: "Seconds after which an attempt to connect is given up.",
    value: () => TIME_OUTS.connect,
  },
  {
    name: "DB_KEEPALIVES_IDLE",
    explanation: "Seconds of silence after which a connection is asked whether it is still there.",
    value: () => TIME_OUTS.keepalivesIdle,
  },
  {
    name: "DB_KEEPALIVES_INTERVAL",
    explanation: "Seconds between two such questions.",
    value: () => TIME_OUTS.keepalivesInterval,
  },
  {
    name: "DB_KEEPALIVES_COUNT",
    explanation: "Unanswered questions after which the connection counts as lost.",
    value: () => TIME_OUTS.keepalivesCount,
  },
  {
    name: "DB_POOL_SIZE",
    explanation: "Connections that the application's pool keeps open to the primary.",
    value: ({ application }) => application.poolSize,
  },
  {
    name: "DB_MAX_OVERFLOW",
    explanation: "Connections above DB_POOL_SIZE that it may open for a while.",
    value: ({ application }) => application.maxOverflow,
  },
  {
    name: "DB_POOL_TIMEOUT",
    explanation: "Seconds to wait for a free connection before giving up.",
    value: ({ application }) => application.poolTimeoutSeconds,
  },
  {
    name: "DB_POOL_RECYCLE",
    explanation: "Seconds after which a connection is replaced.",
    value: ({ application }) => application.poolRecycleSeconds,
  },
  {
    name: "DB_REPLICA_POOL_SIZE",
    explanation: "As DB_POOL_SIZE, to the replica.",
    value: ({ application }) => application.replicaPoolSize,
  },
  {
    name: "DB_REPLICA_MAX_OVERFLOW",
    explanation: "As DB_MAX_OVERFLOW, to the replica.",
    value: ({ application }) => application.replicaMaxOverflow,
  },
  {
    name: "DB_REPLICA_POOL_TIMEOUT",
    explanation: "As DB_POOL_TIMEOUT, to the replica.",
    value: ({ application }) => application.replicaPoolTimeoutSeconds,
  },
  {
    name: "USE_READ_REPLICA",
    explanation: "Whether reads that may be a moment old go to the replica.",
    value: ({ application }) => application.useReadReplica,
  },
  {
    name: "REPLICA_FALLBACK_ENABLED",
    explanation: "Whether reads go to the primary while the replica is away.",
    value: ({ application }) => application.replicaFallback,
  },
];

/** The variables that the topology gives values to, by name: as text, or as the given `V`. */
export function environmentVariables<V>(connection: ApplicationConnection<V>): Record<string, V | string> {
  return Object.fromEntries(
    ENVIRONMENT_VARIABLES.flatMap(({ name, value }): [string, V | string][] => {
      const found = value(connection);
      if (found === undefined) return [];
      return [[name, typeof found === "number" || typeof found === "boolean" ? String(found) : found]];
    }),
  );
}
