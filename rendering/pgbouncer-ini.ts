import { POOLER_SCHEMA, READERS_ALIAS } from "../topology/names.ts";
import type { ResolvedPooling, ResolvedTopology } from "../topology/resolved.ts";
import { INTERNAL_PORTS, PATHS } from "./paths.ts";

/** PgBouncer's configuration: a pool to the writer, and one to the readers. */
export function renderPgbouncerIni(topology: ResolvedTopology, pooling: ResolvedPooling): string {
  const { database, primary, replicas, roles } = topology;
  // One name for all replicas: with verify-full, PgBouncer would look for a list of hosts, as it stands, in the certificate.
  // https://github.com/pgbouncer/pgbouncer/issues/1300
  const readers = replicas.length > 0 ? READERS_ALIAS : primary.part;
  const pools = {
    [pooling.writerPool]: poolTo(primary.part, database, pooling.writerPoolSize),
    [pooling.readerPool]: poolTo(readers, database, pooling.readerPoolSize),
  };
  const settings = {
    listen_addr: "*",
    listen_port: String(INTERNAL_PORTS.pooler),
    unix_socket_dir: PATHS.socket,
    unix_socket_mode: "0700",
    auth_type: "scram-sha-256",
    auth_file: PATHS.userlist,
    auth_user: roles.pooler,
    auth_query: `SELECT username, password FROM ${POOLER_SCHEMA}.user_lookup($1)`,
    stats_users: roles.pooler,
    ...poolSettings(pooling),
    ...tlsSettings(topology),
    ...WHEN_A_NODE_MOVES,
    log_connections: "0",
    log_disconnections: "0",
  };
  return `# Made from the stack's configuration, changed there.\n${section("databases", pools)}\n${section("pgbouncer", settings)}`;
}

function poolTo(hosts: string, database: string, size: number): string {
  return `host=${hosts} port=${INTERNAL_PORTS.postgres} dbname=${database} pool_size=${size}`;
}

function poolSettings(pooling: ResolvedPooling): Record<string, string> {
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

function tlsSettings({ tls }: ResolvedTopology): Record<string, string> {
  const protocols = tls.minProtocolVersion === "TLSv1.3" ? "tlsv1.3" : "secure";
  return {
    client_tls_sslmode: "require",
    client_tls_cert_file: PATHS.certificate,
    client_tls_key_file: PATHS.key,
    client_tls_ca_file: PATHS.caCertificate,
    client_tls_protocols: protocols,
    server_tls_sslmode: "verify-full",
    server_tls_ca_file: PATHS.caCertificate,
    server_tls_protocols: protocols,
  };
}

/** Seconds; a container that starts anew may have another address, and the pool has to find it soon. */
const WHEN_A_NODE_MOVES = {
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

function section(name: string, entries: Readonly<Record<string, string>>): string {
  const lines = Object.entries(entries).map(([key, value]) => `${key} = ${value}\n`);
  return `[${name}]\n${lines.join("")}`;
}
