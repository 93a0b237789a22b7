import { labelPlan } from "../../preview/label-plan.ts";
import type { Operation, PlannedStep, StepProperties, StepState } from "../../preview/planned-step.ts";

/** What a hand-made step has beside its inputs. */
export interface HandMade {
  readonly operation?: Operation;
  readonly retainOnDelete?: boolean;
  readonly replacing?: readonly string[];
}

/** A step between two sets of inputs, as the engine would tell of it. */
export function stepBetween(
  type: string,
  old: StepProperties | undefined,
  next: StepProperties | undefined,
  { operation = operationOf(old, next), retainOnDelete = false, replacing = [] }: HandMade = {},
): PlannedStep {
  const state = (inputs: StepProperties): StepState => ({
    id: "made",
    inputs,
    outputs: inputs,
    protect: false,
    retainOnDelete,
  });
  return {
    operation,
    urn: `urn:pulumi:stack::project::${type}::it`,
    type,
    name: "it",
    ...(old && { old: state(old) }),
    ...(next && { next: state(next) }),
    diffs: [],
    replacing,
  };
}

/** Each change of a step: label, exposure, property. */
export function labelsOf(step: PlannedStep): string[] {
  return labelPlan([step]).changes.map(
    ({ label, exposure, unknown, property }) =>
      `${label}${exposure ? " + exposure" : ""}${unknown ? " (unknown)" : ""}${property === undefined ? "" : `: ${property}`}`,
  );
}

function operationOf(old: StepProperties | undefined, next: StepProperties | undefined): Operation {
  if (old === undefined) return "create";
  return next === undefined ? "delete" : "update";
}
