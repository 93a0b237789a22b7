// What Cloud SQL keeps is not proven: the tables of limits stand for it.
import { describe } from "mocha";
import { BACKUP_RULES } from "../../../../topology/validate/gcp-backup.ts";
import { SECOND_COPY_RULES } from "../../../../topology/validate/gcp-second-copy.ts";
import { type GcpCase, type GcpWish, testRules } from "../../../support/gcp-cases.ts";

type Backup = NonNullable<GcpWish["backup"]>;

const backup = (wish: Backup): GcpWish => ({ backup: wish });
const copy = (wish: Partial<NonNullable<Backup["secondCopy"]>>, more: Backup = {}): GcpWish =>
  backup({ ...more, secondCopy: { location: "europe-west4", ...wish } });
const keyIn = (location: string): string => `projects/shop/locations/${location}/keyRings/main/cryptoKeys/backup`;

const CASES: Record<keyof typeof BACKUP_RULES, readonly GcpCase[]> = {
  backupsAreMade: [
    {
      title: "staging without backups",
      good: { ...backup({ enabled: false }), environment: "local" },
      bad: { ...backup({ enabled: false }), environment: "staging" },
      text: `backup.enabled
    got: false
    want: true in staging
    because: a database without backups can be lost as a whole
    fix: remove backup.enabled`,
    },
  ],
  standbyHasItsLogs: [
    {
      title: "a standby without transaction logs",
      good: { environment: "local", highAvailability: true },
      bad: { ...backup({ enabled: false }), environment: "local", highAvailability: true },
      text: `highAvailability
    got: true with backup.enabled: false
    want: backups with their transaction logs
    because: an instance in two zones is to have both
    fix: remove backup.enabled, or set highAvailability: false`,
    },
  ],
  windowIsWithinTheEdition: [
    {
      title: "a window that enterprise does not keep (trap 4)",
      good: backup({ pointInTimeDays: 7 }),
      bad: backup({ pointInTimeDays: 8 }),
      text: `backup.pointInTimeDays
    got: 8
    want: at most 7 in enterprise
    because: the cloud keeps transaction logs no longer
    fix: use 7, or set edition: enterprise-plus`,
    },
    {
      title: "a window that enterprise-plus does not keep",
      good: { edition: "enterprise-plus", backup: { pointInTimeDays: 35, retentionDays: 36 } },
      bad: { edition: "enterprise-plus", backup: { pointInTimeDays: 36, retentionDays: 37 } },
      text: `backup.pointInTimeDays
    got: 36
    want: at most 35 in enterprise-plus
    because: the cloud keeps transaction logs no longer
    fix: use 35`,
    },
  ],
  retentionIsWithinTheEdition: [
    {
      title: "more daily backups than the cloud keeps",
      good: backup({ retentionDays: 365 }),
      bad: backup({ retentionDays: 366 }),
      text: `backup.retentionDays
    got: 366
    want: at most 365
    because: the cloud keeps no more daily backups
    fix: use 365, and backup.secondCopy.retentionDays for longer`,
    },
  ],
  windowHasItsBackups: [
    {
      title: "a window that begins before the oldest backup (trap 4)",
      good: backup({ retentionDays: 6, pointInTimeDays: 5 }),
      bad: backup({ retentionDays: 5, pointInTimeDays: 5 }),
      text: `backup.retentionDays
    got: 5
    want: at least 6, more than backup.pointInTimeDays
    because: a restore to a moment begins with a backup from before it
    fix: raise it to 6 or more`,
    },
  ],
  prodKeepsAMonth: [
    {
      title: "less than a month of backups in prod",
      good: { ...backup({ retentionDays: 30 }), environment: "prod" },
      bad: { ...backup({ retentionDays: 29 }), environment: "prod" },
      text: `backup.retentionDays
    got: 29
    want: at least 30 in prod
    because: a mistake may be weeks old when someone sees it
    fix: remove backup.retentionDays`,
    },
  ],
  backupLocationExists: [
    {
      title: "a place of backups that is none",
      good: backup({ location: "eu" }),
      bad: backup({ location: "europe-west33" }),
      text: `backup.location
    got: europe-west33
    want: a region, or one of us, eu, asia
    fix: did you mean europe-west3, europe-west1, europe-west10?`,
    },
  ],
};

const COPY_CASES: Record<keyof typeof SECOND_COPY_RULES, readonly GcpCase[]> = {
  copyLocationExists: [
    {
      title: "a place of the second copy that is none",
      good: copy({ location: "us" }),
      bad: copy({ location: "atlantis" }),
      text: `backup.secondCopy.location
    got: atlantis
    want: a region, or one of us, eu, asia
    fix: take one of those that \`pgt limits --target gcp\` lists`,
    },
  ],
  copyIsElsewhere: [
    {
      title: "a second copy that is lost with the primary",
      good: copy({ location: "eu" }),
      bad: copy({ location: "europe-west1" }),
      text: `backup.secondCopy.location
    got: europe-west1
    want: another region than europe-west1, the primary's
    because: the copy is there for the loss of that region
    fix: name another region, or a multi-region such as eu`,
    },
  ],
  copyHasItsKeyBesideIt: [
    {
      title: "a key in another place than the bucket",
      good: copy({ encryptionKey: keyIn("europe-west4") }),
      bad: copy({ encryptionKey: keyIn("europe-west1") }),
      text: `backup.secondCopy.encryptionKey
    got: a key in europe-west1
    want: a key in europe-west4
    because: a bucket in europe-west4 takes keys from there only
    fix: name a key in europe-west4`,
    },
    {
      title: "a key in the wrong place for a multi-region",
      good: copy({ location: "eu", encryptionKey: keyIn("europe") }),
      bad: copy({ location: "eu", encryptionKey: keyIn("eu") }),
      text: `backup.secondCopy.encryptionKey
    got: a key in eu
    want: a key in europe
    because: a bucket in eu takes keys from there only
    fix: name a key in europe`,
    },
  ],
  copyIsMadeAfterTheBackup: [
    {
      title: "a second copy that is made during the backup",
      good: copy({ schedule: "03:30" }, { schedule: "23:30" }),
      bad: copy({ schedule: "03:29" }, { schedule: "23:30" }),
      text: `backup.secondCopy.schedule
    got: 03:29
    want: 4 hours or more after 23:30, which is backup.schedule
    because: a backup begins within 4 hours, and one operation runs on an instance at a time
    fix: choose a later time`,
    },
  ],
};

describe("the backups on Cloud SQL", () => {
  testRules(BACKUP_RULES, CASES);
  testRules(SECOND_COPY_RULES, COPY_CASES);
});
