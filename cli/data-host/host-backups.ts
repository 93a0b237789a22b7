import { EXIT, PgtError } from "../../kernel/errors.ts";
import { HOST_PATHS } from "../../rendering/data-host/host-paths.ts";
import { quoted } from "../../ssh/quoted.ts";
import type { SshSession } from "../../ssh/session.ts";
import type { BackupsAnswer } from "../../facts/from-live/digitalocean/digitalocean-answers.ts";
import type { HostWay } from "../../verify/run-digitalocean.ts";
import {
  type BackupEntry,
  type BackupList,
  type BackupType,
  LAST_CHECK,
  parseBackups,
  type RepositoryRecord,
} from "../stack/backup-entry.ts";
import type { ExportStatus } from "../stack/status-shape.ts";

/** A full backup of a large database takes a while; after this long something is wrong. */
const BACKUP_TIMEOUT_MS = 12 * 3_600_000;
/** The bucket is asked. */
const LIST_TIMEOUT_MS = 60_000;
const RECORD_TIMEOUT_MS = 15_000;
const TOLD_LINES = 6;
const BYTES_PER_GIGABYTE = 1_000_000_000;

/** Where the data host keeps the record of its newest export: images/data-host/lib/exports.sh */
const LAST_EXPORT = "/var/lib/pgbackrest/pgtopology/last-export.json";

/** What is done on the host on request. */
export type HostWork = ["pgt-backup", BackupType] | ["pgt-check-repository"] | ["pgt-check-exports"];

/**
 * Has the host do it as a unit of its own, and waits: a session that breaks does not end the work.
 * @throws {PgtError} with the last lines that it said
 */
export async function workOnHost(session: SshSession, work: HostWork): Promise<void> {
  const name = work.join(" ");
  // Two at once have names of their own; the commands themselves wait for each other.
  const unit = `pgtopology-on-request-$(date +%s)-$$`;
  const command = [HOST_PATHS.asPostgres, ...work].map(quoted).join(" ");
  const script = `unit=${unit}
systemd-run --quiet --collect --wait --nice=10 --unit="$unit" --description=${quoted(name)} ${command} && exit 0
code=$?
journalctl --quiet --output=cat --lines=${TOLD_LINES} _SYSTEMD_UNIT="$unit.service" >&2
exit "$code"`;
  const { code, stderr } = await session.run(script, { name, timeoutMs: BACKUP_TIMEOUT_MS });
  if (code === 0) return;
  throw new PgtError(`${name} failed on the data host (exit code ${code}):\n${stderr.trim()}`, {
    exitCode: EXIT.failed,
    fix: ["On the data host, journalctl --unit='pgtopology-on-request-*' shows all of it."],
  });
}

/** The backups of the data database, the oldest first. */
export async function listHostBackups(way: HostWay): Promise<BackupList> {
  return {
    backups: parseBackups(await told(way, ["pgt-backups"], LIST_TIMEOUT_MS)),
    lastCheck: await readRecord<RepositoryRecord>(way, LAST_CHECK),
  };
}

/** What restic tells of a snapshot: https://restic.readthedocs.io/en/stable/075_scripting.html#snapshots */
interface Snapshot {
  readonly short_id: string;
  readonly time: string;
  readonly summary?: {
    readonly backup_end?: string;
    readonly total_bytes_processed?: number;
    readonly data_added_packed?: number;
  };
}

/** The exports of the managed database in the bucket, the oldest first. */
export async function listExports(way: HostWay): Promise<BackupList> {
  const snapshots = JSON.parse(await told(way, ["pgt-exports"], LIST_TIMEOUT_MS)) as Snapshot[];
  const check = await readRecord<ExportRecord>(way, HOST_PATHS.lastExportCheck);
  return {
    backups: snapshots.map(({ short_id, summary, time }) => ({
      label: short_id,
      type: "export" as const,
      finishedAt: new Date(summary?.backup_end ?? time),
      databaseBytes: summary?.total_bytes_processed ?? null,
      repositoryBytes: summary?.data_added_packed ?? null,
      wal: null,
      damaged: null,
    })),
    lastCheck: check && { checkedAt: check.endedAt, status: check.status, errors: check.errors },
  };
}

/** The platform's own backups of the cluster. */
export function platformBackups(answer: BackupsAnswer | undefined): BackupEntry[] {
  return (answer?.backups ?? []).map(({ created_at, size_gigabytes }) => ({
    label: created_at,
    type: "platform" as const,
    finishedAt: new Date(created_at),
    databaseBytes: null,
    repositoryBytes: size_gigabytes === undefined ? null : Math.round(size_gigabytes * BYTES_PER_GIGABYTE),
    wal: null,
    damaged: null,
  }));
}

/** In the order in which they were made. */
export function byAge(backups: readonly BackupEntry[]): BackupEntry[] {
  return [...backups].sort((a, b) => a.finishedAt.getTime() - b.finishedAt.getTime());
}

interface ExportRecord {
  readonly endedAt: string;
  readonly status: string;
  readonly errors: readonly string[];
  readonly bytes?: number;
}

/** What became of the newest export; null before the first. */
export async function readLastExport(way: HostWay): Promise<ExportStatus | null> {
  const record = await readRecord<ExportRecord>(way, LAST_EXPORT);
  return record === undefined ? null : { endedAt: record.endedAt, status: record.status, bytes: record.bytes ?? null };
}

/** A record that a command of the host has left; `undefined` before the first. */
export async function readRecord<T>(way: HostWay, path: string): Promise<T | undefined> {
  // A file that is there and can't be read is no record that was never made.
  const text = await told(way, ["sh", "-c", `[ ! -e ${path} ] || cat ${path}`], RECORD_TIMEOUT_MS);
  return text.trim() === "" ? undefined : (JSON.parse(text) as T);
}

async function told(way: HostWay, command: readonly string[], timeoutMs: number): Promise<string> {
  const { exitCode, stderr, stdout } = await way.execute(command, timeoutMs);
  if (exitCode === 0) return stdout;
  const said = (stderr || stdout).trim().split("\n").slice(-TOLD_LINES).join("\n");
  throw new PgtError(`${command[0] ?? ""} failed on the data host (exit code ${exitCode}): ${said}`, {
    fix: ["./pgt logs shows what its units have said."],
  });
}
