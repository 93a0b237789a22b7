import { POOLER_SCHEMA, READERS_ALIAS } from "../topology/names.ts";
import type { ResolvedSelfRun } from "../topology/resolved-self-run.ts";
import type { ResolvedPooling } from "../topology/resolved-self-run.ts";
import { INTERNAL_PORTS, PATHS } from "./paths.ts";
import { pgbouncerIni, poolSettings, poolTo, WHEN_A_NODE_MOVES } from "./pgbouncer-settings.ts";

/** Where the pooler finds the servers: names that their certificates are good for. */
interface PoolHosts {
  readonly writer: string;
  readonly readers: string;
}

/** PgBouncer's configuration: a pool to the writer, and one to the readers. */
export function renderPgbouncerIni(
  topology: ResolvedSelfRun,
  pooling: ResolvedPooling,
  { writer, readers }: PoolHosts = networkNames(topology),
): string {
  const { database, roles } = topology;
  const pools = {
    [pooling.writerPool]: poolTo(writer, database, pooling.writerPoolSize),
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

/** In a network of containers. */
function networkNames({ primary, replicas }: ResolvedSelfRun): PoolHosts {
  // One name for all replicas: with verify-full, PgBouncer would look for a list of hosts, as it stands, in the certificate.
  // https://github.com/pgbouncer/pgbouncer/issues/1300
  return { writer: primary.part, readers: replicas.length > 0 ? READERS_ALIAS : primary.part };
}

function tlsSettings({ tls }: ResolvedSelfRun): Record<string, string> {
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
