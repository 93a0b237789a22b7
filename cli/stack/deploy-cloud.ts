import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { disasterRecovery } from "../../components/gcp/disaster-recovery.ts";
import { DISASTER_RECOVERY_KEY, PROJECT } from "../../config/keys.ts";
import { cloudName } from "../../topology/names.ts";
import type { ResolvedGcp } from "../../topology/resolved-gcp.ts";
import type { CommandContext } from "../context.ts";
import { runStep } from "../run-step.ts";
import { setConfiguration } from "./configuration-file.ts";
import { updateResources } from "./converge.ts";
import { type CloudWorld, readCloud } from "./open-cloud.ts";
import type { Place } from "./place.ts";
import type { Plan } from "./plan.ts";
import type { Wish } from "./read-wish.ts";
import { updateCloud } from "./update-cloud.ts";

/** What a deployment to Cloud SQL did, for the last screen. */
export interface DeployedCloud {
  readonly place: Place;
  readonly world: CloudWorld;
  readonly plan: Plan;
  /** Key of the replica that was designated in this run to take over after a disaster. */
  readonly designated: string | undefined;
  readonly notes: readonly string[];
}

/** Everything from the configuration file to instances that the cloud calls ready. */
export function deployCloud(context: CommandContext, wish: Wish<ResolvedGcp>): Promise<DeployedCloud> {
  const { place, topology } = wish;
  return updateCloud(context, wish, {
    after: async ({ engine, stack, plan, notes }) => {
      const world = await readCloud(context, engine, place, topology);
      const designated = await designate(context, wish, stack, world);
      return { place, world, plan, designated, notes };
    },
  });
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
