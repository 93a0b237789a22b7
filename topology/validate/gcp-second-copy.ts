import { INSTANCE_LIMITS } from "../limits/cloud-sql-instances.ts";
import { keyLocationOf } from "../limits/google-cloud.ts";
import { locationIssues } from "./gcp-backup.ts";
import type { GcpRule } from "./gcp-rule.ts";

const MINUTES_PER_HOUR = 60;
const MINUTES_PER_DAY = 24 * MINUTES_PER_HOUR;

const copyLocationExists: GcpRule = ({ backup }) =>
  locationIssues("backup.secondCopy.location", backup?.secondCopy?.location);

// A multi-region around the primary's region is another failure domain: it keeps each object in two regions at least,
// so that the loss of one leaves the copy. https://docs.cloud.google.com/storage/docs/locations
const copyIsElsewhere: GcpRule = ({ backup, region }) => {
  if (backup?.secondCopy?.location !== region) return [];
  return [
    {
      where: "backup.secondCopy.location",
      got: region,
      want: `another region than ${region}, the primary's`,
      because: "the copy is there for the loss of that region",
      fix: "name another region, or a multi-region such as eu",
    },
  ];
};

const copyHasItsKeyBesideIt: GcpRule = ({ backup }) => {
  const copy = backup?.secondCopy;
  if (copy?.encryptionKey === undefined) return [];
  const there = copy.encryptionKey.split("/")[3];
  const wanted = keyLocationOf(copy.location);
  if (there === wanted) return [];
  return [
    {
      where: "backup.secondCopy.encryptionKey",
      got: `a key in ${there ?? ""}`,
      want: `a key in ${wanted}`,
      because: `a bucket in ${copy.location} takes keys from there only`,
      fix: `name a key in ${wanted}`,
    },
  ];
};

// One operation runs on an instance at a time: an export beside the backup waits for it, or fails. The time of a backup is
// where a window begins, in which the cloud chooses.
const copyIsMadeAfterTheBackup: GcpRule = ({ backup }) => {
  const { max } = INSTANCE_LIMITS.backupWindowHours.bounds;
  if (backup?.secondCopy === undefined) return [];
  const after = (minutes(backup.secondCopy.schedule) - minutes(backup.schedule) + MINUTES_PER_DAY) % MINUTES_PER_DAY;
  if (after >= max * MINUTES_PER_HOUR) return [];
  return [
    {
      where: "backup.secondCopy.schedule",
      got: backup.secondCopy.schedule,
      want: `${max} hours or more after ${backup.schedule}, which is backup.schedule`,
      because: `a backup begins within ${max} hours, and one operation runs on an instance at a time`,
      fix: "choose a later time",
    },
  ];
};

function minutes(timeOfDay: string): number {
  return MINUTES_PER_HOUR * Number(timeOfDay.slice(0, 2)) + Number(timeOfDay.slice(3));
}

/** How the copy of the backups is kept. */
export const SECOND_COPY_RULES = {
  copyLocationExists,
  copyIsElsewhere,
  copyHasItsKeyBesideIt,
  copyIsMadeAfterTheBackup,
} satisfies Readonly<Record<string, GcpRule>>;
