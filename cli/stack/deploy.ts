import { TOPOLOGY_KEY } from "../../config/keys.ts";
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
import { configurationOf, readConfiguration, setConfiguration } from "./configuration-file.ts";
import { clearEngineLock } from "./engine-lock.ts";
import { changesBeyond, changesOf, refuseChanges } from "./judge-changes.ts";
import { type ReadyMachine, setUpMachine } from "./machine-parts.ts";
import type { Plan } from "./plan.ts";
import { changesOfVolumes, planDeployment, type PlannedDeployment } from "./plan-deployment.ts";
import type { Wish } from "./read-wish.ts";
import { type LockedRun, withRunLock } from "./run-lock.ts";
import { isAsExported } from "./exported-topology.ts";

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

/** How {@link deploy} works. */
export interface DeployOptions {
  /** Looks at what is really there before it plans, also where nothing seems to be missing. */
  readonly refresh: boolean;
}

/** Everything from the configuration file to healthy servers. The configuration is judged before anything is made. */
export async function deploy(
  context: CommandContext,
  wish: Wish<ResolvedDocker>,
  { refresh }: DeployOptions = { refresh: false },
): Promise<Deployed> {
  const machine = await setUpMachine(context, wish.place);
  return withRunLock(wish.place, "up", (run) => deployLocked(context, wish, machine, { ...run, refresh }));
}

async function deployLocked(
  context: CommandContext,
  wish: Wish<ResolvedDocker>,
  machine: ReadyMachine,
  run: LockedRun & DeployOptions,
): Promise<Deployed> {
  const { place, topology } = wish;
  if (run.afterKilled) await clearEngineLock(place, context.signal);
  const shape = configurationOf(await readConfiguration(place.configFile))[TOPOLOGY_KEY];
  let planned: PlannedDeployment;
  try {
    planned = await planDeployment(context, place, topology, machine, run);
    const { before, findings } = planned.plan;
    const ofKept = before === undefined ? await changesOfVolumes(planned.world, shape) : [];
    const changes = [...ofKept, ...changesOf(planned.plan, wish)];
    refuseChanges(context, wish, [...changes, ...changesBeyond(planned.plan, changes)]);
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
    if (plan.changes.length > 0 || exportsOld || !isAsExported(plan.before, topology))
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
