import { join } from "node:path";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { IMAGE_KEY, TOPOLOGY_KEY } from "../../config/keys.ts";
import type { Change } from "../../topology/change.ts";
import { topologyNames } from "../../topology/names.ts";
import type { ResolvedDocker } from "../../topology/resolved-docker.ts";
import type { CommandContext } from "../context.ts";
import { runStep } from "../run-step.ts";
import {
  convergeServers,
  ensureFirstBackup,
  refuseViolations,
  startStopped,
  updateResources,
  type World,
  worldsOf,
} from "./converge.ts";
import type { RoleStep } from "./apply-roles.ts";
import { checkParameters } from "./check-parameters.ts";
import { configurationOf, readConfiguration, setConfiguration } from "./configuration-file.ts";
import { lacksContainers } from "./containers.ts";
import { clearEngineLock } from "./engine-lock.ts";
import { changesOfKept, changesSince, refuseChanges } from "./judge-changes.ts";
import { keptVolumes, refuseKeptData } from "./kept-data.ts";
import { removeLeftovers } from "./leftovers.ts";
import { type ReadyMachine, setUpMachine } from "./machine-parts.ts";
import type { Place } from "./place.ts";
import { inlineProgram, type Plan, previewPlan } from "./plan.ts";
import { requireFreePorts } from "./ports.ts";
import type { Wish } from "./read-wish.ts";
import { type LockedRun, withRunLock } from "./run-lock.ts";
import { ensureSecrets } from "./secrets.ts";
import { exportsOldSecret } from "./exported-secret.ts";
import { readStored, secretsOf } from "./stored-secrets.ts";
import { openEngineStack, prepareWorkspace } from "./workspace.ts";

/** What a deployment did, for the last screen. */
export interface Deployed {
  readonly world: World;
  readonly plan: Plan;
  /** Changes of roles, grants and slots, one line each. */
  readonly roleChanges: readonly string[];
  readonly firstBackup: boolean;
  /** What a user should know of the machine, as in "the stand-in plugin is used". */
  readonly notes: readonly string[];
}

/** Everything from the configuration file to healthy servers. The configuration is judged before anything is made. */
export async function deploy(context: CommandContext, wish: Wish<ResolvedDocker>): Promise<Deployed> {
  const machine = await setUpMachine(context, wish.place);
  return withRunLock(wish.place, "up", (run) => deployLocked(context, wish, machine, run));
}

async function deployLocked(
  context: CommandContext,
  wish: Wish<ResolvedDocker>,
  machine: ReadyMachine,
  run: LockedRun,
): Promise<Deployed> {
  const { place, topology } = wish;
  if (run.afterKilled) await clearEngineLock(place, context.signal);
  const shape = configurationOf(await readConfiguration(place.configFile))[TOPOLOGY_KEY];
  let planned: Planned;
  try {
    planned = await planDeployment(context, place, topology, machine, run);
    const { before, findings } = planned.plan;
    const ofKept = before === undefined ? await changesOfVolumes(planned.world, shape) : [];
    refuseChanges(context, wish, [...ofKept, ...changesSince(before, wish)]);
    refuseViolations(context, findings);
  } catch (error) {
    // What was refused is not what runs: status and psql go by this file.
    if (place.local && shape !== undefined) await setConfiguration(place.configFile, { [TOPOLOGY_KEY]: shape });
    throw error;
  }
  const { exportsOld, world, stack, plan, refresh } = planned;
  const worlds = worldsOf(world);
  const roleChanges = await runStep(context, "deploy", async (say) => {
    const { keepData } = topology;
    if (plan.changes.length > 0 || exportsOld)
      await updateResources(place, stack, { keepData, refresh, say, signal: context.signal });
    const steps: RoleStep[] = [];
    for (const each of worlds) {
      await startStopped(each);
      steps.push(...(await convergeServers(each, say)));
    }
    return steps;
  });
  const firstBackup = await runStep(context, "backups", async (say) => {
    let isFirst = false;
    for (const each of worlds) isFirst = (await ensureFirstBackup(each, say)) || isFirst;
    return isFirst;
  });
  return { world, plan, roleChanges: roleChanges.map(({ summary }) => summary), firstBackup, notes: machine.notes };
}

/** What would be lost of volumes that an earlier topology of a local stack has left. @param shape what it was */
async function changesOfVolumes({ place, topology, docker }: World, shape: unknown): Promise<readonly Change[]> {
  const isKept = place.local && (await keptVolumes(docker, topologyNames(place.stack))).length > 0;
  return isKept ? changesOfKept(shape, topology) : [];
}

/** A plan whose parameters PostgreSQL itself has let through. */
interface Planned {
  readonly world: World;
  readonly stack: Stack;
  readonly plan: Plan;
  readonly refresh: boolean;
  /** What the stack exports has changed, although no resource has. */
  readonly exportsOld: boolean;
}

/** Everything that is asked before anything is touched. */
async function planDeployment(
  context: CommandContext,
  place: Place,
  topology: ResolvedDocker,
  { docker, engine, imageId }: ReadyMachine,
  run: LockedRun,
): Promise<Planned> {
  const { signal } = context;
  return runStep(context, "plan and policies", async (say) => {
    say("configuration and secrets");
    await prepareWorkspace(engine, place, signal);
    const beforeFirst = ({ name }: { name: string }): Promise<void> => refuseKeptData(docker, name, place);
    await ensureSecrets(engine, place, { topology, plain: { [IMAGE_KEY]: imageId }, signal, beforeFirst });
    await requireFreePorts(docker, topology);
    const stack = await openEngineStack(engine, place, inlineProgram);
    if (run.afterKilled) {
      const removed = await removeLeftovers(docker, stack, topologyNames(place.stack));
      if (removed.length > 0) context.err(`a run that was killed had left: ${removed.join(", ")}; removed`);
    }
    say("what would change");
    const refresh = await lacksContainers(docker, topology);
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
