import type { Fact } from "../known.ts";

/** What the record of a check says: `pgbackrest verify` exits with 0 on corruption, so its words count. */
export interface RepositoryCheck {
  /** `ok`, or a word for what is wrong. */
  readonly status: string;
  readonly errors: number;
  readonly ageSeconds: number;
}

/** A primary whose first backup comes by itself. */
export interface WaitingPrimary {
  readonly madeAt: Date;
  readonly ageSeconds: number;
}

/** The WAL archive and the backups. */
export interface BackupFacts {
  /** WAL is archived and backups are made. When false, nothing else here matters. */
  readonly enabled: Fact<boolean>;
  /** Kept by time, in days; 0 when backups are not kept by time. */
  readonly retentionDays: Fact<number>;
  /** Longest time, in seconds, that a written row waits for the archive; 0 is without limit. */
  readonly archiveTimeoutSeconds: Fact<number>;
  /** The archive command returns before WAL is stored, and several files are sent at once. */
  readonly asynchronous: Fact<boolean>;
  readonly encrypted: Fact<boolean>;
  /** Something makes a backup each day without being asked. */
  readonly scheduled: Fact<boolean>;
  /** The repository lies on a named volume on which no server keeps its data. */
  readonly ownVolume: Fact<boolean>;

  /** Seconds from a forced WAL switch until its segment was in the archive; `undefined` when it did not arrive. */
  readonly switchArchivedSeconds: Fact<number | undefined>;
  /** What pg_stat_archiver says of a segment that failed after that switch; `undefined` when none did. */
  readonly archiveFailure: Fact<string | undefined>;
  /** Segments that wait for the archive (`.ready`). */
  readonly archiveQueue: Fact<number>;
  /** Age of the newest complete backup; `undefined` when there is none. */
  readonly lastBackupAgeSeconds: Fact<number | undefined>;
  /** Live only: seconds by which the daily backup may begin later than its time. */
  readonly startWindowSeconds: Fact<number>;
  /** Live only: the primary, where its first backup waits for the daily one; `undefined` where `pgt up` makes it at once. */
  readonly waitingPrimary: Fact<WaitingPrimary | undefined>;
  /** Stored errors that pgBackRest met in the newest backup (page checksums). */
  readonly lastBackupErrors: Fact<number>;
  /** `undefined` when the repository was never checked. */
  readonly lastCheck: Fact<RepositoryCheck | undefined>;
  /** Paths in the repository that others than its owner may read, at most ten. */
  readonly readableByOthers: Fact<readonly string[]>;
  /** Live only: the newest export of a managed database, also one that failed; `undefined` where there was none yet. */
  readonly lastExport: Fact<RepositoryCheck | undefined>;
  /** Live only: the last time that all exports were read; `undefined` where they never were. */
  readonly lastExportCheck: Fact<RepositoryCheck | undefined>;
}
