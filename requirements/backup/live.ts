import type { WaitingPrimary } from "../facts/backup.ts";
import type { Requirement, Verdict } from "../requirement.ts";
import { fail, known, none, notApplicable, verdict } from "../verdict.ts";
import { withBackups } from "./planned.ts";

const ARCHIVING = "https://www.postgresql.org/docs/17/continuous-archiving.html";
const LIVE = ["live"] as const;

/** What only the running archive and its repository can tell. */
export const liveBackup: readonly Requirement<"backup">[] = [
  {
    id: "backup/wal-archived",
    topic: "backup",
    severity: "critical",
    title: "A forced WAL switch arrives in the archive",
    why: "Everything since the last archived segment is lost with the primary's disk.",
    fix: "Read `pgt logs primary`, or `data-primary`, for the archive command's error; a full repository is the usual reason.",
    docs: ARCHIVING,
    witnesses: LIVE,
    references: ["S3.5"],
    check: (facts, { maxSwitchSeconds }) =>
      withBackups(
        facts,
        ["switchArchivedSeconds", "archiveFailure"],
        ({ archiveFailure, switchArchivedSeconds: seconds }) => {
          const why = archiveFailure === undefined ? "" : ` (${archiveFailure})`;
          if (seconds === undefined)
            return fail(`primary: got no segment in the archive${why}, want the one that was forced`);
          return verdict(
            seconds <= maxSwitchSeconds,
            `primary: got ${seconds.toFixed(1)} s, want ${maxSwitchSeconds} s at most`,
          );
        },
      ),
  },
  {
    id: "backup/archive-without-failures",
    topic: "backup",
    severity: "high",
    title: "The archive takes segments at the first attempt",
    why: "Failures that come and go are how a repository runs full, or a network breaks down.",
    fix: "Read `pgt logs primary`, or `data-primary`, for the archive command's error.",
    docs: "https://www.postgresql.org/docs/17/monitoring-stats.html#MONITORING-PG-STAT-ARCHIVER-VIEW",
    witnesses: LIVE,
    references: ["S3.5"],
    check: (facts) =>
      withBackups(facts, ["switchArchivedSeconds", "archiveFailure"], ({ archiveFailure, switchArchivedSeconds }) => {
        if (switchArchivedSeconds === undefined)
          return notApplicable("nothing arrives, which backup/wal-archived tells");
        return verdict(archiveFailure === undefined, `primary: got ${archiveFailure ?? ""}, want no failure`);
      }),
  },
  {
    id: "backup/archive-queue",
    topic: "backup",
    severity: "high",
    title: "Few segments wait for the archive",
    why: "A queue that grows is an archive that is slower than the writes; it ends with a full disk.",
    fix: "Look for what is slow: the repository's disk, or its compression.",
    docs: ARCHIVING,
    witnesses: LIVE,
    references: ["S3.5"],
    check: (facts, { maxArchiveQueue }) =>
      withBackups(facts, ["switchArchivedSeconds", "archiveQueue"], ({ archiveQueue, switchArchivedSeconds }) => {
        if (switchArchivedSeconds === undefined)
          return notApplicable("nothing arrives, which backup/wal-archived tells");
        return verdict(
          archiveQueue <= maxArchiveQueue,
          `primary: got ${archiveQueue} segments that wait, want ${maxArchiveQueue} at most`,
        );
      }),
  },
  {
    id: "backup/recent",
    topic: "backup",
    severity: "critical",
    title: "The newest backup is not old",
    why: "A restore replays all WAL since the last backup: the older it is, the longer everybody waits.",
    fix:
      "Docker: run `pgt backup`; `pgt logs scheduler`, of a data database `data-scheduler` and on a data host " +
      "`data-backup-full`, says why the daily one did not run. Cloud SQL: run `gcloud sql backups create --instance=…`; " +
      "`gcloud sql operations list --instance=…` says why the daily one did not.",
    docs: "https://pgbackrest.org/user-guide.html#quickstart/schedule-backup",
    witnesses: LIVE,
    references: ["S3.4", "S3.8"],
    check: (facts, { maxBackupAgeSeconds }) =>
      withBackups(
        facts,
        ["lastBackupAgeSeconds", "startWindowSeconds"],
        ({ lastBackupAgeSeconds: age, startWindowSeconds }) => {
          const longest = maxBackupAgeSeconds + startWindowSeconds;
          if (age !== undefined) return verdict(age <= longest, `backups: got ${hours(age)}, want ${hours(longest)}`);
          return known(facts, ["waitingPrimary"], ({ waitingPrimary }) => withoutBackup(waitingPrimary, longest));
        },
      ),
  },
  {
    id: "backup/newest-without-errors",
    topic: "backup",
    severity: "critical",
    title: "The newest backup met no damaged page",
    why: "pgBackRest copies a page that does not match its checksum, and says so in the backup's own record only.",
    fix: "Restore the last backup without errors elsewhere, and compare; then run `pgt backup`.",
    docs: "https://pgbackrest.org/configuration.html#section-backup/option-checksum-page",
    witnesses: LIVE,
    references: ["S3.4"],
    check: (facts) =>
      withBackups(facts, ["lastBackupErrors"], ({ lastBackupErrors }) =>
        verdict(lastBackupErrors === 0, `repository: got ${lastBackupErrors} errors in the newest backup, want 0`),
      ),
  },
  {
    id: "backup/repository-sound",
    topic: "backup",
    severity: "critical",
    title: "The repository's files are what they were when they were written",
    why: "A backup is bytes on a disk like any other; one damaged file can make all of it useless.",
    fix: "Run `pgt verify --deep` to see it again, then `pgt backup` for a new full backup on another disk.",
    docs: "https://pgbackrest.org/command.html#command-verify",
    witnesses: LIVE,
    references: ["S3.4", "S3.6"],
    check: (facts) =>
      withBackups(facts, ["lastCheck"], ({ lastCheck }) => {
        if (lastCheck === undefined)
          return { status: "unknown", missing: "lastCheck (the repository was never checked)" };
        return verdict(
          lastCheck.status === "ok" && lastCheck.errors === 0,
          `repository: got ${lastCheck.status} with ${lastCheck.errors} errors, want ok with 0`,
        );
      }),
  },
  {
    id: "backup/repository-checked-lately",
    topic: "backup",
    severity: "medium",
    title: "The repository was checked not long ago",
    why: "Disks forget; a check of last year says nothing of today.",
    fix: "Run `pgt verify --deep`.",
    docs: "https://pgbackrest.org/command.html#command-verify",
    witnesses: LIVE,
    references: ["S3.4"],
    check: (facts, { maxCheckAgeSeconds }) =>
      withBackups(facts, ["lastCheck"], ({ lastCheck }) => {
        if (lastCheck === undefined) return fail("repository: got no check, want one");
        const age = lastCheck.ageSeconds;
        return verdict(age <= maxCheckAgeSeconds, `repository: got ${hours(age)}, want ${hours(maxCheckAgeSeconds)}`);
      }),
  },
  {
    id: "backup/repository-private",
    topic: "backup",
    severity: "high",
    title: "Nobody but its owner may read the repository",
    why: "Backups are the database without its locks.",
    fix: "Run `chmod -R go-rwx` on the paths that are named; the image's commands set umask 077.",
    docs: "https://pgbackrest.org/configuration.html#section-general/option-neutral-umask",
    witnesses: LIVE,
    references: ["S3.4"],
    check: (facts) =>
      withBackups(facts, ["readableByOthers"], ({ readableByOthers }) =>
        none(readableByOthers, "repository: want 0700 and 0600, got more for"),
      ),
  },
];

/** A server that is younger than the oldest backup may be has missed none yet. */
function withoutBackup(primary: WaitingPrimary | undefined, longestSeconds: number): Verdict {
  if (primary === undefined || primary.ageSeconds >= longestSeconds)
    return fail("backups: got no complete backup, want one");
  const due = new Date(primary.madeAt.getTime() + longestSeconds * 1000).toISOString();
  return notApplicable(
    `not yet: the primary was made at ${primary.madeAt.toISOString()}, its first backup is due by ${due}`,
  );
}

/** As in `an age of 26.0 h`. */
export function hours(seconds: number): string {
  return `an age of ${(seconds / 3600).toFixed(1)} h`;
}
