import type Dockerode from "dockerode";
import { PgtError } from "../../kernel/errors.ts";
import type { ResolvedDocker } from "../../topology/resolved-docker.ts";
import { execInContainer } from "./container-exec.ts";

/** A full backup of a large database takes a while; after this long something is wrong. */
const BACKUP_TIMEOUT_MS = 6 * 3_600_000;
const LIST_TIMEOUT_MS = 60_000;

/** One backup in the repository. */
export interface BackupEntry {
  readonly label: string;
  readonly type: "full" | "diff" | "incr";
  readonly finishedAt: Date;
  /** Bytes of the database that it restores to. */
  readonly databaseBytes: number;
  /** Bytes that it takes in the repository. */
  readonly repositoryBytes: number;
  /** First and last WAL file that it needs. */
  readonly wal: { readonly first: string; readonly last: string };
  readonly damaged: boolean;
}

/** What the repository holds, and what its last check said. */
export interface BackupList {
  readonly backups: readonly BackupEntry[];
  readonly lastCheck:
    { readonly checkedAt: string; readonly status: string; readonly errors: readonly string[] } | undefined;
}

interface StanzaInfo {
  readonly backup?: readonly {
    readonly label: string;
    readonly type: "full" | "diff" | "incr";
    readonly timestamp: { readonly stop: number };
    readonly info: { readonly size: number; readonly repository: { readonly delta: number } };
    readonly archive: { readonly start: string; readonly stop: string };
    readonly error?: boolean | null;
  }[];
}

/** The container that makes backups. */
function schedulerName(topology: ResolvedDocker): string {
  return `${topology.name}-scheduler`;
}

/** Makes a backup now, and waits for it; `first` makes a full one if there is none. */
export async function makeBackup(
  docker: Dockerode,
  topology: ResolvedDocker,
  type: BackupEntry["type"] | "first",
  options: { signal: AbortSignal; show?: (text: string) => void },
): Promise<void> {
  await inScheduler(docker, topology, ["pgt-backup", type], { ...options, timeoutMs: BACKUP_TIMEOUT_MS });
}

/**
 * Reads every file of the repository and records what was found, for {@link listBackups}.
 * @throws {PgtError} when the check could not be made; damage is a finding, not an error
 */
export async function checkRepository(docker: Dockerode, topology: ResolvedDocker, signal: AbortSignal): Promise<void> {
  const before = await lastCheck(docker, topology, signal);
  try {
    await inScheduler(docker, topology, ["pgt-check-repository"], { signal, timeoutMs: BACKUP_TIMEOUT_MS });
  } catch (error) {
    signal.throwIfAborted();
    // It fails when a file is damaged, too; only then is there a new record.
    const after = await lastCheck(docker, topology, signal);
    if (after === undefined || after.checkedAt === before?.checkedAt) throw error;
  }
}

/** Lists the backups, the oldest first. */
export async function listBackups(
  docker: Dockerode,
  topology: ResolvedDocker,
  signal: AbortSignal,
): Promise<BackupList> {
  const options = { signal, timeoutMs: LIST_TIMEOUT_MS };
  const info = JSON.parse(await inScheduler(docker, topology, ["pgt-backups"], options)) as StanzaInfo[];
  return {
    backups: (info[0]?.backup ?? []).map((backup) => ({
      label: backup.label,
      type: backup.type,
      finishedAt: new Date(backup.timestamp.stop * 1000),
      databaseBytes: backup.info.size,
      repositoryBytes: backup.info.repository.delta,
      wal: { first: backup.archive.start, last: backup.archive.stop },
      damaged: backup.error === true,
    })),
    lastCheck: await lastCheck(docker, topology, signal),
  };
}

async function lastCheck(
  docker: Dockerode,
  topology: ResolvedDocker,
  signal: AbortSignal,
): Promise<BackupList["lastCheck"]> {
  const command = ["sh", "-c", "cat /var/lib/pgbackrest/pgtopology/last-check.json 2>/dev/null || echo null"];
  const text = await inScheduler(docker, topology, command, { signal, timeoutMs: LIST_TIMEOUT_MS });
  return (JSON.parse(text) as BackupList["lastCheck"] | null) ?? undefined;
}

/** Whether the last check found every file as it should be, and no backup is marked as damaged. */
export function isSound(list: BackupList): boolean {
  return list.lastCheck?.status === "ok" && list.backups.every(({ damaged }) => !damaged);
}

async function inScheduler(
  docker: Dockerode,
  topology: ResolvedDocker,
  command: readonly string[],
  options: { signal: AbortSignal; timeoutMs: number; show?: (text: string) => void },
): Promise<string> {
  if (topology.backup === undefined) {
    throw new PgtError("this stack makes no backups", {
      fix: ["Remove backup.enabled: false from its configuration."],
    });
  }
  const result = await execInContainer(docker, schedulerName(topology), command, options);
  if (result.exitCode !== 0) {
    const said = (result.stderr || result.stdout).trim().split("\n").slice(-6).join("\n");
    throw new PgtError(`${command[0] ?? ""} failed (exit code ${result.exitCode}):\n${said}`, {
      fix: ["./pgt logs scheduler shows more."],
    });
  }
  return result.stdout;
}
