import { z } from "zod";
import { EXIT, PgtError } from "../kernel/errors.ts";
import { printableLine } from "../topology/issue.ts";
import type { PlannedStep } from "./planned-step.ts";
import { engineStep, type EngineStep, isOperation, stepsOf } from "./read-step.ts";

/** What was read of a plan. */
export interface ReadPlan {
  readonly steps: readonly PlannedStep[];
  /** The engine's sentences about what is wrong: with one, the plan is not whole. */
  readonly problems: readonly string[];
}

/** What a saved preview calls differently: old and new states, and why a resource is made anew. */
const savedStep = z.preprocess((value) => {
  if (!isObject(value)) return value;
  const { oldState, newState, replaceReasons, diffReasons, ...step } = value as Record<string, unknown>;
  return { ...step, old: oldState, new: newState, keys: replaceReasons, diffs: diffReasons };
}, engineStep);

const savedPreview = z.object({
  steps: z.array(savedStep),
  diagnostics: z.array(z.object({ severity: z.string().optional(), message: z.string().optional() })).nullish(),
});

/** Events that say nothing of a resource, by the field that an event is. */
const OTHER_EVENTS = new Set([
  "cancelEvent",
  "stdoutEvent",
  "preludeEvent",
  "resOutputsEvent",
  "policyEvent",
  "policyRemediationEvent",
  "policyLoadEvent",
  "policyAnalyzeSummaryEvent",
  "policyRemediateSummaryEvent",
  "policyAnalyzeStackSummaryEvent",
  "startDebuggingEvent",
  "progressEvent",
]);
const ENVELOPE = new Set(["sequence", "timestamp"]);

/** Reads the engine's events one by one, as they come from it or from a log of them. */
export class PlanReader {
  readonly #source: string;
  readonly #steps: EngineStep[] = [];
  readonly #problems: string[] = [];
  #ended = false;

  /** @param source names the file or the engine in errors */
  constructor(source: string) {
    this.#source = source;
  }

  /** @throws {PgtError} exit code 3: an event, or an operation, that this version does not know */
  take(event: unknown): void {
    if (typeof event !== "object" || event === null) throw foreign(this.#source, "an event that is no object");
    for (const [kind, content] of Object.entries(event)) this.#takeOne(kind, content);
  }

  /** @param isWhole whether the engine is known to have finished, also without its last event */
  finish(isWhole = false): ReadPlan {
    if (!this.#ended && !isWhole && this.#problems.length === 0) {
      throw foreign(this.#source, "a log without the summary at its end: it is cut off");
    }
    if (this.#ended) refuseStepless(this.#steps, this.#problems, this.#source);
    return { steps: stepsOf(this.#steps), problems: this.#problems };
  }

  #takeOne(kind: string, content: unknown): void {
    if (kind === "resourcePreEvent") {
      this.#steps.push(stepFrom((content as { metadata?: unknown } | null)?.metadata, this.#source));
    } else if (kind === "summaryEvent") {
      this.#ended = true;
    } else if (kind === "diagnosticEvent") {
      const { severity, message } = (content ?? {}) as { severity?: unknown; message?: unknown };
      if (severity === "error" && typeof message === "string") this.#problems.push(message.trim());
    } else if (kind === "errorEvent") {
      const { error } = (content ?? {}) as { error?: unknown };
      this.#problems.push(typeof error === "string" ? error.trim() : "the engine failed, and does not say of what");
    } else if (kind === "resOpFailedEvent") {
      const { metadata } = (content ?? {}) as { metadata?: { urn?: unknown } };
      this.#problems.push(`a step failed: ${typeof metadata?.urn === "string" ? metadata.urn : "nobody says which"}`);
    } else if (!OTHER_EVENTS.has(kind) && !ENVELOPE.has(kind)) {
      throw foreign(this.#source, `an event that this version does not know: ${kind}`);
    }
  }
}

/**
 * What `pulumi preview --json`, or an event log of the engine, says would be done.
 * @param source names the file in errors
 * @throws {PgtError} exit code 3: it is none of them, not whole, or of an engine that this version does not know
 */
export function readPlan(text: string, source: string): ReadPlan {
  try {
    return readText(text, source);
  } catch (error) {
    if (error instanceof RangeError) throw foreign(source, "values that are nested too deep");
    throw error;
  }
}

function readText(text: string, source: string): ReadPlan {
  const value = parseJson(text);
  if (value !== undefined && isObject(value) && "steps" in value) return readSaved(value, source);
  if (value !== undefined && isObject(value) && ("deployment" in value || "version" in value)) {
    throw foreign(source, "an exported state, which says nothing of a change");
  }
  return readLog(text, source);
}

function readSaved(value: object, source: string): ReadPlan {
  const read = savedPreview.safeParse(value);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw foreign(source, `${issue?.path.join(".") ?? ""}: ${issue?.message ?? "JSON of another shape"}`);
  }
  const { steps, diagnostics } = read.data;
  for (const { op } of steps) refuseUnknown(op, source);
  const errors = (diagnostics ?? []).filter(({ severity }) => severity === "error");
  const problems = errors.map(({ message = "" }) => message.trim());
  refuseStepless(steps, problems, source);
  return { steps: stepsOf(steps), problems };
}

function readLog(text: string, source: string): ReadPlan {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  if (lines.length === 0) throw foreign(source, "nothing");
  const reader = new PlanReader(source);
  for (const [at, line] of lines.entries()) {
    const event = parseJson(line);
    if (event === undefined) throw foreign(source, `line ${at + 1} is no JSON`);
    reader.take(event);
  }
  return reader.finish();
}

/** The engine tells of every resource, also of what stays as it is, and of the stack itself. */
function refuseStepless(steps: readonly unknown[], problems: readonly string[], source: string): void {
  if (steps.length + problems.length === 0) throw foreign(source, "a plan without any step, even of the stack itself");
}

function stepFrom(value: unknown, source: string): EngineStep {
  const read = engineStep.safeParse(value);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw foreign(source, `a step of another shape: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`);
  }
  refuseUnknown(read.data.op, source);
  return read.data;
}

function refuseUnknown(op: string, source: string): void {
  if (!isOperation(op)) throw foreign(source, `an operation that this version does not know: ${JSON.stringify(op)}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function foreign(source: string, got: string): PgtError {
  return new PgtError(`${printableLine(source)} is no whole preview: ${printableLine(got)}`, {
    exitCode: EXIT.couldNotCheck,
    fix: [
      'write it again: "pulumi preview --json > preview.json", or "pulumi preview --event-log events.json"',
      "nothing of it was judged",
    ],
  });
}
