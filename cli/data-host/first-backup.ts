import { HOST_PATHS } from "../../rendering/data-host/host-paths.ts";
import { succeed } from "../../ssh/place-files.ts";
import type { SshSession } from "../../ssh/session.ts";
import type { DigitalOceanWorld } from "../stack/open-digitalocean.ts";

/** The first of anything takes as long as there is data. */
const FIRST_MS = 12 * 3_600_000;
const LOOK_MS = 60_000;

/**
 * A database that is backed up has a full backup, and a repository that was read through, from its first day on.
 * @returns whether there had been none
 */
export async function ensureFirstHostBackup(
  session: SshSession,
  { topology }: Pick<DigitalOceanWorld, "topology">,
  say: (line: string) => void,
): Promise<boolean> {
  if (topology.dataHost?.server.backup === undefined) return false;
  const { stdout } = await asPostgres(session, "pgt-backups", "the list of backups");
  const stanzas = JSON.parse(stdout) as { readonly backup?: readonly unknown[] }[];
  if (stanzas.some(({ backup = [] }) => backup.length > 0)) return false;
  say("first full backup");
  await asPostgres(session, "pgt-backup first", "the first backup");
  say("first check of the repository");
  await asPostgres(session, "pgt-check-repository", "the first check of the repository");
  return true;
}

/**
 * What is kept beyond the platform's days begins on the first day, too, and is read through. One that broke off is made
 * once more by the next run.
 * @returns whether there had been none
 */
export async function ensureFirstExport(
  session: SshSession,
  { topology }: Pick<DigitalOceanWorld, "topology">,
  say: (line: string) => void,
): Promise<boolean> {
  if (topology.dataHost === undefined || topology.backup?.exports !== true) return false;
  const seen = await session.run(`test -e ${HOST_PATHS.lastExportCheck}`, {
    name: "the record of exports",
    timeoutMs: LOOK_MS,
  });
  if (seen.code === 0) return false;
  say("first export");
  await asPostgres(session, "pgt-export", "the first export");
  say("first check of the exports");
  await asPostgres(session, "pgt-check-exports", "the first check of the exports");
  return true;
}

function asPostgres(session: SshSession, command: string, name: string): Promise<{ readonly stdout: string }> {
  return succeed(session, `${HOST_PATHS.asPostgres} ${command}`, { name, timeoutMs: FIRST_MS });
}
