import { renderTable } from "../kernel/table.ts";
import { readableAge, readableBytes } from "./readable.ts";
import type { BackupEntry, BackupList } from "./stack/backup-entry.ts";

const SHOWN_ERRORS = 10;

/** The backups as a person reads them, the oldest first, and what the last check of the repository said. */
export function backupsText(list: BackupList, now: Date): string {
  const table = list.backups.length === 0 ? "no backups yet" : backupTable(list.backups, now);
  const check = list.lastCheck;
  const checked = check === undefined ? "never" : `${check.status}, ${readableAge(new Date(check.checkedAt), now)} ago`;
  const errors = (check?.errors ?? [])
    .slice(0, SHOWN_ERRORS)
    .map((line) => `\n  ${line.trim()}`)
    .join("");
  return `${table}\n\nlast check  ${checked}${errors}`;
}

/** One line a backup. */
export function backupTable(backups: readonly BackupEntry[], now: Date): string {
  return renderTable(
    ["backup", "type", "age", "database", "in repository", "WAL from", "WAL to", ""],
    backups.map((backup) => [
      backup.label,
      backup.type,
      readableAge(backup.finishedAt, now),
      sizeText(backup.databaseBytes),
      sizeText(backup.repositoryBytes),
      backup.wal?.first ?? "-",
      backup.wal?.last ?? "-",
      backup.damaged === true ? "damaged" : "",
    ]),
  );
}

function sizeText(bytes: number | null): string {
  return bytes === null ? "-" : readableBytes(bytes);
}
