import type { EnforcementLevel, ReportViolation } from "@pulumi/policy";
import type { Judged } from "../requirements/judge.ts";
import type { Requirement, Severity } from "../requirements/requirement.ts";

/** What stops a deployment. */
const ENFORCEMENT: Readonly<Record<Severity, EnforcementLevel>> = {
  critical: "mandatory",
  high: "mandatory",
  medium: "advisory",
  low: "advisory",
};

/**
 * A violation with a name and a level of its own. The SDK takes one (`makeReportViolationFun` in its server.js) though
 * its type tells of text only; so one policy can report many requirements, each under its own id.
 */
interface Violation {
  readonly name: string;
  readonly description: string;
  readonly message: string;
  readonly severity: Severity;
  readonly enforcementLevel: EnforcementLevel;
  readonly urn?: string;
}

/** Reports every requirement that does not hold, by its own id, and in one line what is not known yet. */
export function reportJudged(
  judged: readonly Judged[],
  report: ReportViolation,
  urnOf: (message: string) => string | undefined,
): void {
  const reportViolation = report as unknown as (violation: Violation) => void;
  const unknown = unknownViolation(judged);
  for (const violation of [...failures(judged), ...(unknown ? [unknown] : [])]) {
    const urn = urnOf(violation.message);
    reportViolation(urn === undefined ? violation : { ...violation, urn });
  }
}

function failures(judged: readonly Judged[]): Violation[] {
  return judged.flatMap(({ requirement, verdict }) => {
    if (verdict.status !== "fail") return [];
    const { id, severity, title } = requirement;
    const message = messageOf(requirement, verdict.message);
    return [{ name: id, description: title, message, severity, enforcementLevel: ENFORCEMENT[severity] }];
  });
}

/** Where · got · want, then why and how to mend it. */
function messageOf({ title, why, fix, docs }: Requirement, message: string): string {
  return `${message}\n${title}: ${why}\nFix: ${fix}\nSee ${docs}`;
}

/** What nobody knows yet is no pass: it is told, and `pgt verify` asks the running topology. */
function unknownViolation(judged: readonly Judged[]): Violation | undefined {
  const unknown = judged.flatMap(({ requirement, verdict }) =>
    verdict.status === "unknown" ? [`${requirement.id} (${verdict.missing})`] : [],
  );
  if (unknown.length === 0) return undefined;
  return {
    name: "not-yet-known",
    description: "Requirements that the plan alone cannot tell",
    message: `${unknown.length} of ${judged.length} requirements not yet known: ${unknown.join(", ")}`,
    severity: "low",
    enforcementLevel: "advisory",
  };
}
