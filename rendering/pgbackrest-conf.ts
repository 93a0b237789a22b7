import type { ResolvedBackup } from "../topology/resolved-docker.ts";
import { INTERNAL_PORTS, PATHS, STANZA } from "./paths.ts";

/** pgBackRest's configuration, with the repository's passphrase in it: the file is a secret. */
export function renderPgbackrestConf(backup: ResolvedBackup, repositoryPassphrase: string): string {
  const settings = {
    "repo1-path": PATHS.repository,
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
    "lock-path": `${PATHS.temporary}/pgbackrest`,
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
    `\n[${STANZA}]\n`,
    `pg1-path=${PATHS.pgdata}\n`,
    `pg1-port=${INTERNAL_PORTS.postgres}\n`,
    `pg1-socket-path=${PATHS.socket}\n`,
  ].join("");
}
