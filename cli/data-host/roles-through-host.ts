import type { CommandContext } from "../context.ts";
import { rolesOutcome } from "../roles-outcome.ts";
import { runStep } from "../run-step.ts";
import type { RoleStep } from "../stack/apply-roles.ts";
import type { DigitalOceanWorld } from "../stack/open-digitalocean.ts";
import { convergeData, convergeManaged } from "./converge-databases.ts";
import { openHost } from "./open-host.ts";

/** Applies or plans roles and grants of both databases through the data host, with progress on stderr. */
export function convergeThroughHost(
  context: CommandContext,
  world: DigitalOceanWorld,
  apply: boolean,
): Promise<readonly RoleStep[]> {
  return runStep(
    context,
    "roles and grants",
    async (say) => {
      say("SSH");
      const session = await openHost(context, world);
      try {
        const options = { apply, signal: context.signal };
        say("managed primary");
        const managed = await convergeManaged(session, world, options);
        say("data database");
        return [...managed, ...(await convergeData(session, world, options))];
      } finally {
        session.end();
      }
    },
    rolesOutcome(apply),
  );
}
