import type { ChangeLabel } from "../change-label.ts";
import { CONNECTION_LIMITS } from "../limits/cloud-sql-connections.ts";
import { type ParameterValue, parameterText, refusedParameter } from "../parameters.ts";
import { labelOfParameter } from "./change-effect.ts";
import { type ValueProblem, valueProblem } from "./check-value.ts";
import { RELOADED_FLAGS, RESTARTING_FLAGS } from "./cloud-sql-flag-names.ts";
import { type Major, settingOf } from "./server-settings.ts";
import { parseBoolean, parseInteger, parseReal } from "./setting-value.ts";

/** What is known of a flag's being settable: absent from the vendor's list does not mean refused by the service. */
export type CloudSqlStanding = "settable" | "refused" | "unknown";

/**
 * Parameters that Cloud SQL sets by another flag.
 * @see https://docs.cloud.google.com/sql/docs/postgres/replication/configure-logical-replication (read 2026-11-21)
 */
const REFUSED: Readonly<Record<string, string>> = {
  shared_preload_libraries: "Cloud SQL sets it by the cloudsql.enable_… flags of the extensions",
  wal_level: "Cloud SQL sets it by the flag cloudsql.logical_decoding",
};

/** What the topology decides on servers of our own, the platform decides on its own, unless it lists it as a flag. */
const OF_THE_PLATFORM =
  "files, addresses, archive and durability of its servers are Cloud SQL's own; it lists no such flag";

interface OwnRange {
  readonly min: number;
  readonly max?: number;
}

/** Ranges, in the parameter's unit, where Cloud SQL's is narrower than PostgreSQL's; its provenance is that of the names. */
const OWN_RANGES: Readonly<Record<string, OwnRange>> = {
  maintenance_work_mem: { min: 1024 },
  max_connections: { min: CONNECTION_LIMITS.leastMaxConnections.connections },
  max_logical_replication_workers: { min: 4, max: 8192 },
  max_pred_locks_per_transaction: { min: 64, max: 1_048_576 },
  max_replication_slots: { min: 10 },
  max_slot_wal_keep_size: { min: 102_400, max: 10_485_760 },
  max_stack_depth: { min: 100, max: 7680 },
  max_sync_workers_per_subscription: { min: 2, max: 64 },
  max_wal_senders: { min: 10 },
  max_worker_processes: { min: 8 },
  min_wal_size: { min: 32 },
  temp_file_limit: { min: 1_048_576 },
  track_activity_query_size: { min: 100, max: 102_400 },
};

/** The flags of Cloud SQL's own that are no switches, with a range where they are numbers. */
const NO_SWITCHES: Readonly<Record<string, OwnRange | undefined>> = {
  "cloudsql.max_failed_attempts_user": { min: 0, max: 10_000 },
  "cloudsql.pg_authid_select_role": undefined,
};

/** Whether a user of Cloud SQL may set a flag, as far as is known. */
export function cloudSqlStanding(name: string): CloudSqlStanding {
  const flag = name.toLowerCase();
  if (Object.hasOwn(REFUSED, flag)) return "refused";
  if (RESTARTING_FLAGS.has(flag) || RELOADED_FLAGS.has(flag)) return "settable";
  return refusedParameter(flag) === undefined ? "unknown" : "refused";
}

/** Why Cloud SQL does not let a user set a flag; `undefined` when it does, and when nobody knows. */
export function cloudSqlFlagProblem(name: string): string | undefined {
  const flag = name.toLowerCase();
  if (cloudSqlStanding(flag) !== "refused") return undefined;
  return Object.hasOwn(REFUSED, flag) ? REFUSED[flag] : OF_THE_PLATFORM;
}

/** What is wrong with a flag's value: Cloud SQL's narrower range first, whose nearest value PostgreSQL takes, too. */
export function cloudSqlValueProblem(major: Major, name: string, value: ParameterValue): ValueProblem | undefined {
  const flag = name.toLowerCase();
  const got = parameterText(value);
  if (flag.startsWith("cloudsql.")) return ownFlagProblem(flag, got);
  const range = Object.hasOwn(OWN_RANGES, flag) ? OWN_RANGES[flag] : undefined;
  const number = range && parseInteger(got, settingOf(major, name)?.unit);
  // What is no number at all, PostgreSQL's own rules say better.
  const problem =
    (range && number !== undefined ? rangeProblem(got, number, range) : undefined) ?? valueProblem(major, name, value);
  if (problem !== undefined) return problem;
  if (flag === "huge_pages" && parseBoolean(got) === true) {
    return { got, want: "try or off", because: "Cloud SQL lists no other word", fix: "write try" };
  }
  return undefined;
}

function ownFlagProblem(flag: string, got: string): ValueProblem | undefined {
  if (Object.hasOwn(NO_SWITCHES, flag)) {
    const range = NO_SWITCHES[flag];
    return range && rangeProblem(got, parseInteger(got), range);
  }
  return got === "on" || got === "off" ? undefined : { got, want: "on or off", fix: "write on or off" };
}

function rangeProblem(got: string, number: number | undefined, { min, max }: OwnRange): ValueProblem | undefined {
  if (number !== undefined && number >= min && (max === undefined || number <= max)) return undefined;
  const want = max === undefined ? `at least ${min}` : `from ${min} to ${max}`;
  const nearest = number !== undefined && number > min ? (max ?? min) : min;
  return { got, want, because: "Cloud SQL takes less than PostgreSQL does", fix: `the nearest value is ${nearest}` };
}

/** What a change of a flag costs on Cloud SQL; where the service says nothing, what it costs PostgreSQL. */
export function labelOfCloudSqlFlag(major: Major, name: string): ChangeLabel | undefined {
  const flag = name.toLowerCase();
  if (RESTARTING_FLAGS.has(flag)) return "restart";
  return RELOADED_FLAGS.has(flag) ? "reload" : labelOfParameter(major, name);
}

/** A value as the API takes it: a number counts the parameter's own unit and has none written, a switch is on or off. */
export function cloudSqlFlagText(major: Major, name: string, value: ParameterValue): string {
  const text = parameterText(value);
  const setting = settingOf(major, name);
  if (setting?.type === "integer") return String(parseInteger(text, setting.unit) ?? text);
  if (setting?.type === "real") return String(parseReal(text, setting.unit) ?? text);
  const on = setting?.type === "bool" ? parseBoolean(text) : undefined;
  return on === undefined ? text : parameterText(on);
}
