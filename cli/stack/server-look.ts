import type { ArchiveStatus, ServerStatus, Unseen } from "./status-shape.ts";

/**
 * One look at a server, as one value of JSON. Any role may ask for all of it. Of its connections, a server keeps some for
 * administrators.
 * @see https://www.postgresql.org/docs/17/monitoring-stats.html
 */
export const LOOK = `
SELECT row_to_json(look)::text AS look FROM (
  SELECT pg_is_in_recovery() AS "isReplica",
    split_part(current_setting('server_version'), ' ', 1) AS version,
    (SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()) AS tls,
    (SELECT sum(numbackends)::int FROM pg_stat_database) AS used,
    current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
      - coalesce(current_setting('reserved_connections', true), '0')::int AS "limit",
    CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END::text AS lsn,
    EXISTS (SELECT FROM pg_stat_wal_receiver) AS streaming,
    CASE WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0
      ELSE extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()) END::float8 AS "lagSeconds",
    last_archived_wal AS "lastWal", last_archived_time AS "archivedAt", failed_count AS failures,
    coalesce(last_failed_time > coalesce(last_archived_time, '-infinity'), false) AS failing
  FROM pg_stat_archiver
) AS look`;

/** What {@link LOOK} gives. */
export interface Look {
  readonly isReplica: boolean;
  readonly version: string;
  readonly tls: string | null;
  readonly used: number;
  readonly limit: number;
  /** Where its WAL is: written by a primary, replayed by a replica. */
  readonly lsn: string | null;
  readonly streaming: boolean;
  readonly lagSeconds: number | null;
  readonly lastWal: string | null;
  readonly archivedAt: string | null;
  readonly failures: number;
  readonly failing: boolean;
}

/** What came of looking at a server; a text says why it was not reached. */
export interface Looked {
  readonly part: string;
  readonly look: Look | string;
}

/** The servers of a database, the primary first. */
export function serversOf(looked: readonly Looked[]): ServerStatus[] {
  const primary = looked.find(({ look }) => typeof look !== "string" && !look.isReplica)?.look;
  return looked.map(({ look, part }) =>
    typeof look === "string" ? unreached(part, look) : reached(part, look, primary),
  );
}

function unreached(part: string, why: string): ServerStatus {
  return {
    part,
    reachable: false,
    why,
    role: null,
    version: null,
    tls: null,
    connections: null,
    replication: null,
  };
}

function reached(part: string, look: Look, primary: Look | string | undefined): ServerStatus {
  const { isReplica, lagSeconds, limit, lsn, streaming, tls, used, version } = look;
  const from = typeof primary === "object" ? primary.lsn : null;
  return {
    part,
    reachable: true,
    why: null,
    role: isReplica ? "replica" : "primary",
    version,
    tls,
    connections: { used, limit },
    replication: isReplica
      ? {
          streaming,
          lagSeconds: streaming ? lagSeconds : null,
          lagBytes: from === null || lsn === null ? null : Math.max(0, position(from) - position(lsn)),
        }
      : null,
  };
}

/** A place in the WAL, as in `1/6B3A2F8`, in bytes from its beginning: exact up to 8 PiB. */
function position(lsn: string): number {
  const [high = "0", low = "0"] = lsn.split("/");
  return Number.parseInt(high, 16) * 2 ** 32 + Number.parseInt(low, 16);
}

/** How the primary's WAL gets into the archive. */
export function archiveOf({ look }: Looked): ArchiveStatus | Unseen {
  if (typeof look === "string") return { unknown: look };
  const { archivedAt, failing, failures, lastWal } = look;
  return { lastWal, archivedAt, failures, failing };
}
