import { type Command, Option } from "commander";
import { EXIT, type ExitCode } from "../../kernel/errors.ts";
import type { LimitTarget } from "../../topology/limits/postgresql-versions.ts";
import type { CommandContext } from "../context.ts";

// Named here too, so that help needs no table: a test compares them.
const TARGETS = ["docker", "gcp", "digitalocean"] as const satisfies readonly LimitTarget[];

interface LimitsOptions {
  readonly target?: LimitTarget;
  readonly json: boolean;
}

const HELP = `
Nothing is asked of a cloud: these are the tables that validation goes by. Each line has its source; what was not
read there is marked.
Examples:
  pgt limits
  pgt limits --target docker
  pgt limits --target gcp --json | jq -r '.cloudSql.regions[] | select(.area == "europe").region'`;

/** `pgt limits`: what PostgreSQL's versions and Cloud SQL allow, and who says so. */
export function defineLimits(program: Command, context: CommandContext, done: (code: ExitCode) => void): void {
  program
    .command("limits")
    .description("what versions, machine types, regions and editions allow, with the source of each number")
    .addOption(new Option("--target <target>", "only what concerns this one").choices(TARGETS))
    .option("--json", "as JSON", false)
    .addHelpText("after", HELP)
    .action(async (options: LimitsOptions) => {
      done(await printLimits(context, options));
    });
}

async function printLimits(context: CommandContext, { target, json }: LimitsOptions): Promise<ExitCode> {
  const targets = target === undefined ? TARGETS : [target];
  if (json) {
    const { limitsOf } = await import("../../topology/limits/all-limits.ts");
    // What is not known is null: JSON has no undefined, and a missing field would read as one that was forgotten.
    context.out(JSON.stringify(limitsOf(targets), (_, value: unknown) => (value === undefined ? null : value), 2));
  } else {
    const { limitsText } = await import("../limits-text.ts");
    context.out(limitsText(targets));
  }
  return EXIT.ok;
}
