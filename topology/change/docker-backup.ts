import type { ResolvedDocker } from "../resolved-docker.ts";
import { PGBACKREST, SCHEDULER_RESTARTS, serversRestart, VOLUMES } from "./docker-effects.ts";
import { type Edit, type Effect, grows, type Rules } from "./rule.ts";

function backupComesOrGoes({ to, old }: Edit<ResolvedDocker>): Effect {
  if (to !== undefined) return serversRestart("every server restarts, and archives WAL from then on");
  const backups = old.keepData ? "those that were made stay" : "those that were made are deleted";
  return {
    label: old.keepData ? "restart" : "data loss",
    exposure: true,
    what: `every server restarts, and no backup or WAL is kept from then on; ${backups}`,
    source: VOLUMES,
  };
}

/** WAL archive and backups on Docker. pgBackRest's file is part of every server's container. */
export const DOCKER_BACKUP: Rules<ResolvedDocker> = {
  backup: backupComesOrGoes,
  "backup.schedule": SCHEDULER_RESTARTS,
  "backup.retentionDays": (edit) =>
    grows(edit)
      ? serversRestart("every server restarts, and backups are kept longer")
      : {
          label: "data loss",
          what: `every server restarts, and backups older than ${String(edit.to)} days are removed for good`,
          source: PGBACKREST,
        },
  "backup.archiveTimeoutSeconds": serversRestart(
    "every server restarts, and archives what was written after that time",
  ),
  "backup.repository.type": {
    label: "replace",
    what: "backups begin anew in another repository, which has none of those that were made",
    source: PGBACKREST,
  },
};
