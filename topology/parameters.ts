import { memoryParameters } from "./parameters/memory-parameters.ts";

/** A value as postgresql.conf takes it. */
export type ParameterValue = string | number | boolean;

/** Parameters that follow from the topology itself, with what to use instead. */
const REFUSED: Readonly<Record<string, string>> = {
  archive_command: "backup.enabled",
  archive_library: "backup.enabled",
  archive_mode: "backup.enabled",
  archive_timeout: "backup.archiveTimeoutSeconds",
  cluster_name: "always the name of the part",
  config_file: "the image's own path",
  data_checksums: "always on",
  data_directory: "the image's own path",
  fsync: "always on: without it a crash loses the database",
  dynamic_shared_memory_type: "always posix",
  full_page_writes: "always on: without it a crash loses the database",
  hba_file: "the image's own path",
  hot_standby: "always on: replicas answer queries",
  hot_standby_feedback: "always on: replicas keep what their queries read",
  ident_file: "the image's own path",
  include: "parameters",
  include_dir: "parameters",
  listen_addresses: "ports.address",
  log_destination: "always stderr: `pgt logs` shows it",
  logging_collector: "always off: `pgt logs` shows what stderr gets",
  max_slot_wal_keep_size: "storage.maxSlotWalKeepMiB",
  password_encryption: "always scram-sha-256",
  port: "ports.primary and replicas.<name>.port",
  primary_conninfo: "replicas",
  primary_slot_name: "replicas",
  recovery_target_timeline: "always latest",
  restore_command: "backup.enabled",
  ssl: "always on",
  ssl_ca_file: "the stack's own CA",
  ssl_cert_file: "the stack's own CA",
  ssl_key_file: "the stack's own CA",
  ssl_max_protocol_version: "tls.minProtocolVersion",
  ssl_min_protocol_version: "tls.minProtocolVersion",
  unix_socket_directories: "the image's own path",
  unix_socket_permissions: "always the server's user only",
  wal_level: "always replica",
};

/** What to use instead of a parameter that the topology decides, or `undefined` when a user may set it. */
export function refusedParameter(name: string): string | undefined {
  return Object.hasOwn(REFUSED, name) ? REFUSED[name] : undefined;
}

/** The facts that parameters follow from. */
export interface ParameterBasis {
  readonly memoryMiB: number;
  readonly maxSlotWalKeepMiB: number;
  readonly archiveTimeoutSeconds: number | undefined;
  readonly replicaCount: number;
}

/** Every parameter that the topology sets, with the user's own over the defaults. */
export function resolveParameters(
  basis: ParameterBasis,
  wished: Readonly<Record<string, ParameterValue>>,
): Record<string, string> {
  const defaults: Record<string, string> = {
    max_connections: "100",
    superuser_reserved_connections: "3",
    max_replication_slots: String(Math.max(3, basis.replicaCount + 1)),
    max_wal_senders: String(Math.max(10, 2 * basis.replicaCount + 4)),
    ...memoryParameters(basis.memoryMiB),
    shared_preload_libraries: "pg_stat_statements",
    idle_in_transaction_session_timeout: "10min",
    lock_timeout: "0",
    statement_timeout: "0",
    log_connections: "off",
    log_lock_waits: "on",
    log_min_duration_statement: "1s",
    log_checkpoints: "on",
    timezone: "UTC",
    log_timezone: "UTC",
    wal_sender_timeout: "10s",
    wal_receiver_timeout: "10s",
    wal_receiver_status_interval: "1s",
    tcp_keepalives_idle: "60",
    tcp_keepalives_interval: "10",
    tcp_keepalives_count: "3",
  };
  const decided: Record<string, string> = {
    wal_level: "replica",
    hot_standby: "on",
    hot_standby_feedback: "on",
    password_encryption: "scram-sha-256",
    max_slot_wal_keep_size: `${basis.maxSlotWalKeepMiB}MB`,
    archive_mode: basis.archiveTimeoutSeconds === undefined ? "off" : "on",
    archive_timeout: basis.archiveTimeoutSeconds === undefined ? "0" : `${basis.archiveTimeoutSeconds}s`,
  };
  const own = Object.fromEntries(Object.entries(wished).map(([name, value]) => [name, parameterText(value)]));
  const all = { ...defaults, ...own, ...decided };
  return Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A value as PostgreSQL writes it: booleans are on and off. */
export function parameterText(value: ParameterValue): string {
  if (typeof value === "boolean") return value ? "on" : "off";
  return String(value);
}
