import type { InstanceFacts } from "../requirements/facts/instances.ts";
import { unknownSettings } from "../requirements/facts/nothing-known.ts";
import type { NodeSettings } from "../requirements/facts/settings.ts";
import { Missing } from "../requirements/known.ts";
import type { ResolvedInstance } from "../topology/resolved-gcp.ts";
import { type Parameters, settingsFromParameters } from "./server-parameters.ts";

type OfThePrimary = Pick<
  InstanceFacts,
  | "pointInTime"
  | "logDays"
  | "retainedBackups"
  | "backupLocation"
  | "backupsOutlive"
  | "finalBackupDays"
  | "maintenance"
  | "freezes"
  | "backupStart"
  | "leastPassword"
>;

const PRIMARYS = new Missing("not-applicable", "it is the primary's, which a replica follows");
const AS_FLAG = new Missing("not-applicable", "a flag, which instances/waits-logged judges");
const OFF = new Missing("not-applicable", "backups are off, which backup/enabled judges");

/** What a replica has none of: the cloud refuses to take it there. */
export const NOT_A_REPLICAS: OfThePrimary = {
  pointInTime: PRIMARYS,
  logDays: PRIMARYS,
  retainedBackups: PRIMARYS,
  backupLocation: PRIMARYS,
  backupsOutlive: PRIMARYS,
  finalBackupDays: PRIMARYS,
  maintenance: PRIMARYS,
  freezes: PRIMARYS,
  backupStart: PRIMARYS,
  leastPassword: PRIMARYS,
};

/** What an instance without backups has none of. */
export const WITHOUT_BACKUPS: Pick<
  InstanceFacts,
  "pointInTime" | "logDays" | "retainedBackups" | "backupLocation" | "backupStart"
> = {
  pointInTime: OFF,
  logDays: OFF,
  retainedBackups: OFF,
  backupLocation: OFF,
  backupStart: OFF,
};

/** The flag that a fact follows from. */
const FLAG_OF: Partial<Record<keyof NodeSettings, string>> = {
  idleInTransactionSeconds: "idle_in_transaction_session_timeout",
  maxConnections: "max_connections",
  sharedBuffersMiB: "shared_buffers",
};

/** Settings that follow from flags; where a flag is not set, Cloud SQL has a value of its own, which is not known. */
export function settingsFromFlags(
  { memoryMiB, part }: Pick<ResolvedInstance, "memoryMiB" | "part">,
  flags: Parameters,
): NodeSettings {
  const all = settingsFromParameters(part, flags, memoryMiB);
  const set = Object.entries(all).filter(([fact]) => {
    const flag = FLAG_OF[fact as keyof NodeSettings];
    return flag !== undefined && flag in flags;
  });
  return { ...unknownSettings(part), memoryMiB, logLockWaits: AS_FLAG, ...Object.fromEntries(set) };
}
