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
    .option("--delete-data", "also remove the data volumes, for good; in a cloud a server goes with its data")
    .option("--delete-backups", "also remove the backups and the WAL archive, for good")
    .option("-y, --yes", "do not ask")
    .addHelpText(
      "after",
      `
The passwords stay as long as a volume does, so that the next "pgt up" opens it again.
In a cloud, nothing is removed without --delete-data, and nothing of a stack with protection.deletion. On Cloud SQL
backups outlive the instances as long as keepData and protection.finalBackupDays say; on DigitalOcean keepData lets go of
cluster, volume and bucket, which go on.`,
    )
    .action(async (options: DownOptions) => {
      await down(context, options);
      done(EXIT.ok);
    });
}

async function down(context: CommandContext, options: DownOptions): Promise<void> {
  const { writtenTarget } = await import("../stack/written-target.ts");
  const { placeOf } = await import("../stack/place.ts");
  if ((await writtenTarget(placeOf(context, options))) === "docker") {
    const { takeDown } = await import("../stack/take-down.ts");
    return takeDown(context, options);
  }
  const { readWish } = await import("../stack/read-wish.ts");
  const wish = await readWish(context, options);
  if (wish.topology.target === "docker") throw new RangeError("containers are taken down from what the engine has");
  const { takeDownCloud } = await import("../stack/take-down-cloud.ts");
  await takeDownCloud(context, options, { ...wish, topology: wish.topology });
}
