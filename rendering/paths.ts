/** Where the image and the files put into it meet. `images/postgres/commands` uses the same paths. */
export const PATHS = {
  /** Volume `<part>-data`; the server's own folder is `pgdata` in it. */
  data: "/var/lib/postgresql/data",
  pgdata: "/var/lib/postgresql/data/pgdata",
  /** WAL on its way into the repository; in the data volume, so that it survives the container. */
  spool: "/var/lib/postgresql/data/spool",
  /** Volume `backups`. */
  repository: "/var/lib/pgbackrest",
  /** Volume `socket` for primary and scheduler; the container's own elsewhere. */
  socket: "/run/postgresql",
  /** Held in memory. */
  temporary: "/tmp",
  postgresqlConf: "/etc/pgtopology/postgresql.conf",
  pgHba: "/etc/pgtopology/pg_hba.conf",
  pgbouncerIni: "/etc/pgtopology/pgbouncer.ini",
  pgbackrestConf: "/etc/pgtopology/pgbackrest.conf",
  certificate: "/etc/pgtopology/tls/server.crt",
  key: "/etc/pgtopology/tls/server.key",
  caCertificate: "/etc/pgtopology/tls/ca.crt",
  secrets: "/etc/pgtopology/secrets",
  /** The administrator's password, alone in the file. */
  administratorPassword: "/etc/pgtopology/secrets/administrator-password",
  /** libpq's password file, of the one role that the container logs in as. */
  pgpass: "/etc/pgtopology/secrets/pgpass",
  /** PgBouncer's own credentials; every other role is looked up in the database. */
  userlist: "/etc/pgtopology/secrets/userlist",
} as const;

/** Where servers listen inside the network. */
export const INTERNAL_PORTS = { postgres: 5432, pooler: 6432 } as const;

/** pgBackRest's name for the one cluster in the repository. */
export const STANZA = "main";
