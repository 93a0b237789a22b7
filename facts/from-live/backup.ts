import { setTimeout as sleep } from "node:timers/promises";
import type { BackupFacts } from "../../requirements/facts/backup.ts";
import { WITHOUT_EXPORTS } from "../../requirements/facts/not-on-target.ts";
import { NOTHING_KNOWN } from "../../requirements/facts/nothing-known.ts";
import { type Fact, isKnown, Missing, UNKNOWN } from "../../requirements/known.ts";
import { archivesAsynchronously, retentionDays } from "../from-plan/docker-backup.ts";
import { settingSeconds } from "../setting-units.ts";
import type { Executed, LiveAccess, LiveSession } from "./live-access.ts";
import { type Collector, observe, withSession } from "./observe.ts";
import {
  newestBackup,
  parseRepositoryCheck,
  parseRepositoryLook,
  newestSegment,
  REPOSITORY,
  repositoryLook,
} from "./repository-look.ts";
import type { ServerSettings } from "./settings.ts";
import type { Workspace } from "./workspace.ts";

const SCHEDULER = "scheduler";
const EXEC_TIMEOUT_MS = 30_000;
/** A check reads every byte of the repository. */
const CHECK_TIMEOUT_MS = 3_600_000;
/** A segment that takes longer counts as never; the archiver itself tries again each minute. */
const SWITCH_LIMIT_MS = 60_000;
const LOOK_EVERY_MS = 20;
const INFO = ["pgbackrest", "info", "--output=json"];
const IN_A_BUCKET = new Missing("not-applicable", "the repository is a bucket, which bucket/ judges before it is made");

/** What the collectors before found out. */
export interface BackupBasis {
  readonly primarySettings: Promise<Fact<ServerSettings>>;
  /** When the replicas have been looked at: a forced switch sends them a whole segment, and they would lag. */
  readonly replicasSeen: Promise<unknown>;
  readonly workspace: Workspace | Missing;
  /** Names of the volumes with data, by part. */
  readonly dataVolumes: ReadonlyMap<string, string>;
  /** The repository's volume in the scheduler; undefined when there is none by name. */
  readonly repositoryVolume: Fact<string | undefined>;
}

/** Forces a WAL switch and waits for the segment; reads the repository. */
export async function readBackup(collector: Collector, basis: BackupBasis): Promise<BackupFacts> {
  const { backup, primary } = collector.access.topology;
  if (backup === undefined) return { ...NOTHING_KNOWN.backup, enabled: false };
  const isBucket = backup.repository.type === "bucket";
  const running = await observe(collector, { name: "the scheduler", needs: [SCHEDULER] }, () =>
    collector.access.isScheduled(),
  );
  const [archive, look, newest] = await Promise.all([
    basis.workspace instanceof Missing
      ? basis.workspace
      : observe(
          collector,
          { name: "a forced WAL switch", needs: [primary.part], timeoutMs: SWITCH_LIMIT_MS + 15_000 },
          () => basis.replicasSeen.then(() => forcedSwitch(collector)),
        ),
    observe(collector, { name: "the repository", needs: [SCHEDULER], timeoutMs: EXEC_TIMEOUT_MS }, () =>
      inScheduler(collector.access, ["sh", "-c", repositoryLook(backup.repository)]).then(({ stdout }) =>
        parseRepositoryLook(stdout),
      ),
    ),
    observe(collector, { name: "the backups", needs: [SCHEDULER], timeoutMs: EXEC_TIMEOUT_MS }, () =>
      inScheduler(collector.access, INFO).then(({ stdout }) => newestBackup(stdout)),
    ),
  ]);
  const primarySettings = await basis.primarySettings;
  return {
    ...fromArchive(archive),
    enabled: each(primarySettings, ({ parameters }) => parameters.archive_mode !== "off"),
    archiveTimeoutSeconds: each(primarySettings, ({ parameters }) =>
      settingSeconds(parameters.archive_timeout ?? "", "s"),
    ),
    retentionDays: each(look, ({ conf }) => retentionDays(conf)),
    asynchronous: each(look, ({ conf }) => archivesAsynchronously(conf)),
    encrypted: each(
      look,
      ({ encrypted }) =>
        encrypted ?? new Missing("not-applicable", "there is no backup yet, which backup/recent judges"),
    ),
    readableByOthers: isBucket ? IN_A_BUCKET : each(look, ({ readableByOthers }) => readableByOthers),
    lastCheck: each(look, ({ lastCheck }) => parseRepositoryCheck(lastCheck, collector.access.now)),
    lastBackupAgeSeconds: each(newest, (backupSeen) =>
      backupSeen === undefined ? undefined : Math.max(0, collector.access.now.getTime() / 1000 - backupSeen.stoppedAt),
    ),
    ...WITHOUT_EXPORTS,
    startWindowSeconds: 0,
    waitingPrimary: undefined,
    lastBackupErrors: each(newest, (backupSeen) =>
      backupSeen === undefined
        ? new Missing("not-applicable", "there is no backup, which backup/recent judges")
        : Number(backupSeen.error),
    ),
    scheduled: running,
    ownVolume: isBucket
      ? IN_A_BUCKET
      : each(
          basis.repositoryVolume,
          (volume) => volume !== undefined && ![...basis.dataVolumes.values()].includes(volume),
        ),
  };
}

