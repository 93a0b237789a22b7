import { type Command, Option } from "commander";
import { EXIT, type ExitCode } from "../../kernel/errors.ts";
import { databasesOf } from "../../topology/resolved-docker.ts";
import type { CommandContext } from "../context.ts";
import type { BackupEntry } from "../stack/backups.ts";
import type { StackOptions } from "../stack/place.ts";
import { addStackOptions, type DatabaseChoice, databaseOption } from "../stack-options.ts";

interface BackupOptions extends StackOptions {
  readonly database: DatabaseChoice;
  readonly type: BackupEntry["type"];
}

const HELP = `
full copies everything; diff what has changed since the last full one; incr what has changed since the last of any
type. Where nothing is there to build on, it becomes a full one. A backup that is interrupted here goes on in its
container; the list shows it when it is done.
Examples:
  pgt backup
  pgt backup --type full`;

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
  const [{ openStack }, { chooseDatabase }, { listBackups, makeBackup }, { backupTable }, { runStep }] =
    await Promise.all([
      import("../stack/open-stack.ts"),
      import("../stack/choose-database.ts"),
      import("../stack/backups.ts"),
      import("../backups-text.ts"),
      import("../run-step.ts"),
    ]);
  const { docker, topology: stack } = await openStack(context, options);
  const { topology } = chooseDatabase(databasesOf(stack), options.database);
  const { signal } = context;
  const made = await runStep(context, `${options.type} backup`, async (say) => {
    const show = (text: string): void => {
      const last = text.trimEnd().split("\n").at(-1)?.trim();
      if (last !== undefined && last !== "") say(last);
    };
    await makeBackup(docker, topology, options.type, { signal, show });
    return (await listBackups(docker, topology, signal)).backups.at(-1);
  });
  if (made !== undefined) context.out(backupTable([made], new Date()));
  return EXIT.ok;
}
