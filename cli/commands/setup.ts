import type { Command } from "commander";
import { EXIT, type ExitCode } from "../../kernel/errors.ts";
import type { CommandContext } from "../context.ts";

/** `pgt setup`: what `up` does first, alone. */
export function defineSetup(program: Command, context: CommandContext, done: (code: ExitCode) => void): void {
  program
    .command("setup")
    .description("get everything that the other commands need, and nothing else: what is there already is used")
    .action(async () => {
      const { setUpMachine } = await import("../stack/machine-parts.ts");
      const { notes } = await setUpMachine(context, undefined);
      for (const note of notes) context.out(`Note: ${note}`);
      context.out("Everything is there. Next: ./pgt up");
      done(EXIT.ok);
    });
}
