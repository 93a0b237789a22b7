import type { ResolvedSelfRun } from "../topology/resolved-self-run.ts";
import type { ResolvedNode, ResolvedReplica } from "../topology/resolved-self-run.ts";
import { INTERNAL_PORTS, PATHS, STANZA } from "./paths.ts";

/** The whole configuration of one server: what its package or a copy of another server says does not count. */
export function renderPostgresqlConf(topology: ResolvedSelfRun, node: ResolvedNode): string {
  const settings: Record<string, string> = {
    ...LOGGING,
    ...topology.parameters,
    cluster_name: node.part,
    data_directory: PATHS.pgdata,
    hba_file: PATHS.pgHba,
    listen_addresses: "*",
    port: String(INTERNAL_PORTS.postgres),
    unix_socket_directories: PATHS.socket,
    unix_socket_permissions: "0700",
    dynamic_shared_memory_type: "posix",
    log_destination: "stderr",
    logging_collector: "off",
    ssl: "on",
    ssl_ca_file: PATHS.caCertificate,
    ssl_cert_file: PATHS.certificate,
    ssl_key_file: PATHS.key,
    ssl_min_protocol_version: topology.tls.minProtocolVersion,
    ...archiveSettings(topology),
    ...replicaSettings(topology, node),
  };
  const lines = Object.entries({ ...LOCALE, ...settings })
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name} = ${quoteSetting(value)}`);
  return `# ${node.part} of ${topology.name}: made from the stack's configuration, changed there.\n${lines.join("\n")}\n`;
}

/** Who did what, when; a user's own prefix comes later. */
const LOGGING = { log_line_prefix: "%m [%p] %q%u@%d %a " };

/** What initdb would have written for C.UTF-8; a user's parameters come later. */
const LOCALE = {
  datestyle: "iso, mdy",
  default_text_search_config: "pg_catalog.english",
  lc_messages: "C.UTF-8",
  lc_monetary: "C.UTF-8",
  lc_numeric: "C.UTF-8",
  lc_time: "C.UTF-8",
};

/** Every server has them: a replica that becomes the primary goes on archiving. */
function archiveSettings({ backup }: ResolvedSelfRun): Record<string, string> {
  if (backup === undefined) return {};
  return {
    archive_command: `pgbackrest --stanza=${STANZA} archive-push %p`,
    restore_command: `pgbackrest --stanza=${STANZA} archive-get %f "%p"`,
    recovery_target_timeline: "latest",
  };
}

function replicaSettings({ primary, roles, tls }: ResolvedSelfRun, node: ResolvedNode): Record<string, string> {
  if (!isReplica(node)) return {};
  return {
    primary_conninfo: [
      `host=${primary.part}`,
      `port=${INTERNAL_PORTS.postgres}`,
      `user=${roles.replication}`,
      `passfile=${PATHS.pgpass}`,
      `application_name=${node.part}`,
      "sslmode=verify-full",
      `sslrootcert=${PATHS.caCertificate}`,
      `ssl_min_protocol_version=${tls.minProtocolVersion}`,
      "channel_binding=require",
      "connect_timeout=10",
    ].join(" "),
    primary_slot_name: node.slot,
  };
}

function isReplica(node: ResolvedNode): node is ResolvedReplica {
  return "slot" in node;
}

/** A value in quotes, as postgresql.conf reads it back. */
function quoteSetting(value: string): string {
  return `'${value.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
}
