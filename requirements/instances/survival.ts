import { CLOUD_SQL_DOCS } from "../../topology/limits/limit.ts";
import type { Requirement } from "../requirement.ts";
import { notApplicable, verdict } from "../verdict.ts";
import { eachBesidePrimary, eachInstance, thePrimary } from "./each-instance.ts";

const EVERYWHERE = ["spec", "plan", "live"] as const;
const BACKUPS = `${CLOUD_SQL_DOCS}/backup-recovery/backups`;

/** What is still there after a zone, a disk, a table or an instance is lost. */
export const instanceSurvival: readonly Requirement<"instances">[] = [
  {
    id: "instances/highly-available",
    topic: "instances",
    severity: "high",
    title: "In production a standby in a second zone takes over by itself",
    why: "A zone that fails takes a zonal instance with it until somebody restores it.",
    fix: "Set `settings.availabilityType` to REGIONAL (`highAvailability: true`).",
    docs: `${CLOUD_SQL_DOCS}/high-availability`,
    witnesses: EVERYWHERE,
    references: ["X4", "PRW high_availability", "PAC"],
    check: (facts, { environment, wantsHighAvailability }) =>
      thePrimary(facts, ["availability"], ({ availability }) => {
        if (!wantsHighAvailability) return notApplicable(`${environment} may be in one zone`);
        return verdict(availability === "REGIONAL", `got availabilityType ${availability}, want REGIONAL`);
      }),
  },
  {
    id: "instances/disk-grows-to-limit",
    topic: "instances",
    severity: "medium",
    title: "Disks grow by themselves, up to a limit",
    why: "A full disk stops the server; a disk without a limit grows with a mistake, and never shrinks again.",
    fix: "Leave `settings.diskAutoresize` on, and set `diskAutoresizeLimit` (`storage.maxDiskGiB`).",
    docs: `${CLOUD_SQL_DOCS}/instance-settings#automatic-storage-increase-2ndgen`,
    witnesses: EVERYWHERE,
    check: (facts) =>
      eachInstance(facts, ["diskGrows", "diskLimitGiB"], ({ diskGrows, diskLimitGiB }) =>
        verdict(
          diskGrows && diskLimitGiB > 0,
          diskGrows ? "got no limit of growth, want one" : "got a disk that does not grow, want one that does",
        ),
      ),
  },
  {
    id: "instances/point-in-time",
    topic: "instances",
    severity: "high",
    title: "Every moment of the last days can be restored",
    why: "A backup of last night does not hold what was written since.",
    fix: "Set `pointInTimeRecoveryEnabled`, and raise `transactionLogRetentionDays` of `settings.backupConfiguration` (`backup.pointInTimeDays`).",
    docs: `${CLOUD_SQL_DOCS}/backup-recovery/pitr`,
    witnesses: EVERYWHERE,
    references: ["S3.5", "X4", "PAC"],
    check: (facts, { minPointInTimeDays }) =>
      thePrimary(facts, ["pointInTime", "logDays"], ({ logDays, pointInTime }) =>
        verdict(
          pointInTime && logDays >= minPointInTimeDays,
          `got ${pointInTime ? `${logDays} days` : "no point-in-time recovery"}, want ${minPointInTimeDays} days or more`,
        ),
      ),
  },
  {
    id: "instances/backups-cover-log",
    topic: "instances",
    severity: "medium",
    title: "There are more backups than days of the log",
    why: "A log is replayed on a backup that is older than it; without one its oldest days are of no use.",
    fix: "Raise `backupRetentionSettings.retainedBackups` above `transactionLogRetentionDays` (`backup.retentionDays` above `backup.pointInTimeDays`).",
    docs: `${CLOUD_SQL_DOCS}/backup-recovery/pitr`,
    witnesses: EVERYWHERE,
    check: (facts) =>
      thePrimary(facts, ["retainedBackups", "logDays"], ({ logDays, retainedBackups }) =>
        verdict(retainedBackups > logDays, `got ${retainedBackups} backups for ${logDays} days of the log, want more`),
      ),
  },
  {
    id: "instances/backups-outlive-instance",
    topic: "instances",
    severity: "high",
    title: "Backups stay when the instance is removed, and a last one is made",
    why: "Unless told otherwise the cloud removes an instance's backups together with it.",
    fix: "Set `settings.retainBackupsOnDelete`, and `enabled` of `settings.finalBackupConfig`, to true (`protection.keepData`).",
    docs: BACKUPS,
    witnesses: EVERYWHERE,
    references: ["S3.4"],
    check: (facts, { environment }) =>
      thePrimary(facts, ["backupsOutlive", "finalBackupDays"], ({ backupsOutlive, finalBackupDays }) => {
        if (environment === "local") return notApplicable("a local stack may be thrown away");
        const missing = [
          ...(backupsOutlive ? [] : ["retainBackupsOnDelete"]),
          ...(finalBackupDays > 0 ? [] : ["finalBackupConfig"]),
        ];
        return verdict(missing.length === 0, `got ${missing.join(" and ")} off, want them on`);
      }),
  },
  {
    id: "instances/deletion-protected",
    topic: "instances",
    severity: "high",
    title: "The cloud refuses to remove an instance",
    why: "Pulumi's own guard holds for Pulumi only; the console and the API are as quick.",
    fix: "Set `settings.deletionProtectionEnabled` (`protection.deletion`) to true.",
    docs: `${CLOUD_SQL_DOCS}/deletion-protection`,
    witnesses: EVERYWHERE,
    references: ["CIS GCP 6.9 (5.0)", "PAC"],
    check: (facts, { environment, wantsDeletionProtection }) =>
      eachInstance(facts, ["deletionProtected"], ({ deletionProtected }) => {
        if (!wantsDeletionProtection) return notApplicable(`a ${environment} stack may be removed`);
        return verdict(deletionProtected, "got deletionProtectionEnabled false, want true");
      }),
  },
  {
    id: "instances/replica-as-large",
    topic: "instances",
    severity: "high",
    joins: true,
    title: "No replica is smaller than the primary",
    why: "A smaller replica falls behind under the primary's load, and can't take it over.",
    fix: "Give the replica the primary's `settings.tier` or a larger one: remove its `size`, or raise it.",
    docs: `${CLOUD_SQL_DOCS}/replication`,
    witnesses: EVERYWHERE,
    references: ["X5"],
    check: (facts) =>
      eachBesidePrimary(facts, ["tier", "cpus", "memoryMiB"], (replica, primary) =>
        verdict(
          replica.cpus >= primary.cpus && replica.memoryMiB >= primary.memoryMiB,
          `got ${replica.tier}, want ${primary.tier} or more`,
        ),
      ),
  },
];
