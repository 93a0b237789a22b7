import { HOST_PATHS } from "../../rendering/data-host/host-paths.ts";
import { succeed } from "../../ssh/place-files.ts";
import type { SshSession } from "../../ssh/session.ts";
import type { DigitalOceanWorld } from "../stack/open-digitalocean.ts";

/** The first full backup takes as long as there is data. */
const BACKUP_MS = 12 * 3_600_000;

/**
 * A database that is backed up has a full backup, and a repository that was read through, from its first day on.
 * @returns whether there had been none
 */
export async function ensureFirstHostBackup(
  session: SshSession,
  { topology }: DigitalOceanWorld,
  say: (line: string) => void,
): Promise<boolean> {
  if (topology.dataHost?.server.backup === undefined) return false;
  const run = (command: string, name: string) =>
    succeed(session, `${HOST_PATHS.asPostgres} ${command}`, { name, timeoutMs: BACKUP_MS });
  const { stdout } = await run("pgt-backups", "the list of backups");
  const stanzas = JSON.parse(stdout) as { readonly backup?: readonly unknown[] }[];
  if (stanzas.some(({ backup = [] }) => backup.length > 0)) return false;
  say("first full backup");
  await run("pgt-backup first", "the first backup");
  say("first check of the repository");
  await run("pgt-check-repository", "the first check of the repository");
  return true;
}
