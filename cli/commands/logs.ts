import type { Command } from "commander";
import { EXIT, type ExitCode } from "../../kernel/errors.ts";
import type { ResolvedDigitalOcean } from "../../topology/resolved-digitalocean.ts";
import type { CommandContext } from "../context.ts";
import type { LogLines } from "../stack/log-lines.ts";
import type { StackOptions } from "../stack/place.ts";
import type { Wish } from "../stack/read-wish.ts";
import { addStackOptions } from "../stack-options.ts";

interface LogsOptions extends StackOptions {
  readonly follow: boolean;
  readonly tail: string;
  readonly since?: string;
}

const HELP = `
On DigitalOcean the parts are units of the data host, read from its journal; logs of the managed primary are in the
platform's console.
Examples:
  pgt logs
  pgt logs primary --tail all | grep ERROR
  pgt logs --follow --since 10m
  pgt logs data-primary --stack split`;

/** `pgt logs`: what the parts of a stack have written. */
export function defineLogs(program: Command, context: CommandContext, done: (code: ExitCode) => void): void {
  addStackOptions(program.command("logs"))
    .description("what the parts have written, all of them or one")
    .argument(
      "[part]",
      "primary, replica-<name>, pooler or scheduler; of a data database data-primary, …; pgt status lists them",
    )
    .option("-f, --follow", "go on showing what they write, until Ctrl-C", false)
    .option("-n, --tail <lines>", "the last so many lines of each, or all", "100")
    .option("--since <time>", "not before: an age as in 10m, or a date")
    .addHelpText("after", HELP)
    .action(async (part: string | undefined, options: LogsOptions) => {
      done(await logs(context, options, part));
    });
}

async function logs(context: CommandContext, options: LogsOptions, part: string | undefined): Promise<ExitCode> {
  const [{ wishOnDigitalOcean }, { parseSince, parseTail }] = await Promise.all([
    import("../stack/on-digitalocean.ts"),
    import("../stack/log-lines.ts"),
  ]);
  const lines: LogLines = {
    tail: parseTail(options.tail),
    since: options.since === undefined ? undefined : parseSince(options.since, new Date()),
    follow: options.follow,
    signal: context.signal,
    show: context.out,
  };
  const wish = await wishOnDigitalOcean(context, options);
  if (wish !== undefined) await logsOfHost(context, wish, part, lines);
  else await logsOfContainers(context, options, part, lines);
  return EXIT.ok;
}

async function logsOfContainers(
  context: CommandContext,
  options: StackOptions,
  part: string | undefined,
  lines: LogLines,
): Promise<void> {
  const [{ openStack }, { partsOf, requirePart }, { showLogs }] = await Promise.all([
    import("../stack/open-stack.ts"),
    import("../stack/parts.ts"),
    import("../stack/container-logs.ts"),
  ]);
  const { docker, topology } = await openStack(context, options);
  await showLogs(docker, {
    ...lines,
    parts: part === undefined ? partsOf(topology) : [requirePart(topology, part)],
  });
}

async function logsOfHost(
  context: CommandContext,
  wish: Wish<ResolvedDigitalOcean>,
  part: string | undefined,
  lines: LogLines,
): Promise<void> {
  const [{ openDigitalOcean }, { partsWithLogs, withHost }, { showHostLogs }] = await Promise.all([
    import("../stack/open-digitalocean.ts"),
    import("../data-host/open-split.ts"),
    import("../data-host/host-logs.ts"),
  ]);
  const world = await openDigitalOcean(context, wish);
  const parts = partsWithLogs(context, world, part);
  await withHost(context, world, (session) => showHostLogs(session, { ...lines, parts }));
}
