import type { Command } from "commander";
import { EXIT, type ExitCode, PgtError } from "../../kernel/errors.ts";
import type { CommandContext } from "../context.ts";
import type { RoleStep } from "../stack/apply-roles.ts";
import type { StackOptions } from "../stack/place.ts";
import { addStackOptions, type Vantage, vantageOption } from "../stack-options.ts";

interface RolesOptions extends StackOptions {
  readonly apply?: boolean;
  readonly json?: boolean;
  readonly vantage?: Vantage;
}

const HELP = `
On Cloud SQL it takes a machine inside the VPC. Memberships of users are changed through the Admin API, the rest by SQL.
Exit code 1 without --apply when something differs.
Examples:
  pgt roles
  pgt roles --apply
  pgt roles --stack prod --vantage inside --apply`;

/** `pgt roles`: what differs from the planned roles, grants and slots, and with `--apply` no longer does. */
export function defineRoles(program: Command, context: CommandContext, done: (code: ExitCode) => void): void {
  addStackOptions(program.command("roles"))
    .description("show how roles, grants and replication slots differ from the plan; --apply mends it")
    .option("--apply", "carry the plan out")
    .addOption(vantageOption())
    .option("--json", "print the steps as JSON")
    .addHelpText("after", HELP)
    .action(async (options: RolesOptions) => {
      const steps = await convergeStack(context, options);
      const lines = steps.map(({ database, summary }) => ({ database, summary }));
      if (options.json === true)
        context.out(JSON.stringify({ applied: options.apply === true, steps: lines }, null, 2));
      else if (lines.length === 0) context.out("Roles, grants and slots are as planned.");
      else
        for (const { database, summary } of lines)
          context.out(`${options.apply === true ? "done" : "differs"}: ${database}: ${summary}`);
      done(steps.length > 0 && options.apply !== true ? EXIT.failed : EXIT.ok);
    });
}

async function convergeStack(context: CommandContext, options: RolesOptions): Promise<readonly RoleStep[]> {
  const apply = options.apply === true;
  const { placeOf } = await import("../stack/place.ts");
  // A stack on this machine is as its last up made it, not as it has been edited since.
  if (!placeOf(context, options).local) {
    const { readWish } = await import("../stack/read-wish.ts");
    const wish = await readWish(context, options);
    const { topology } = wish;
    if (topology.target === "gcp") {
      if (options.vantage !== "inside") throw noVantage(options);
      const { openCloud } = await import("../stack/open-cloud.ts");
      const { convergeCloudWithProgress } = await import("../cloud-roles.ts");
      return convergeCloudWithProgress(context, await openCloud(context, { ...wish, topology }), apply);
    }
  }
  const { openWorld } = await import("../stack/open-stack.ts");
  const { convergeRoles } = await import("../stack/converge.ts");
  return convergeRoles(await openWorld(context, options), apply);
}

function noVantage({ stack, vantage }: RolesOptions): PgtError {
  const why = vantage === undefined ? "the servers have private addresses only" : "the job in the VPC only verifies";
  return new PgtError(`stack ${stack} is on Cloud SQL: ${why}`, {
    exitCode: EXIT.usage,
    fix: [`Run "./pgt roles --stack ${stack} --vantage inside" on a machine inside the VPC.`],
  });
}
