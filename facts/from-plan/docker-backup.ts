import type { BackupFacts } from "../../requirements/facts/backup.ts";
import { NOTHING_KNOWN } from "../../requirements/facts/nothing-known.ts";
import { type Known, UNKNOWN } from "../../requirements/known.ts";
import type { Ini } from "../conf-files.ts";
import { type Parameters, parameter } from "../server-parameters.ts";
import { settingNumber, settingSeconds } from "../setting-units.ts";
import { isServer, mountAt, parametersOf, type PlannedPart, uploadedIni } from "./docker-part.ts";
import { dataPath } from "./docker-protection.ts";
import { mapKnown } from "./planned-resource.ts";

/** pgBackRest's own folder for its repository. */
const DEFAULT_REPOSITORY = "/var/lib/pgbackrest";

/** The WAL archive and the backups, by postgresql.conf and pgbackrest.conf of the primary. */
export function backupFacts(parts: readonly PlannedPart[], labelled: boolean): BackupFacts {
  const primary = parts.find(({ kind }) => kind === "primary");
  const parameters = primary === undefined ? UNKNOWN : parametersOf(primary);
  if (primary === undefined || parameters === UNKNOWN) return NOTHING_KNOWN.backup;
  if (!archives(parameters)) return { ...NOTHING_KNOWN.backup, enabled: false };
  const pgbackrest = uploadedIni(primary, "pgbackrest.conf");
  return {
    ...NOTHING_KNOWN.backup,
    enabled: true,
    archiveTimeoutSeconds: settingSeconds(parameter(parameters, "archive_timeout"), "s"),
    retentionDays: mapKnown(pgbackrest, retentionDays),
    asynchronous: mapKnown(pgbackrest, (ini) => archivesAsynchronously(ini)),
    encrypted: mapKnown(pgbackrest, (ini) => ![undefined, "none"].includes(option(ini, "repo1-cipher-type"))),
    scheduled: labelled ? parts.some(({ kind }) => kind === "scheduler") : UNKNOWN,
    ownVolume: mapKnown(pgbackrest, (ini) => ownVolume(parts, option(ini, "repo1-path") ?? DEFAULT_REPOSITORY)),
  };
}

function archives(parameters: Parameters): boolean {
  return parameter(parameters, "archive_mode") !== "off" && parameter(parameters, "archive_command") !== "";
}

/** For archive-push alone, or for all commands. */
export function archivesAsynchronously(ini: Ini): boolean {
  return (ini["global:archive-push"]?.["archive-async"] ?? option(ini, "archive-async")) === "y";
}

function option(ini: Ini, name: string): string | undefined {
  return ini.global?.[name];
}

/** By default, pgBackRest counts full backups and not days. */
export function retentionDays(ini: Ini): Known<number> {
  if (option(ini, "repo1-retention-full-type") !== "time") return 0;
  return settingNumber(option(ini, "repo1-retention-full") ?? "0");
}

/** The repository is a named volume in every container that has it, and no server keeps its data in there. */
function ownVolume(parts: readonly PlannedPart[], repository: string): Known<boolean> {
  const stores: (string | undefined)[] = [];
  const data = new Set<string>();
  for (const part of parts.filter((candidate) => isServer(candidate) || candidate.kind === "scheduler")) {
    const { mounts } = part.container;
    if (mounts === UNKNOWN) return UNKNOWN;
    const store = mountAt(mounts, repository);
    stores.push(store?.kind === "volume" ? store.source : undefined);
    const own = isServer(part) ? mountAt(mounts, dataPath(part)) : undefined;
    if (own !== undefined) data.add(own.source);
  }
  return stores.every((store) => store !== undefined && !data.has(store));
}
