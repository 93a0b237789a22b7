import type { Command } from "commander";
import { EXIT, type ExitCode } from "../../kernel/errors.ts";
import type { ResolvedDigitalOcean } from "../../topology/resolved-digitalocean.ts";
import { databasesOf } from "../../topology/resolved-docker.ts";
import type { CommandContext } from "../context.ts";
import type { BackupList } from "../stack/backup-entry.ts";
import type { StackOptions } from "../stack/place.ts";
import type { Wish } from "../stack/read-wish.ts";
import { addStackOptions, type DatabaseChoice, databaseOption } from "../stack-options.ts";

interface BackupsOptions extends StackOptions {
  readonly database: DatabaseChoice;
  readonly json: boolean;
  readonly check: boolean;
}

const HELP = `
On DigitalOcean those of the managed primary are the platform's, and the exports that the data host makes of it.
Exit codes: 0 listed · 1 --check found damage · 3 the stack has not been made, or can't be reached
Examples:
  pgt backups
  pgt backups --check
  pgt backups --stack split --database data
  pgt backups --json | jq -r '.backups[-1].label'`;

const CHECKING = "checking every file of the repository";

/** `pgt backups`: what the repository holds. */
export function defineBackups(program: Command, context: CommandContext, done: (code: ExitCode) => void): void {
  addStackOptions(program.command("backups"))
    .description("list the backups: age, sizes, WAL range, last check")
    .option("--check", "read every file of the repository first", false)
    .option("--json", "as JSON", false)
    .addOption(databaseOption())
    .addHelpText("after", HELP)
    .action(async (options: BackupsOptions) => {
      done(await backups(context, options));
    });
}

async function backups(context: CommandContext, options: BackupsOptions): Promise<ExitCode> {
  const [{ wishOnDigitalOcean }, { isSound }, { backupsText }] = await Promise.all([
    import("../stack/on-digitalocean.ts"),
    import("../stack/backup-entry.ts"),
    import("../backups-text.ts"),
  ]);
  const wish = await wishOnDigitalOcean(context, options);
  const list = await (wish === undefined ? inContainers(context, options) : onDigitalOcean(context, wish, options));
  context.out(
    options.json
      ? JSON.stringify({ ...list, lastCheck: list.lastCheck ?? null }, null, 2)
      : backupsText(list, new Date()),
  );
  if (!options.check || isSound(list)) return EXIT.ok;
  const mend = list.backups.some(({ type }) => type === "export")
    ? "a damaged export is left out by naming another to pgt-restore-export"
    : "./pgt backup --type full makes a backup that needs no older file";
  context.err(`the repository is damaged; ${mend}`);
  return EXIT.failed;
}

async function inContainers(context: CommandContext, options: BackupsOptions): Promise<BackupList> {
  const [{ openStack }, { chooseDatabase }, { checkRepository, listBackups }, { runStep }] = await Promise.all([
    import("../stack/open-stack.ts"),
    import("../stack/choose-database.ts"),
    import("../stack/backups.ts"),
    import("../run-step.ts"),
  ]);
  const { docker, topology } = await openStack(context, options);
  const database = chooseDatabase(databasesOf(topology), options.database);
  const { signal } = context;
  if (options.check) await runStep(context, CHECKING, () => checkRepository(docker, database, signal));
  return listBackups(docker, database, signal);
}

async function onDigitalOcean(
  context: CommandContext,
  wish: Wish<ResolvedDigitalOcean>,
  { check, database }: BackupsOptions,
): Promise<BackupList> {
  const [{ openDigitalOcean }, { checkSplitBackups, listSplitBackups, requireListed }, { runStep }] = await Promise.all(
    [import("../stack/open-digitalocean.ts"), import("../data-host/split-backups.ts"), import("../run-step.ts")],
  );
  requireListed(wish.topology, database, check);
  const world = await openDigitalOcean(context, wish);
  if (check) await runStep(context, CHECKING, () => checkSplitBackups(context, world, database));
  return listSplitBackups(context, world, database);
}
