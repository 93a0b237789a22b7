import type { ResolvedDigitalOcean } from "../../topology/resolved-digitalocean.ts";
import type { CommandContext } from "../context.ts";
import { convergeData, convergeManaged } from "../data-host/converge-databases.ts";
import { deliverHost, waitForHost } from "../data-host/deliver-host.ts";
import { deliveryOf } from "../data-host/delivery.ts";
import { ensureFirstExport, ensureFirstHostBackup } from "../data-host/first-backup.ts";
import { openHost } from "../data-host/open-host.ts";
import { finishBootstrap } from "../data-host/reach-host.ts";
import { runStep } from "../run-step.ts";
import type { RoleStep } from "./apply-roles.ts";
import { type DigitalOceanWorld, readDigitalOcean } from "./open-digitalocean.ts";
import type { Plan } from "./plan.ts";
import type { Wish } from "./read-wish.ts";
import { type CloudUpdate, type UpdatedCloud, updateCloud } from "./update-cloud.ts";

/** What a deployment to DigitalOcean did, for the last screen. */
export interface DeployedDigitalOcean {
  readonly world: DigitalOceanWorld;
  readonly plan: Plan;
  readonly notes: readonly string[];
  /** `undefined` without a data host, through which the rest is done. */
  readonly configured: ConfiguredHost | undefined;
}

/** What was done over SSH. */
export interface ConfiguredHost {
  /** Paths on the data host that were written. */
  readonly written: readonly string[];
  readonly roleSteps: readonly RoleStep[];
  readonly firstBackup: boolean;
  readonly firstExport: boolean;
}

/** Everything from the configuration file to two databases that have what they need. */
export function deployDigitalOcean(
  context: CommandContext,
  wish: Wish<ResolvedDigitalOcean>,
  { takesOver }: Pick<CloudUpdate<unknown>, "takesOver"> = {},
): Promise<DeployedDigitalOcean> {
  const { place, topology } = wish;
  const after = async ({ engine, notes, plan }: UpdatedCloud): Promise<DeployedDigitalOcean> => {
    const world = await readDigitalOcean(context, engine, place, topology);
    if (topology.dataHost === undefined) return { world, plan, notes, configured: undefined };
    const { hostKey, ...configured } = await configure(context, world);
    // What follows must meet the same host.
    return { world: { ...world, hostKey }, plan, notes, configured };
  };
  return updateCloud(context, wish, { after, takesOver });
}

/** Each part can be done again: a run that broke off is finished by the next. */
async function configure(
  context: CommandContext,
  world: DigitalOceanWorld,
): Promise<ConfiguredHost & { readonly hostKey: string }> {
  const { signal } = context;
  return runStep(context, "data host, roles and grants", async (say) => {
    say("SSH");
    const session = await openHost(context, world);
    try {
      await finishBootstrap(session, say);
      say("configuration");
      const written = await deliverHost(session, deliveryOf(world, context.root, new Date()));
      say("data database");
      await waitForHost(session, "primary", signal);
      const data = await convergeData(session, world, { apply: true, signal });
      if (world.topology.dataHost?.server.pooling !== undefined) await waitForHost(session, "pooler", signal);
      say("managed primary");
      const managed = await convergeManaged(session, world, { apply: true, signal });
      const firstBackup = await ensureFirstHostBackup(session, world, say);
      const firstExport = await ensureFirstExport(session, world, say);
      return { written, roleSteps: [...data, ...managed], firstBackup, firstExport, hostKey: session.hostKey };
    } finally {
      session.end();
    }
  });
}
