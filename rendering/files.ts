import type { PartCertificate, TopologySecrets } from "../topology/secrets.ts";
import type { ResolvedSelfRun } from "../topology/resolved-self-run.ts";
import { nodesOf } from "../topology/resolved-self-run.ts";
import type { RenderedFile } from "./container-shape.ts";
import { PATHS } from "./paths.ts";
import { renderPgHba } from "./pg-hba.ts";
import { renderPgbackrestConf } from "./pgbackrest-conf.ts";
import { renderPgbouncerIni } from "./pgbouncer-ini.ts";
import { renderUserlist } from "./pgbouncer-userlist.ts";
import { renderPgpass } from "./pgpass.ts";
import { renderPostgresqlConf } from "./postgresql-conf.ts";

/**
 * Makes a file's text from a secret: `(secret, write) => write(secret)` for plain strings,
 * `(secret, write) => pulumi.secret(secret.apply(write))` for outputs.
 */
export type Fill<S> = (secret: S, write: (value: string) => string) => S;

/** The files of one container of the topology, by its part. */
export function filesOf<S>(
  topology: ResolvedSelfRun,
  part: string,
  secrets: TopologySecrets<S>,
  fill: Fill<S>,
): readonly RenderedFile<S>[] {
  if (part === "scheduler") return backupFiles(topology, secrets, fill);
  const tls = tlsFiles(part, secrets, fill);
  if (part === "pooler") return [...tls, ...poolerFiles(topology, secrets, fill)];
  return [...tls, ...serverFiles(topology, part, secrets, fill), ...backupFiles(topology, secrets, fill)];
}

function serverFiles<S>(
  topology: ResolvedSelfRun,
  part: string,
  { passwords }: TopologySecrets<S>,
  fill: Fill<S>,
): RenderedFile<S>[] {
  const node = nodesOf(topology).find((candidate) => candidate.part === part);
  if (node === undefined) throw new RangeError(`the topology has no part ${part}`);
  const own =
    part === topology.primary.part
      ? secretFile(PATHS.administratorPassword, passwords.administrator, fill, (password) => `${password}\n`)
      : pgpassFile(topology.roles.replication, passwords.replication, fill);
  return [
    openFile(PATHS.postgresqlConf, renderPostgresqlConf(topology, node)),
    openFile(PATHS.pgHba, renderPgHba(topology)),
    own,
  ];
}

function poolerFiles<S>(
  topology: ResolvedSelfRun,
  { passwords }: TopologySecrets<S>,
  fill: Fill<S>,
): RenderedFile<S>[] {
  if (topology.pooling === undefined) throw new RangeError("the topology has no pooler");
  const role = topology.roles.pooler;
  return [
    openFile(PATHS.pgbouncerIni, renderPgbouncerIni(topology, topology.pooling)),
    secretFile(PATHS.userlist, passwords.pooler, fill, (password) => renderUserlist(role, password)),
    pgpassFile(role, passwords.pooler, fill),
  ];
}

function backupFiles<S>(
  { backup }: ResolvedSelfRun,
  { repositoryPassphrase }: TopologySecrets<S>,
  fill: Fill<S>,
): RenderedFile<S>[] {
  if (backup === undefined) return [];
  return [
    secretFile(PATHS.pgbackrestConf, repositoryPassphrase, fill, (passphrase) =>
      renderPgbackrestConf(backup, passphrase),
    ),
  ];
}

function tlsFiles<S>(
  part: string,
  { caCertificate, certificates }: TopologySecrets<S>,
  fill: Fill<S>,
): RenderedFile<S>[] {
  const own: PartCertificate<S> | undefined = certificates[part];
  if (own === undefined) throw new RangeError(`no certificate for ${part}`);
  return [
    openFile(PATHS.caCertificate, caCertificate),
    openFile(PATHS.certificate, own.certificate),
    secretFile(PATHS.key, own.key, fill, (key) => key),
  ];
}

function pgpassFile<S>(role: string, password: S, fill: Fill<S>): RenderedFile<S> {
  return secretFile(PATHS.pgpass, password, fill, (value) => renderPgpass(role, value));
}

function openFile<S>(path: string, content: string): RenderedFile<S> {
  return { path, content, secret: false, permissions: "0644" };
}

function secretFile<S>(path: string, secret: S, fill: Fill<S>, write: (value: string) => string): RenderedFile<S> {
  return { path, content: fill(secret, write), secret: true, permissions: "0600" };
}
