import type { CommandContext } from "./context.ts";
import { rolesOutcome } from "./roles-outcome.ts";
import { runStep } from "./run-step.ts";
import type { RoleStep } from "./stack/apply-roles.ts";
import type { CloudWorld } from "./stack/open-cloud.ts";

/** Applies or plans roles and grants on Cloud SQL from this machine, with progress on stderr. */
export function convergeCloudWithProgress(
  context: CommandContext,
  world: CloudWorld,
  apply: boolean,
): Promise<readonly RoleStep[]> {
  return runStep(
    context,
    "roles and grants",
    async () => {
      const [{ convergeCloudRoles }, { cloudSqlSettings }] = await Promise.all([
        import("./stack/converge-cloud-roles.ts"),
        import("../verify/google-settings.ts"),
      ]);
      return convergeCloudRoles(world, { api: cloudSqlSettings(context.env), apply, signal: context.signal });
    },
    rolesOutcome(apply),
  );
}
