import { type Command, Option } from "commander";
import { EXIT, type ExitCode } from "../../kernel/errors.ts";
import type { Target } from "../../topology/spec.ts";
import type { CommandContext } from "../context.ts";

// Named here too, so that help needs no table: a test compares them.
const TARGETS = ["docker", "gcp", "digitalocean"] as const satisfies readonly Target[];

interface CapabilitiesOptions {
  readonly target?: Target;
  readonly json: boolean;
}

const HELP = `
A topology that asks for what its target lacks is refused with the reason that stands here.
Examples:
  pgt capabilities
  pgt capabilities --target docker
  pgt capabilities --json | jq -r '.features[] | select(.on.docker.support == "unsupported").id'`;

/** `pgt capabilities`: what each target has, emulates and lacks. */
export function defineCapabilities(program: Command, context: CommandContext, done: (code: ExitCode) => void): void {
  program
    .command("capabilities")
    .description("what each target has, emulates and lacks, and which poolers, paths and logins go together")
    .addOption(new Option("--target <target>", "only what concerns this one").choices(TARGETS))
    .option("--json", "as JSON", false)
    .addHelpText("after", HELP)
    .action(async (options: CapabilitiesOptions) => {
      done(await printCapabilities(context, options));
    });
}

async function printCapabilities(context: CommandContext, { target, json }: CapabilitiesOptions): Promise<ExitCode> {
  const targets = target === undefined ? TARGETS : [target];
  if (json) {
    const { capabilitiesOf } = await import("../../topology/all-capabilities.ts");
    context.out(JSON.stringify(capabilitiesOf(targets), null, 2));
  } else {
    const { capabilitiesText } = await import("../capabilities-text.ts");
    context.out(capabilitiesText(targets));
  }
  return EXIT.ok;
}
