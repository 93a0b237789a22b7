import type { EnforcementLevel, Policy, PolicyComplianceFramework, ReportViolation } from "@pulumi/policy";
import { levelOf } from "../requirements/levels.ts";
import type { Level, Requirement, Severity } from "../requirements/requirement.ts";
import type { JudgedResources } from "./judge-plan.ts";
import { notYetKnown, type PlanFinding, planFindings } from "./plan-findings.ts";
import type { PolicySettings } from "./settings.ts";

const ENFORCEMENT: Readonly<Record<Level, EnforcementLevel>> = {
  mandatory: "mandatory",
  advisory: "advisory",
  off: "disabled",
};

/** Editions of the benchmarks that references are numbered by, unless they say another. */
const EDITIONS: Readonly<Record<string, string>> = { "CIS GCP": "4.0", "CIS Docker": "1.6" };

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

/** Reports each thing that does not hold at its own resource, by its requirement's id, and in one line what is not known yet. */
export function reportJudged(
  whole: JudgedResources,
  settings: PolicySettings,
  report: ReportViolation,
  now: Date,
): void {
  const reportViolation = report as unknown as (violation: Violation) => void;
  for (const finding of planFindings(whole, settings, now)) reportViolation(violation(finding));
  const unknown = notYetKnown(whole.judged);
  if (unknown.length === 0) return;
  reportViolation({
    name: "not-yet-known",
    description: "Requirements that the plan alone cannot tell",
    message: `${unknown.length} of ${whole.judged.length} requirements not yet known: ${unknown.join(", ")}`,
    severity: "low",
    enforcementLevel: "advisory",
  });
}

/** The requirement as the engine lists it. It is judged by the policies that read resources; this one reads none. */
export function listedPolicy(requirement: Requirement): Policy {
  const { docs, fix, id, severity, title, topic, why } = requirement;
  const framework = frameworkOf(requirement);
  return {
    name: id,
    description: `${title}. ${why}`,
    enforcementLevel: ENFORCEMENT[levelOf(requirement, "prod")],
    severity,
    tags: [topic],
    remediationSteps: fix,
    url: docs,
    ...(framework && { framework }),
  };
}

function violation({ level, message, requirement, urn, waiver }: PlanFinding): Violation {
  const { docs, fix, id, severity, title, why } = requirement;
  const waived = waiver && `waived until ${waiver.expires} by ${waiver.owner} (${waiver.reason}): `;
  return {
    name: id,
    description: title,
    message: `${waived ?? ""}${message}\n${title}: ${why}\nFix: ${fix}\nSee ${docs}`,
    severity,
    enforcementLevel: ENFORCEMENT[level],
    ...(urn !== undefined && { urn }),
  };
}

/** `CIS GCP 6.4` and `CIS Docker 5.5` are of a framework; ids of scanners are not. */
function frameworkOf({ references = [] }: Requirement): PolicyComplianceFramework | undefined {
  for (const text of references) {
    const [, name, reference, edition] = /^(CIS (?:GCP|Docker)) ([\d.]+)(?: \((.*)\))?$/.exec(text) ?? [];
    if (name === undefined || reference === undefined) continue;
    const version = edition ?? EDITIONS[name] ?? "";
    return { name, version, reference, specification: `${name} ${version}, ${reference}` };
  }
  return undefined;
}
