import { join } from "node:path";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { disasterRecovery } from "../../components/gcp/disaster-recovery.ts";
import { DISASTER_RECOVERY_KEY, PROJECT, SUFFIX_KEY } from "../../config/keys.ts";
import { EXIT, PgtError } from "../../kernel/errors.ts";
import { cloudName } from "../../topology/names.ts";
import type { ResolvedGcp } from "../../topology/resolved-gcp.ts";
import type { CommandContext } from "../context.ts";
import { runStep } from "../run-step.ts";
import { backEndFixes } from "./back-end.ts";
import { suffixOf } from "./cloud-values.ts";
import { setConfiguration } from "./configuration-file.ts";
import { refuseViolations, updateResources } from "./converge.ts";
import { pastDeadEngine } from "./engine-lock.ts";
import { changesSince, refuseChanges, unforeseenChanges } from "./judge-changes.ts";
import { setUpCloud } from "./machine-parts.ts";
import { type CloudWorld, readCloud } from "./open-cloud.ts";
import type { Place } from "./place.ts";
import { adoptPendingCreates } from "./pending-creates.ts";
import { inlineProgram, type Plan, previewPlan } from "./plan.ts";
import { type Engine, runPulumi } from "./pulumi-command.ts";
import type { Wish } from "./read-wish.ts";
import { withRunLock } from "./run-lock.ts";
import { ensureSecrets } from "./secrets.ts";
import { openEngineStack, prepareWorkspace } from "./workspace.ts";

/** What a deployment to Cloud SQL did, for the last screen. */
export interface DeployedCloud {
  readonly place: Place;
  readonly world: CloudWorld;
  readonly plan: Plan;
  /** Key of the replica that was designated in this run to take over after a disaster. */
  readonly designated: string | undefined;
  readonly notes: readonly string[];
}

/**
 * Everything from the configuration file to instances that the cloud calls ready. What is there is looked at first: a disk
 * that has grown by itself, or a zone after a failover, would be sent back as the state remembers it, which the cloud
 * refuses for the disk, and follows for the zone.
 */
export async function deployCloud(context: CommandContext, wish: Wish<ResolvedGcp>): Promise<DeployedCloud> {
  const { place, topology } = wish;
  const { engine, notes } = await setUpCloud(context, place);
  await refuseFileBackEnd(engine, place, context.signal);
  return withRunLock(place, "up", async (run) => {
    const past = { afterKilled: run.afterKilled, signal: context.signal };
    const { stack, plan } = await planCloud(context, wish, engine, past);
    const update = { keepData: topology.keepData, signal: context.signal, refresh: true };
    await runStep(context, "deploy", async (say) => {
      if (plan.changes.length === 0) return;
      await pastDeadEngine(engine, place, { ...past, work: () => updateResources(place, stack, { ...update, say }) });
    });
    const world = await readCloud(context, engine, place, topology);
    const designated = await designate(context, wish, stack, world);
    return { place, world, plan, designated, notes };
  });
}

async function planCloud(
  context: CommandContext,
  wish: Wish<ResolvedGcp>,
  engine: Engine,
  past: { readonly afterKilled: boolean; readonly signal: AbortSignal },
): Promise<{ stack: Stack; plan: Plan }> {
  const { configuration, place, topology } = wish;
  const { signal } = context;
  const planned = await runStep(context, "plan and policies", async (say) => {
    say("configuration and secrets");
    await prepareWorkspace(engine, place, signal);
    const plain = { [SUFFIX_KEY]: suffixOf(configuration) };
    await ensureSecrets(engine, place, { topology, plain, signal, beforeFirst: () => Promise.resolve() });
    const stack = await openEngineStack(engine, place, inlineProgram);
    const work = (): Promise<readonly string[]> => adoptPendingCreates(engine, place, signal);
    const adopted = await pastDeadEngine(engine, place, { ...past, work });
    if (adopted.length > 0) context.err(`taking over what an earlier run was making: ${adopted.join(", ")}`);
    say("what would change");
    const policyPack = join(context.root, "policies");
    return { stack, plan: await previewPlan(stack, place, { policyPack, refresh: true, signal }) };
  });
  const changes = changesSince(planned.plan.before, wish);
  refuseChanges(context, wish, [...changes, ...unforeseenChanges(planned.plan, changes, wish)]);
  refuseViolations(context, planned.plan.findings);
  return planned;
}

/**
 * The second phase: a replica can be designated for a disaster only once it runs
 * (https://cloud.google.com/sql/docs/postgres/use-advanced-disaster-recovery). A plain `pulumi up` says that it is
 * pending; here it follows at once. The state learns of it from an update afterwards.
 * @returns the key of the replica, when it was not designated before
 */
async function designate(
  context: CommandContext,
  { configuration, place, topology }: Wish<ResolvedGcp>,
  stack: Stack,
  { project, suffix }: CloudWorld,
): Promise<string | undefined> {
  const key = `${PROJECT}:${DISASTER_RECOVERY_KEY}`;
  const written = configuration[key];
  const { candidate, designated } = disasterRecovery(topology, typeof written === "string" ? written : undefined);
  if (candidate === undefined) return undefined;
  const [{ isDesignated, designateReplica }, { cloudSqlSettings }] = await Promise.all([
    import("./designate-replica.ts"),
    import("../../verify/google-settings.ts"),
  ]);
  const api = { ...cloudSqlSettings(context.env), project, signal: context.signal };
  const [primary, replica] = [topology.primary, candidate].map(({ part }) => cloudName(topology.stack, part, suffix));
  const pair = { primary: primary ?? "", replica: replica ?? "" };
  if (designated !== undefined && (await isDesignated(api, pair))) return undefined;
  await runStep(context, "designate the replica for disaster recovery", async (say) => {
    say(pair.replica);
    await designateReplica(api, pair);
    await setConfiguration(place.configFile, { [key]: candidate.key });
    const { keepData } = topology;
    await updateResources(place, stack, { keepData, signal: context.signal, refresh: true, say });
  });
  return candidate.key;
}

/** State that lies on one machine is lost with it, and nobody else's run is locked out by it. */
async function refuseFileBackEnd(engine: Engine, place: Place, signal: AbortSignal): Promise<void> {
  const { url } = JSON.parse(await runPulumi(engine, place, ["whoami", "--json"], { signal })) as { url?: string };
  if (url?.startsWith("file://") !== true) return;
  throw new PgtError(`stack ${place.stack} has target gcp, and its state would be in ${url}`, {
    exitCode: EXIT.usage,
    fix: backEndFixes(place.stack),
  });
}
