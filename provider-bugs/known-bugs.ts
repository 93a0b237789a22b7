import type { ResolvedTopology } from "../topology/resolved.ts";
import type { Applicability, ProviderBug } from "./bug.ts";
import { BUGS } from "./catalogue.ts";
import { type InstalledVersions, isOfNpm } from "./installed.ts";
import { type VersionVerdict, worstVerdict } from "./version-verdict.ts";

/** A bug that what is installed has, or may have. */
export interface KnownBug {
  readonly bug: ProviderBug;
  /** What is installed; empty where nothing says it. */
  readonly versions: readonly string[];
  readonly verdict: Exclude<VersionVerdict, "free">;
  /** `undefined` where no topology was asked. */
  readonly applicability: Applicability | undefined;
}

/** The bugs that installed versions have, or may have, in the order of the ledger. */
export function knownBugs(
  installed: InstalledVersions,
  topology?: ResolvedTopology,
  bugs: readonly ProviderBug[] = BUGS,
): KnownBug[] {
  return bugs.flatMap((bug) => {
    const { verdict, versions } = verdictOf(bug, installed, topology);
    if (verdict === "free") return [];
    return [{ bug, versions, verdict, applicability: topology && bug.detect(topology) }];
  });
}

/** What is installed of a bug's package, and whether it has it: what is of npm and not there has none. */
export function verdictOf(
  { affected, package: name }: ProviderBug,
  installed: InstalledVersions,
  topology?: ResolvedTopology,
): { readonly verdict: VersionVerdict; readonly versions: readonly string[] } {
  // Of a server, the topology says the major.
  const versions = name === "postgresql" && topology ? [`${topology.version}.0.0`] : (installed.get(name) ?? []);
  if (versions.length > 0) return { verdict: worstVerdict(affected, versions), versions };
  return { verdict: isOfNpm(name) ? "free" : "unknown", versions };
}

/** Whether nothing is done here about a bug that may bite: the user has to. Where no topology was asked, it may. */
export function isUnguarded({ bug, applicability }: Pick<KnownBug, "bug" | "applicability">): boolean {
  return !bug.workaround.inPlace && applicability?.status !== "does not apply";
}
