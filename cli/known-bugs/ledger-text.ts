import { biteText, type BugChange, type BugChanges, versionsText } from "../../provider-bugs/bugs-between.ts";
import { isUnguarded, type KnownBug } from "../../provider-bugs/known-bugs.ts";
import { affectedText } from "../../provider-bugs/version-verdict.ts";
import { counted } from "../readable.ts";

/**
 * The bugs that installed versions have, for people: those that nothing is done about first. Those that do not bite in the
 * stack that was asked are counted only.
 */
export function ledgerText(known: readonly KnownBug[], lock: string, stack: string | undefined): string {
  const biting = known.filter(({ applicability }) => applicability?.status !== "does not apply");
  const unguarded = biting.filter(isUnguarded);
  const guarded = biting.filter((each) => !isUnguarded(each));
  const away = known.length - biting.length;
  const perhaps = biting.filter(isUncertain).length;
  const where = stack === undefined ? "" : `, ${biting.length} of them in stack ${stack}`;
  const open = unguarded.length === 0 ? "something is done about each" : `nothing is done about ${unguarded.length}`;
  return [
    ...[...unguarded, ...guarded].map(bugText),
    `${lock}: ${counted(known.length, "known bug")} in what it installs${where}: ${open}.`,
    ...(perhaps > 0
      ? [
          `${counted(perhaps, "bug")} marked ? may be there or not: nobody looked at what is installed, or nothing says it.`,
        ]
      : []),
    ...(away > 0 ? [`${counted(away, "bug")} can't bite in stack ${stack ?? ""}: --json says why.`] : []),
    ...(stack === undefined ? ["Whether each bites is a stack's to say: --stack <name>."] : []),
  ].join("\n");
}

/** What a change of versions does to known bugs, for people. */
export function changesText({ brings, takes, stays }: BugChanges, lock: string, ref: string): string {
  if (brings.length + takes.length === 0) {
    return `${lock}: since ${ref}, no known bug came or went; ${counted(stays.length, "bug")} ${stays.length === 1 ? "stays" : "stay"}.`;
  }
  return [
    `${lock}, since ${ref}:`,
    ...section("Brings", brings),
    ...section("Takes away", takes),
    `${counted(stays.length, "known bug")} ${stays.length === 1 ? "stays" : "stay"} as before.`,
  ].join("\n");
}

function section(title: string, changes: readonly BugChange[]): string[] {
  if (changes.length === 0) return [];
  const marked = changes.map(
    (change) => `  ${change.after !== "free" && isUnguarded(change) ? "✖ " : ""}${change.text}`,
  );
  return [`${title} ${counted(changes.length, "known bug")}:`, ...marked];
}

/** Whether it is known neither to bite nor not to. */
function isUncertain({ applicability, verdict }: KnownBug): boolean {
  return verdict === "unknown" || applicability?.status === "unknown";
}

function bugText(known: KnownBug): string {
  const { applicability, bug, verdict, versions } = known;
  const { inPlace, what } = bug.workaround;
  const installed = versions.length === 0 ? "of an unknown version" : versionsText(versions);
  const certain = verdict === "affected" ? "" : `, which may have it (${affectedText(bug.affected)})`;
  return [
    `${isUnguarded(known) ? "✖" : isUncertain(known) ? "?" : "✔"} ${bug.id}: ${bug.package} ${installed}${certain}`,
    `    ${bug.summary}: ${bug.consequence}`,
    ...(applicability === undefined ? [] : [`    here it ${biteText(applicability)}`]),
    `    ${inPlace ? "done about it" : "to do"}: ${what}`,
    `    ${bug.source}`,
  ].join("\n");
}
