import type { Command } from "commander";
import { EXIT, type ExitCode, PgtError } from "../../kernel/errors.ts";
import type { ResolvedDigitalOcean } from "../../topology/resolved-digitalocean.ts";
import type { ResolvedGcp } from "../../topology/resolved-gcp.ts";
import type { CommandContext } from "../context.ts";
import type { RoleStep } from "../stack/apply-roles.ts";
import type { StackOptions } from "../stack/place.ts";
import type { Wish } from "../stack/read-wish.ts";
import { addStackOptions, type Vantage, vantageOption } from "../stack-options.ts";

interface RolesOptions extends StackOptions {
  readonly apply?: boolean;
  readonly json?: boolean;
  readonly vantage?: Vantage;
}

const HELP = `
On Cloud SQL it takes a machine inside the VPC. Memberships of users are changed through the Admin API, the rest by SQL.
On DigitalOcean both databases are reached over SSH, through the data host: with a key of an agent, or in PGT_SSH_KEY.
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
      const lines = steps.map(({ server, database, summary }) => ({ server, database, summary }));
      if (options.json === true)
        context.out(JSON.stringify({ applied: options.apply === true, steps: lines }, null, 2));
      else if (lines.length === 0) context.out("Roles, grants and slots are as planned.");
      else
        for (const { server, database, summary } of lines) {
          const place = server === undefined ? database : `${server}: ${database}`;
          context.out(`${options.apply === true ? "done" : "differs"}: ${place}: ${summary}`);
        }
      done(steps.length > 0 && options.apply !== true ? EXIT.failed : EXIT.ok);
    });
}

/** A step, and in a stack with two databases the server that it is for. */
interface StackStep extends RoleStep {
  readonly server?: string;
}

async function convergeStack(context: CommandContext, options: RolesOptions): Promise<readonly StackStep[]> {
  if (options.vantage === "none") throw notLookedAt(options);
  const apply = options.apply === true;
  const { placeOf } = await import("../stack/place.ts");
  // A stack on this machine is as its last up made it, not as it has been edited since.
  if (!placeOf(context, options).local) {
    const { readWish } = await import("../stack/read-wish.ts");
    const wish = await readWish(context, options);
    const { topology } = wish;
    if (topology.target === "gcp") return convergeCloudSql(context, { ...wish, topology }, options);
    if (topology.target === "digitalocean") return convergeDigitalOcean(context, { ...wish, topology }, apply);
  }
  const { openWorld } = await import("../stack/open-stack.ts");
  const { convergeRoles, worldsOf } = await import("../stack/converge.ts");
  const worlds = worldsOf(await openWorld(context, options));
  const all: StackStep[] = [];
  for (const world of worlds) {
    const steps = await convergeRoles(world, apply);
    const server = `${world.prefix}${world.topology.primary.part}`;
    all.push(...(worlds.length === 1 ? steps : steps.map((step) => ({ ...step, server }))));
  }
  return all;
}

async function convergeCloudSql(
  context: CommandContext,
  wish: Wish<ResolvedGcp>,
  options: RolesOptions,
): Promise<readonly RoleStep[]> {
  if (options.vantage !== "inside") throw noVantage(options);
  const { openCloud } = await import("../stack/open-cloud.ts");
  const { convergeCloudWithProgress } = await import("../cloud-roles.ts");
  return convergeCloudWithProgress(context, await openCloud(context, wish), options.apply === true);
}

async function convergeDigitalOcean(
  context: CommandContext,
  wish: Wish<ResolvedDigitalOcean>,
  apply: boolean,
): Promise<readonly RoleStep[]> {
  const { openDigitalOcean } = await import("../stack/open-digitalocean.ts");
  const { convergeThroughHost } = await import("../data-host/roles-through-host.ts");
  return convergeThroughHost(context, await openDigitalOcean(context, wish), apply);
}

function notLookedAt({ stack }: RolesOptions): PgtError {
  return new PgtError(`roles and grants of stack ${stack} were not looked at: --vantage none`, {
    exitCode: EXIT.couldNotCheck,
    fix: ["Run it where the servers can be seen."],
  });
}

function noVantage({ stack, vantage }: RolesOptions): PgtError {
  const why = vantage === undefined ? "the servers have private addresses only" : "the job in the VPC only verifies";
  return new PgtError(`stack ${stack} is on Cloud SQL: ${why}`, {
    exitCode: EXIT.usage,
    fix: [`Run "./pgt roles --stack ${stack} --vantage inside" on a machine inside the VPC.`],
  });
}
