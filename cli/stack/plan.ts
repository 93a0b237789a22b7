import type { EngineEvent, PulumiFn, Stack } from "@pulumi/pulumi/automation/index.js";
import { STACK_TYPE } from "../../facts/from-plan/engine-values.ts";
import { messageOf } from "../../kernel/errors.ts";
import type { ResolvedTopology } from "../../topology/resolved.ts";
import { type LabelledPlan, labelPlan } from "../../preview/label-plan.ts";
import { PlanReader } from "../../preview/read-plan.ts";
import { engineError } from "./engine-errors.ts";
import { exportedTopology } from "./exported-topology.ts";
import type { Place } from "./place.ts";

/** One resource that an update would touch. */
export interface PlannedChange {
  /** The engine's word: create, update, replace, delete. */
  readonly operation: string;
  readonly type: string;
  readonly name: string;
  /** Properties that differ. */
  readonly properties: readonly string[];
}

/** What a policy said of a resource, or of the stack. */
export interface PolicyFinding {
  readonly policy: string;
  readonly mandatory: boolean;
  readonly message: string;
}

/** What an update would do, and what the policies say of it. */
export interface Plan {
  /** What the last finished update was for; `undefined` when nothing is there. */
  readonly before: ResolvedTopology | undefined;
  readonly changes: readonly PlannedChange[];
  readonly findings: readonly PolicyFinding[];
  /** What it does to databases. */
  readonly labelled: LabelledPlan;
}

/** The engine repeats a step for each half of a replacement; one line for each resource is enough. */
const SHOWN = new Set(["create", "update", "replace", "delete"]);

/** How {@link previewPlan} asks. */
export interface PlanRequest {
  /** Folder of the policy pack. */
  readonly policyPack: string;
  /** Looks at what is really there first; the engine believes its own state otherwise. */
  readonly refresh: boolean;
  readonly signal: AbortSignal;
}

/**
 * Asks the engine what an update would do, with the policy pack. Nothing is touched.
 * A mandatory violation makes the engine fail; it comes back as a finding, not as an error.
 * @throws {PgtError} exit code 3: the engine says what this version does not know
 */
export async function previewPlan(stack: Stack, place: Place, request: PlanRequest): Promise<Plan> {
  const { policyPack, refresh, signal } = request;
  const changes: PlannedChange[] = [];
  const findings: PolicyFinding[] = [];
  const problems: string[] = [];
  let before: ResolvedTopology | undefined;
  const reader = new PlanReader("the engine's plan");
  let unreadable: Error | undefined;
  const take = (event: EngineEvent): void => {
    before ??= exportedTopology(event);
    const change = plannedChange(event);
    if (change !== undefined) changes.push(change);
    const finding = policyFinding(event);
    if (finding !== undefined) findings.push(finding);
    if (event.diagnosticEvent?.severity === "error") problems.push(event.diagnosticEvent.message);
    try {
      reader.take(event);
    } catch (error) {
      // Thrown here, nobody would catch it.
      unreadable ??= error as Error;
    }
  };
  try {
    await stack.preview({ onEvent: take, policyPacks: [policyPack], refresh, color: "never", signal });
  } catch (error) {
    signal.throwIfAborted();
    if (!findings.some(({ mandatory }) => mandatory)) throw engineError(problems.join("\n") || messageOf(error), place);
  }
  if (unreadable !== undefined) throw unreadable;
  // A mandatory violation makes the engine fail after it has planned everything.
  return { before, changes, findings, labelled: labelPlan(reader.finish(true).steps) };
}

function plannedChange({ resourcePreEvent }: EngineEvent): PlannedChange | undefined {
  if (resourcePreEvent === undefined) return undefined;
  const { op, urn, type, diffs } = resourcePreEvent.metadata;
  if (!SHOWN.has(op) || type === STACK_TYPE) return undefined;
  return { operation: op, type, name: urn.split("::").at(-1) ?? urn, properties: diffs ?? [] };
}

function policyFinding({ policyEvent }: EngineEvent): PolicyFinding | undefined {
  if (policyEvent === undefined) return undefined;
  return {
    policy: policyEvent.policyName,
    mandatory: policyEvent.enforcementLevel === "mandatory",
    message: policyEvent.message.trim(),
  };
}

/** The program of the stack, run inline: the same two calls that index.ts makes. Loaded when the engine asks for it. */
export const inlineProgram: PulumiFn = async () => {
  const [{ loadConfig }, { createTopology }] = await Promise.all([
    import("../../config/load.ts"),
    import("../../components/create-topology.ts"),
  ]);
  return { ...(await createTopology(loadConfig())) };
};
