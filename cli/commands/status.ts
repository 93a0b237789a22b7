import type { Command } from "commander";
import { EXIT, type ExitCode } from "../../kernel/errors.ts";
import type { CommandContext } from "../context.ts";
import type { StackOptions } from "../stack/place.ts";
import { addStackOptions } from "../stack-options.ts";

const HELP = `
Exit codes: 0 every part is healthy · 1 a part is not · 3 the stack has not been made, or Docker can't be reached
Examples:
  pgt status
  pgt status --json | jq '.parts[] | select(.health != "healthy")'`;

/** `pgt status`: what runs, where, since when, and the last backup. */
export function defineStatus(program: Command, context: CommandContext, done: (code: ExitCode) => void): void {
  addStackOptions(program.command("status"))
    .description("what runs, where it is published, its volumes and its last backup")
    .option("--json", "as JSON", false)
    .addHelpText("after", HELP)
    .action(async (options: StackOptions & { json: boolean }) => {
      done(await status(context, options));
    });
}

async function status(context: CommandContext, options: StackOptions & { json: boolean }): Promise<ExitCode> {
  const [{ openStack }, { readStatus }, { statusText }] = await Promise.all([
    import("../stack/open-stack.ts"),
    import("../stack/stack-status.ts"),
    import("../status-text.ts"),
  ]);
  const { docker, topology } = await openStack(context, options);
  const found = await readStatus(docker, topology, context.signal);
  context.out(options.json ? JSON.stringify(found, null, 2) : statusText(found, new Date()));
  if (!found.healthy) context.err("not every part is healthy: ./pgt logs <part> says why, ./pgt up mends what it can");
  return found.healthy ? EXIT.ok : EXIT.failed;
}
