import { HOST_PATHS } from "../../rendering/data-host/host-paths.ts";
import { EXIT, PgtError } from "../../kernel/errors.ts";
import type { ResolvedDataHost, ResolvedDigitalOcean } from "../../topology/resolved-digitalocean.ts";
import { digitalOceanApi, digitalOceanSettings } from "../../verify/digitalocean-api.ts";
import type { CommandContext } from "../context.ts";
import { type BackupEntry, type BackupList, type BackupType, LAST_CHECK } from "../stack/backup-entry.ts";
import { noDataDatabase } from "../stack/choose-database.ts";
import type { DigitalOceanWorld } from "../stack/open-digitalocean.ts";
import type { DatabaseChoice } from "../stack-options.ts";
import {
  byAge,
  type HostWork,
  listExports,
  listHostBackups,
  platformBackups,
  readRecord,
  workOnHost,
} from "./host-backups.ts";
import { withHost } from "./open-split.ts";
import { wayThrough } from "./open-way.ts";

/** @throws {PgtError} exit code 2 for what makes no sense on the managed primary, saying what does */
export function requireBackups(topology: ResolvedDigitalOcean, choice: DatabaseChoice): ResolvedDataHost {
  const { dataHost, stack } = topology;
  if (choice === "primary") throw onlyThePlatform(topology);
  if (dataHost === undefined) throw noDataDatabase(stack);
  if (dataHost.server.backup === undefined) {
    throw new PgtError(`the data database of stack ${stack} makes no backups`, {
      exitCode: EXIT.usage,
      fix: ["Remove backup.enabled: false from its configuration."],
    });
  }
  return dataHost;
}

function onlyThePlatform({ backup, dataHost, stack }: ResolvedDigitalOcean): PgtError {
  const ofData = `./pgt backup --stack ${stack} --database data makes one of the data database.`;
  const exported = "On the data host, as root: systemctl start pgtopology-export.service exports it to the bucket now.";
  return new PgtError(
    `the managed primary of stack ${stack} is backed up by DigitalOcean, each day, and never on request`,
    {
      exitCode: EXIT.usage,
      fix: [
        ...(dataHost?.server.backup === undefined ? [] : [ofData]),
        ...(backup?.exports === true ? [exported] : []),
        `./pgt backups --stack ${stack} lists the platform's${backup?.exports === true ? " and the exports" : ""}.`,
      ],
    },
  );
}

/** @param check whether its files are to be read @throws {PgtError} exit code 2 where there is nothing such */
export function requireListed(topology: ResolvedDigitalOcean, choice: DatabaseChoice, check: boolean): void {
  if (choice === "data") requireBackups(topology, choice);
  else if (check && !isExported(topology)) throw nothingToCheck(topology);
}

/** Makes a backup of the data database now, and waits for it. @returns it, as the repository has it */
export async function backUpData(
  context: CommandContext,
  world: DigitalOceanWorld,
  type: BackupType,
): Promise<BackupEntry | undefined> {
  return withHost(context, world, async (session) => {
    await workOnHost(session, ["pgt-backup", type]);
    return (await listHostBackups(wayThrough(session))).backups.at(-1);
  });
}

/** Lists the backups of a database: the platform's and the exports of the managed one, pgBackRest's of the data database. */
export function listSplitBackups(
  context: CommandContext,
  world: DigitalOceanWorld,
  choice: DatabaseChoice,
): Promise<BackupList> {
  return choice === "data" ? listData(context, world) : listManaged(context, world);
}

function listData(context: CommandContext, world: DigitalOceanWorld): Promise<BackupList> {
  return withHost(context, world, (session) => listHostBackups(wayThrough(session)));
}

async function listManaged(context: CommandContext, world: DigitalOceanWorld): Promise<BackupList> {
  const { signal } = context;
  const api = digitalOceanApi({ ...digitalOceanSettings(context.env), signal });
  const exportsOf = (): Promise<BackupList> => withHost(context, world, (session) => listExports(wayThrough(session)));
  const [platform, exported] = await Promise.all([
    api.backups(world.delivery.clusterId),
    isExported(world.topology) ? exportsOf() : undefined,
  ]);
  return {
    backups: byAge([...platformBackups(platform), ...(exported?.backups ?? [])]),
    lastCheck: exported?.lastCheck,
  };
}

function isExported({ backup, dataHost }: ResolvedDigitalOcean): boolean {
  return backup?.exports === true && dataHost !== undefined;
}

/**
 * Reads every file of the data database's repository, or of the managed one's exports, and has the host record what was
 * found, for {@link listSplitBackups}.
 * @throws {PgtError} when the check could not be made; damage is a finding, not an error
 */
export async function checkSplitBackups(
  context: CommandContext,
  world: DigitalOceanWorld,
  choice: DatabaseChoice,
): Promise<void> {
  const [work, path]: readonly [HostWork, string] =
    choice === "data" ? [["pgt-check-repository"], LAST_CHECK] : [["pgt-check-exports"], HOST_PATHS.lastExportCheck];
  await withHost(context, world, async (session) => {
    const way = wayThrough(session);
    const before = JSON.stringify(await readRecord(way, path));
    try {
      await workOnHost(session, work);
    } catch (error) {
      context.signal.throwIfAborted();
      // It fails when a file is damaged, too; only then is there a new record.
      if (JSON.stringify(await readRecord(way, path)) === before) throw error;
    }
  });
}

function nothingToCheck({ stack }: ResolvedDigitalOcean): PgtError {
  return new PgtError(`the managed primary of stack ${stack} has the platform's backups alone, which nobody can read`, {
    exitCode: EXIT.usage,
    fix: [
      "With backup.retentionDays above 7, the data host exports it to a bucket, and can read that.",
      `./pgt backups --stack ${stack} --database data --check reads those of the data database.`,
    ],
  });
}
