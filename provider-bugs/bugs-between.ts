import type { ResolvedTopology } from "../topology/resolved.ts";
import type { Applicability, ProviderBug } from "./bug.ts";
import { BUGS } from "./catalogue.ts";
import type { InstalledVersions } from "./installed.ts";
import { verdictOf } from "./known-bugs.ts";
import type { VersionVerdict } from "./version-verdict.ts";

/** A bug before and after other versions are installed. */
export interface BugChange {
  readonly bug: ProviderBug;
  readonly before: VersionVerdict;
  readonly after: VersionVerdict;
  /** `undefined` where no topology was asked. */
  readonly applicability: Applicability | undefined;
  /** In one line, for a reviewer. */
  readonly text: string;
}

/** What a change of installed versions does to the bugs that are known. */
export interface BugChanges {
  /** Newly there, or newly possible. */
  readonly brings: readonly BugChange[];
  /** There before, or possible, and fixed or gone with its package. */
  readonly takes: readonly BugChange[];
  /** There, or possible, before and after. */
  readonly stays: readonly BugChange[];
}

/**
 * What it means for known bugs that other versions are installed.
 * @param before as `installedIn` reads it from the old lock file
 * @param after from the new one
 * @param topology says of each bug whether it bites there
 */
export function bugsBetween(
  before: InstalledVersions,
  after: InstalledVersions,
  topology?: ResolvedTopology,
  bugs: readonly ProviderBug[] = BUGS,
): BugChanges {
  const brings: BugChange[] = [];
  const takes: BugChange[] = [];
  const stays: BugChange[] = [];
  for (const bug of bugs) {
    const old = verdictOf(bug, before, topology);
    const next = verdictOf(bug, after, topology);
    if (old.verdict === "free" && next.verdict === "free") continue;
    const applicability = topology && bug.detect(topology);
    const text = changeText(bug, old.versions, next.versions, next.verdict, applicability);
    const change = { bug, before: old.verdict, after: next.verdict, applicability, text };
    if (next.verdict === "free") takes.push(change);
    else if (old.verdict === "free" || (old.verdict === "unknown" && next.verdict === "affected")) brings.push(change);
    else stays.push(change);
  }
  return { brings, takes, stays };
}

function changeText(
  bug: ProviderBug,
  from: readonly string[],
  to: readonly string[],
  verdict: VersionVerdict,
  applicability: Applicability | undefined,
): string {
  const moved = `${bug.package} ${versionsText(from)} → ${versionsText(to)}`;
  if (verdict === "free") return `${bug.id} (${moved}): gone: ${bug.summary}`;
  const certain = verdict === "unknown" ? "may have it: " : "";
  const here = applicability === undefined ? "" : ` Here it ${biteText(applicability)}.`;
  const { inPlace, what } = bug.workaround;
  return `${bug.id} (${moved}): ${certain}${bug.summary}.${here} ${inPlace ? "Done about it" : "To do"}: ${what}.`;
}

/** Whether it bites, and why, after "it". */
export function biteText({ status, why }: Applicability): string {
  return status === "unknown" ? `is not known to apply or not: ${why}` : `${status}: ${why}`;
}

/** Versions for a person. */
export function versionsText(versions: readonly string[]): string {
  return versions.length === 0 ? "none" : versions.join(" and ");
}
