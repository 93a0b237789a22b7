import { join } from "node:path";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { SUFFIX_KEY } from "../../config/keys.ts";
import { EXIT, PgtError } from "../../kernel/errors.ts";
import type { ResolvedDigitalOcean } from "../../topology/resolved-digitalocean.ts";
import type { ResolvedGcp } from "../../topology/resolved-gcp.ts";
import type { CommandContext } from "../context.ts";
import { runStep } from "../run-step.ts";
import { backEndFixes } from "./back-end.ts";
import { suffixOf } from "./cloud-values.ts";
import { refuseViolations, updateResources } from "./converge.ts";
import { pastDeadEngine } from "./engine-lock.ts";
import { fileBackEnd } from "./file-back-end.ts";
import { exportsOldSecret } from "./exported-secret.ts";
import { isAsExported } from "./exported-topology.ts";
import { changesBeyond, changesOf, refuseChanges } from "./judge-changes.ts";
import { setUpCloud } from "./machine-parts.ts";
import { adoptPendingCreates } from "./pending-creates.ts";
import { inlineProgram, type Plan, previewPlan } from "./plan.ts";
import type { Engine } from "./pulumi-command.ts";
import type { Wish } from "./read-wish.ts";
import { findUnknown, takeOver, unknownError } from "./take-over.ts";
import { withRunLock } from "./run-lock.ts";
import { ensureSecrets } from "./secrets.ts";
import { readStored } from "./stored-secrets.ts";
import { openEngineStack, prepareWorkspace } from "./workspace.ts";

/** A topology in a cloud. */
export type ResolvedCloud = ResolvedGcp | ResolvedDigitalOcean;

/** A stack whose resources are what was asked for. */
export interface UpdatedCloud {
  readonly engine: Engine;
  readonly stack: Stack;
  readonly plan: Plan;
  readonly notes: readonly string[];
}

/** What an update is for. */
export interface CloudUpdate<T> {
  /** What is done with the resources while the stack is still locked. */
  readonly after: (updated: UpdatedCloud) => Promise<T>;
  /** Whether what is there by name, and not in the state, is taken over; refused unless told. */
  readonly takesOver?: boolean | undefined;
}

/**
 * Everything from the configuration file to resources that the cloud calls ready. What is there is looked at first: a disk
 * that has grown by itself, or a zone after a failover, would be sent back as the state remembers it, which a cloud
 * refuses for the disk, and follows for the zone.
 */
export async function updateCloud<T>(
  context: CommandContext,
  wish: Wish<ResolvedCloud>,
  { after, takesOver = false }: CloudUpdate<T>,
): Promise<T> {
  const { place, topology } = wish;
  const { engine, notes } = await setUpCloud(context, place, topology.target);
  await refuseFileBackEnd(engine, wish, context.signal);
  return withRunLock(place, "up", async (run) => {
    const past = { afterKilled: run.afterKilled, takesOver, signal: context.signal };
    const { exportsOld, stack, plan } = await planCloud(context, wish, engine, past);
    const update = { keepData: topology.keepData, signal: context.signal, refresh: true };
    await runStep(context, "deploy", async (say) => {
      if (plan.changes.length === 0 && !exportsOld && isAsExported(plan.before, topology)) return;
      await pastDeadEngine(engine, place, { ...past, work: () => updateResources(place, stack, { ...update, say }) });
    });
    return after({ engine, stack, plan, notes });
  });
}

/** What is asked before anything is touched. */
interface Planned {
  readonly stack: Stack;
  readonly plan: Plan;
  /** What the stack exports has changed, although no resource has. */
  readonly exportsOld: boolean;
}

async function planCloud(
  context: CommandContext,
  wish: Wish<ResolvedCloud>,
  engine: Engine,
  past: { readonly afterKilled: boolean; readonly takesOver: boolean; readonly signal: AbortSignal },
): Promise<Planned> {
  const { configuration, place, topology } = wish;
  const { signal } = context;
  const suffix = suffixOf(configuration);
  const planned = await runStep(context, "plan and policies", async (say) => {
    say("configuration and secrets");
    await prepareWorkspace(engine, place, signal);
    const plain = { [SUFFIX_KEY]: suffix };
    await ensureSecrets(engine, place, { topology, plain, signal, beforeFirst: () => Promise.resolve() });
    const stack = await openEngineStack(engine, place, inlineProgram);
    const work = (): Promise<readonly string[]> => adoptPendingCreates(engine, place, signal);
    const adopted = await pastDeadEngine(engine, place, { ...past, work });
    if (adopted.length > 0) context.err(`taking over what an earlier run was making: ${adopted.join(", ")}`);
    say("what would change");
    const policyPack = join(context.root, "policies");
    const plan = await previewPlan(stack, place, { policyPack, refresh: true, signal });
    const stored = hasAuthSecret(topology) ? await readStored(engine, place, signal) : new Map<string, string>();
    return { stack, plan, exportsOld: await exportsOldSecret(engine, place, stored, signal) };
  });
  const changes = changesOf(planned.plan, wish);
  refuseChanges(context, wish, [...changes, ...changesBeyond(planned.plan, changes)]);
  refuseViolations(context, planned.plan.findings);
  if (topology.target !== "digitalocean") return planned;
  const { changes: creates } = planned.plan;
  const known = { engine, place, topology, suffix, changes: creates };
  const things = await findUnknown(context, known);
  if (things.length === 0) return planned;
  if (!past.takesOver) throw unknownError(known, things);
  await runStep(context, "take over what is there", (say) => takeOver(context, known, things, say));
  return planCloud(context, wish, engine, { ...past, takesOver: false });
}

function hasAuthSecret(topology: ResolvedCloud): boolean {
  return topology.target === "digitalocean" && topology.dataHost !== undefined;
}

async function refuseFileBackEnd(
  engine: Engine,
  { place, topology }: Wish<ResolvedCloud>,
  signal: AbortSignal,
): Promise<void> {
  const url = await fileBackEnd(engine, place, signal);
  if (url === undefined) return;
  throw new PgtError(`stack ${place.stack} has target ${topology.target}, and its state would be in ${url}`, {
    exitCode: EXIT.usage,
    fix: backEndFixes(place.stack),
  });
}
