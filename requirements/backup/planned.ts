import type { BackupFacts } from "../facts/backup.ts";
import type { AllKnown } from "../known.ts";
import type { Requirement, Verdict } from "../requirement.ts";
import { about, known, notApplicable, verdict } from "../verdict.ts";

const DOCS = "https://pgbackrest.org/configuration.html";
const EVERYWHERE = ["spec", "plan", "live"] as const;

/** What a backup that can be trusted is made of. */
export const plannedBackup: readonly Requirement<"backup">[] = [
  {
    id: "backup/enabled",
    topic: "backup",
    severity: "critical",
    title: "WAL is archived and backups are made",
    why: "A replica repeats a DROP TABLE at once; only a backup goes back.",
    fix: "Turn them on: remove `backup.enabled: false`, or set `settings.backupConfiguration.enabled` of a Cloud SQL primary to true.",
    docs: "https://www.postgresql.org/docs/17/continuous-archiving.html",
    witnesses: EVERYWHERE,
    references: [
      "S3.4",
      "S3.5",
      "CIS GCP 6.7",
      "CIS GCP 6.8 (5.0)",
      "CKV_GCP_14",
      "TRV GCP-0024",
      "KICS cf3c7631",
      "PRW automated_backups",
      "PAC",
    ],
    check: (facts) =>
      about(
        "primary",
        known(facts, ["enabled"], ({ enabled }) => verdict(enabled, "got no backups, want them on")),
      ),
  },
  {
    id: "backup/retention",
    topic: "backup",
    severity: "high",
    title: "Backups are kept for long enough",
    why: "Damage is often found weeks after it was done.",
    fix: "Raise `backup.retentionDays`: `repo1-retention-full` of pgBackRest in days, or `backupRetentionSettings.retainedBackups` of Cloud SQL.",
    docs: `${DOCS}#section-repository/option-repo-retention-full`,
    witnesses: EVERYWHERE,
    references: ["S3.4", "S3.11"],
    check: (facts, { minRetentionDays }) =>
      ofPrimary(facts, ["retentionDays"], ({ retentionDays }) =>
        verdict(retentionDays >= minRetentionDays, `got ${retentionDays} days, want ${minRetentionDays} or more`),
      ),
  },
  {
    id: "backup/archive-timeout",
    topic: "backup",
    severity: "high",
    title: "A written row waits for the archive for a bounded time",
    why: "A segment is archived when it is full: on a quiet database that takes days, and all of it is lost with the disk.",
    fix: "Set `archive_timeout` (`backup.archiveTimeoutSeconds`) to what you can bear to lose.",
    docs: "https://www.postgresql.org/docs/17/runtime-config-wal.html#GUC-ARCHIVE-TIMEOUT",
    witnesses: EVERYWHERE,
    references: ["S3.5"],
    check: (facts, { maxArchiveTimeoutSeconds }) =>
      ofPrimary(facts, ["archiveTimeoutSeconds"], ({ archiveTimeoutSeconds }) =>
        verdict(
          archiveTimeoutSeconds > 0 && archiveTimeoutSeconds <= maxArchiveTimeoutSeconds,
          `archive_timeout: got ${archiveTimeoutSeconds} s, want 1 to ${maxArchiveTimeoutSeconds} s`,
        ),
      ),
  },
  {
    id: "backup/archive-asynchronous",
    topic: "backup",
    severity: "low",
    title: "WAL is archived asynchronously",
    why: "One segment at a time falls behind a busy primary, and its disk fills up.",
    fix: "Set `archive-async=y` and a spool path in pgbackrest.conf.",
    docs: `${DOCS}#section-archive/option-archive-async`,
    witnesses: EVERYWHERE,
    check: (facts) =>
      ofPrimary(facts, ["asynchronous"], ({ asynchronous }) => verdict(asynchronous, "got archive-async=n, want y")),
  },
  {
    id: "backup/encrypted",
    topic: "backup",
    severity: "critical",
    title: "The repository is encrypted",
    why: "A copy of the repository is a copy of the database, roles and password hashes included.",
    fix: "Set `repo1-cipher-type=aes-256-cbc` in pgbackrest.conf.",
    docs: `${DOCS}#section-repository/option-repo-cipher-type`,
    witnesses: EVERYWHERE,
    references: ["S3.4", "S3.11"],
    check: (facts) =>
      ofPrimary(facts, ["encrypted"], ({ encrypted }) =>
        verdict(encrypted, "got repo1-cipher-type none, want aes-256-cbc"),
      ),
  },
  {
    id: "backup/scheduled",
    topic: "backup",
    severity: "high",
    title: "The stack itself makes a backup each day",
    why: "A schedule on somebody's machine leaves with the machine.",
    fix: "Run the scheduler container; `backup.schedule` says when.",
    docs: "https://pgbackrest.org/user-guide.html#quickstart/schedule-backup",
    witnesses: EVERYWHERE,
    references: ["S3.4"],
    check: (facts) =>
      ofPrimary(facts, ["scheduled"], ({ scheduled }) =>
        verdict(scheduled, "got nothing that makes backups, want a scheduler"),
      ),
  },
  {
    id: "backup/own-volume",
    topic: "backup",
    severity: "high",
    title: "The repository is in a volume of its own",
    why: "A repository beside the data is deleted, filled up and restored over together with it.",
    fix: "Mount a named volume at the repository's path (`repo1-path`).",
    docs: `${DOCS}#section-repository/option-repo-path`,
    witnesses: EVERYWHERE,
    references: ["S3.4"],
    check: (facts) =>
      ofPrimary(facts, ["ownVolume"], ({ ownVolume }) =>
        verdict(ownVolume, "got the repository beside data, want a volume of its own"),
      ),
  },
];

/** The same, told of the primary. */
const ofPrimary: typeof withBackups = (facts, names, judge) => about("primary", withBackups(facts, names, judge));

/** Judges the named facts where there are backups; that there are none is told by `backup/enabled`. */
export function withBackups<K extends keyof BackupFacts>(
  facts: BackupFacts,
  names: readonly K[],
  judge: (facts: AllKnown<Pick<BackupFacts, K>>) => Verdict,
): Verdict {
  return known(facts, ["enabled"], ({ enabled }) =>
    enabled ? known(facts, names, judge) : notApplicable("backups are off, which backup/enabled judges"),
  );
}
