import type { PlanCase } from "../plan-case.ts";
import { alone, flag, primary, type Side } from "./planned-instances.ts";

const FLAGS = "settings.databaseFlags";
/** Where the flag is turned off, and where nobody sets it. */
const offAndUnset = (name: string, want: string): Side[] => [
  ["off", flag(name, "off"), new RegExp(`^db: .*${name} got off, want ${want}`)],
  ["not set", flag(name), new RegExp(`^db: .*${name} got not set`)],
];

/** Flags of one instance, as they are in force. */
export const CASES: readonly PlanCase[] = [
  alone("instances/iam-login", FLAGS, ...offAndUnset("cloudsql.iam_authentication", "on")),
  alone(
    "instances/sessions-logged",
    FLAGS,
    ...offAndUnset("log_connections", "on"),
    ...offAndUnset("log_disconnections", "on"),
  ),
  alone(
    "instances/schema-changes-logged",
    FLAGS,
    ["none", flag("log_statement", "none"), /^db: .*log_statement got none, want ddl or mod or all/],
    ["not set", flag("log_statement"), /^db: .*log_statement got not set \(none\)/],
  ),
  alone(
    "instances/waits-logged",
    FLAGS,
    ["checkpoints", flag("log_checkpoints", "off"), /^db: .*log_checkpoints got off/],
    ["waits", flag("log_lock_waits", "off"), /^db: .*log_lock_waits got off/],
    ["waits, not set", flag("log_lock_waits"), /^db: .*log_lock_waits got not set \(off\)/],
  ),
  alone("instances/log-error-verbosity", FLAGS, [
    "all of it",
    flag("log_error_verbosity", "verbose"),
    /^db: .*got verbose, want default or terse/,
  ]),
  alone(
    "instances/log-min-messages",
    FLAGS,
    ["too few", flag("log_min_messages", "fatal"), /^db: .*got fatal, want warning/],
    ["too many", flag("log_min_messages", "debug2"), /^db: .*got debug2, want warning/],
  ),
  alone("instances/log-min-error-statement", FLAGS, [
    "too few",
    flag("log_min_error_statement", "panic"),
    /^db: .*got panic, want error/,
  ]),
  alone("instances/slow-statements-not-logged", FLAGS, [
    "slow ones",
    flag("log_min_duration_statement", "1000"),
    /^db: .*log_min_duration_statement got 1000, want -1/,
  ]),
  alone("instances/audited", FLAGS, ...offAndUnset("cloudsql.enable_pgaudit", "on")),
  alone(
    "instances/temporary-files-logged",
    FLAGS,
    ["large ones", flag("log_temp_files", "1024"), /^db: .*log_temp_files got 1024, want 0/],
    ["not set", flag("log_temp_files"), /^db: .*log_temp_files got not set \(-1\)/],
  ),
  {
    ...alone("instances/host-names-logged", FLAGS, ...offAndUnset("log_hostname", "on")),
    good: [primary(flag("log_hostname", "on"))],
  },
  {
    ...alone("instances/durations-logged", FLAGS, ...offAndUnset("log_duration", "on")),
    good: [primary(flag("log_duration", "on"))],
  },
  alone(
    "instances/no-internal-statistics-in-log",
    FLAGS,
    ...["log_parser_stats", "log_planner_stats", "log_executor_stats", "log_statement_stats"].map((name): Side => [
      name,
      flag(name, "on"),
      new RegExp(`^db: .*${name} got on, want off`),
    ]),
  ),
  {
    ...alone(
      "instances/statements-end",
      FLAGS,
      ["never", timeouts("0", "10000"), /^db: .*statement_timeout got 0, want a time/],
      ["waits never", timeouts("60000", "0"), /^db: .*lock_timeout got 0, want a time/],
    ),
    good: [primary(timeouts("60000", "10000"))],
    // Nobody sets them, and what Cloud SQL takes then is not known.
    unknown: [primary()],
  },
  {
    ...alone("settings/idle-in-transaction", undefined, [
      "never",
      flag("idle_in_transaction_session_timeout", "0"),
      /^db: got idle_in_transaction_session_timeout 0/,
    ]),
    unknown: [primary(flag("idle_in_transaction_session_timeout"))],
  },
];

function timeouts(statement: string, lock: string): Record<string, unknown> {
  const [{ [FLAGS]: first }, { [FLAGS]: second }] = [
    flag("statement_timeout", statement),
    flag("lock_timeout", lock),
  ] as [Record<string, unknown[]>, Record<string, unknown[]>];
  return { [FLAGS]: [...(first ?? []), ...(second ?? []).slice(-1)] };
}
