import semver from "semver";
import type { Affected } from "./bug.ts";

/** Whether a version has a bug. */
export type VersionVerdict = "affected" | "free" | "unknown";

const OPTIONS = { loose: true, includePrerelease: true };

/** Whether one version has it. What was not looked at is unknown. */
export function versionVerdict(affected: Affected, version: string): VersionVerdict {
  if ("notKnown" in affected) return "unknown";
  if ("range" in affected) return isWithin(version, affected.range) ? "affected" : "free";
  return semver.satisfies(version, affected.seenIn, OPTIONS) ? "affected" : "unknown";
}

/** A pre-release may have what its release has, and may lack what that fixes. */
function isWithin(version: string, range: string): boolean {
  const release = semver.coerce(version)?.version ?? version;
  return semver.satisfies(version, range, OPTIONS) || semver.satisfies(release, range, OPTIONS);
}

/** The worst of some versions that are installed side by side. */
export function worstVerdict(affected: Affected, versions: readonly string[]): VersionVerdict {
  const verdicts = versions.map((version) => versionVerdict(affected, version));
  return (
    verdicts.find((verdict) => verdict === "affected") ?? verdicts.find((verdict) => verdict === "unknown") ?? "free"
  );
}

/** Which versions have it, in words. */
export function affectedText(affected: Affected): string {
  if ("notKnown" in affected) return `not known which: ${affected.notKnown}`;
  if ("range" in affected) {
    const inferred = affected.inferred === undefined ? "" : ` (${affected.inferred})`;
    return `${affected.range}, fixed in ${affected.fixedIn}${inferred}`;
  }
  return `seen in ${affected.seenIn}, unfixed as of ${affected.unfixedAsOf}`;
}
