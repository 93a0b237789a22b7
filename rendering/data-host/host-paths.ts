/** Where things are on the data host, beside the paths that it shares with the image. */
export const HOST_PATHS = {
  /** Every step of the bootstrap, and what it said. */
  bootstrapLog: "/var/log/pgtopology-bootstrap.log",
  /** The bootstrap itself: a run of it finishes what the first boot has left undone. */
  bootstrap: "/usr/local/sbin/pgt-bootstrap",
  /** There when every step of the bootstrap has been done. */
  bootstrapDone: "/var/lib/pgtopology/bootstrap-done",
  /** Runs a command of the topology as the server's user, with its environment: `pgt-as-postgres pgt-backup full`. */
  asPostgres: "/usr/local/sbin/pgt-as-postgres",
  /** Prints a signing request for the server's key, which is made when there is none. */
  signingRequest: "/usr/local/bin/pgt-signing-request",
  commands: "/usr/local/bin",
  library: "/usr/local/lib/pgtopology",
  units: "/etc/systemd/system",
  /** Locks and passing state, in memory, the server's user's alone. */
  run: "/run/pgtopology",
  /** Environment of every unit and command; without secrets. */
  environment: "/etc/pgtopology/environment",
  /** The CA of the bucket's endpoint, where Debian does not know it. */
  bucketCa: "/etc/pgtopology/tls/bucket-ca.crt",
  /** Environment of the commands that export; without secrets. */
  exports: "/etc/pgtopology/exports.env",
  /** How libpq finds the database that is exported. */
  exportedService: "/etc/pgtopology/exported-service.conf",
  exportedCa: "/etc/pgtopology/tls/exported-ca.crt",
  /** What came of the last check of all exports: images/data-host/lib/exports.sh writes it. */
  lastExportCheck: "/var/lib/pgbackrest/pgtopology/last-export-check.json",
  exportedPgpass: "/etc/pgtopology/secrets/exported-pgpass",
  /** The key of the bucket, as the clients of S3 read it. */
  bucketCredentials: "/etc/pgtopology/secrets/bucket-credentials",
  repositoryPassphrase: "/etc/pgtopology/secrets/repository-passphrase",
} as const;
