import type { Command } from "commander";
import { EXIT, type ExitCode } from "../../kernel/errors.ts";
import type { CommandContext } from "../context.ts";
import type { StackOptions } from "../stack/place.ts";
import { addStackOptions } from "../stack-options.ts";

/** `pgt pulumi -- …`: the plain CLI in the stack's environment; nothing is hidden from a Pulumi user. */
export function definePulumi(program: Command, context: CommandContext, done: (code: ExitCode) => void): void {
  addStackOptions(program.command("pulumi"))
    .description("run the plain Pulumi CLI with the stack's back end, passphrase, plugins and configuration file")
    .argument("[args...]", "what the CLI gets; put -- before it")
    .addHelpText(
      "after",
      `
Examples:
  pgt pulumi -- stack
  pgt pulumi -- preview --diff
  pgt pulumi --stack local-demo -- stack export`,
    )
    .action(async (args: string[], options: StackOptions) => {
      const { runPlainPulumi } = await import("../stack/plain-pulumi.ts");
      const code = await runPlainPulumi(context, options, args);
      done(code === 0 ? EXIT.ok : EXIT.failed);
    });
}
