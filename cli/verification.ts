import type { VerifyReport } from "../verify/report.ts";
import type { CommandContext } from "./context.ts";
import type { WayChoice } from "./data-host/open-way.ts";
import { runStep } from "./run-step.ts";
import type { World } from "./stack/converge.ts";
import type { DigitalOceanWorld } from "./stack/open-digitalocean.ts";
import type { CloudPlace, CloudWorld } from "./stack/open-cloud.ts";

/** Verifies a running topology, with progress on stderr. */
export function verifyWithProgress(
  context: CommandContext,
  world: World,
  options: { deep: boolean },
): Promise<VerifyReport> {
  return runStep(
    context,
    "verify",
    async () => {
      const { verifyTopology } = await import("../verify/run.ts");
      return verifyTopology({ ...world, deep: options.deep });
    },
    outcome,
  );
}

/** Verifies a topology on Cloud SQL from this machine. */
export function verifyCloudWithProgress(
  context: CommandContext,
  world: CloudWorld,
  vantage: "inside" | undefined,
): Promise<VerifyReport> {
  return runStep(
    context,
    "verify",
    async () => {
      const [{ verifyCloud }, { cloudSqlSettings }] = await Promise.all([
        import("../verify/run-cloud.ts"),
        import("../verify/google-settings.ts"),
      ]);
      const { passwords, project, suffix, topology } = world;
      const api = cloudSqlSettings(context.env);
      return verifyCloud({ topology, project, suffix, passwords, api, vantage, signal: context.signal });
    },
    outcome,
  );
}

/**
 * Verifies a stack on DigitalOcean: by the API, and by SQL through its data host, or from inside the VPC. Where neither
 * leads to the databases, what only they can tell is unknown.
 */
export function verifyDigitalOceanWithProgress(
  context: CommandContext,
  world: DigitalOceanWorld,
  options: { readonly deep: boolean; readonly vantage: WayChoice },
): Promise<VerifyReport> {
  return runStep(
    context,
    "verify",
    async (say) => {
      const [{ verifyDigitalOcean }, { digitalOceanSettings }, { openWay }] = await Promise.all([
        import("../verify/run-digitalocean.ts"),
        import("../verify/digitalocean-api.ts"),
        import("./data-host/open-way.ts"),
      ]);
      const { dataSecrets, delivery, outputs, topology } = world;
      const { way, close } = await openWay(context, world, options.vantage, say);
      try {
        return await verifyDigitalOcean({
          topology,
          outputs,
          place: {
            clusterId: delivery.clusterId,
            replicaIds: delivery.replicaIds,
            dropletId: delivery.dataHost?.dropletId,
          },
          passwords: delivery.passwords,
          dataSecrets,
          api: digitalOceanSettings(context.env),
          way,
          deep: options.deep,
          signal: context.signal,
        });
      } finally {
        close();
      }
    },
    outcome,
  );
}

/** Has the stack's own Cloud Run job verify it, which takes no password here. */
export function verifyByJobWithProgress(context: CommandContext, place: CloudPlace): Promise<VerifyReport> {
  return runStep(
    context,
    "verify by the job in the VPC",
    async (say) => {
      const [{ verifyByJob }, { googleSettings }] = await Promise.all([
        import("../verify/run-job.ts"),
        import("../verify/google-settings.ts"),
      ]);
      const { project, suffix, topology } = place;
      return verifyByJob({ topology, project, suffix, api: googleSettings(context.env), signal: context.signal, say });
    },
    outcome,
  );
}

/** The tick says that it was done, not that all is well. */
function outcome({ counts: { fail, unknown } }: VerifyReport): string {
  return fail + unknown === 0 ? "" : `: ${fail} fail, ${unknown} unknown`;
}
