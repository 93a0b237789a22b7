import { EXIT, type ExitCode } from "../kernel/errors.ts";
import { renderTable } from "../kernel/table.ts";
import type { Judged } from "../requirements/judge.ts";
import type { Requirement, Severity, Verdict } from "../requirements/requirement.ts";

/** One judged requirement. */
export interface ReportLine {
  readonly id: Requirement["id"];
  /** The database that it is about, in a stack with two. */
  readonly database?: string;
  readonly title: string;
  readonly severity: Severity;
  readonly status: Verdict["status"];
  /** What failed, what is missing, or why it does not apply; empty for a pass. */
  readonly message: string;
  /** What to do; empty unless it failed. */
  readonly fix: string;
}

/** What a verification found: the shape of `pgt verify --json`, which stays as it is. */
export interface VerifyReport {
  readonly topology: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly counts: Readonly<Record<Verdict["status"], number>>;
  /** In the order of the catalogue. */
  readonly judged: readonly ReportLine[];
}

/** What a report is made from. */
export interface ReportBasis {
  readonly topology: string;
  readonly startedAt: Date;
  readonly durationMs: number;
  readonly judged: readonly JudgedOf[];
}

/** What was judged of one database; it is named in a stack with two. */
export interface JudgedOf extends Judged {
  readonly database?: string;
}

/** The report of what was judged. */
export function makeReport({ durationMs, judged, startedAt, topology }: ReportBasis): VerifyReport {
  const lines = judged.map(lineOf);
  const count = (status: Verdict["status"]): number => lines.filter((line) => line.status === status).length;
  return {
    topology,
    startedAt: startedAt.toISOString(),
    durationMs: Math.round(durationMs),
    counts: {
      pass: count("pass"),
      fail: count("fail"),
      unknown: count("unknown"),
      "not-applicable": count("not-applicable"),
    },
    judged: lines,
  };
}

/** 1 when something failed; else 3 when something could not be checked; else 0. */
export function exitCodeOf({ counts }: VerifyReport): ExitCode {
  if (counts.fail > 0) return EXIT.failed;
  return counts.unknown > 0 ? EXIT.couldNotCheck : EXIT.ok;
}

/** How a status is coloured; without one it is plain. */
export type Paint = (status: Verdict["status"], text: string) => string;

/** The order in which a reader wants to see them. */
const ORDER: readonly Verdict["status"][] = ["fail", "unknown", "pass", "not-applicable"];

/** The report for people: a table, what to do about each failure, and one line that says it all. */
export function reportText(report: VerifyReport, paint: Paint = (_status, text) => text): string {
  const sorted = ORDER.flatMap((status) => report.judged.filter((line) => line.status === status));
  const hasTwo = sorted.some(({ database }) => database !== undefined);
  const rows = sorted.map(({ database, id, message, status, title }) => [
    paint(status, status),
    ...(hasTwo ? [database ?? ""] : []),
    id,
    status === "pass" ? title : message,
  ]);
  const fixes = sorted.filter(({ status }) => status === "fail").map((line) => `${lineName(line)}: ${line.fix}`);
  const heads = ["status", ...(hasTwo ? ["database"] : []), "requirement", "what was seen"];
  const parts = [renderTable(heads, rows)];
  if (fixes.length > 0) parts.push(["What to do:", ...fixes.map((fix) => `  ${fix}`)].join("\n"));
  parts.push(summaryOf(report));
  return `${parts.join("\n\n")}\n`;
}

/** One line: as in "pgtopology-local: 58 pass, 1 fail, 0 unknown, 3 not applicable in 1.9 s". */
export function summaryOf({ counts, durationMs, topology }: VerifyReport): string {
  const { fail, pass, unknown } = counts;
  const seconds = (durationMs / 1000).toFixed(1);
  return `${topology}: ${pass} pass, ${fail} fail, ${unknown} unknown, ${counts["not-applicable"]} not applicable in ${seconds} s`;
}

/** What a line is called: its requirement, after its database in a stack with two. */
export function lineName({ database, id }: ReportLine): string {
  return database === undefined ? id : `${database}: ${id}`;
}

function lineOf({ database, requirement, verdict }: JudgedOf): ReportLine {
  const { fix, id, severity, title } = requirement;
  return {
    id,
    ...(database === undefined ? {} : { database }),
    title,
    severity,
    status: verdict.status,
    message: messageOf(verdict),
    fix: verdict.status === "fail" ? fix : "",
  };
}

function messageOf(verdict: Verdict): string {
  switch (verdict.status) {
    case "pass":
      return "";
    case "fail":
      return verdict.message;
    case "unknown":
      return `not known: ${verdict.missing}`;
    case "not-applicable":
      return verdict.reason;
  }
}
