import type { Command } from "commander";
import { EXIT, type ExitCode } from "../../kernel/errors.ts";
import type { CommandContext } from "../context.ts";
import type { StackOptions } from "../stack/place.ts";
import { addStackOptions } from "../stack-options.ts";

/** `pgt roles`: what differs from the planned roles, grants and slots, and with `--apply` no longer does. */
export function defineRoles(program: Command, context: CommandContext, done: (code: ExitCode) => void): void {
  addStackOptions(program.command("roles"))
    .description("show how roles, grants and replication slots differ from the plan; --apply mends it")
    .option("--apply", "carry the plan out")
    .option("--json", "print the steps as JSON")
    .addHelpText("after", "\nExit code 1 without --apply when something differs.")
    .action(async (options: StackOptions & { apply?: boolean; json?: boolean }) => {
      const { openWorld } = await import("../stack/open-stack.ts");
      const { convergeRoles } = await import("../stack/converge.ts");
      const steps = await convergeRoles(await openWorld(context, options), options.apply === true);
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
