import { emulated, type Feature, feature, SUPPORTED, unsupported } from "./feature.ts";

const NOBODY_ELSE = "nobody else works on the servers: the image changes when ./pgt up changes it";

/** What is kept, what is guarded, and who works on the servers. */
export const OPERATION_FEATURES: readonly Feature[] = [
  feature("point-in-time-window", "point-in-time window of its own length", ["backup.pointInTimeDays"], {
    docker: emulated("WAL is kept as long as the backups: every moment of backup.retentionDays can be restored"),
    gcp: SUPPORTED,
    digitalocean: unsupported(
      "the platform's window is seven days, and can't be set; the data database keeps WAL as long as its backups",
    ),
  }),
  feature("backup-location", "where the cloud keeps its backups", ["backup.location"], {
    docker: unsupported("the repository is a volume of this machine's Docker engine"),
    gcp: SUPPORTED,
    digitalocean: SUPPORTED,
  }),
  feature("backup-repository", "kind of repository", ["backup.repository"], {
    docker: SUPPORTED,
    gcp: unsupported("backups are kept by the platform", "use backup.location to say where"),
    digitalocean: unsupported(
      "backups are the platform's, and the data host's are in a bucket",
      "use backup.location to say where",
    ),
  }),
  feature("archive-timeout", "longest wait for the archive", ["backup.archiveTimeoutSeconds"], {
    docker: SUPPORTED,
    gcp: unsupported("the platform archives WAL by its own clock"),
    digitalocean: SUPPORTED,
  }),
  feature("second-copy", "copy of backups in another failure domain", ["backup.secondCopy"], {
    docker: unsupported("not built: the repository is one volume"),
    gcp: SUPPORTED,
    digitalocean: unsupported("the data host's bucket, in the region of backup.location, is the copy there is"),
  }),
  feature("maintenance", "maintenance window", ["maintenance.day", "maintenance.hour"], {
    docker: unsupported(NOBODY_ELSE),
    gcp: SUPPORTED,
    digitalocean: SUPPORTED,
  }),
  feature(
    "maintenance-freeze",
    "how early updates come, and times without them",
    ["maintenance.track", "maintenance.freeze"],
    {
      docker: unsupported(NOBODY_ELSE),
      gcp: SUPPORTED,
      digitalocean: unsupported("the platform has a weekly window, and nothing that keeps it from working in it"),
    },
  ),
  feature("deletion-protection", "refusal to remove what holds data", ["protection.deletion"], {
    docker: unsupported(
      "a Docker engine removes what it is told to; volumes are kept when their containers go",
      "use protection.keepData",
    ),
    gcp: SUPPORTED,
    digitalocean: SUPPORTED,
  }),
  feature("final-backup", "last backup at a removal", ["protection.finalBackupDays"], {
    docker: unsupported("the backups are a volume, which is kept as long as protection.keepData says"),
    gcp: SUPPORTED,
    digitalocean: unsupported(
      "backups of a cluster go with it; what outlives it are the exports in the bucket",
      "use backup.retentionDays",
    ),
  }),
  feature("query-insights", "view of queries and plans", ["observability.queryInsights"], {
    docker: emulated("pg_stat_statements is loaded, and statements of a second or more are logged"),
    gcp: SUPPORTED,
    digitalocean: unsupported("the platform's own view can't be switched"),
  }),
  feature("export", "backups that are kept longer than the platform keeps them", [], {
    docker: SUPPORTED,
    gcp: SUPPORTED,
    digitalocean: emulated(
      "the platform keeps seven days; with backup.retentionDays above it, the data host writes an encrypted export to the bucket each day",
    ),
  }),
  feature("alerts", "mail when processor, memory or disk run out", ["observability.alertEmails"], {
    docker: unsupported("not built: nobody watches the containers"),
    gcp: unsupported("not built: no alert is made for the instances"),
    digitalocean: SUPPORTED,
  }),
  feature("project", "project that everything is listed in", ["project"], {
    docker: unsupported("containers belong to no project"),
    gcp: unsupported("the project is part of each name", "set gcp:project"),
    digitalocean: SUPPORTED,
  }),
  feature("labels", "labels of one's own", ["observability.labels"], {
    docker: unsupported("not built: containers and volumes carry the stack's own labels"),
    gcp: SUPPORTED,
    digitalocean: unsupported("not built: resources carry the stack's name"),
  }),
];
