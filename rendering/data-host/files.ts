import type { ResolvedSelfRun } from "../../topology/resolved-self-run.ts";
import { PATHS } from "../paths.ts";
import { renderPgHba } from "../pg-hba.ts";
import { renderPgbackrestConf } from "../pgbackrest-conf.ts";
import { renderPgbouncerIni } from "../pgbouncer-ini.ts";
import { renderUserlist } from "../pgbouncer-userlist.ts";
import { renderPgpass } from "../pgpass.ts";
import { renderPostgresqlConf } from "../postgresql-conf.ts";
import { exportFiles } from "./export-files.ts";
import type { DataHostPlace, DataHostSecrets, HostFile } from "./host-file.ts";
import { openFile, secretFile, systemFile } from "./host-file-kinds.ts";
import { HOST_PATHS } from "./host-paths.ts";
import { poolerUnit, postgresUnit, timerUnits, type Unit } from "./units.ts";

/** Everything that is delivered to a data host beside its commands: the same text as in a container, and systemd's units. */
export function dataHostFiles(
  server: ResolvedSelfRun,
  place: DataHostPlace,
  secrets: DataHostSecrets,
): readonly HostFile[] {
  return [
    environmentFile(server),
    ...tlsFiles(place, secrets),
    ...serverFiles(server, secrets),
    ...poolerFiles(server, secrets),
    ...backupFiles(server, place, secrets),
    ...exportFiles(place, secrets),
    ...unitsOf(server, place).map(({ name, content }) => systemFile(`${HOST_PATHS.units}/${name}`, content)),
  ];
}

/** Every unit of a data host, in the order in which they can be started. */
function unitsOf(server: ResolvedSelfRun, { bucket, exported }: DataHostPlace): readonly Unit[] {
  return [
    postgresUnit(),
    ...(server.pooling === undefined ? [] : [poolerUnit(server.pooling)]),
    ...timerUnits(server.backup, bucket && exported),
  ];
}

/** The units that a data host has running, or waiting for their time: those that `systemctl enable --now` is for. */
export function enabledUnits(server: ResolvedSelfRun, place: DataHostPlace): readonly string[] {
  return unitsOf(server, place)
    .filter(({ content }) => content.includes("\n[Install]\n"))
    .map(({ name }) => name);
}

/** What the image sets for every command, and where a host differs from a container. */
function environmentFile({ pooling, roles }: ResolvedSelfRun): HostFile {
  const variables = {
    PATH: "/usr/lib/postgresql/17/bin:/usr/local/bin:/usr/sbin:/usr/bin:/bin",
    LANG: "C.UTF-8",
    TZ: "UTC",
    PGDATA: PATHS.pgdata,
    PGBACKREST_CONFIG: PATHS.pgbackrestConf,
    PGT_RUN: HOST_PATHS.run,
    // What the pooler's health check logs in to, and as.
    ...(pooling && { PGT_POOL: pooling.writerPool, PGT_POOLER_ROLE: roles.pooler }),
  };
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}\n`);
  return openFile(HOST_PATHS.environment, lines.join(""));
}

/** Not the key: the host makes it, and it never leaves the host. */
function tlsFiles({ bucket }: DataHostPlace, { caCertificate, certificate }: DataHostSecrets): HostFile[] {
  return [
    openFile(PATHS.caCertificate, caCertificate),
    openFile(PATHS.certificate, certificate),
    ...(bucket?.caCertificate === undefined ? [] : [openFile(HOST_PATHS.bucketCa, bucket.caCertificate)]),
  ];
}

function serverFiles(server: ResolvedSelfRun, { administratorPassword }: DataHostSecrets): HostFile[] {
  return [
    openFile(PATHS.postgresqlConf, renderPostgresqlConf(server, server.primary)),
    openFile(PATHS.pgHba, renderPgHba(server)),
    secretFile(PATHS.administratorPassword, `${administratorPassword}\n`),
  ];
}

function poolerFiles(server: ResolvedSelfRun, { poolerPassword }: DataHostSecrets): HostFile[] {
  const { pooling, roles } = server;
  if (pooling === undefined) return [];
  return [
    // The server beside it: over TLS all the same, because that is how the pooler's role logs in everywhere.
    openFile(PATHS.pgbouncerIni, renderPgbouncerIni(server, pooling, { writer: "localhost", readers: "localhost" })),
    secretFile(PATHS.userlist, renderUserlist(roles.pooler, poolerPassword)),
    secretFile(PATHS.pgpass, renderPgpass(roles.pooler, poolerPassword)),
  ];
}

function backupFiles(
  { backup }: ResolvedSelfRun,
  { bucket }: DataHostPlace,
  { repositoryPassphrase, bucketKey }: DataHostSecrets,
): HostFile[] {
  if (backup === undefined) return [];
  if (bucket === undefined) throw new RangeError("there is no bucket for the backups");
  if (bucketKey === undefined) throw new RangeError("the bucket has no key");
  const repository = {
    ...bucket,
    key: bucketKey,
    caFile: bucket.caCertificate === undefined ? undefined : HOST_PATHS.bucketCa,
    run: HOST_PATHS.run,
  };
  return [secretFile(PATHS.pgbackrestConf, renderPgbackrestConf(backup, repositoryPassphrase, repository))];
}
