import { BACKUP_EFFECTS, KEPT, keptLonger, keptShorter, SERVER_EFFECTS } from "../../../topology/change/gcp-effects.ts";
import { INSTANCE_RESOURCE, UNSAID } from "../../../topology/change/gcp-sources.ts";
import type { Effect } from "../../../topology/change/rule.ts";
import type { PropertyRule, ValueRule } from "../../resource-table.ts";
import { counted, each, fieldOf, oneOf, switched } from "./value-rules.ts";

const { inPlace: IN_PLACE } = SERVER_EFFECTS;

const BACKED_UP: Effect = {
  label: "none",
  what: "the server is backed up from then on",
  source: BACKUP_EFFECTS.comes.source,
};

/** Where nothing was backed up, nothing goes. */
function whereBackedUp(rule: ValueRule): ValueRule {
  return oneOf([IN_PLACE, rule.worst], (edit) =>
    fieldOf(edit.old, "settings", "backupConfiguration", "enabled") === true ? rule.by(edit) : IN_PLACE,
  );
}

function kept(what: (typeof KEPT)[keyof typeof KEPT]): PropertyRule {
  return whereBackedUp(counted(undefined, keptLonger(what), (days) => keptShorter(what, days)));
}

const COUNTED_OTHERWISE: Effect = {
  label: "data loss",
  what: "what is kept is counted in another way: backups may be removed for it",
  source: UNSAID,
};

const OUTLIVE: Effect = { label: "none", what: "backups outlive the instance", source: INSTANCE_RESOURCE };

const GO_WITH_IT: Effect = {
  label: "none",
  exposure: true,
  what: "backups go with the instance when it is removed",
  source: INSTANCE_RESOURCE,
};

/** Backups of an instance, and what guards it and them. */
export const INSTANCE_BACKUPS: Readonly<Record<string, PropertyRule>> = {
  "settings.backupConfiguration.enabled": switched(false, BACKED_UP, BACKUP_EFFECTS.goes),
  "settings.backupConfiguration.pointInTimeRecoveryEnabled": switched(
    // It depends on the edition.
    undefined,
    BACKUP_EFFECTS.comes,
    {
      ...BACKUP_EFFECTS.goes,
      what: "the kept WAL is removed: no moment of the past comes back, but those of backups",
    },
  ),
  "settings.backupConfiguration.binaryLogEnabled": switched(false, BACKUP_EFFECTS.comes, BACKUP_EFFECTS.goes),
  "settings.backupConfiguration.transactionLogRetentionDays": kept(KEPT.moments),
  "settings.backupConfiguration.backupRetentionSettings.retainedBackups": kept(KEPT.backups),
  "settings.backupConfiguration.backupRetentionSettings.retentionUnit": whereBackedUp(
    oneOf([COUNTED_OTHERWISE], () => COUNTED_OTHERWISE),
  ),
  "settings.backupConfiguration.location": BACKUP_EFFECTS.otherPlace,
  ...each(["settings.backupConfiguration.startTime", "settings.backupConfiguration.backupTier"], IN_PLACE),
  "settings.retainBackupsOnDelete": switched(false, OUTLIVE, GO_WITH_IT),
  "settings.finalBackupConfig.enabled": switched(
    false,
    { ...OUTLIVE, what: "a last backup is made when the instance is removed" },
    { ...GO_WITH_IT, what: "no last backup is made when the instance is removed" },
  ),
  "settings.finalBackupConfig.retentionDays": counted(0, BACKUP_EFFECTS.lastLonger, BACKUP_EFFECTS.lastShorter),
  "settings.deletionProtectionEnabled": switched(false, BACKUP_EFFECTS.guarded, BACKUP_EFFECTS.unguarded),
};
