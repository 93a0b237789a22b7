import { POOLER_SCHEMA, READERS_ALIAS } from "../topology/names.ts";
import type { ResolvedPooling, ResolvedDocker } from "../topology/resolved-docker.ts";
import { INTERNAL_PORTS, PATHS } from "./paths.ts";
import { pgbouncerIni, poolSettings, poolTo, WHEN_A_NODE_MOVES } from "./pgbouncer-settings.ts";

/** PgBouncer's configuration: a pool to the writer, and one to the readers. */
export function renderPgbouncerIni(topology: ResolvedDocker, pooling: ResolvedPooling): string {
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
  return pgbouncerIni(pools, settings);
}

function tlsSettings({ tls }: ResolvedDocker): Record<string, string> {
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
