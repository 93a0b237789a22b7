import type { Applicability, NoticedBy, Workaround } from "../../provider-bugs/bug.ts";
import type { BugChange, BugChanges } from "../../provider-bugs/bugs-between.ts";
import { isUnguarded, type KnownBug } from "../../provider-bugs/known-bugs.ts";
import { affectedText, type VersionVerdict } from "../../provider-bugs/version-verdict.ts";

/** A bug as `pgt doctor --ledger --json` prints it, which stays as it is. */
interface BugData {
  readonly id: string;
  readonly traps: readonly number[];
  readonly package: string;
  readonly affected: string;
  readonly summary: string;
  readonly consequence: string;
  /** `null` where no stack was asked. */
  readonly applicability: Applicability | null;
  readonly workaround: Workaround;
  readonly noticedBy: NoticedBy;
  readonly source: string;
  /** Whether it may bite, and nothing is done about it. */
  readonly unguarded: boolean;
}

interface KnownBugData extends BugData {
  readonly versions: readonly string[];
  readonly verdict: VersionVerdict;
}

interface BugChangeData extends BugData {
  readonly before: VersionVerdict;
  readonly after: VersionVerdict;
  readonly text: string;
}

/** Bugs that installed versions have, as data. */
export function knownBugData(known: KnownBug): KnownBugData {
  const { verdict, versions } = known;
  return { ...bugData(known), versions, verdict };
}

/** What a change of versions does, as data. */
export function changesData({ brings, takes, stays }: BugChanges): Record<keyof BugChanges, BugChangeData[]> {
  return { brings: brings.map(changeData), takes: takes.map(changeData), stays: stays.map(changeData) };
}

function changeData(change: BugChange): BugChangeData {
  const { after, before, text } = change;
  return { ...bugData(change), before, after, text };
}

function bugData(known: Pick<KnownBug, "bug" | "applicability">): BugData {
  const { detect: _aFunction, affected, ...bug } = known.bug;
  return {
    ...bug,
    affected: affectedText(affected),
    applicability: known.applicability ?? null,
    unguarded: isUnguarded(known),
  };
}
