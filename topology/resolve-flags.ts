import { IAM_FLAG } from "./cloud-sql-words.ts";
import { cloudSqlFlagText } from "./parameters/cloud-sql-flags.ts";
import type { Major } from "./parameters/server-settings.ts";
import type { ParameterValue } from "./parameters.ts";

/** Flags that every instance gets, unless the user sets them otherwise. */
const DEFAULT_FLAGS: Readonly<Record<string, ParameterValue>> = {
  log_checkpoints: true,
  log_connections: true,
  log_disconnections: true,
  log_lock_waits: true,
  log_statement: "ddl",
};

/** Flags that follow from the topology. */
const DECIDED_FLAGS: Readonly<Record<string, ParameterValue>> = {
  [IAM_FLAG]: true,
};

/** Whether the topology decides a flag, so that a user can't. */
export function isDecidedFlag(name: string): boolean {
  return Object.hasOwn(DECIDED_FLAGS, name);
}

/** The flags of an instance, by name. Cloud SQL sets memory parameters and max_connections itself, from the tier. */
export function resolveFlags(major: Major, wished: Readonly<Record<string, ParameterValue>>): Record<string, string> {
  const all = Object.entries({ ...DEFAULT_FLAGS, ...wished, ...DECIDED_FLAGS });
  return Object.fromEntries(
    all
      .map(([name, value]) => [name, cloudSqlFlagText(major, name, value)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
