import { POLICIES_KEY } from "../../config/keys.ts";
import { STACK_TYPE, stackOfUrn } from "../../facts/from-plan/engine-values.ts";
import { EXIT, PgtError } from "../../kernel/errors.ts";
import { judgePlanFile, type PlanFileReport } from "../../policies/plan-file-report.ts";
import { readInput } from "../../policies/read-input.ts";
import { readSettings } from "../../policies/settings.ts";
import type { GateFinding } from "../../preview/gate.ts";
import { labelPlan } from "../../preview/label-plan.ts";
import type { PlannedStep } from "../../preview/planned-step.ts";
import { readPlan, type ReadPlan } from "../../preview/read-plan.ts";
import { printableLine } from "../../topology/issue.ts";
import { topologyAmong } from "../stack/exported-topology.ts";
import { changesOf } from "../stack/judge-changes.ts";
import type { Plan } from "../stack/plan.ts";
import type { Wish } from "../stack/read-wish.ts";
import type { PlannedPreview } from "./planned-preview.ts";
import { asSavedPreview } from "./saved-preview.ts";

/**
 * Reads a saved preview or an event log, of this program or of anybody's; no engine is asked.
 * @param wish of the stack that the plan is of, where it is named
 * @throws {PgtError} exit code 3: it is no whole plan
 */
export async function planFromFile(file: string, wish: Wish | undefined): Promise<PlannedPreview> {
  const text = await readInput(file);
  const read = readPlan(text, file);
  if (wish !== undefined) refuseOtherStack(read, file, wish.place.stack);
  const stack = read.steps.find(({ type }) => type === STACK_TYPE);
  const before = topologyAmong(stack?.old?.outputs);
  const settings = readSettings(wish?.configuration[POLICIES_KEY], wish?.place.sourceFile ?? file);
  const judged = judgePlanFile(asSavedPreview(text), file, settings, new Date());
  const findings = findingsOf(judged);
  return {
    source: file === "-" ? "a plan on standard input" : `the plan in ${file}`,
    wish: wish === undefined ? [] : changesOf({ before, changes: plannedOf(read) }, wish),
    plan: labelPlan(read.steps),
    findings,
    before,
    after: wish?.topology,
    unseen: [...unseenOf(wish, before !== undefined), ...unjudgedPolicies(judged)],
    couldNotCheck: problemsOf(read, findings),
    unjudged: wish === undefined || before === undefined ? ["change/"] : [],
  };
}

/** What one stack's configuration permits is no leave for another's plan. */
function refuseOtherStack({ steps }: ReadPlan, file: string, stack: string): void {
  const other = steps.map(({ urn }) => stackOfUrn(urn)).find((name) => name !== stack);
  if (other === undefined) return;
  throw new PgtError(`the plan in ${printableLine(file)} is of stack ${printableLine(other)}, and not of ${stack}`, {
    exitCode: EXIT.usage,
    fix: ["Name the stack that it is of, or none, to judge the plan alone."],
  });
}

/** The engine's closing line follows what went wrong; after a violation, which is judged here, too, nothing else did. */
function problemsOf({ problems }: ReadPlan, findings: readonly GateFinding[]): string[] {
  const own = problems.filter((problem) => problem !== "preview failed");
  const isViolated = findings.some(({ mandatory }) => mandatory);
  const told = own.length === 0 && !isViolated ? problems : own;
  return told.map((problem) => `the plan is not whole: ${problem}`);
}

function plannedOf({ steps }: ReadPlan): Plan["changes"] {
  const changing = steps.filter(({ operation }) => operation !== "same");
  return changing.map(({ name, operation, type }: PlannedStep) => ({ name, operation, type, properties: [] }));
}

function findingsOf({ findings, waiverProblems }: PlanFileReport): GateFinding[] {
  return [
    ...findings.map(({ id, level, message }) => ({ policy: id, mandatory: level === "mandatory", message })),
    ...waiverProblems.map(({ message }) => ({ policy: "waivers", mandatory: true, message })),
  ];
}

function unseenOf(wish: Wish | undefined, isExported: boolean): string[] {
  const really = "what is really there: the plan knows as much as the engine did that wrote it";
  if (wish === undefined) {
    return [really, "what the configuration asks for, its objectives and its cost: no stack was named"];
  }
  return isExported ? [really] : [really, "what the stack was before: the plan has no topology that was exported"];
}

function unjudgedPolicies({ notYetKnown }: PlanFileReport): string[] {
  if (notYetKnown.length === 0) return [];
  const ids = new Set(notYetKnown.map((one) => one.split(" ", 1)[0]));
  return [`all of what these policies ask, which is known after the update: ${[...ids].join(", ")}`];
}
