import type { BackupFacts } from "../../../requirements/facts/backup.ts";
import { WITHOUT_EXPORTS } from "../../../requirements/facts/not-on-target.ts";
import { type Fact, Missing } from "../../../requirements/known.ts";
import type { ResolvedDataHost } from "../../../topology/resolved-digitalocean.ts";
import type { LiveAccess } from "../live-access.ts";
import { parseRepositoryCheck } from "../repository-look.ts";

/** What the data host's exports of the managed database were seen to be. */
export interface SeenExports extends Pick<BackupFacts, "lastExport" | "lastExportCheck"> {
  /** That they are kept, as the host was told; 0 where nothing is exported. */
  readonly days: Fact<number>;
}

/** Nothing is to be exported: the platform's own days are enough, or there is no data host. */
export const NOTHING_EXPORTED: SeenExports = { days: 0, ...WITHOUT_EXPORTS };

const NO_EXPORT = new Missing("not-applicable", "there is no export, which backup/export-recent judges");

/** Where the data host has what its exports need, and what came of them: rendering/data-host/, images/data-host/. */
const SETTINGS = "/etc/pgtopology/exports.env";
const RECORDS = "/var/lib/pgbackrest/pgtopology";
const SEPARATOR = "-----pgt-----";
const LOOK_TIMEOUT_MS = 15_000;
/** One look, as each is a way to the host and back. */
const LOOK = [
  `sed -n 's/^EXPORT_DAYS=//p' ${SETTINGS} 2>/dev/null`,
  `echo ${SEPARATOR}`,
  `cat ${RECORDS}/last-export.json 2>/dev/null`,
  `echo ${SEPARATOR}`,
  `cat ${RECORDS}/last-export-check.json 2>/dev/null`,
  "true",
].join("; ");

/** Looks at what the data host exports that is to export. @param access a text says why nothing leads to it, and what to run where */
export async function readExports(
  access: Pick<LiveAccess, "execute" | "now" | "signal"> | string,
  { server }: Pick<ResolvedDataHost, "server">,
): Promise<SeenExports> {
  if (typeof access === "string") return unseen(access);
  try {
    const { exitCode, stderr, stdout } = await access.execute(server.primary.part, ["sh", "-c", LOOK], LOOK_TIMEOUT_MS);
    if (exitCode !== 0) return unseen(`could not look at the exports: ${stderr.trim()}`);
    const [days = "", lastExport = "", lastCheck = ""] = stdout.split(`${SEPARATOR}\n`).map((text) => text.trim());
    // Without its settings it exports nothing, whatever it did before.
    if (days === "") return { days: 0, lastExport: undefined, lastExportCheck: NO_EXPORT };
    const newest = parseRepositoryCheck(lastExport, access.now);
    const check = parseRepositoryCheck(lastCheck, access.now);
    return { days: Number(days), lastExport: newest, lastExportCheck: newest === undefined ? NO_EXPORT : check };
  } catch (error) {
    access.signal.throwIfAborted();
    return unseen(`could not look at the exports: ${String(error)}`);
  }
}

function unseen(reason: string): SeenExports {
  const missing = new Missing("unknown", reason);
  return { days: missing, lastExport: missing, lastExportCheck: missing };
}
