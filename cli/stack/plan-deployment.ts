import { join } from "node:path";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { IMAGE_KEY } from "../../config/keys.ts";
import type { Change } from "../../topology/change.ts";
import { topologyNames } from "../../topology/names.ts";
import type { ResolvedDocker } from "../../topology/resolved-docker.ts";
import type { CommandContext } from "../context.ts";
import { runStep } from "../run-step.ts";
import { checkParameters } from "./check-parameters.ts";
import { lacksContainers } from "./containers.ts";
import { type World, worldsOf } from "./converge.ts";
import { exportsOldSecret } from "./exported-secret.ts";
import { changesOfKept } from "./judge-changes.ts";
import { keptVolumes, refuseKeptData } from "./kept-data.ts";
import { removeLeftovers } from "./leftovers.ts";
import type { ReadyMachine } from "./machine-parts.ts";
import type { Place } from "./place.ts";
import { inlineProgram, type Plan, previewPlan } from "./plan.ts";
import { requireFreePorts } from "./ports.ts";
import type { LockedRun } from "./run-lock.ts";
import { ensureSecrets } from "./secrets.ts";
import { readStored, secretsOf } from "./stored-secrets.ts";
import { openEngineStack, prepareWorkspace } from "./workspace.ts";

/** What would be lost of volumes that an earlier topology of a local stack has left. @param shape what it was */
export async function changesOfVolumes({ place, topology, docker }: World, shape: unknown): Promise<readonly Change[]> {
  const isKept = place.local && (await keptVolumes(docker, topologyNames(place.stack))).length > 0;
  return isKept ? changesOfKept(shape, topology) : [];
}

/** A plan whose parameters PostgreSQL itself has let through. */
export interface PlannedDeployment {
  readonly world: World;
  readonly stack: Stack;
  readonly plan: Plan;
  readonly refresh: boolean;
  /** What the stack exports has changed, although no resource has. */
  readonly exportsOld: boolean;
}

/** How {@link planDeployment} asks. */
export interface DeploymentRequest extends LockedRun {
  /** Looks at what is really there in any case, and not only where a container is missing. */
  readonly refresh?: boolean;
}

/** Everything that is asked before anything is touched. */
export async function planDeployment(
  context: CommandContext,
  place: Place,
  topology: ResolvedDocker,
  { docker, engine, imageId }: ReadyMachine,
  request: DeploymentRequest,
): Promise<PlannedDeployment> {
  const { signal } = context;
  return runStep(context, "plan and policies", async (say) => {
    say("configuration and secrets");
    await prepareWorkspace(engine, place, signal);
    const beforeFirst = ({ name }: { name: string }): Promise<void> => refuseKeptData(docker, name, place);
    await ensureSecrets(engine, place, { topology, plain: { [IMAGE_KEY]: imageId }, signal, beforeFirst });
    await requireFreePorts(docker, topology);
    const stack = await openEngineStack(engine, place, inlineProgram);
    if (request.afterKilled) {
      const removed = await removeLeftovers(docker, stack, topologyNames(place.stack));
      if (removed.length > 0) context.err(`a run that was killed had left: ${removed.join(", ")}; removed`);
    }
    say("what would change");
    const refresh = request.refresh === true || (await lacksContainers(docker, topology));
    // The passwords are not needed before the plan is approved: decrypting them takes no time of its own here.
    const [plan, stored] = await Promise.all([
      previewPlan(stack, place, { policyPack: join(context.root, "policies"), refresh, signal }),
      readStored(engine, place, signal),
    ]);
    const world = { ...secretsOf(stored, topology, place), prefix: "" as const, place, docker, signal };
    if (plan.changes.length > 0)
      for (const each of worldsOf(world)) await checkParameters(docker, each.topology, imageId);
    const exportsOld = topology.data !== undefined && (await exportsOldSecret(engine, place, stored, signal));
    return { world, stack, plan, refresh, exportsOld };
  });
}
