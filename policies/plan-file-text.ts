import { renderTable } from "../kernel/table.ts";
import type { Level } from "../requirements/requirement.ts";
import type { PlanFileReport, ReportedFinding } from "./plan-file-report.ts";

/** How a level is coloured; without one it is plain. */
export type PaintLevel = (level: Level, text: string) => string;

const ORDER: readonly Level[] = ["mandatory", "advisory"];

/** What was judged of a file, for people: a table, what to do about each requirement, and one line that says it all. */
export function planFileText(report: PlanFileReport, paint: PaintLevel = (_level, text) => text): string {
  const sorted = ORDER.flatMap((level) => report.findings.filter((finding) => finding.level === level));
  const rows = sorted.map((finding) => [paint(finding.level, finding.level), finding.id, seen(finding)]);
  const fixes = new Map(sorted.map(({ docs, fix, id }) => [id, `  ${id}: ${fix} See ${docs}`]));
  const { notYetKnown, waiverProblems } = report;
  return [
    ...(rows.length > 0 ? [renderTable(["level", "requirement", "what was seen"], rows)] : []),
    ...(fixes.size > 0 ? [["What to do:", ...fixes.values()].join("\n")] : []),
    ...(waiverProblems.length > 0
      ? [["Waivers:", ...waiverProblems.map(({ message }) => `  ${message}`)].join("\n")]
      : []),
    ...(notYetKnown.length > 0
      ? [["Not known from the file:", ...notYetKnown.map((one) => `  ${one}`)].join("\n")]
      : []),
    summary(report),
  ].join("\n\n");
}

function seen({ message, waiver }: ReportedFinding): string {
  return waiver === undefined ? message : `${message} (waived until ${waiver.expires} by ${waiver.owner})`;
}

function summary({ counts, findings, resources, source, waiverProblems }: PlanFileReport): string {
  const mandatory = findings.filter(({ level }) => level === "mandatory").length + waiverProblems.length;
  const advisory = findings.length + waiverProblems.length - mandatory;
  const judged = `${counts.pass} pass, ${counts.unknown} unknown, ${counts["not-applicable"]} not applicable`;
  const read = resources === 1 ? "1 resource" : `${resources} resources`;
  return `${source}: ${mandatory} mandatory and ${advisory} advisory findings; ${judged}; ${read}`;
}
