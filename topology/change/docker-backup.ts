import type { ResolvedDocker } from "../resolved-docker.ts";
import { serversRestart } from "./docker-servers-restart.ts";
import { type Edit, type Effect, grows, type OwnSource, type Rules } from "./rule.ts";

const PGBACKREST: OwnSource = { file: "rendering/pgbackrest-conf.ts" };
const VOLUMES: OwnSource = { file: "components/docker/docker-topology.ts" };

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
  "backup.schedule": {
    label: "none",
    what: "the scheduler restarts, and begins a backup anew that it was making; servers go on",
    source: { file: "images/postgres/commands/pgt-scheduler" },
  },
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
