import { type Known, UNKNOWN } from "../requirements/known.ts";
import type { ReplicationFacts } from "../requirements/facts/replication.ts";
import type { NodeSettings } from "../requirements/facts/settings.ts";
import { unknownSettings } from "../requirements/facts/nothing-known.ts";
import { settingOf } from "../topology/parameters/server-settings.ts";
import { STANDBY_PARAMETERS } from "../topology/parameters/standby-order.ts";
import { settingBoolean, settingMebibytes, settingNumber, settingSeconds } from "./setting-units.ts";

/** Parameters of one server, by name, as text; those that are not in it have PostgreSQL's own default. */
export type Parameters = Readonly<Record<string, string>>;

/** The value in force: what was set, else the default of PostgreSQL 17, which is the image's. */
export function parameter(parameters: Parameters, name: string): string {
  return parameters[name] ?? settingOf(17, name)?.boot ?? "";
}

/** Facts of one server that follow from its parameters and its container's memory. */
export function settingsFromParameters(part: string, parameters: Parameters, memoryMiB: Known<number>): NodeSettings {
  const value = (name: string) => parameter(parameters, name);
  return {
    ...unknownSettings(part),
    fsync: settingBoolean(value("fsync")),
    fullPageWrites: settingBoolean(value("full_page_writes")),
    idleInTransactionSeconds: settingSeconds(value("idle_in_transaction_session_timeout"), "ms"),
    logLockWaits: settingBoolean(value("log_lock_waits")),
    statementStatistics: value("shared_preload_libraries")
      .split(/[\s,]+/)
      .includes("pg_stat_statements"),
    maxConnections: settingNumber(value("max_connections")),
    sharedBuffersMiB: settingMebibytes(value("shared_buffers"), "8kB"),
    memoryMiB,
  };
}

/** The parameter that each of those facts follows from. */
const DECIDED_BY = {
  fsync: "fsync",
  fullPageWrites: "full_page_writes",
  idleInTransactionSeconds: "idle_in_transaction_session_timeout",
  logLockWaits: "log_lock_waits",
  statementStatistics: "shared_preload_libraries",
  maxConnections: "max_connections",
  sharedBuffersMiB: "shared_buffers",
} as const;

/** The same of a server of which only some parameters are known: what follows from others is not. */
export function settingsFromSome(part: string, some: Parameters, memoryMiB: Known<number>): NodeSettings {
  const all = settingsFromParameters(part, some, memoryMiB);
  const names = Object.keys(DECIDED_BY) as (keyof typeof DECIDED_BY)[];
  const known = names.filter((name) => some[DECIDED_BY[name]] !== undefined).map((name) => [name, all[name]]);
  return { ...unknownSettings(part), memoryMiB, ...(Object.fromEntries(known) as Partial<NodeSettings>) };
}

/** Connections of a server that are not kept for superusers and their kind. */
export function freeConnections(parameters: Parameters): Known<number> {
  const numbers = ["max_connections", "superuser_reserved_connections", "reserved_connections"].map((name) =>
    settingNumber(parameter(parameters, name)),
  );
  const [all, ...reserved] = numbers.filter((number) => number !== UNKNOWN);
  if (all === undefined || reserved.length < 2) return UNKNOWN;
  return reserved.reduce((left, number) => left - number, all);
}

/** Parameters in which a standby is below its primary, as `name on part: got n, want m`. */
export function belowPrimary(primary: Parameters, standbys: Readonly<Record<string, Parameters>>): string[] {
  return Object.entries(standbys).flatMap(([part, standby]) =>
    STANDBY_PARAMETERS.flatMap((name) => {
      const [got, want] = [Number(parameter(standby, name)), Number(parameter(primary, name))];
      return got < want ? [`${name} on ${part}: got ${got}, want ${want}`] : [];
    }),
  );
}

/** The primary's room for replicas, from its parameters. */
export function replicationLimits(
  parameters: Parameters,
): Pick<ReplicationFacts, "walLevel" | "maxWalSenders" | "maxReplicationSlots" | "maxSlotWalKeepMiB"> {
  return {
    walLevel: parameter(parameters, "wal_level"),
    maxWalSenders: settingNumber(parameter(parameters, "max_wal_senders")),
    maxReplicationSlots: settingNumber(parameter(parameters, "max_replication_slots")),
    maxSlotWalKeepMiB: settingMebibytes(parameter(parameters, "max_slot_wal_keep_size"), "MB"),
  };
}
