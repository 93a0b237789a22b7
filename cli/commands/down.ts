import type { Command } from "commander";
import { EXIT, type ExitCode } from "../../kernel/errors.ts";
import type { CommandContext } from "../context.ts";
import type { StackOptions } from "../stack/place.ts";
import { addStackOptions } from "../stack-options.ts";

/** What `pgt down` removes beside containers and network. */
export interface DownOptions extends StackOptions {
  readonly deleteData?: boolean;
  readonly deleteBackups?: boolean;
  readonly yes?: boolean;
}

/** `pgt down`: takes the servers away, and keeps what they have stored. */
export function defineDown(program: Command, context: CommandContext, done: (code: ExitCode) => void): void {
  addStackOptions(program.command("down"))
    .description("remove containers and network; data and backups stay unless you say otherwise")
    .option("--delete-data", "also remove the data volumes, for good")
    .option("--delete-backups", "also remove the backups and the WAL archive, for good")
    .option("-y, --yes", "do not ask")
    .addHelpText(
      "after",
      `
The passwords stay as long as a volume does, so that the next "pgt up" opens it again.`,
    )
    .action(async (options: DownOptions) => {
      const { takeDown } = await import("../stack/take-down.ts");
      await takeDown(context, options);
      done(EXIT.ok);
    });
}
