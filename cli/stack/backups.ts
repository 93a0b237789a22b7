import type Dockerode from "dockerode";
import { PgtError } from "../../kernel/errors.ts";
import type { StackDatabase } from "../../topology/resolved-docker.ts";
import { type BackupList, type BackupType, LAST_CHECK, parseBackups } from "./backup-entry.ts";
import { execInContainer } from "./container-exec.ts";

/** A full backup of a large database takes a while; after this long something is wrong. */
const BACKUP_TIMEOUT_MS = 6 * 3_600_000;
const LIST_TIMEOUT_MS = 60_000;

/** The container that makes backups. */
function schedulerName({ topology }: StackDatabase): string {
  return `${topology.name}-scheduler`;
}

/** Makes a backup now, and waits for it; `first` makes a full one if there is none. */
export async function makeBackup(
  docker: Dockerode,
  database: StackDatabase,
  type: BackupType | "first",
  options: { signal: AbortSignal; show?: (text: string) => void },
): Promise<void> {
  await inScheduler(docker, database, ["pgt-backup", type], { ...options, timeoutMs: BACKUP_TIMEOUT_MS });
}

/**
 * Reads every file of the repository and records what was found, for {@link listBackups}.
 * @throws {PgtError} when the check could not be made; damage is a finding, not an error
 */
export async function checkRepository(docker: Dockerode, database: StackDatabase, signal: AbortSignal): Promise<void> {
  const before = await lastCheck(docker, database, signal);
  try {
    await inScheduler(docker, database, ["pgt-check-repository"], { signal, timeoutMs: BACKUP_TIMEOUT_MS });
  } catch (error) {
    signal.throwIfAborted();
    // It fails when a file is damaged, too; only then is there a new record.
    const after = await lastCheck(docker, database, signal);
    if (after === undefined || after.checkedAt === before?.checkedAt) throw error;
  }
}

/** Lists the backups, the oldest first. */
export async function listBackups(
  docker: Dockerode,
  database: StackDatabase,
  signal: AbortSignal,
): Promise<BackupList> {
  const options = { signal, timeoutMs: LIST_TIMEOUT_MS };
  return {
    backups: parseBackups(await inScheduler(docker, database, ["pgt-backups"], options)),
    lastCheck: await lastCheck(docker, database, signal),
  };
}

async function lastCheck(
  docker: Dockerode,
  database: StackDatabase,
  signal: AbortSignal,
): Promise<BackupList["lastCheck"]> {
  const command = ["sh", "-c", `cat ${LAST_CHECK} 2>/dev/null || echo null`];
  const text = await inScheduler(docker, database, command, { signal, timeoutMs: LIST_TIMEOUT_MS });
  return (JSON.parse(text) as BackupList["lastCheck"] | null) ?? undefined;
}

async function inScheduler(
  docker: Dockerode,
  database: StackDatabase,
  command: readonly string[],
  options: { signal: AbortSignal; timeoutMs: number; show?: (text: string) => void },
): Promise<string> {
  if (database.topology.backup === undefined) {
    throw new PgtError("this stack makes no backups", {
      fix: ["Remove backup.enabled: false from its configuration."],
    });
  }
  const result = await execInContainer(docker, schedulerName(database), command, options);
  if (result.exitCode !== 0) {
    const said = (result.stderr || result.stdout).trim().split("\n").slice(-6).join("\n");
    throw new PgtError(`${command[0] ?? ""} failed (exit code ${result.exitCode}):\n${said}`, {
      fix: [`./pgt logs ${database.prefix}scheduler shows more.`],
    });
  }
  return result.stdout;
}
