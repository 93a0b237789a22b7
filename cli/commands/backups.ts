import type { Command } from "commander";
import { EXIT, type ExitCode } from "../../kernel/errors.ts";
import { databasesOf } from "../../topology/resolved-docker.ts";
import type { CommandContext } from "../context.ts";
import type { StackOptions } from "../stack/place.ts";
import { addStackOptions, type DatabaseChoice, databaseOption } from "../stack-options.ts";

interface BackupsOptions extends StackOptions {
  readonly database: DatabaseChoice;
  readonly json: boolean;
  readonly check: boolean;
}

const HELP = `
Exit codes: 0 listed · 1 --check found damage · 3 the stack has not been made
Examples:
  pgt backups
  pgt backups --check
  pgt backups --json | jq -r '.backups[-1].label'`;

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
  const [{ openStack }, { chooseDatabase }, { checkRepository, isSound, listBackups }, { backupsText }, { runStep }] =
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
  if (options.check) {
    await runStep(context, "checking every file of the repository", () => checkRepository(docker, topology, signal));
  }
  const list = await listBackups(docker, topology, signal);
  context.out(
    options.json
      ? JSON.stringify({ ...list, lastCheck: list.lastCheck ?? null }, null, 2)
      : backupsText(list, new Date()),
  );
  if (!options.check || isSound(list)) return EXIT.ok;
  context.err("the repository is damaged; ./pgt backup --type full makes a backup that needs no older file");
  return EXIT.failed;
}
