import type { EngineEvent, Stack } from "@pulumi/pulumi/automation/index.js";
import { EXIT, messageOf, PgtError } from "../../kernel/errors.ts";
import type { ResolvedTopology } from "../../topology/resolved.ts";
import { engineError } from "../stack/engine-errors.ts";
import { exportedTopology } from "../stack/exported-topology.ts";
import type { Place } from "../stack/place.ts";
import type { Drift, DriftReport, ExpectedDrift } from "./drift-report.ts";
import { resourceDrift } from "./resource-drift.ts";

/** A provider that hangs is given up after this. */
const TIMEOUT_MS = 15 * 60_000;

/** What the engine found. */
export interface EngineLook extends Pick<DriftReport, "drift" | "expected" | "notSeen"> {
  /** What the last finished update was for; `undefined` where the engine did not say. */
  readonly deployed: ResolvedTopology | undefined;
}

/**
 * Has the engine compare its state with what is there, and write nothing: `pulumi refresh --preview-only`. What it can't
 * look at is told, not thrown.
 * @throws {PgtError} exit code 2 where something is wrong here, as a passphrase; the signal's reason when it is aborted
 */
export async function lookByEngine(
  stack: Pick<Stack, "previewRefresh">,
  place: Place,
  signal: AbortSignal,
): Promise<EngineLook> {
  const late = AbortSignal.timeout(TIMEOUT_MS);
  const drift: Drift[] = [];
  const expected: ExpectedDrift[] = [];
  const problems: string[] = [];
  let deployed: ResolvedTopology | undefined;
  const onEvent = (event: EngineEvent): void => {
    deployed ??= exportedTopology(event);
    const found = resourceDrift(event);
    drift.push(...found.drift);
    expected.push(...found.expected);
    if (event.diagnosticEvent?.severity === "error") problems.push(event.diagnosticEvent.message);
  };
  const found = (): EngineLook => ({ drift, expected, notSeen: problems.map(notSeen), deployed });
  try {
    // What is there is compared with the state: the program, which may have been edited since, is not asked.
    await stack.previewRefresh({ onEvent, runProgram: false, color: "never", signal: AbortSignal.any([signal, late]) });
    return found();
  } catch (error) {
    signal.throwIfAborted();
    if (late.aborted) problems.push(`it did not end within ${TIMEOUT_MS / 60_000} minutes`);
    const known = engineError(problems.join("\n") || messageOf(error), place);
    if (known.exitCode === EXIT.usage) throw known;
    return { ...found(), notSeen: [notSeen(known.message)] };
  }
}

function notSeen(problem: string): string {
  return `resources: ${problem.trim()}`;
}

/** What to say of a look that failed. @throws what nobody expects, and usage errors */
export function whyNotSeen(error: unknown): string {
  if (error instanceof PgtError && error.exitCode !== EXIT.usage) return `servers: ${error.message}`;
  throw error;
}
