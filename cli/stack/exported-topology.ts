import { isDeepStrictEqual } from "node:util";
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { STACK_TYPE } from "../../facts/from-plan/engine-values.ts";
import type { ResolvedTopology } from "../../topology/resolved.ts";
import { topologySpec } from "../../topology/spec.ts";

/**
 * The topology that the last finished update has exported, from the engine's event about the stack itself: it comes with
 * every preview. `undefined` for any other event, before the first update, and after the stack was taken down.
 */
export function exportedTopology({ resourcePreEvent }: EngineEvent): ResolvedTopology | undefined {
  const step = resourcePreEvent?.metadata;
  if (step?.type !== STACK_TYPE) return undefined;
  return topologyAmong(step.old?.outputs as { topology?: unknown } | undefined);
}

/** The same from what a stack has put out. */
export function topologyAmong(outputs: { readonly topology?: unknown } | undefined): ResolvedTopology | undefined {
  const exported = outputs?.topology;
  return isResolved(exported) ? exported : undefined;
}

/**
 * Whether that was the same topology. Where it was not, an update is due although no resource differs: what the engine
 * guards is no property of a resource, and the next change is judged by what was exported.
 */
export function isAsExported(exported: ResolvedTopology | undefined, topology: ResolvedTopology): boolean {
  // As JSON has it, which leaves out what is undefined.
  return isDeepStrictEqual(exported, JSON.parse(JSON.stringify(topology)));
}

/** Earlier versions exported something else by the same name. */
function isResolved(value: unknown): value is ResolvedTopology {
  if (typeof value !== "object" || value === null) return false;
  const { target, database, parameters } = value as Partial<ResolvedTopology>;
  return isKnown(target) && database !== undefined && parameters !== undefined;
}

function isKnown(target: unknown): boolean {
  return topologySpec.shape.target.options.some((known) => known === target);
}
