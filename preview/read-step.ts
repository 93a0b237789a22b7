import { z } from "zod";
import { isNotKnownYet, isSecret, nameOfUrn } from "../facts/from-plan/engine-values.ts";
import { UNKNOWN } from "../requirements/known.ts";
import {
  type EngineDiff,
  type Operation,
  type PlannedStep,
  SECRET,
  type StepProperties,
  type StepState,
  type StepValue,
} from "./planned-step.ts";

/**
 * The engine's words for its steps; `undefined` for one that changes nothing that anybody made.
 * @see https://github.com/pulumi/pulumi/blob/v3.259.0/sdk/go/common/apitype/history.go (OpType)
 */
const OPERATIONS: Readonly<Record<string, Operation | undefined>> = {
  same: "same",
  create: "create",
  update: "update",
  delete: "delete",
  replace: "replace",
  "create-replacement": "replace",
  "delete-replaced": "replace",
  import: "import",
  "import-replacement": "replace",
  "discard-replaced": undefined,
  "remove-pending-replace": undefined,
  read: undefined,
  "read-replacement": undefined,
  discard: "forget",
  refresh: undefined,
};

const properties = z.record(z.string(), z.unknown()).nullish();

const state = z.object({
  id: z.string().nullish(),
  inputs: properties,
  outputs: properties,
  parent: z.string().nullish(),
  protect: z.boolean().nullish(),
  retainOnDelete: z.boolean().nullish(),
  delete: z.boolean().nullish(),
  type: z.string().nullish(),
});

/** The engine's own word is `kind` in a saved preview, and `diffKind` in an event. */
const diff = z
  .object({ kind: z.string().optional(), diffKind: z.string().optional(), inputDiff: z.boolean().optional() })
  .transform(({ kind, diffKind = kind, inputDiff = false }) => ({ kind: diffKind ?? "", inputDiff }));

/** A step as an event or a saved preview has it. */
export const engineStep = z.object({
  op: z.string(),
  urn: z.string().regex(/^urn:pulumi:/),
  type: z.string().nullish(),
  old: state.nullish(),
  new: state.nullish(),
  keys: z.array(z.string()).nullish(),
  diffs: z.array(z.string()).nullish(),
  detailedDiff: z.record(z.string(), diff).nullish(),
});
export type EngineStep = z.infer<typeof engineStep>;

/** Whether the engine has a step of that name. */
export function isOperation(op: string): boolean {
  return Object.hasOwn(OPERATIONS, op);
}

/**
 * One step for each resource, in the order in which the engine comes to them: the halves of a replacement are one. What an
 * earlier replacement has left to be deleted is a step of its own.
 */
export function stepsOf(engineSteps: readonly EngineStep[]): PlannedStep[] {
  const byUrn = new Map<string, PlannedStep>();
  for (const step of engineSteps) {
    const operation = OPERATIONS[step.op];
    if (operation === undefined) continue;
    const isLeftOver = operation === "delete" && step.old?.delete === true;
    const key = isLeftOver ? `${step.urn} left over` : step.urn;
    const before = byUrn.get(key);
    const read = readStep(step, operation);
    byUrn.set(key, before === undefined ? read : merged(before, read));
  }
  return [...byUrn.values()];
}

function merged(one: PlannedStep, other: PlannedStep): PlannedStep {
  const isReplaced = [one, other].some(({ operation }) => operation === "replace") || one.operation !== other.operation;
  const [old, next] = [one.old ?? other.old, one.next ?? other.next];
  return {
    ...other,
    operation: isReplaced ? "replace" : one.operation,
    ...(old && { old }),
    ...(next && { next }),
    diffs: one.diffs.length > 0 ? one.diffs : other.diffs,
    replacing: [...new Set([...one.replacing, ...other.replacing])],
  };
}

function readStep(step: EngineStep, operation: Operation): PlannedStep {
  const { urn, type, old, new: next, keys, diffs, detailedDiff } = step;
  const detailed = Object.entries(detailedDiff ?? {}).map(([path, { kind, inputDiff }]): EngineDiff => ({
    path,
    replaces: kind.endsWith("-replace"),
    ofInputs: inputDiff,
  }));
  // A provider that tells no details names whole properties.
  const plain = (diffs ?? []).map((path) => ({ path, replaces: (keys ?? []).includes(path), ofInputs: true }));
  return {
    operation,
    urn,
    type: type ?? next?.type ?? old?.type ?? typeOfUrn(urn),
    name: nameOfUrn(urn),
    // An event of a removal has the old state on both sides.
    ...(old && operation !== "create" && { old: readState(old) }),
    ...(next && operation !== "delete" && { next: readState(next) }),
    diffs: detailed.length > 0 ? detailed : plain,
    replacing: [...new Set([...(keys ?? []), ...detailed.filter(({ replaces }) => replaces).map(({ path }) => path)])],
  };
}

/** `urn:pulumi:stack::project::parent$type::name`. */
function typeOfUrn(urn: string): string {
  return urn.split("::").at(-2)?.split("$").at(-1) ?? "";
}

function readState({ id, inputs, outputs, parent, protect, retainOnDelete }: z.infer<typeof state>): StepState {
  return {
    ...(id && { id }),
    inputs: readProperties(inputs ?? {}),
    outputs: readProperties(outputs ?? {}),
    protect: protect ?? false,
    retainOnDelete: retainOnDelete ?? false,
    ...(parent && { parent }),
  };
}

function readProperties(value: Readonly<Record<string, unknown>>): StepProperties {
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, readValue(inner)]));
}

function readValue(value: unknown): StepValue {
  if (isNotKnownYet(value)) return UNKNOWN;
  if (isSecret(value)) return SECRET;
  if (Array.isArray(value)) return value.map(readValue);
  return typeof value === "object" && value !== null ? readProperties(value as Record<string, unknown>) : value;
}
