import { INTERNAL_PORTS } from "./paths.ts";

// What every PgBouncer of ours has in common: the one in a container of its own, and the one beside a service.

/** What the topology says of a pooler. */
interface PoolLimits {
  readonly mode: "transaction" | "session";
  readonly writerPoolSize: number;
  readonly maxClients: number;
  readonly maxPreparedStatements: number;
}

/** A pool of server connections, for each user, to one host. */
export function poolTo(hosts: string, database: string, size: number): string {
  return `host=${hosts} port=${INTERNAL_PORTS.postgres} dbname=${database} pool_size=${size}`;
}

/** How connections are shared and kept. */
export function poolSettings(pooling: PoolLimits): Record<string, string> {
  return {
    pool_mode: pooling.mode,
    max_client_conn: String(pooling.maxClients),
    default_pool_size: String(pooling.writerPoolSize),
    max_prepared_statements: String(pooling.maxPreparedStatements),
    // JDBC sends it at the start of each session; it does not outlive a transaction's result.
    ignore_startup_parameters: "extra_float_digits",
    server_lifetime: "3600",
    server_idle_timeout: "600",
  };
}

/** Seconds; a server that starts anew may have another address, and the pool has to find it soon. */
export const WHEN_A_NODE_MOVES = {
  dns_max_ttl: "2",
  dns_nxdomain_ttl: "1",
  server_connect_timeout: "5",
  server_login_retry: "1",
  server_check_delay: "5",
  server_check_query: "select 1",
  server_fast_close: "1",
  tcp_keepalive: "1",
  tcp_keepidle: "30",
  tcp_keepintvl: "10",
  tcp_keepcnt: "3",
  // Milliseconds.
  tcp_user_timeout: "15000",
};

/** The text of a configuration from its two sections. */
export function pgbouncerIni(
  pools: Readonly<Record<string, string>>,
  settings: Readonly<Record<string, string>>,
): string {
  return `# Made from the stack's configuration, changed there.\n${section("databases", pools)}\n${section("pgbouncer", settings)}`;
}

function section(name: string, entries: Readonly<Record<string, string>>): string {
  const lines = Object.entries(entries).map(([key, value]) => `${key} = ${value}\n`);
  return `[${name}]\n${lines.join("")}`;
}
