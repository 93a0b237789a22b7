import { readerPoolName } from "../topology/names.ts";
import type { ResolvedGcp, SidecarPooling } from "../topology/resolved-gcp.ts";
import { INTERNAL_PORTS } from "./paths.ts";
import { pgbouncerIni, poolSettings, poolTo, WHEN_A_NODE_MOVES } from "./pgbouncer-settings.ts";

/** Where a service and its sidecar find their files: each in a folder of its own, because a mounted secret takes a whole one. */
export const SERVICE_PATHS = {
  pgbouncerIni: "/etc/pgtopology/pgbouncer/pgbouncer.ini",
  userlist: "/etc/pgtopology/users/userlist.txt",
  caCertificate: "/etc/pgtopology/tls/server-ca.pem",
} as const;

/** The servers behind the sidecar: names, addresses, or folders of unix sockets. */
export interface SidecarServers {
  readonly writer: string;
  /** `undefined` without a replica that serves reads. */
  readonly reader: string | undefined;
}

/** The configuration of a PgBouncer beside one instance of the service. It looks no user up: its file holds the only one. */
export function renderSidecarPgbouncerIni(
  { database, roles, access }: ResolvedGcp,
  pooling: SidecarPooling,
  { writer, reader }: SidecarServers,
): string {
  const pools = {
    [database]: poolTo(writer, database, pooling.writerPoolSize),
    ...(reader !== undefined && {
      [readerPoolName(database)]: poolTo(reader, database, pooling.readerPoolSize),
    }),
  };
  const settings = {
    // Not the loopback alone, where the platform's start-up probe might not reach it. From outside of the instance nothing
    // does: requests go to the service's one port (https://cloud.google.com/run/docs/container-contract#port), and a
    // service takes none from its VPC (https://docs.cloud.google.com/run/docs/configuring/vpc-direct-vpc).
    listen_addr: "0.0.0.0",
    listen_port: String(INTERNAL_PORTS.pooler),
    unix_socket_dir: "",
    auth_type: "scram-sha-256",
    auth_file: SERVICE_PATHS.userlist,
    // It may look at the pools (SHOW), not change them.
    stats_users: roles.readWrite,
    ...poolSettings(pooling),
    client_tls_sslmode: "disable",
    ...serverTls(access.tlsMode, writer),
    ...WHEN_A_NODE_MOVES,
    log_connections: "0",
    log_disconnections: "0",
  };
  return pgbouncerIni(pools, settings);
}

/** A unix socket ends at the platform's own proxy, which encrypts. */
function serverTls(mode: "verify-full" | "verify-ca", writer: string): Record<string, string> {
  if (writer.startsWith("/")) return { server_tls_sslmode: "disable" };
  return {
    server_tls_sslmode: mode,
    server_tls_ca_file: SERVICE_PATHS.caCertificate,
    server_tls_protocols: "secure",
  };
}
