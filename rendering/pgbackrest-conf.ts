import type { ResolvedBackup } from "../topology/resolved-self-run.ts";
import { INTERNAL_PORTS, PATHS, STANZA } from "./paths.ts";

/** A repository in a bucket that speaks S3. */
export interface RepositoryBucket {
  readonly name: string;
  /** Host name, and port where it isn't 443. */
  readonly endpoint: string;
  readonly region: string;
  readonly uriStyle: "host" | "path";
  readonly key: { readonly id: string; readonly secret: string };
  /** Path of the CA that signed the endpoint's certificate; `undefined` for one that the system knows. */
  readonly caFile: string | undefined;
  /** Folder of locks. */
  readonly run: string;
}

/** pgBackRest's configuration, with the repository's passphrase in it: the file is a secret. */
export function renderPgbackrestConf(
  backup: ResolvedBackup,
  repositoryPassphrase: string,
  bucket?: RepositoryBucket,
): string {
  const settings = {
    ...(bucket === undefined ? { "repo1-path": PATHS.repository } : bucketSettings(bucket)),
    "repo1-cipher-type": "aes-256-cbc",
    "repo1-cipher-pass": repositoryPassphrase,
    "repo1-retention-full-type": "time",
    "repo1-retention-full": String(backup.retentionDays),
    "repo1-bundle": "y",
    "compress-type": "zst",
    "checksum-page": "y",
    "start-fast": "y",
    "process-max": "2",
    "archive-timeout": "120",
    "spool-path": PATHS.spool,
    "lock-path": `${bucket?.run ?? PATHS.temporary}/pgbackrest`,
    // The commands set umask 077; without this pgBackRest would open the repository to the group.
    "neutral-umask": "n",
    "log-level-file": "off",
    "log-level-console": "off",
    "log-level-stderr": "warn",
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`);
  return [
    "[global]\n",
    ...lines,
    // Not for archive-get: a replica asks for few files, and needs no spool for them.
    "\n[global:archive-push]\narchive-async=y\n",
    // A server that is told to stop waits for six tries: a bucket that does not answer must not hold it up for long. What
    // takes longer goes on by itself, and the next try finds it done.
    ...(bucket === undefined ? [] : ["archive-timeout=15\n"]),
    `\n[${STANZA}]\n`,
    `pg1-path=${PATHS.pgdata}\n`,
    `pg1-port=${INTERNAL_PORTS.postgres}\n`,
    `pg1-socket-path=${PATHS.socket}\n`,
  ].join("");
}

/** https://pgbackrest.org/configuration.html#section-repository */
function bucketSettings(bucket: RepositoryBucket): Record<string, string> {
  return {
    "repo1-type": "s3",
    // In the bucket; the exports are beside it.
    "repo1-path": "/pgbackrest",
    "repo1-s3-bucket": bucket.name,
    "repo1-s3-endpoint": bucket.endpoint,
    "repo1-s3-region": bucket.region,
    "repo1-s3-uri-style": bucket.uriStyle,
    "repo1-s3-key": bucket.key.id,
    "repo1-s3-key-secret": bucket.key.secret,
    "repo1-storage-verify-tls": "y",
    ...(bucket.caFile !== undefined && { "repo1-storage-ca-file": bucket.caFile }),
  };
}
