import { readAt, type Sourced } from "../limits/limit.ts";

/** A parameter as the platform's API takes it; PostgreSQL's own names, and one of the platform's. */
interface ClusterParameter {
  /** `switch` is `on` or `off` in words. */
  readonly type: "integer" | "real" | "boolean" | "switch" | "word" | "text";
  /** In the API's unit. */
  readonly min?: number;
  readonly max?: number;
  /** How many of the API's units are in one of PostgreSQL's: 1024 where it counts bytes, and PostgreSQL kB. */
  readonly scale?: number;
  /** As the API writes them. */
  readonly words?: readonly string[];
}

const MILLISECONDS_OF_12_HOURS = 43_200_000;
const INTEGER = 2_147_483_647;

const integer = (min: number, max: number, scale?: number): ClusterParameter => ({
  type: "integer",
  min,
  max,
  ...(scale !== undefined && { scale }),
});
const real = (min: number, max: number): ClusterParameter => ({ type: "real", min, max });
const word = (...words: readonly string[]): ClusterParameter => ({ type: "word", words });

/**
 * The parameters that the provider hands on, with the ranges of the API's specification. Left out: `pgbouncer`, whose
 * block makes the provider panic; `timescaledb`; and the time of the backup, which is `backup.schedule`.
 */
export const CLUSTER_PARAMETERS: Readonly<Record<string, ClusterParameter>> = {
  autovacuum_analyze_scale_factor: real(0, 1),
  autovacuum_analyze_threshold: integer(0, INTEGER),
  autovacuum_freeze_max_age: integer(200_000_000, 1_500_000_000),
  autovacuum_max_workers: integer(1, 20),
  autovacuum_naptime: integer(0, 86_400),
  autovacuum_vacuum_cost_delay: integer(-1, 100),
  autovacuum_vacuum_cost_limit: integer(-1, 10_000),
  autovacuum_vacuum_scale_factor: real(0, 1),
  autovacuum_vacuum_threshold: integer(0, INTEGER),
  bgwriter_delay: integer(10, 10_000),
  // PostgreSQL counts blocks of 8 kB, the API kB.
  bgwriter_flush_after: integer(0, 2048, 8),
  bgwriter_lru_maxpages: integer(0, 1_073_741_823),
  bgwriter_lru_multiplier: real(0, 10),
  deadlock_timeout: integer(500, 1_800_000),
  default_toast_compression: word("lz4", "pglz"),
  idle_in_transaction_session_timeout: integer(0, 604_800_000),
  jit: { type: "boolean" },
  log_autovacuum_min_duration: integer(-1, INTEGER),
  log_error_verbosity: word("TERSE", "DEFAULT", "VERBOSE"),
  log_line_prefix: word(
    "pid=%p,user=%u,db=%d,app=%a,client=%h",
    "%m [%p] %q[user=%u,db=%d,app=%a]",
    "%t [%p]: [%l-1] user=%u,db=%d,app=%a,client=%h",
  ),
  log_min_duration_statement: integer(-1, 86_400_000),
  max_files_per_process: integer(1000, 4096),
  max_locks_per_transaction: integer(64, 6400),
  max_logical_replication_workers: integer(4, 64),
  max_parallel_workers: integer(0, 96),
  max_parallel_workers_per_gather: integer(0, 96),
  max_pred_locks_per_transaction: integer(64, 640),
  max_prepared_transactions: integer(0, 10_000),
  max_replication_slots: integer(8, 64),
  // PostgreSQL counts kB, the API bytes.
  max_stack_depth: integer(2_097_152, 6_291_456, 1024),
  max_standby_archive_delay: integer(1, MILLISECONDS_OF_12_HOURS),
  max_standby_streaming_delay: integer(1, MILLISECONDS_OF_12_HOURS),
  max_wal_senders: integer(20, 64),
  max_worker_processes: integer(8, 96),
  "pg_partman_bgw.interval": integer(3600, 604_800),
  "pg_partman_bgw.role": { type: "text" },
  "pg_stat_statements.track": word("all", "top", "none"),
  shared_buffers_percentage: real(20, 60),
  temp_file_limit: integer(-1, INTEGER),
  timezone: { type: "text" },
  track_activity_query_size: integer(1024, 10_240),
  track_commit_timestamp: { type: "switch" },
  track_functions: word("all", "pl", "none"),
  track_io_timing: { type: "switch" },
  wal_sender_timeout: integer(0, 10_800_000),
  wal_writer_delay: integer(10, 200),
  // PostgreSQL counts kB, the API MB.
  work_mem: integer(1, 1024, 1 / 1024),
};

/** Where the ranges are from. */
export const CLUSTER_PARAMETERS_PROVENANCE: Sourced["provenance"] = readAt(
  "https://github.com/digitalocean/openapi/blob/main/specification/resources/databases/models/advanced_config/postgres_advanced_config.yml",
  "2026-08-07",
);

/** What the platform decides, with what to do instead. */
const REFUSED: Readonly<Record<string, string>> = {
  max_connections: "the platform sets it by the machine's memory: choose another size",
  shared_buffers: "the platform takes a share of the memory: set shared_buffers_percentage",
  statement_timeout: "the platform has no such setting: set it for the role or the session",
};

/** A parameter of the cluster; `undefined` where the platform lets nobody set it. Case does not matter. */
export function clusterParameter(name: string): ClusterParameter | undefined {
  const key = name.toLowerCase();
  return Object.hasOwn(CLUSTER_PARAMETERS, key) ? CLUSTER_PARAMETERS[key] : undefined;
}

/** Why nobody can set a parameter, where there is more to say than that the platform lists none of that name. */
export function refusedClusterParameter(name: string): string | undefined {
  const key = name.toLowerCase();
  return Object.hasOwn(REFUSED, key) ? REFUSED[key] : undefined;
}
