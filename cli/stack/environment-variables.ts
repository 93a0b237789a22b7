import { clientAddress, type ResolvedTopology } from "../../topology/resolved.ts";

/** What the variables are made of. */
export interface EnvironmentBasis {
  readonly topology: ResolvedTopology;
  /** Of the application's read-write role. */
  readonly password: string;
  /** Path of the CA certificate on the application's machine. */
  readonly caFile: string;
}

/** One variable of the application's environment. */
interface EnvironmentVariable {
  readonly name: string;
  readonly explanation: string;
  /** `undefined` when the topology has no such thing. */
  readonly value: (basis: EnvironmentBasis) => string | number | boolean | undefined;
}

/** Every variable that an application is given, in the order in which it is written. */
export const ENVIRONMENT_VARIABLES: readonly EnvironmentVariable[] = [
  {
    name: "POSTGRES_HOST",
    explanation: "The primary, without the pooler: migrations, LISTEN, session state.",
    value: ({ topology }) => clientAddress(topology),
  },
  { name: "POSTGRES_PORT", explanation: "Port of the primary.", value: ({ topology }) => topology.primary.port },
  {
    name: "POSTGRES_USER",
    explanation: "The application's role: it reads and writes rows, and can't change the schema.",
    value: ({ topology }) => topology.roles.readWrite,
  },
  { name: "POSTGRES_PASSWORD", explanation: "Its password. Secret.", value: ({ password }) => password },
  { name: "POSTGRES_DATABASE", explanation: "The application's database.", value: ({ topology }) => topology.database },
  {
    name: "POSTGRES_REPLICA_HOST",
    explanation: "The first replica, without the pooler. Absent without a replica.",
    value: ({ topology }) => topology.replicas[0] && clientAddress(topology),
  },
  {
    name: "POSTGRES_REPLICA_PORT",
    explanation: "Port of the first replica. Absent without a replica.",
    value: ({ topology }) => topology.replicas[0]?.port,
  },
  {
    name: "POSTGRES_POOLED_HOST",
    explanation: "PgBouncer. Absent without the pooler.",
    value: ({ topology }) => topology.pooling && clientAddress(topology),
  },
  {
    name: "POSTGRES_POOLED_PORT",
    explanation: "Port of PgBouncer. Absent without the pooler.",
    value: ({ topology }) => topology.pooling?.port,
  },
  {
    name: "POSTGRES_POOLED_DATABASE",
    explanation: "Database name, in PgBouncer, that leads to the primary. Absent without the pooler.",
    value: ({ topology }) => topology.pooling?.writerPool,
  },
  {
    name: "POSTGRES_POOLED_REPLICA_DATABASE",
    explanation: "Database name, in PgBouncer, that leads to the replicas. Absent without pooler or replica.",
    value: ({ topology }) => (topology.replicas.length > 0 ? topology.pooling?.readerPool : undefined),
  },
  {
    name: "DATABASE_URL",
    explanation: "The primary in one line, through PgBouncer where there is one. Secret.",
    value: writerUrl,
  },
  {
    name: "DATABASE_REPLICA_URL",
    explanation: "The replicas in one line, through PgBouncer where there is one. Secret. Absent without a replica.",
    value: readerUrl,
  },
  {
    name: "PGSSLMODE",
    explanation: "Servers accept TLS only; verify-full also refuses a server that is not ours.",
    value: () => "verify-full",
  },
  {
    name: "PGSSLROOTCERT",
    explanation: "The stack's own certificate authority (PEM); copy the file to where the application runs.",
    value: ({ caFile }) => caFile,
  },
  {
    name: "DB_POOL_SIZE",
    explanation: "Connections that the application's pool keeps open to the primary.",
    value: ({ topology }) => topology.application.poolSize,
  },
  {
    name: "DB_MAX_OVERFLOW",
    explanation: "Connections above DB_POOL_SIZE that it may open for a while.",
    value: ({ topology }) => topology.application.maxOverflow,
  },
  {
    name: "DB_POOL_TIMEOUT",
    explanation: "Seconds to wait for a free connection before giving up.",
    value: ({ topology }) => topology.application.poolTimeoutSeconds,
  },
  {
    name: "DB_POOL_RECYCLE",
    explanation: "Seconds after which a connection is replaced.",
    value: ({ topology }) => topology.application.poolRecycleSeconds,
  },
  {
    name: "DB_REPLICA_POOL_SIZE",
    explanation: "As DB_POOL_SIZE, to the replica.",
    value: ({ topology }) => topology.application.replicaPoolSize,
  },
  {
    name: "DB_REPLICA_MAX_OVERFLOW",
    explanation: "As DB_MAX_OVERFLOW, to the replica.",
    value: ({ topology }) => topology.application.replicaMaxOverflow,
  },
  {
    name: "DB_REPLICA_POOL_TIMEOUT",
    explanation: "As DB_POOL_TIMEOUT, to the replica.",
    value: ({ topology }) => topology.application.replicaPoolTimeoutSeconds,
  },
  {
    name: "USE_READ_REPLICA",
    explanation: "Whether reads that may be a moment old go to the replica.",
    value: ({ topology }) => topology.application.useReadReplica,
  },
  {
    name: "REPLICA_FALLBACK_ENABLED",
    explanation: "Whether reads go to the primary while the replica is away.",
    value: ({ topology }) => topology.application.replicaFallback,
  },
];

/** The variables that the topology gives values to, by name. */
export function environmentOf(basis: EnvironmentBasis): Record<string, string> {
  return Object.fromEntries(
    ENVIRONMENT_VARIABLES.flatMap(({ name, value }) => {
      const found = value(basis);
      return found === undefined ? [] : [[name, String(found)]];
    }),
  );
}

function writerUrl(basis: EnvironmentBasis): string {
  const { pooling, primary, database } = basis.topology;
  return pooling === undefined ? url(basis, primary.port, database) : url(basis, pooling.port, pooling.writerPool);
}

function readerUrl(basis: EnvironmentBasis): string | undefined {
  const { pooling, replicas, database } = basis.topology;
  const [first] = replicas;
  if (first === undefined) return undefined;
  return pooling === undefined ? url(basis, first.port, database) : url(basis, pooling.port, pooling.readerPool);
}

function url({ topology, password, caFile }: EnvironmentBasis, port: number, database: string): string {
  const login = `${encodeURIComponent(topology.roles.readWrite)}:${encodeURIComponent(password)}`;
  const host = clientAddress(topology);
  const query = `sslmode=verify-full&sslrootcert=${encodeURIComponent(caFile)}`;
  return `postgresql://${login}@${host.includes(":") ? `[${host}]` : host}:${port}/${database}?${query}`;
}
