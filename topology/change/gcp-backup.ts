import type { ResolvedGcp } from "../resolved-gcp.ts";
import { BACKUP_EFFECTS, KEPT, keptLonger, keptShorter, SERVER_EFFECTS } from "./gcp-effects.ts";
import { type Effect, grows, type Rule, type Rules } from "./rule.ts";

const IN_PLACE = SERVER_EFFECTS.inPlace;

/** Days that something is kept: what is older goes when they become fewer. */
function kept(what: (typeof KEPT)[keyof typeof KEPT]): Rule<ResolvedGcp> {
  return (edit) => (grows(edit) ? keptLonger(what) : keptShorter(what, edit.to));
}

/** One or the other, by whether the number grows. */
function byGrowth(more: Effect, less: Effect): Rule<ResolvedGcp> {
  return (edit) => (grows(edit) ? more : less);
}

/** A bucket never moves, and its name is taken until it is gone: it is kept with the data, and not removed with objects in it. */
const ANOTHER_BUCKET: Effect = {
  label: "data loss",
  what: "the bucket there would have the name of the one that is there already, with its exports in it",
  instead:
    "remove backup.secondCopy and run `pgt up`; delete the old bucket when nobody needs its exports; then set the other place",
  source: { file: "components/gcp/export.ts" },
};

/** Backups and their copy, maintenance, guards and observation. */
export const GCP_BACKUP: Rules<ResolvedGcp> = {
  backup: ({ to }) => (to === undefined ? BACKUP_EFFECTS.goes : BACKUP_EFFECTS.comes),
  "backup.schedule": IN_PLACE,
  "backup.retentionDays": kept(KEPT.backups),
  "backup.pointInTimeDays": kept(KEPT.moments),
  "backup.location": BACKUP_EFFECTS.otherPlace,
  "backup.secondCopy": ({ to }) => (to === undefined ? BACKUP_EFFECTS.copyGoes : BACKUP_EFFECTS.copyComes),
  "backup.secondCopy.location": ANOTHER_BUCKET,
  "backup.secondCopy.schedule": IN_PLACE,
  "backup.secondCopy.retentionDays": kept(KEPT.exports),
  "backup.secondCopy.softDeleteDays": byGrowth(BACKUP_EFFECTS.longerBack, BACKUP_EFFECTS.shorterBack),
  "backup.secondCopy.encryptionKey": ({ to }) =>
    to === undefined ? BACKUP_EFFECTS.platformKey : BACKUP_EFFECTS.otherKey,
  "maintenance.day": IN_PLACE,
  "maintenance.hour": IN_PLACE,
  "maintenance.track": IN_PLACE,
  "maintenance.freeze": IN_PLACE,
  "protection.deletion": ({ to }) => (to === true ? BACKUP_EFFECTS.guarded : BACKUP_EFFECTS.unguarded),
  "protection.finalBackupDays": byGrowth(BACKUP_EFFECTS.lastLonger, BACKUP_EFFECTS.lastShorter),
  "observability.queryInsights": SERVER_EFFECTS.insights,
  "observability.labels.<name>": IN_PLACE,
};
