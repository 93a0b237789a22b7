import { join } from "node:path";
import { SUFFIX_KEY, TOPOLOGY_KEY } from "../../config/keys.ts";
import { EXIT, PgtError } from "../../kernel/errors.ts";
import type { Change } from "../../topology/change.ts";
import type { ResolvedTopology } from "../../topology/resolved.ts";
import type { ResolvedDocker } from "../../topology/resolved-docker.ts";
import type { CommandContext } from "../context.ts";
import { runStep } from "../run-step.ts";
import { suffixOf } from "../stack/cloud-values.ts";
import { configurationOf, readConfiguration } from "../stack/configuration-file.ts";
import { changesOf } from "../stack/judge-changes.ts";
import { setUpCloud, setUpMachine } from "../stack/machine-parts.ts";
import { type ExportedState, withPendingAdopted } from "../stack/pending-creates.ts";
import { inlineProgram, type Plan, previewPlan } from "../stack/plan.ts";
import { changesOfVolumes, planDeployment } from "../stack/plan-deployment.ts";
import { runPulumi } from "../stack/pulumi-command.ts";
import type { Wish } from "../stack/read-wish.ts";
import { requireNoRun } from "../stack/run-lock.ts";
import { ensureSecrets } from "../stack/secrets.ts";
import { findUnknown, unknownError } from "../stack/take-over.ts";
import type { ResolvedCloud } from "../stack/update-cloud.ts";
import { openEngineStack, prepareWorkspace } from "../stack/workspace.ts";
import type { PlannedPreview } from "./planned-preview.ts";
import { type Scratch, withScratch } from "./scratch-place.ts";
import { unseenOfState } from "./unseen-of-state.ts";

const KILLED = "a run of pgt was killed: what it left half-made, and the state does not know, is not in this plan";

/** Asks the engine what `pgt up` would do, after a look at what is really there; nothing is written. */
export async function planByEngine(context: CommandContext, wish: Wish): Promise<PlannedPreview> {
  const { afterKilled } = await requireNoRun(wish.place);
  const planned = await planTarget(context, wish);
  // A run that began meanwhile has changed what was looked at.
  await requireNoRun(wish.place);
  const source = "the engine's plan, after a look at what is really there";
  return { ...planned, source, unseen: [...(afterKilled ? [KILLED] : []), ...planned.unseen] };
}

function planTarget(context: CommandContext, wish: Wish): Promise<Omit<PlannedPreview, "source">> {
  const { topology } = wish;
  return topology.target === "docker"
    ? planOnDocker(context, { ...wish, topology })
    : planInCloud(context, { ...wish, topology });
}

async function planOnDocker(
  context: CommandContext,
  wish: Wish<ResolvedDocker>,
): Promise<Omit<PlannedPreview, "source">> {
  const machine = await setUpMachine(context, wish.place);
  return withScratch(machine.engine, wish.place, context.signal, async ({ engine, place }) => {
    const shape = configurationOf(await readConfiguration(place.configFile))[TOPOLOGY_KEY];
    const request = { afterKilled: false, refresh: true };
    const planned = await couldPlan(() =>
      planDeployment(context, place, wish.topology, { ...machine, engine }, request),
    );
    const { plan, world } = planned;
    const isOwn = plan.before === undefined && wish.place.local;
    const ofKept = isOwn ? await changesOfVolumes(world, shape) : [];
    return plannedPreview(plan, [...ofKept, ...changesOf(plan, wish)], wish.topology);
  });
}

async function planInCloud(
  context: CommandContext,
  wish: Wish<ResolvedCloud>,
): Promise<Omit<PlannedPreview, "source">> {
  const { engine } = await setUpCloud(context, wish.place, wish.topology.target);
  const ofState = await unseenOfState(engine, wish.place, context.signal);
  return withScratch(engine, wish.place, context.signal, (scratch) =>
    runStep(context, "plan and policies", async (say) => {
      const suffix = suffixOf(wish.configuration);
      const { plan, pending } = await couldPlan(() => planCloud(context, wish, scratch, suffix, say));
      const planned = plannedPreview(plan, changesOf(plan, wish), wish.topology);
      const lost = pending.map((name) => `whether ${name} is there: an earlier run broke off at it`);
      return { ...planned, unseen: [...ofState, ...lost] };
    }),
  );
}

async function planCloud(
  context: CommandContext,
  { topology }: Wish<ResolvedCloud>,
  { engine, place }: Scratch,
  suffix: string,
  say: (line: string) => void,
): Promise<{ readonly plan: Plan; readonly pending: readonly string[] }> {
  const { signal } = context;
  say("configuration and secrets");
  await prepareWorkspace(engine, place, signal);
  const beforeFirst = (): Promise<void> => Promise.resolve();
  await ensureSecrets(engine, place, { topology, plain: { [SUFFIX_KEY]: suffix }, signal, beforeFirst });
  const stack = await openEngineStack(engine, place, inlineProgram);
  const state = JSON.parse(await runPulumi(engine, place, ["stack", "export"], { signal })) as ExportedState;
  say("what would change");
  const policyPack = join(context.root, "policies");
  const plan = await previewPlan(stack, place, { policyPack, refresh: true, signal });
  if (topology.target === "digitalocean") {
    const known = { engine, place, topology, suffix, changes: plan.changes };
    const things = await findUnknown(context, known);
    if (things.length > 0) throw unknownError(known, things);
  }
  return { plan, pending: withPendingAdopted(state).adopted };
}

/** What fails is the look, and nothing that was planned. */
async function couldPlan<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof PgtError) || error.exitCode !== EXIT.failed) throw error;
    throw new PgtError(error.message, { exitCode: EXIT.couldNotCheck, fix: error.fix, cause: error });
  }
}

function plannedPreview(
  { before, findings, labelled }: Plan,
  wish: readonly Change[],
  after: ResolvedTopology,
): Omit<PlannedPreview, "source"> {
  return { wish, plan: labelled, findings, before, after, unseen: [], couldNotCheck: [], unjudged: [] };
}