/** Checks the whole repository anew; what comes of it is read from the record. */
export async function checkRepository(collector: Collector): Promise<void> {
  await observe(
    collector,
    { name: "a new check of the repository", needs: [SCHEDULER], timeoutMs: CHECK_TIMEOUT_MS },
    () => collector.access.execute(SCHEDULER, ["pgt-check-repository"], CHECK_TIMEOUT_MS),
  );
}

/** What became of the segment. */
interface ForcedSwitch {
  readonly seconds: number | undefined;
  readonly failure: string | undefined;
  readonly queue: number;
}

type FromArchive = Pick<BackupFacts, "switchArchivedSeconds" | "archiveFailure" | "archiveQueue">;

function fromArchive(archive: ForcedSwitch | Missing): FromArchive {
  if (archive instanceof Missing)
    return { switchArchivedSeconds: archive, archiveFailure: archive, archiveQueue: archive };
  const { failure, queue, seconds } = archive;
  return {
    switchArchivedSeconds: seconds,
    archiveFailure: failure,
    // What does not arrive waits in line, of course.
    archiveQueue:
      seconds === undefined
        ? new Missing("not-applicable", "WAL does not arrive, which backup/wal-archived judges")
        : queue,
  };
}

async function forcedSwitch({ access }: Collector): Promise<ForcedSwitch> {
  return withSession(access, { part: access.topology.primary.part, role: "administrator" }, async (session) => {
    const before = await archiverOf(session);
    const started = performance.now();
    // The message makes sure that there is something to switch away from.
    const [row] = await session.rows<{ segment: string }>(
      "SELECT pg_walfile_name(pg_logical_emit_message(true, 'pgt-verify', '')) AS segment",
    );
    const segment = row?.segment ?? "";
    await session.rows("SELECT pg_switch_wal()");
    while (performance.now() - started < SWITCH_LIMIT_MS) {
      const { archived, failed, failures, queue } = await archiverOf(session);
      if (archived >= segment) {
        const arrived = await isInRepository(access, segment);
        const seconds = arrived ? (performance.now() - started) / 1000 : undefined;
        return { seconds, failure: arrived ? undefined : `${segment} is not in the repository`, queue };
      }
      if (failures > before.failures && failed !== "" && failed <= segment) {
        return { seconds: undefined, failure: `the archive command failed for ${failed}`, queue };
      }
      await sleep(LOOK_EVERY_MS, undefined, { signal: access.signal });
    }
    return { seconds: undefined, failure: undefined, queue: (await archiverOf(session)).queue };
  });
}

/** Only segments count: history and backup files have longer names. */
const ARCHIVER = `
SELECT CASE length(last_archived_wal) WHEN 24 THEN last_archived_wal ELSE '' END AS archived,
  CASE length(last_failed_wal) WHEN 24 THEN last_failed_wal ELSE '' END AS failed,
  failed_count::int AS failures, (SELECT count(*) FROM pg_ls_archive_statusdir() WHERE name ~ '[.]ready$')::int AS queue
FROM pg_stat_archiver`;

interface Archiver {
  /** Empty when none was yet. */
  readonly archived: string;
  readonly failed: string;
  readonly failures: number;
  readonly queue: number;
}

async function archiverOf(session: LiveSession): Promise<Archiver> {
  const [row] = await session.rows<Archiver>(ARCHIVER);
  if (row === undefined) throw new Error("pg_stat_archiver is empty");
  return row;
}

/** The file itself in a folder; in a bucket, what pgBackRest lists there. */
async function isInRepository(access: LiveAccess, segment: string): Promise<boolean> {
  const { backup, primary } = access.topology;
  if (backup?.repository.type === "bucket") {
    const { stdout } = await inScheduler(access, INFO);
    return newestSegment(stdout) >= segment;
  }
  const pattern = `${REPOSITORY}/archive/*/*/${segment.slice(0, 16)}/${segment}-*`;
  const { exitCode } = await access.execute(primary.part, ["sh", "-c", `ls ${pattern} >/dev/null`], EXEC_TIMEOUT_MS);
  return exitCode === 0;
}

async function inScheduler(access: LiveAccess, command: readonly string[]): Promise<Executed> {
  const done = await access.execute(SCHEDULER, command, EXEC_TIMEOUT_MS);
  if (done.exitCode !== 0) throw new Error(done.stderr.trim() || `${command[0] ?? ""} ended with ${done.exitCode}`);
  return done;
}

function each<T, R>(fact: T | Missing | typeof UNKNOWN, pick: (value: T) => Fact<R>): Fact<R> {
  return isKnown(fact) ? pick(fact) : fact;
}
