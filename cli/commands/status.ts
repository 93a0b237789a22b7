import type { Command } from "commander";
import { EXIT, type ExitCode } from "../../kernel/errors.ts";
import type { ResolvedDigitalOcean } from "../../topology/resolved-digitalocean.ts";
import type { CommandContext } from "../context.ts";
import type { StackOptions } from "../stack/place.ts";
import type { Wish } from "../stack/read-wish.ts";
import type { StackStatus } from "../stack/status-shape.ts";
import { addStackOptions } from "../stack-options.ts";

const HELP = `
Every server is asked by SQL. On DigitalOcean the platform's API is asked too, and the data host over SSH, through which
SQL goes as well: its units, backups, WAL archive and exports.
Exit codes: 0 every part is healthy · 1 a part is not · 3 a part could not be seen, the stack has not been made, or Docker
can't be reached
Examples:
  pgt status
  pgt status --stack split
  pgt status --json | jq '.parts[] | select(.health != "healthy")'`;

/** `pgt status`: what runs, where, since when, and the last backup. */
export function defineStatus(program: Command, context: CommandContext, done: (code: ExitCode) => void): void {
  addStackOptions(program.command("status"))
    .description("what runs and where, how each server is doing, its volumes and its last backup")
    .option("--json", "as JSON", false)
    .addHelpText("after", HELP)
    .action(async (options: StackOptions & { json: boolean }) => {
      done(await status(context, options));
    });
}

async function status(context: CommandContext, options: StackOptions & { json: boolean }): Promise<ExitCode> {
  const [{ wishOnDigitalOcean }, { statusExit }, { statusText }] = await Promise.all([
    import("../stack/on-digitalocean.ts"),
    import("../stack/status-shape.ts"),
    import("../status-text.ts"),
  ]);
  const wish = await wishOnDigitalOcean(context, options);
  const found = await (wish === undefined ? statusOnDocker(context, options) : statusOnDigitalOcean(context, wish));
  context.out(options.json ? JSON.stringify(found, null, 2) : statusText(found, new Date()));
  const code = statusExit(found);
  if (code === EXIT.failed) {
    context.err("not every part is healthy: ./pgt logs <part> says why, ./pgt up mends what it can");
  }
  if (code === EXIT.couldNotCheck) context.err("not everything could be seen; what was is healthy");
  return code;
}

async function statusOnDocker(context: CommandContext, options: StackOptions): Promise<StackStatus> {
  const [{ openStack }, { readStatus }] = await Promise.all([
    import("../stack/open-stack.ts"),
    import("../stack/stack-status.ts"),
  ]);
  const { docker, topology } = await openStack(context, options);
  return readStatus(docker, topology, context.signal);
}

async function statusOnDigitalOcean(context: CommandContext, wish: Wish<ResolvedDigitalOcean>): Promise<StackStatus> {
  const [{ openDigitalOcean }, { splitStatus }] = await Promise.all([
    import("../stack/open-digitalocean.ts"),
    import("../data-host/open-split.ts"),
  ]);
  return splitStatus(context, await openDigitalOcean(context, wish));
}
