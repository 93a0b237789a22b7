import { readPlanFile } from "../facts/from-plan/read-plan-file.ts";
import { EXIT, type ExitCode } from "../kernel/errors.ts";
import { CATALOGUE } from "../requirements/catalogue.ts";
import type { Level, Severity, Verdict } from "../requirements/requirement.ts";
import { type WaiverProblem, waiverProblems } from "../requirements/waivers.ts";
import type { Permission } from "../topology/permission.ts";
import { judgeResource, judgeWhole } from "./judge-plan.ts";
import { type PlanFinding, notYetKnown, planFindings } from "./plan-findings.ts";
import type { PolicySettings } from "./settings.ts";

/** One thing that does not hold. */
export interface ReportedFinding {
  readonly id: string;
  readonly level: Level;
  readonly severity: Severity;
  /** Of the resource, where it is about one. */
  readonly urn?: string;
  /** Where · got · want. */
  readonly message: string;
  readonly title: string;
  readonly why: string;
  readonly fix: string;
  readonly docs: string;
  readonly references: readonly string[];
  readonly waiver?: Permission;
}

/** What was judged of a file: the shape of `pgt policies test --json`, which stays as it is. */
export interface PlanFileReport {
  readonly source: string;
  readonly resources: number;
  readonly counts: Readonly<Record<Verdict["status"], number>>;
  readonly findings: readonly ReportedFinding[];
  /** Each as `id (property of where)`. */
  readonly notYetKnown: readonly string[];
  readonly waiverProblems: readonly WaiverProblem[];
}

/**
 * Judges an exported state or a saved preview as the policy pack judges a stack.
 * @param source names the file
 * @throws {PgtError} exit code 3: it is no such file
 */
export function judgePlanFile(text: string, source: string, settings: PolicySettings, now: Date): PlanFileReport {
  const resources = readPlanFile(text, source);
  const whole = judgeWhole(resources, settings, now);
  // Whose floors hold, the topology in the stack says; a resource by itself does not know of it.
  const known = { ...settings, environment: settings.environment ?? whole[0]?.environment };
  const all = [...resources.map((resource) => judgeResource(resource, known, now)), ...whole];
  const judged = all.flatMap((one) => one.judged);
  const count = (status: Verdict["status"]): number => judged.filter(({ verdict }) => verdict.status === status).length;
  return {
    source,
    resources: resources.length,
    counts: {
      pass: count("pass"),
      fail: count("fail"),
      unknown: count("unknown"),
      "not-applicable": count("not-applicable"),
    },
    findings: all.flatMap((one) => planFindings(one, known, now)).map(reported),
    notYetKnown: notYetKnown(judged),
    waiverProblems: waiverProblems(known.waivers ?? [], judged, CATALOGUE, now),
  };
}

/** 1 when something would stop a deployment. */
export function planFileExitCode({ findings, waiverProblems: problems }: PlanFileReport): ExitCode {
  return problems.length > 0 || findings.some(({ level }) => level === "mandatory") ? EXIT.failed : EXIT.ok;
}

function reported({ level, message, requirement, urn, waiver }: PlanFinding): ReportedFinding {
  const { docs, fix, id, references = [], severity, title, why } = requirement;
  return {
    id,
    level,
    severity,
    ...(urn !== undefined && { urn }),
    message,
    title,
    why,
    fix,
    docs,
    references,
    ...(waiver && { waiver }),
  };
}
