import { renderTable } from "../kernel/table.ts";
import type { ChangeLabel } from "../topology/change-label.ts";
import { weightOf } from "./gate.ts";
import { costRows, costSentence, notPricedText } from "./cost-words.ts";
import type { PreviewReport, ReportedChange, ReportedCost, ReportedResource } from "./report.ts";
import { bugLines, bugsTitle, headline, leftAloneText } from "./report-words.ts";

/** How a label is coloured; without one it is plain. */
export type PaintLabel = (label: ChangeLabel, exposure: boolean, text: string) => string;

const PLAIN: PaintLabel = (_label, _exposure, text) => text;

/** The page about a plan, for a terminal. */
export function reportText(report: PreviewReport, paint: PaintLabel = PLAIN): string {
  return sections(report, paint)
    .filter((section) => section !== "")
    .join("\n\n");
}

function sections(report: PreviewReport, paint: PaintLabel): string[] {
  const { bugs, cost, objectives, permitted, policies, reasons, resources, unseen, wish } = report;
  return [
    `${report.stack}: ${paint(report.worst, report.exposure, headline(report))}\n${report.source}`,
    listed(
      "What stops it:",
      reasons.map(({ permission, text }) =>
        permission === undefined ? text : `${text}\n    permit it: ${permission}`,
      ),
    ),
    listed(
      "Permitted:",
      permitted.map(({ expires, id, owner, reason }) => `${id} until ${expires} by ${owner}: ${reason}`),
    ),
    listed(
      "The configuration changes:",
      wish.map((change) => changeText(change, paint)),
    ),
    listed(
      "The plan changes of databases:",
      (resources ?? []).map((resource) => resourceText(resource, paint)),
    ),
    leftAloneText(report),
    listed(
      "Advice of policies:",
      (policies ?? []).filter(({ mandatory }) => !mandatory).map(({ message, policy }) => `${policy}: ${message}`),
    ),
    objectives.length === 0
      ? ""
      : renderTable(
          ["promised", "now", "after", ""],
          objectives.map(({ from, isWorse, to, what }) => [what, from, to, isWorse ? "worse" : ""]),
        ),
    cost === null ? "" : costText(cost),
    bugs === null ? "" : listed(bugsTitle(bugs), bugLines(bugs)),
    listed("Not seen:", unseen),
  ];
}

function costText(cost: ReportedCost): string {
  const sentence = costSentence(cost);
  if (sentence === "") return "";
  const rows = costRows(cost);
  const table = rows.length === 0 ? [] : [renderTable(["part", "what", "now", "after"], rows)];
  return [sentence, ...table, notPricedText(cost), ...cost.notes].filter((line) => line !== "").join("\n");
}

function listed(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? "" : [title, ...lines.map((line) => `  ${line}`)].join("\n");
}

function resourceText(
  { changes, exposure, label, name, operation, type }: ReportedResource,
  paint: PaintLabel,
): string {
  const title = `${paint(label, exposure, weightOf(label, exposure))}: ${name} (${operation} of ${type})`;
  return [title, ...changes.map((change) => `    ${changeText(change, paint)}`)].join("\n");
}

function changeText(
  { exposure, from, label, property, source, to, what, ...change }: ReportedChange,
  paint: PaintLabel,
): string {
  const weight = paint(label, exposure, weightOf(label, exposure));
  const values = property === "" ? "" : `${property}: ${from} → ${to}: `;
  const marks = [
    ...(change.unknown ? ["unknown: the worst that is plausible"] : []),
    ...(change.drifted ? ["changed past Pulumi"] : []),
  ];
  const marked = marks.length === 0 ? "" : ` (${marks.join("; ")})`;
  return `${weight}: ${values}${what}${marked} [${source}]`;
}
