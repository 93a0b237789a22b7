import { join } from "node:path";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { TOPOLOGY_KEY } from "../../config/keys.ts";
import { parseTopology } from "../../config/parse.ts";
import type { ResolvedTopology } from "../../topology/resolved.ts";
import type { CommandContext } from "../context.ts";
import { runStep } from "../run-step.ts";
import {
  convergeServers,
  ensureFirstBackup,
  startStopped,
  updateResources,
  violationError,
  type World,
} from "./converge.ts";
import { checkParameters } from "./check-parameters.ts";
import { configurationOf, readConfiguration, setConfiguration } from "./configuration-file.ts";
import { lacksContainers } from "./containers.ts";
import { clearEngineLock } from "./engine-lock.ts";
import { refuseKeptData } from "./kept-data.ts";
import { removeLeftovers } from "./leftovers.ts";
import { type ReadyMachine, setUpMachine } from "./machine-parts.ts";
import { type Place, placeOf, type StackOptions } from "./place.ts";
import { inlineProgram, type Plan, previewPlan } from "./plan.ts";
import { requireFreePorts } from "./ports.ts";
import { refuseRename } from "./refuse-rename.ts";
import { type LockedRun, withRunLock } from "./run-lock.ts";
import { ensureSecrets } from "./secrets.ts";
import { readStored, secretsOf } from "./stored-secrets.ts";
import { openEngineStack, prepareWorkspace, requireSource } from "./workspace.ts";

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
export async function deploy(context: CommandContext, options: StackOptions): Promise<Deployed> {
  const place = placeOf(context, options);
  const source = await requireSource(place);
  const topology = parseTopology(source[TOPOLOGY_KEY], place.stack, place.sourceFile);
  const machine = await setUpMachine(context, place);
  return withRunLock(place, "up", (run) => deployLocked(context, place, topology, machine, run));
}

async function deployLocked(
  context: CommandContext,
  place: Place,
  topology: ResolvedTopology,
  machine: ReadyMachine,
  run: LockedRun,
): Promise<Deployed> {
  if (run.afterKilled) await clearEngineLock(place, context.signal);
  const shape = configurationOf(await readConfiguration(place.configFile))[TOPOLOGY_KEY];
  refuseRename(place, topology, shape);
  let planned: Planned;
  try {
    planned = await planDeployment(context, place, topology, machine, run);
  } catch (error) {
    // What was refused is not what runs: status and psql go by this file.
    if (place.local && shape !== undefined) await setConfiguration(place.configFile, { [TOPOLOGY_KEY]: shape });
    throw error;
  }
  const { world, stack, plan, refresh } = planned;
  const roleChanges = await runStep(context, "deploy", async (say) => {
    if (plan.changes.length > 0) await updateResources(world, stack, { refresh, say });
    await startStopped(world);
    return convergeServers(world, say);
  });
  const firstBackup = await runStep(context, "backups", (say) => ensureFirstBackup(world, say));
  return { world, plan, roleChanges: roleChanges.map(({ summary }) => summary), firstBackup, notes: machine.notes };
}

/** A plan that the policies and PostgreSQL itself have let through. */
interface Planned {
  readonly world: World;
  readonly stack: Stack;
  readonly plan: Plan;
  readonly refresh: boolean;
}

/** Everything that is asked before anything is touched. */
async function planDeployment(
  context: CommandContext,
  place: Place,
  topology: ResolvedTopology,
  { docker, engine, imageId }: ReadyMachine,
  run: LockedRun,
): Promise<Planned> {
  const { signal } = context;
  const planned = await runStep(context, "plan and policies", async (say) => {
    say("configuration and secrets");
    await prepareWorkspace(engine, place, signal);
    const beforeFirst = (): Promise<void> => refuseKeptData(docker, topology.name, place);
    await ensureSecrets(engine, place, { topology, imageId, signal, beforeFirst });
    await requireFreePorts(docker, topology);
    const stack = await openEngineStack(engine, place, inlineProgram);
    if (run.afterKilled) {
      const removed = await removeLeftovers(docker, stack, topology.name);
      if (removed.length > 0) context.err(`a run that was killed had left: ${removed.join(", ")}; removed`);
    }
    say("what would change");
    const refresh = await lacksContainers(docker, topology);
    // The passwords are not needed before the plan is approved: decrypting them takes no time of its own here.
    const [plan, stored] = await Promise.all([
      previewPlan(stack, place, { policyPack: join(context.root, "policies"), refresh, signal }),
      readStored(engine, place, signal),
    ]);
    if (plan.changes.length > 0) await checkParameters(docker, topology, imageId);
    const secrets = secretsOf(stored, topology, place);
    return { world: { place, topology, secrets, docker, signal }, stack, plan, refresh };
  });
  const { findings } = planned.plan;
  for (const finding of findings.filter(({ mandatory }) => !mandatory)) context.err(`advice: ${finding.message}`);
  const violations = findings.filter(({ mandatory }) => mandatory);
  if (violations.length > 0) throw violationError(violations.map(({ message }) => message));
  return planned;
}
