import type { Command } from "commander";
import { EXIT, type ExitCode } from "../../kernel/errors.ts";
import type { CommandContext } from "../context.ts";
import type { StackOptions } from "../stack/place.ts";
import { addStackOptions } from "../stack-options.ts";

interface UpOptions extends StackOptions {
  readonly verify: boolean;
}

/** `pgt up`: from whatever is there to a running, verified topology. */
export function defineUp(program: Command, context: CommandContext, done: (code: ExitCode) => void): void {
  addStackOptions(program.command("up"))
    .description("set the machine up, show what changes, check the policies, deploy, and prove it by SQL")
    .option("--no-verify", "end when the servers are healthy, without the proof by SQL")
    .addHelpText(
      "after",
      `
Examples:
  pgt up                        the topology of Pulumi.local.yaml, on this machine
  pgt up --stack local-demo --config demo.yaml
A mandatory policy that is violated ends it with exit code 1 before anything is touched.
It can be interrupted and repeated at any time; without changes it changes nothing.`,
    )
    .action(async (options: UpOptions) => done(await up(context, options)));
}

async function up(context: CommandContext, options: UpOptions): Promise<ExitCode> {
  const { deploy } = await import("../stack/deploy.ts");
  const { formatSummary } = await import("../up-summary.ts");
  const deployed = await deploy(context, options);
  if (!options.verify) {
    context.out(formatSummary(deployed, undefined));
    return EXIT.ok;
  }
  const { verifyWithProgress } = await import("../verification.ts");
  const report = await verifyWithProgress(context, deployed.world, { deep: false });
  context.out(formatSummary(deployed, report));
  const { exitCodeOf } = await import("../../verify/report.ts");
  return exitCodeOf(report);
}
