import { CLOUD_SQL_DOCS, notConfirmed, readAt } from "../limits/limit.ts";
import type { ResolvedGcp } from "../resolved-gcp.ts";
import { INSTANCE_RESOURCE, UNSAID } from "./gcp-sources.ts";
import { type Edit, type Effect, grows, type Rule, type Rules } from "./rule.ts";

const POINT_IN_TIME = readAt(`${CLOUD_SQL_DOCS}/backup-recovery/configure-pitr`);
const BACKUPS = readAt(`${CLOUD_SQL_DOCS}/backup-recovery/backups`);
const INSIGHTS = readAt(
  "https://docs.cloud.google.com/python/docs/reference/google-cloud-sql/latest/google.cloud.sqladmin_v1.types.InsightsConfig",
);
const BUCKET = notConfirmed("https://docs.cloud.google.com/storage/docs/buckets", "not read there");

const IN_PLACE: Effect = { label: "none", what: "servers go on as they are", source: INSTANCE_RESOURCE };

/** Days that something is kept: what is older goes when they become fewer. */
function kept(what: string, source: Effect["source"]): Rule<ResolvedGcp> {
  return (edit) =>
    grows(edit)
      ? { label: "none", what: `${what} are kept longer; servers go on`, source }
      : { label: "data loss", what: `${what} older than ${String(edit.to)} days are removed for good`, source };
}

function backupComesOrGoes({ to }: Edit<ResolvedGcp>): Effect {
  if (to !== undefined) {
    return {
      label: "restart",
      what: "the primary restarts to keep its WAL, and is backed up from then on",
      source: POINT_IN_TIME,
    };
  }
  return {
    label: "data loss",
    exposure: true,
    what: "nothing is backed up from then on, and the kept WAL is removed: no moment of the past comes back",
    source: POINT_IN_TIME,
  };
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
  backup: backupComesOrGoes,
  "backup.schedule": IN_PLACE,
  "backup.retentionDays": kept("backups", BACKUPS),
  "backup.pointInTimeDays": kept("moments that can be restored", POINT_IN_TIME),
  "backup.location": {
    label: "none",
    what: "new backups are kept in the other place; those that were made stay where they are",
    source: UNSAID,
  },
  "backup.secondCopy": ({ to }) =>
    to === undefined
      ? {
          label: "data loss",
          exposure: true,
          what: "the bucket in the other failure domain goes with the exports in it",
          source: BUCKET,
        }
      : { ...IN_PLACE, what: "a bucket in another failure domain gets a daily export; servers go on" },
  "backup.secondCopy.location": ANOTHER_BUCKET,
  "backup.secondCopy.schedule": IN_PLACE,
  "backup.secondCopy.retentionDays": kept("exports", BUCKET),
  "backup.secondCopy.softDeleteDays": (edit) => ({
    label: "none",
    exposure: !grows(edit),
    what: `a removed export can be brought back for ${grows(edit) ? "longer" : "a shorter time"}`,
    source: BUCKET,
  }),
  "backup.secondCopy.encryptionKey": ({ to }) => ({
    label: "none",
    exposure: to === undefined,
    what:
      to === undefined
        ? "new exports are encrypted by the platform's key instead of one of your own"
        : "new exports are encrypted by the other key; the old ones need theirs to be read",
    source: BUCKET,
  }),
  "maintenance.day": IN_PLACE,
  "maintenance.hour": IN_PLACE,
  "maintenance.track": IN_PLACE,
  "maintenance.freeze": IN_PLACE,
  "protection.deletion": ({ to }) => ({
    label: "none",
    exposure: to !== true,
    what: to === true ? "what holds data can't be removed" : "what holds data can be removed from then on",
    source: INSTANCE_RESOURCE,
  }),
  "protection.finalBackupDays": (edit) => ({
    label: "none",
    exposure: !grows(edit),
    what: `after a removal, the last backup is kept ${grows(edit) ? "longer" : "for a shorter time"}`,
    source: INSTANCE_RESOURCE,
  }),
  "observability.queryInsights": { ...IN_PLACE, source: INSIGHTS },
  "observability.labels.<name>": IN_PLACE,
};
