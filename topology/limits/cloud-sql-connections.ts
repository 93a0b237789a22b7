import { CLOUD_SQL_DOCS, notConfirmed, readAt, type Sourced } from "./limit.ts";

/** What `max_connections` is from that much memory on. */
export interface DefaultMaxConnections extends Sourced {
  readonly fromMemoryMiB: number;
  readonly maxConnections: number;
}

/** A number of connections, and what it is about. */
export interface ConnectionLimit extends Sourced {
  readonly title: string;
  readonly connections: number;
}

const FLAGS = readAt(`${CLOUD_SQL_DOCS}/flags`, "2026-10-01");
const POOLING = `${CLOUD_SQL_DOCS}/managed-connection-pooling` as const;
const GIB = 1024;

/**
 * What `max_connections` is where the flag is not set, by memory, the least first. The page names the two shared cores
 * "tiny (~0.5)" and "small (~1.7)".
 */
export const DEFAULT_MAX_CONNECTIONS: readonly DefaultMaxConnections[] = (
  [
    [0, 25],
    [1740, 50],
    [3.75 * GIB, 100],
    [6 * GIB, 200],
    [7.5 * GIB, 400],
    [15 * GIB, 500],
    [30 * GIB, 600],
    [60 * GIB, 800],
    [120 * GIB, 1000],
  ] as const
).map(([fromMemoryMiB, maxConnections]) => ({ fromMemoryMiB, maxConnections, provenance: FLAGS }));

/** Connections that are not for applications, and ends that nothing goes beyond. */
export const CONNECTION_LIMITS = {
  /** The least that the flag may be; the most "varies", says the page, with what the instance uses already. */
  leastMaxConnections: {
    title: "least value of the flag max_connections",
    connections: 14,
    provenance: readAt(`${CLOUD_SQL_DOCS}/flags`, "2026-04-13"),
  },
  /** PostgreSQL's own default; whether Cloud SQL has another was not found. */
  superuserReserved: {
    title: "kept for superusers (superuser_reserved_connections)",
    connections: 3,
    provenance: readAt("https://www.postgresql.org/docs/17/runtime-config-connection.html"),
  },
  /** The service's own sessions; users who counted them found 2 on a shared core, and about 4. */
  cloudSqlAdmin: {
    title: "the service's own sessions (cloudsqladmin)",
    connections: 4,
    provenance: notConfirmed(`${CLOUD_SQL_DOCS}/flags`, "the vendor gives no number; counted by users"),
  },
  /** Replication has slots of its own: `max_wal_senders` is no part of `max_connections` since PostgreSQL 12. */
  replication: {
    title: "taken by replication",
    connections: 0,
    provenance: notConfirmed("https://www.postgresql.org/docs/release/12.0/", "known, not read again"),
  },
  /** Of the built-in connection (unix socket); a private address knows no such end. */
  cloudRunPerInstance: {
    title: "of one Cloud Run instance through its socket to one database",
    connections: 100,
    provenance: readAt(`${CLOUD_SQL_DOCS}/quotas`, "2026-10-01"),
  },
  /** Each pooler has such a pool for each pair of a database and a user: see {@link managedPoolers}. */
  managedPoolSize: {
    title: "managed pooling: max_pool_size unless set",
    connections: 50,
    provenance: notConfirmed(POOLING, "known, the page's table of options was not read"),
  },
  managedPoolClients: {
    title: "managed pooling: max_client_connections unless set",
    connections: 5000,
    provenance: notConfirmed(POOLING, "known, the page's table of options was not read"),
  },
} as const satisfies Readonly<Record<string, ConnectionLimit>>;

/** Processors for each pooler of managed connection pooling. */
export const CPUS_PER_MANAGED_POOLER = { cpus: 4, provenance: readAt(POOLING) } as const satisfies Sourced & {
  cpus: number;
};

/**
 * What `max_connections` is where the flag is not set. A replica takes the larger of its own memory and that of the
 * primaries above it (`upstreamMemoryMiB`), so that it is never below them.
 */
export function defaultMaxConnections(memoryMiB: number, upstreamMemoryMiB: readonly number[] = []): number {
  const largest = Math.max(0, memoryMiB, ...upstreamMemoryMiB);
  const reached = DEFAULT_MAX_CONNECTIONS.filter(({ fromMemoryMiB }) => fromMemoryMiB <= largest);
  return Math.max(...reached.map(({ maxConnections }) => maxConnections));
}

/** Connections of a server that no application gets. */
export function reservedConnections(): number {
  const { superuserReserved, cloudSqlAdmin, replication } = CONNECTION_LIMITS;
  return superuserReserved.connections + cloudSqlAdmin.connections + replication.connections;
}

/** Poolers that managed connection pooling runs: one for each four processors, at least one. */
export function managedPoolers(cpus: number): number {
  return Math.max(1, Math.floor(cpus / CPUS_PER_MANAGED_POOLER.cpus));
}
