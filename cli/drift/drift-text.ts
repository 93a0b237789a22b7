import { renderTable } from "../../kernel/table.ts";
import { counted } from "../readable.ts";
import type { DriftReport } from "./drift-report.ts";

/** What was found, for people. */
export function driftText(report: DriftReport): string {
  const { drift, expected, notes, notSeen } = report;
  const parts: string[] = [];
  if (drift.length > 0) {
    const rows = drift.map(({ seenBy, what, where }) => [where, what, seenBy]);
    parts.push(renderTable(["drift", "what is otherwise", "seen by"], rows));
  }
  const fixes = new Set(drift.map(({ fix }) => fix).filter((fix) => fix !== ""));
  if (fixes.size > 0) parts.push(["What to do:", ...[...fixes].map((fix) => `  ${fix}`)].join("\n"));
  if (expected.length > 0) {
    const rows = expected.map(({ because, what, where }) => [where, what, because]);
    parts.push(renderTable(["no drift", "what is otherwise", "why"], rows));
  }
  if (notSeen.length > 0) parts.push(["Not seen:", ...notSeen.map((line) => `  ${line}`)].join("\n"));
  parts.push(...notes, verdictOf(report));
  return parts.join("\n\n");
}

/** One line, as in "stack local: 2 drifted, 0 expected, 1 look could not be taken". */
export function verdictOf({ drift, expected, notSeen, stack }: DriftReport): string {
  if (drift.length + expected.length + notSeen.length === 0) return `Stack ${stack}: nothing has drifted.`;
  const missed =
    notSeen.length === 0 ? "" : `, ${counted(notSeen.length, "look")} could not be taken: this is no clean bill`;
  return `Stack ${stack}: ${drift.length} drifted, ${expected.length} expected${missed}.`;
}
