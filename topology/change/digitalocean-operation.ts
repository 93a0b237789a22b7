import type { ResolvedDigitalOcean } from "../resolved-digitalocean.ts";
import { BACKUP_TIME, MAINTENANCE_DAY, MAINTENANCE_HOUR } from "./digitalocean-effects.ts";
import { CLUSTER_RESOURCE, POSTGRESQL_LIMITS } from "./digitalocean-sources.ts";
import { type Edit, type Effect, grows, type OwnSource, type Rules } from "./rule.ts";

const PGBACKREST: OwnSource = { file: "rendering/pgbackrest-conf.ts" };

/** The platform backs the cluster up whatever is wished: only the data host's own, and the exports, can go. */
function backupComesOrGoes({ to, old, next }: Edit<ResolvedDigitalOcean>): Effect {
  if (old.dataHost === undefined || next.dataHost === undefined) {
    return {
      label: "none",
      exposure: to === undefined,
      what: "the platform goes on with its own backups of the cluster",
      source: POSTGRESQL_LIMITS,
    };
  }
  if (to !== undefined) {
    return { label: "restart", what: "the data database restarts, and archives WAL from then on", source: PGBACKREST };
  }
  return {
    label: old.keepData ? "restart" : "data loss",
    exposure: true,
    what: `the data database restarts, and no backup or WAL of it is kept from then on; those that were made ${old.keepData ? "stay" : "are deleted"}`,
    source: PGBACKREST,
  };
}

/** Backups, maintenance, guards and who is told. */
export const DIGITALOCEAN_OPERATION: Rules<ResolvedDigitalOcean> = {
  backup: backupComesOrGoes,
  "backup.schedule": BACKUP_TIME,
  "backup.retentionDays": (edit) =>
    grows(edit)
      ? { label: "none", what: "backups and exports are kept longer; servers go on", source: PGBACKREST }
      : {
          label: "data loss",
          what: `backups of the data database, and exports, older than ${String(edit.to)} days are removed for good`,
          source: PGBACKREST,
        },
  "backup.exports": { follows: "backup.retentionDays" },
  "maintenance.day": MAINTENANCE_DAY,
  "maintenance.hour": MAINTENANCE_HOUR,
  "protection.deletion": ({ to }) => ({
    label: "none",
    exposure: to !== true,
    what:
      to === true
        ? "what holds data can't be removed from then on, as far as Pulumi is asked"
        : "nothing but you keeps what holds data from being removed: the platform has no guard of its own",
    source: CLUSTER_RESOURCE,
  }),
  "observability.alertEmails": {
    label: "none",
    what: "others are told when something runs out; servers go on",
    source: { file: "topology/spec/operation.ts" },
  },
  mode: {
    label: "none",
    what: "no server changes: applications are told of the other databases at their next start",
    source: { file: "cli/stack/environment-variables.ts" },
  },
};
