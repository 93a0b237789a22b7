import type { Command } from "commander";
import { EXIT, type ExitCode } from "../../kernel/errors.ts";
import type { CommandContext } from "../context.ts";
import type { StackOptions } from "../stack/place.ts";
import { addStackOptions } from "../stack-options.ts";

interface LogsOptions extends StackOptions {
  readonly follow: boolean;
  readonly tail: string;
  readonly since?: string;
}

const HELP = `
Examples:
  pgt logs
  pgt logs primary --tail all | grep ERROR
  pgt logs --follow --since 10m`;

/** `pgt logs`: what the containers of a stack have written. */
export function defineLogs(program: Command, context: CommandContext, done: (code: ExitCode) => void): void {
  addStackOptions(program.command("logs"))
    .description("what the parts have written, all of them or one")
    .argument("[part]", "primary, replica-<name>, pooler or scheduler; of a data database data-primary, …")
    .option("-f, --follow", "go on showing what they write, until Ctrl-C", false)
    .option("-n, --tail <lines>", "the last so many lines of each, or all", "100")
    .option("--since <time>", "not before: an age as in 10m, or a date")
    .addHelpText("after", HELP)
    .action(async (part: string | undefined, options: LogsOptions) => {
      done(await logs(context, options, part));
    });
}

async function logs(context: CommandContext, options: LogsOptions, part: string | undefined): Promise<ExitCode> {
  const [{ openStack }, { partsOf, requirePart }, { parseSince, parseTail }, { showLogs }] = await Promise.all([
    import("../stack/open-stack.ts"),
    import("../stack/parts.ts"),
    import("../stack/log-lines.ts"),
    import("../stack/container-logs.ts"),
  ]);
  const tail = parseTail(options.tail);
  const since = options.since === undefined ? undefined : parseSince(options.since, new Date());
  const { docker, topology } = await openStack(context, options);
  const parts = part === undefined ? partsOf(topology) : [requirePart(topology, part)];
  const { signal, out: show } = context;
  await showLogs(docker, { parts, tail, since, follow: options.follow, signal, show });
  return EXIT.ok;
}
