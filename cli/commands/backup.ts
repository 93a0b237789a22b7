import { type Command, Option } from "commander";
import { EXIT, type ExitCode } from "../../kernel/errors.ts";
import type { ResolvedDigitalOcean } from "../../topology/resolved-digitalocean.ts";
import { databasesOf } from "../../topology/resolved-docker.ts";
import type { CommandContext } from "../context.ts";
import type { BackupEntry, BackupType } from "../stack/backup-entry.ts";
import type { StackOptions } from "../stack/place.ts";
import type { Wish } from "../stack/read-wish.ts";
import { addStackOptions, type DatabaseChoice, databaseOption } from "../stack-options.ts";

interface BackupOptions extends StackOptions {
  readonly database: DatabaseChoice;
  readonly type: BackupType;
}

const HELP = `
full copies everything; diff what has changed since the last full one; incr what has changed since the last of any
type. Where nothing is there to build on, it becomes a full one. A backup that is interrupted here goes on where it is
made; the list shows it when it is done. On DigitalOcean the platform backs the managed primary up, and never on request.
Examples:
  pgt backup
  pgt backup --type full
  pgt backup --stack split --database data`;

/** `pgt backup`: a backup now, beside the daily one. */
export function defineBackup(program: Command, context: CommandContext, done: (code: ExitCode) => void): void {
  addStackOptions(program.command("backup"))
    .description("make a backup now")
    .addOption(new Option("--type <type>", "what it holds").choices(["full", "diff", "incr"]).default("diff"))
    .addOption(databaseOption())
    .addHelpText("after", HELP)
    .action(async (options: BackupOptions) => {
      done(await backup(context, options));
    });
}

async function backup(context: CommandContext, options: BackupOptions): Promise<ExitCode> {
  const [{ wishOnDigitalOcean }, { backupTable }] = await Promise.all([
    import("../stack/on-digitalocean.ts"),
    import("../backups-text.ts"),
  ]);
  const wish = await wishOnDigitalOcean(context, options);
  const made = await (wish === undefined ? inContainer(context, options) : onHost(context, wish, options));
  if (made !== undefined) context.out(backupTable([made], new Date()));
  return EXIT.ok;
}

async function inContainer(context: CommandContext, options: BackupOptions): Promise<BackupEntry | undefined> {
  const [{ openStack }, { chooseDatabase }, { listBackups, makeBackup }, { runStep }] = await Promise.all([
    import("../stack/open-stack.ts"),
    import("../stack/choose-database.ts"),
    import("../stack/backups.ts"),
    import("../run-step.ts"),
  ]);
  const { docker, topology } = await openStack(context, options);
  const database = chooseDatabase(databasesOf(topology), options.database);
  const { signal } = context;
  return runStep(context, `${options.type} backup`, async (say) => {
    const show = (text: string): void => {
      const last = text.trimEnd().split("\n").at(-1)?.trim();
      if (last !== undefined && last !== "") say(last);
    };
    await makeBackup(docker, database, options.type, { signal, show });
    return (await listBackups(docker, database, signal)).backups.at(-1);
  });
}

async function onHost(
  context: CommandContext,
  wish: Wish<ResolvedDigitalOcean>,
  { database, type }: BackupOptions,
): Promise<BackupEntry | undefined> {
  const [{ openDigitalOcean }, { backUpData, requireBackups }, { runStep }] = await Promise.all([
    import("../stack/open-digitalocean.ts"),
    import("../data-host/split-backups.ts"),
    import("../run-step.ts"),
  ]);
  requireBackups(wish.topology, database);
  const world = await openDigitalOcean(context, wish);
  return runStep(context, `${type} backup`, () => backUpData(context, world, type));
}
