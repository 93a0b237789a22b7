import { isDeepStrictEqual } from "node:util";
import type { CommandContext } from "../context.ts";
import { runStep } from "../run-step.ts";
import { openEngineStack } from "../stack/workspace.ts";
import type { DriftReport } from "./drift-report.ts";
import { type EngineLook, lookByEngine, whyNotSeen } from "./look-by-engine.ts";
import { type DriftingStack, type DriftOptions, openDrift } from "./open-drift.ts";
import { serverDrift } from "./server-drift.ts";

/** A refresh runs no program. */
const NO_PROGRAM = (): Promise<void> => Promise.resolve();

/**
 * Compares what is there with what the last deployment left: resources by the engine, settings and roles by verification.
 * Neither state nor files are written, and nothing is put back.
 */
export async function findDrift(context: CommandContext, options: DriftOptions): Promise<DriftReport> {
  const startedAt = new Date();
  const started = performance.now();
  const stack = await openDrift(context, options);
  const resources = await runStep(
    context,
    "refresh preview",
    async () => {
      const opened = await openEngineStack(stack.engine, stack.place, NO_PROGRAM);
      return lookByEngine(opened, stack.place, context.signal);
    },
    outcome,
  );
  const servers = await lookAtServers(context, stack, resources);
  return {
    stack: stack.place.stack,
    target: stack.wished.target,
    startedAt: startedAt.toISOString(),
    durationMs: Math.round(performance.now() - started),
    drift: [...resources.drift, ...servers.drift],
    expected: resources.expected,
    notSeen: [...resources.notSeen, ...servers.notSeen],
    notes: notesOn(stack, resources),
  };
}

/** The tick says that it was looked at, not that all is well. */
function outcome({ drift, notSeen }: Pick<DriftReport, "drift" | "notSeen">): string {
  return drift.length + notSeen.length === 0 ? "" : `: ${drift.length} drifted, ${notSeen.length} not seen`;
}

async function lookAtServers(
  context: CommandContext,
  { verify, wished }: DriftingStack,
  { deployed }: EngineLook,
): Promise<Pick<DriftReport, "drift" | "notSeen">> {
  if (verify === undefined) return { drift: [], notSeen: ["servers: --vantage none: no setting and no role was seen"] };
  try {
    return serverDrift(await verify(deployed ?? wished));
  } catch (error) {
    context.signal.throwIfAborted();
    return { drift: [], notSeen: [whyNotSeen(error)] };
  }
}

function notesOn({ wished }: DriftingStack, { deployed }: EngineLook): string[] {
  // As JSON has it, which leaves out what is undefined.
  if (deployed === undefined || isDeepStrictEqual(deployed, JSON.parse(JSON.stringify(wished)))) return [];
  return [
    "The configuration asks for something else than was deployed. That is no drift: pgt preview says what it changes.",
  ];
}
