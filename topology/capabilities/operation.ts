import { emulated, type Feature, feature, SUPPORTED, unsupported } from "./feature.ts";

/** What is kept, what is guarded, and who works on the servers. */
export const OPERATION_FEATURES: readonly Feature[] = [
  feature("point-in-time-window", "point-in-time window of its own length", ["backup.pointInTimeDays"], {
    docker: emulated("WAL is kept as long as the backups: every moment of backup.retentionDays can be restored"),
    gcp: SUPPORTED,
  }),
  feature("backup-location", "where the cloud keeps its backups", ["backup.location"], {
    docker: unsupported("the repository is a volume of this machine's Docker engine"),
    gcp: SUPPORTED,
  }),
  feature("backup-repository", "kind of repository", ["backup.repository"], {
    docker: SUPPORTED,
    gcp: unsupported("backups are kept by the platform", "use backup.location to say where"),
  }),
  feature("archive-timeout", "longest wait for the archive", ["backup.archiveTimeoutSeconds"], {
    docker: SUPPORTED,
    gcp: unsupported("the platform archives WAL by its own clock"),
  }),
  feature("second-copy", "copy of backups in another failure domain", ["backup.secondCopy"], {
    docker: unsupported("not built: the repository is one volume"),
    gcp: SUPPORTED,
  }),
  feature("maintenance", "maintenance window and freezes", ["maintenance"], {
    docker: unsupported("nobody else works on the servers: the image changes when ./pgt up changes it"),
    gcp: SUPPORTED,
  }),
  feature("deletion-protection", "refusal to remove what holds data", ["protection.deletion"], {
    docker: unsupported(
      "a Docker engine removes what it is told to; volumes are kept when their containers go",
      "use protection.keepData",
    ),
    gcp: SUPPORTED,
  }),
  feature("final-backup", "last backup at a removal", ["protection.finalBackupDays"], {
    docker: unsupported("the backups are a volume, which is kept as long as protection.keepData says"),
    gcp: SUPPORTED,
  }),
  feature("query-insights", "view of queries and plans", ["observability.queryInsights"], {
    docker: emulated("pg_stat_statements is loaded, and statements of a second or more are logged"),
    gcp: SUPPORTED,
  }),
  feature("labels", "labels of one's own", ["observability.labels"], {
    docker: unsupported("not built: containers and volumes carry the stack's own labels"),
    gcp: SUPPORTED,
  }),
];
