import { setTimeout as sleep } from "node:timers/promises";
import { unknownReplica } from "../../../requirements/facts/nothing-known.ts";
import type { ReplicaFacts, ReplicationFacts } from "../../../requirements/facts/replication.ts";
import { type Fact, isKnown, Missing } from "../../../requirements/known.ts";
import { belowPrimary } from "../../server-parameters.ts";
import type { ServerSettings } from "../settings.ts";
import { observeSql, type SqlCollector } from "./sql-collector.ts";

/** A commit that takes longer counts as never. */
const COMMIT_LIMIT_MS = 10_000;
const LOOK_EVERY_MS = 5;

const WRITABLE = `SELECT NOT pg_is_in_recovery() AND current_setting('default_transaction_read_only') = 'off' AS writable`;
/** The WAL of a transaction that takes a number and writes no row: nothing of the application's is touched. */
const COMMIT = "SELECT pg_current_xact_id()::text AS id";
const WRITTEN = "SELECT pg_current_wal_insert_lsn()::text AS lsn";
const STATE = `
SELECT pg_is_in_recovery() AS "inRecovery", EXISTS (SELECT FROM pg_stat_wal_receiver) AS streaming,
  coalesce(pg_last_wal_replay_lsn() >= $1::pg_lsn, false) AS "hasCommit",
  coalesce(pg_wal_lsn_diff(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn()), 0)::float8 AS "lagBytes"`;

interface ReplicaState {
  readonly inRecovery: boolean;
  readonly streaming: boolean;
  readonly hasCommit: boolean;
  readonly lagBytes: number;
}

/** A managed replica. */
interface ManagedReplica {
  /** The user's name of it. */
  readonly key: string;
  readonly part: string;
}

/** Which servers there are, and what of them is the cloud's own. */
export interface ReplicationBasis {
  /** The primary's part. */
  readonly primary: string;
  readonly replicas: readonly ManagedReplica[];
  readonly settings: ReadonlyMap<string, Fact<ServerSettings>>;
  /** What the cloud decides of every replica. */
  readonly decided: Partial<ReplicaFacts>;
}

/** Has each replica show a commit of the primary. Where replicas lag on purpose, the cloud has none of them. */
export async function readManagedReplication(
  collector: SqlCollector,
  basis: ReplicationBasis,
): Promise<Pick<ReplicationFacts, "primaryWritable" | "replicas" | "standbyBelowPrimary">> {
  const { primary: part } = basis;
  const primaryWritable = await observeSql(collector, { name: "whether the primary takes writes", needs: [part] }, () =>
    collector.access.administrator(part).then(async (session) => {
      const [row] = await session.rows<{ writable: boolean }>(WRITABLE);
      return row?.writable === true;
    }),
  );
  return {
    primaryWritable,
    replicas: await Promise.all(
      basis.replicas.map((replica) => readReplica(collector, replica, basis, primaryWritable)),
    ),
    standbyBelowPrimary: standbyBelowPrimary(basis),
  };
}

async function readReplica(
  collector: SqlCollector,
  { key, part }: ManagedReplica,
  { decided, primary }: ReplicationBasis,
  primaryWritable: Fact<boolean>,
): Promise<ReplicaFacts> {
  const found = await observeSql(collector, { name: `a commit on ${part}`, needs: [primary, part] }, () =>
    followCommit(collector, primary, part, primaryWritable === true),
  );
  const known = { ...unknownReplica(key), ...decided };
  if (found instanceof Missing) {
    return { ...known, inRecovery: found, streaming: found, rowVisibleMs: found, lagBytes: found, lagMs: found };
  }
  const { arrivedMs, state } = found;
  return {
    ...known,
    inRecovery: state.inRecovery,
    streaming: state.streaming,
    rowVisibleMs: primaryWritable === true ? arrivedMs : READ_ONLY,
    lagBytes: state.lagBytes,
    // Behind by the time that a commit takes; one that never came has no number.
    lagMs: primaryWritable === true ? (arrivedMs ?? COMMIT_LIMIT_MS) : READ_ONLY,
  };
}

const READ_ONLY = new Missing(
  "not-applicable",
  "the primary takes no writes, which replication/primary-writable judges",
);

/** Commits on the primary, and looks at the replica until it has the commit, or the time is up. */
async function followCommit(
  { access }: SqlCollector,
  primaryPart: string,
  part: string,
  writes: boolean,
): Promise<{ arrivedMs: number | undefined; state: ReplicaState }> {
  const [primary, replica] = await Promise.all([access.administrator(primaryPart), access.administrator(part)]);
  if (writes) await primary.rows(COMMIT);
  const [written] = await primary.rows<{ lsn: string }>(writes ? WRITTEN : "SELECT '0/0' AS lsn");
  const began = performance.now();
  for (;;) {
    const [state] = await replica.rows<ReplicaState>(STATE, [written?.lsn]);
    if (state === undefined) throw new Error("the server gave no row");
    const ms = performance.now() - began;
    // A second primary never has it: there is nothing to wait for.
    if (state.hasCommit || !state.inRecovery || ms > COMMIT_LIMIT_MS) {
      return { arrivedMs: state.hasCommit ? ms : undefined, state };
    }
    await sleep(LOOK_EVERY_MS, undefined, { signal: access.signal });
  }
}

function standbyBelowPrimary({ primary, replicas, settings }: ReplicationBasis): Fact<readonly string[]> {
  const own = settings.get(primary) ?? new Missing("unknown", "no settings of the primary");
  if (!isKnown(own)) return own;
  const standbys: Record<string, ServerSettings["parameters"]> = {};
  for (const { part } of replicas) {
    const read = settings.get(part) ?? new Missing("unknown", `no settings of ${part}`);
    if (!isKnown(read)) return read;
    standbys[part] = read.parameters;
  }
  return belowPrimary(own.parameters, standbys);
}
