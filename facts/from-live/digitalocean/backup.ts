import type { BackupFacts } from "../../../requirements/facts/backup.ts";
import { type Fact, isKnown, Missing } from "../../../requirements/known.ts";
import { factsFromDigitalOceanSpec, PLATFORM_BACKUP_DAYS } from "../../from-spec-digitalocean.ts";
import type { Answers } from "./ask-platform.ts";
import type { SeenExports } from "./exports.ts";
import type { PlatformAccess } from "./platform-access.ts";

/** What the platform says of its own backups. The exports beside them are the data host's to tell. */
export function platformBackup(access: PlatformAccess, answers: Answers, exports: SeenExports): BackupFacts {
  const { now, topology } = access;
  const { primary } = factsFromDigitalOceanSpec(topology);
  const { days, ...records } = exports;
  // Where nothing is exported, what the platform keeps is all there is.
  const retentionDays = isKnown(days) ? Math.max(days, PLATFORM_BACKUP_DAYS) : days;
  return {
    ...primary.backup,
    ...records,
    retentionDays,
    lastBackupAgeSeconds: ageOfNewest(now, answers),
    startWindowSeconds: 0,
    waitingPrimary: waitingPrimary(now, answers),
  };
}

function ageOfNewest(now: Date, { backups }: Answers): Fact<number | undefined> {
  if (backups instanceof Missing) return backups;
  if (backups === undefined)
    return new Missing("not-applicable", "the cluster is not there, which clusters/online judges");
  const times = (backups.backups ?? []).map(({ created_at }) => Date.parse(created_at));
  return times.length === 0 ? undefined : Math.max(0, now.getTime() - Math.max(...times)) / 1000;
}

/** The platform makes a backup a day, and the first one of a cluster within a day. */
function waitingPrimary(now: Date, { cluster }: Answers): BackupFacts["waitingPrimary"] {
  if (cluster instanceof Missing) return cluster;
  if (cluster?.created_at === undefined) return undefined;
  const madeAt = new Date(cluster.created_at);
  return { madeAt, ageSeconds: (now.getTime() - madeAt.getTime()) / 1000 };
}
