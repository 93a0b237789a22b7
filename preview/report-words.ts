import { weightOf } from "./gate.ts";
import type { PreviewReport, ReportedBugs } from "./report.ts";

/** What a reviewer has to know of a plan, in one line. */
export function headline(report: PreviewReport): string {
  const { exitCode, exposure, limit, passes, reasons, resources, wish } = report;
  const isQuiet = wish.length === 0 && (resources ?? []).length === 0;
  const weight = isQuiet ? "nothing changes of databases" : `the worst is ${weightOf(report.worst, exposure)}`;
  if (passes) return `${weight}; passes (up to ${limit})`;
  const permits = new Set(reasons.flatMap(({ permission }) => permission ?? [])).size;
  const needs = permits === 0 ? "" : `; ${permits === 1 ? "1 permission is" : `${permits} permissions are`} missing`;
  return `${weight}; ${exitCode === 3 ? "could not be checked" : "stopped"}${needs}`;
}

/** Resources that change, and hold no data. */
export function leftAloneText({ leftAlone, resources }: PreviewReport): string {
  if (resources === null) return "";
  const counts = Object.entries(leftAlone).map(([operation, count]) => `${count} ${operation}`);
  return counts.length === 0 ? "" : `Beside them, of what holds no data: ${counts.join(", ")}.`;
}

/** What stands above {@link bugLines}. */
export function bugsTitle({ since, stays }: ReportedBugs): string {
  return `Bugs of providers that are known, by the lock file since ${since} (${stays} stay as before):`;
}

/** Bugs that come and go; one line where none does. */
export function bugLines({ brings, takes }: ReportedBugs): string[] {
  if (brings.length + takes.length === 0) return ["none comes or goes"];
  return [...brings.map((text) => `brings ${text}`), ...takes.map((text) => `takes away ${text}`)];
}
