/** One backup of a database. */
export interface BackupEntry {
  readonly label: string;
  /** Of pgBackRest's kinds, made by the platform, or an export to the bucket. */
  readonly type: "full" | "diff" | "incr" | "platform" | "export";
  readonly finishedAt: Date;
  /** Bytes of the database that it restores to; null where nobody tells. */
  readonly databaseBytes: number | null;
  /** Bytes that it takes in the repository. */
  readonly repositoryBytes: number | null;
  /** First and last WAL file that it needs; null where it needs none of the stack's own. */
  readonly wal: { readonly first: string; readonly last: string } | null;
  /** Null where only a check of the whole tells. */
  readonly damaged: boolean | null;
}

/** pgBackRest's kinds of backups. */
export type BackupType = Exclude<BackupEntry["type"], "platform" | "export">;

/** The backups of a database, the oldest first, and what the last check of their repository said. */
export interface BackupList {
  readonly backups: readonly BackupEntry[];
  readonly lastCheck: RepositoryRecord | undefined;
}

/** What a check of a repository found. */
export interface RepositoryRecord {
  readonly checkedAt: string;
  readonly status: string;
  readonly errors: readonly string[];
}

/** Whether the last check found every file as it should be, and no backup is marked as damaged. */
export function isSound(list: BackupList): boolean {
  return list.lastCheck?.status === "ok" && list.backups.every(({ damaged }) => damaged !== true);
}

interface StanzaInfo {
  readonly backup?: readonly {
    readonly label: string;
    readonly type: BackupType;
    readonly timestamp: { readonly stop: number };
    readonly info: { readonly size: number; readonly repository: { readonly delta: number } };
    readonly archive: { readonly start: string; readonly stop: string };
    readonly error?: boolean | null;
  }[];
}

/** Reads `pgbackrest info --output=json`, the oldest backup first. */
export function parseBackups(json: string): BackupEntry[] {
  const [stanza] = JSON.parse(json) as StanzaInfo[];
  return (stanza?.backup ?? []).map((backup) => ({
    label: backup.label,
    type: backup.type,
    finishedAt: new Date(backup.timestamp.stop * 1000),
    databaseBytes: backup.info.size,
    repositoryBytes: backup.info.repository.delta,
    wal: { first: backup.archive.start, last: backup.archive.stop },
    damaged: backup.error === true,
  }));
}

/** Where image and data host keep the record of the last check. */
export const LAST_CHECK = "/var/lib/pgbackrest/pgtopology/last-check.json";
