import { CLOUD_SQL_DOCS, notConfirmed, type Sourced } from "../limits/limit.ts";

/** What a flag is where nobody sets it. */
export interface FlagDefault extends Sourced {
  readonly flag: string;
  readonly value: string;
}

const WHY =
  "the page's own column was not read: it is PostgreSQL's default, and the CIS benchmark for Google Cloud names the same for Cloud SQL";
const LOGGING = notConfirmed(`${CLOUD_SQL_DOCS}/flags`, WHY);
/** The pages that say how to turn them on. */
const OFF_UNLESS_SET = "the page tells how to turn it on, and that without it nobody can use what it is for";

/**
 * Flags that have a known value where they are not set. Not here: `log_checkpoints`, which PostgreSQL turns on since 15
 * and the benchmarks call off on Cloud SQL; timeouts and what Cloud SQL derives from the machine.
 */
export const CLOUD_SQL_FLAG_DEFAULTS: readonly FlagDefault[] = [
  ...logging({
    log_connections: "off",
    log_disconnections: "off",
    log_duration: "off",
    log_error_verbosity: "default",
    log_executor_stats: "off",
    log_hostname: "off",
    log_lock_waits: "off",
    log_min_duration_statement: "-1",
    log_min_error_statement: "error",
    log_min_messages: "warning",
    log_parser_stats: "off",
    log_planner_stats: "off",
    log_statement: "none",
    log_statement_stats: "off",
    log_temp_files: "-1",
  }),
  {
    flag: "cloudsql.enable_pgaudit",
    value: "off",
    provenance: notConfirmed(`${CLOUD_SQL_DOCS}/pg-audit`, OFF_UNLESS_SET),
  },
  {
    flag: "cloudsql.iam_authentication",
    value: "off",
    provenance: notConfirmed(`${CLOUD_SQL_DOCS}/iam-authentication`, OFF_UNLESS_SET),
  },
];

/** What a flag is where nobody sets it; `undefined` where that is not known. */
export function defaultOfFlag(flag: string): string | undefined {
  return CLOUD_SQL_FLAG_DEFAULTS.find((row) => row.flag === flag)?.value;
}

function logging(values: Readonly<Record<string, string>>): FlagDefault[] {
  return Object.entries(values).map(([flag, value]) => ({ flag, value, provenance: LOGGING }));
}
