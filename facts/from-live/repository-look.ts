import type { RepositoryCheck } from "../../requirements/facts/backup.ts";
import type { ResolvedRepository } from "../../topology/resolved-self-run.ts";
import { type Ini, parseIni } from "../conf-files.ts";

/** Where the image keeps the repository. */
export const REPOSITORY = "/var/lib/pgbackrest";
/** What pgBackRest's encryption, as OpenSSL's, puts in front of a file. */
const ENCRYPTED = "Salted__";
/** pgBackRest's name for the one cluster in the repository. */
const STANZA = "main";
const SEPARATOR = "-----pgt-----";

/**
 * One look at everything, as one process start costs more than all of it. Passphrase and keys stay where they are; of the
 * files that others may read, the first few say enough. Into a bucket, pgBackRest itself looks.
 */
export function repositoryLook({ type }: ResolvedRepository): string {
  const head = `head -c ${ENCRYPTED.length}`;
  return [
    `grep -vE 'cipher-pass|-key' "$PGBACKREST_CONFIG"`,
    `echo ${SEPARATOR}`,
    type === "volume"
      ? `${head} ${REPOSITORY}/backup/*/backup.info 2>/dev/null`
      : `pgbackrest repo-get --raw backup/${STANZA}/backup.info 2>/dev/null | ${head}`,
    `echo; echo ${SEPARATOR}`,
    ...(type === "volume" ? [`find ${REPOSITORY} -perm /077 ! -type l 2>/dev/null | head -n 5`] : []),
    `echo ${SEPARATOR}`,
    `cat ${REPOSITORY}/pgtopology/last-check.json 2>/dev/null`,
    "true",
  ].join("; ");
}

/** What {@link repositoryLook} saw. */
export interface RepositoryLook {
  /** pgbackrest.conf, without the passphrase. */
  readonly conf: Ini;
  /** Undefined before the first backup. */
  readonly encrypted: boolean | undefined;
  readonly readableByOthers: readonly string[];
  /** JSON; empty when there was none. */
  readonly lastCheck: string;
}

/** Reads the output of {@link repositoryLook}. */
export function parseRepositoryLook(output: string): RepositoryLook {
  const [conf = "", head = "", readable = "", lastCheck = ""] = output.split(`${SEPARATOR}\n`);
  const start = head.trim();
  return {
    conf: parseIni(conf),
    encrypted: start === "" ? undefined : start === ENCRYPTED,
    readableByOthers: readable.split("\n").filter((path) => path !== ""),
    lastCheck: lastCheck.trim(),
  };
}

/** A record as the image and the data host write it. */
interface WrittenRecord {
  readonly checkedAt?: string;
  readonly endedAt?: string;
  readonly errors: readonly unknown[];
  readonly status: string;
}

/** Reads the record of a check, or of an export; empty where there is none. @throws when it is no record */
export function parseRepositoryCheck(record: string, now: Date): RepositoryCheck | undefined {
  if (record === "") return undefined;
  const { checkedAt, endedAt, errors, status } = JSON.parse(record) as WrittenRecord;
  const at = Date.parse(checkedAt ?? endedAt ?? "");
  if (Number.isNaN(at)) throw new Error("the record has no time");
  return { status, errors: errors.length, ageSeconds: Math.max(0, (now.getTime() - at) / 1000) };
}

/** The newest backup of `pgbackrest info --output=json`. */
export interface SeenBackup {
  /** Unix time. */
  readonly stoppedAt: number;
  /** pgBackRest met pages with a wrong checksum. */
  readonly error: boolean;
}

/** Reads `pgbackrest info --output=json`; undefined when there is no backup. */
export function newestBackup(json: string): SeenBackup | undefined {
  const stanzas = JSON.parse(json) as { backup?: { timestamp: { stop: number }; error?: boolean }[] }[];
  return stanzas
    .flatMap(({ backup }) => backup ?? [])
    .map(({ error, timestamp }) => ({ stoppedAt: timestamp.stop, error: error === true }))
    .sort((a, b) => b.stoppedAt - a.stoppedAt)[0];
}

/** The newest segment that `pgbackrest info --output=json` names; empty when there is none. */
export function newestSegment(json: string): string {
  const stanzas = JSON.parse(json) as { archive?: { max?: string | null }[] }[];
  return (
    stanzas
      .flatMap(({ archive }) => archive ?? [])
      .flatMap(({ max }) => max ?? [])
      .sort()
      .at(-1) ?? ""
  );
}
