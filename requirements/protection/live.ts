import type { Requirement } from "../requirement.ts";
import { known, none } from "../verdict.ts";

const CHECKSUMS = "https://www.postgresql.org/docs/17/checksums.html";
const LIVE = ["live"] as const;

/** What only the running servers can tell. */
export const liveProtection: readonly Requirement<"protection">[] = [
  {
    id: "protection/checksums",
    topic: "protection",
    severity: "high",
    title: "Every server has data checksums",
    why: "Without them a page that the disk changed is handed out as if it were true, and copied into every backup.",
    fix: "Stop the server, run `pg_checksums --enable`, and start it again.",
    docs: CHECKSUMS,
    witnesses: LIVE,
    check: (facts) =>
      known(facts, ["withoutChecksums"], ({ withoutChecksums }) => none(withoutChecksums, "got none on")),
  },
  {
    id: "protection/checksums-match",
    topic: "protection",
    severity: "critical",
    title: "No page was read that does not match its checksum",
    why: "One such page means that the disk, or the memory, is losing data.",
    fix: "Restore the database from a backup onto another disk; keep the damaged one to look at.",
    docs: CHECKSUMS,
    witnesses: LIVE,
    check: (facts) =>
      known(facts, ["checksumFailures"], ({ checksumFailures }) => none(checksumFailures, "got damaged pages")),
  },
];
