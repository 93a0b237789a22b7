import type { Requirement } from "../requirement.ts";
import { fail, verdict } from "../verdict.ts";
import { hours } from "./live.ts";
import { withBackups } from "./planned.ts";

const LIVE = ["live"] as const;

/** What a managed database's days beyond the platform's own depend on. */
export const liveExports: readonly Requirement<"backup">[] = [
  {
    id: "backup/export-recent",
    topic: "backup",
    severity: "critical",
    title: "The newest export succeeded, and is not old",
    why: "Beyond the platform's own seven days there is nothing but exports: what they miss can't be got back.",
    fix:
      "Run `systemctl start pgtopology-export` on the data host; `journalctl --unit=pgtopology-export` says why the " +
      "daily one did not succeed.",
    docs: "https://restic.readthedocs.io/en/stable/040_backup.html#reading-data-from-a-command",
    witnesses: LIVE,
    references: ["S3.4", "S3.8"],
    check: (facts, { maxBackupAgeSeconds }) =>
      withBackups(facts, ["lastExport"], ({ lastExport }) => {
        if (lastExport === undefined) return fail("exports: got none, want one");
        const { ageSeconds, errors, status } = lastExport;
        if (status !== "ok") {
          return fail(`exports: got ${status} with ${errors} errors at ${hours(ageSeconds)}, want ok`);
        }
        return verdict(
          ageSeconds <= maxBackupAgeSeconds,
          `exports: got ${hours(ageSeconds)}, want ${hours(maxBackupAgeSeconds)}`,
        );
      }),
  },
  {
    id: "backup/exports-sound",
    topic: "backup",
    severity: "critical",
    title: "The exports' files are what they were when they were written",
    why: "Exports share what they have in common: one damaged file can make all of them useless.",
    fix:
      "Run `systemctl start pgtopology-check-exports` on the data host to see it again; `restic repair packs` keeps " +
      "what can be kept, and `systemctl start pgtopology-export` makes a new export.",
    docs: "https://restic.readthedocs.io/en/stable/077_troubleshooting.html",
    witnesses: LIVE,
    references: ["S3.4", "S3.6"],
    check: (facts) =>
      withBackups(facts, ["lastExportCheck"], ({ lastExportCheck: check }) => {
        // That they were never read is told by backup/exports-checked-lately.
        if (check === undefined) return { status: "unknown", missing: "lastExportCheck (they were never checked)" };
        const { errors, status } = check;
        return verdict(status === "ok" && errors === 0, `exports: got ${status} with ${errors} errors, want ok with 0`);
      }),
  },
  {
    id: "backup/exports-checked-lately",
    topic: "backup",
    severity: "medium",
    title: "The exports were read through not long ago",
    why: "Disks forget; a check of last year says nothing of today.",
    fix: "Run `systemctl start pgtopology-check-exports` on the data host.",
    docs: "https://restic.readthedocs.io/en/stable/045_working_with_repos.html#checking-integrity-and-consistency",
    witnesses: LIVE,
    references: ["S3.4"],
    check: (facts, { maxCheckAgeSeconds }) =>
      withBackups(facts, ["lastExportCheck"], ({ lastExportCheck: check }) => {
        if (check === undefined) return fail("exports: got no check, want one");
        const { ageSeconds } = check;
        return verdict(
          ageSeconds <= maxCheckAgeSeconds,
          `exports: got ${hours(ageSeconds)}, want ${hours(maxCheckAgeSeconds)}`,
        );
      }),
  },
];
