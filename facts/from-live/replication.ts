import { setTimeout as sleep } from "node:timers/promises";
import { unknownReplica } from "../../requirements/facts/nothing-known.ts";
import type { ReplicaFacts, ReplicationFacts } from "../../requirements/facts/replication.ts";
import { type Fact, isKnown, Missing } from "../../requirements/known.ts";
import type { ResolvedReplica } from "../../topology/resolved-self-run.ts";
import { belowPrimary, replicationLimits } from "../server-parameters.ts";
import type { LiveSession } from "./live-access.ts";
import { type Collector, observe, withSession } from "./observe.ts";
import type { ServerSettings } from "./settings.ts";
import type { Workspace } from "./workspace.ts";

/** A row that takes longer counts as never. */
const ROW_LIMIT_MS = 10_000;
const LOOK_EVERY_MS = 2;

/** One row of pg_replication_slots. */
interface SlotRow {
  readonly name: string;
  readonly active: boolean;
  readonly walStatus: string | null;
  readonly keptBytes: number;
}

const SLOTS = `
SELECT slot_name AS name, active, wal_status AS "walStatus",
  coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn), 0)::float8 AS "keptBytes"
FROM pg_replication_slots WHERE NOT temporary`;

/** An idle server's lag is null: there is nothing to be behind of. */
const LAG = `
SELECT coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), r.replay_lsn), 0)::float8 AS "lagBytes",
  coalesce(extract(epoch FROM r.replay_lag) * 1000, 0)::float8 AS "lagMs"
FROM pg_replication_slots s JOIN pg_stat_replication r ON r.pid = s.active_pid WHERE s.slot_name = $1`;

/** What the collectors before found out. */
export interface ReplicationBasis {
  readonly settings: ReadonlyMap<string, Fact<ServerSettings>>;
  readonly primaryWritable: Fact<boolean>;
  /** Where to write a row; a {@link Missing} when the primary took no writes. */
  readonly workspace: Workspace | Missing;
}

/** Asks the primary for its slots, and has each replica show a row that was written on the primary. */
export async function readReplication(collector: Collector, basis: ReplicationBasis): Promise<ReplicationFacts> {
  const { access } = collector;
  const primary = access.topology.primary.part;
  const slots = await observe(collector, { name: "the replication slots", needs: [primary] }, () =>
    access.administrator(primary).then((session) => session.rows<SlotRow>(SLOTS)),
  );
  const planned = new Set(access.topology.replicas.map(({ slot }) => slot));
  return {
    replicas: await Promise.all(
      access.topology.replicas.map((replica) => readReplica(collector, replica, slots, basis)),
    ),
    replicasTakeOver: true,
    ...limits(basis.settings.get(primary)),
    standbyBelowPrimary: standbyBelowPrimary(basis, primary),
    primaryWritable: basis.primaryWritable,
    unplannedSlots: isKnown(slots) ? slots.map(({ name }) => name).filter((name) => !planned.has(name)) : slots,
  };
}

function limits(settings: Fact<ServerSettings> | undefined): ReturnType<typeof replicationLimits> | MissingLimits {
  if (settings !== undefined && isKnown(settings)) return replicationLimits(settings.parameters);
  const missing = settings instanceof Missing ? settings : new Missing("unknown", "no settings of the primary");
  return { walLevel: missing, maxWalSenders: missing, maxReplicationSlots: missing, maxSlotWalKeepMiB: missing };
}

type MissingLimits = Readonly<Record<keyof ReturnType<typeof replicationLimits>, Missing>>;

function standbyBelowPrimary({ settings }: ReplicationBasis, primary: string): Fact<readonly string[]> {
  const own = settings.get(primary);
  if (own === undefined || !isKnown(own)) return own ?? new Missing("unknown", "no settings of the primary");
  const standbys = [...settings].flatMap(([part, read]) =>
    part !== primary && isKnown(read) ? [[part, read.parameters] as const] : [],
  );
  const unread = [...settings.values()].find((read) => !isKnown(read));
  return unread instanceof Missing && standbys.length === 0
    ? unread
    : belowPrimary(own.parameters, Object.fromEntries(standbys));
}

async function readReplica(
  collector: Collector,
  { key, part, slot }: ResolvedReplica,
  slots: Fact<readonly SlotRow[]>,
  basis: ReplicationBasis,
): Promise<ReplicaFacts> {
  const own = slotFacts(part, slot, slots, collector);
  const settings = basis.settings.get(part);
  const [inRecovery, follows] = await Promise.all([
    observe(collector, { name: `whether ${part} is in recovery`, needs: [part] }, () => recovery(collector, part)),
    followFacts(collector, { part, slot }, own, basis.workspace),
  ]);
  const configured = settings !== undefined && isKnown(settings) ? settings.parameters.primary_slot_name : undefined;
  return { ...unknownReplica(key), slot: configured ?? slot, ...own, inRecovery, ...follows };
}

type SlotFacts = Pick<ReplicaFacts, "slotExists" | "slotActive" | "slotWalStatus" | "slotKeptBytes">;
type FollowFacts = Pick<ReplicaFacts, "streaming" | "rowVisibleMs" | "lagBytes" | "lagMs">;

/** The slot on the primary. That a stopped replica does not use its slot is told by `containers/healthy`. */
export function slotFacts(
  part: string,
  slot: string,
  slots: Fact<readonly SlotRow[]>,
  { conditions }: Pick<Collector, "conditions">,
): SlotFacts {
  if (!isKnown(slots)) return { slotExists: slots, slotActive: slots, slotWalStatus: slots, slotKeptBytes: slots };
  const row = slots.find(({ name }) => name === slot);
  const absent = new Missing("not-applicable", `the slot ${slot} does not exist`);
  if (row === undefined) {
    return { slotExists: false, slotActive: false, slotWalStatus: absent, slotKeptBytes: absent };
  }
  const condition = conditions.get(part) ?? "healthy";
  const idle = ["healthy", "unhealthy", "starting", "running"].includes(condition)
    ? false
    : new Missing("not-applicable", `${part} is not running`);
  return {
    slotExists: true,
    slotActive: row.active ? true : idle,
    slotWalStatus: row.walStatus ?? "lost",
    slotKeptBytes: row.keptBytes,
  };
}

/** What only a replica that streams can show; why it does not is told by `replication/slots-active`. */
async function followFacts(
  collector: Collector,
  { part, slot }: Pick<ResolvedReplica, "part" | "slot">,
  own: SlotFacts,
  workspace: Workspace | Missing,
): Promise<FollowFacts> {
  const blocked = blocker(own, slot);
  if (blocked !== undefined || workspace instanceof Missing) {
    const missing = blocked ?? workspace;
    // A slot that nobody uses means that nobody streams.
    const streaming = own.slotActive === false && own.slotExists === true ? false : missing;
    return { streaming, rowVisibleMs: missing, lagBytes: missing, lagMs: missing } as FollowFacts;
  }
  const { access } = collector;
  const primary = access.topology.primary.part;
  const seen = await observe(collector, { name: `a row on ${part}`, needs: [primary, part] }, () =>
    withSession(access, { part, role: "administrator" }, (reader) =>
      withSession(access, { part: primary, role: "administrator" }, async (writer) => {
        const rowVisibleMs = await timeOfRow(writer, reader, workspace, access.signal);
        const [lag] = await writer.rows<{ lagBytes: number; lagMs: number }>(LAG, [slot]);
        return { rowVisibleMs, lag };
      }),
    ),
  );
  if (!isKnown(seen)) return { streaming: seen, rowVisibleMs: seen, lagBytes: seen, lagMs: seen };
  const { lag, rowVisibleMs } = seen;
  const gone = new Missing("not-applicable", `${part} does not stream`);
  return {
    streaming: lag !== undefined,
    rowVisibleMs: lag === undefined ? gone : rowVisibleMs,
    lagBytes: lag?.lagBytes ?? gone,
    lagMs: lag?.lagMs ?? gone,
  };
}

function blocker({ slotActive, slotExists }: SlotFacts, slot: string): Missing | undefined {
  if (slotExists instanceof Missing) return slotExists;
  if (slotExists === false) return new Missing("not-applicable", `the slot ${slot} does not exist`);
  if (slotActive instanceof Missing) return slotActive;
  return slotActive === false ? new Missing("not-applicable", `the slot ${slot} is not in use`) : undefined;
}

async function recovery(collector: Collector, part: string): Promise<boolean> {
  const session = await collector.access.administrator(part);
  const [row] = await session.rows<{ recovering: boolean }>("SELECT pg_is_in_recovery() AS recovering");
  return row?.recovering === true;
}

/** Milliseconds from the commit on the primary until the replica shows the row; undefined when it never does. */
async function timeOfRow(
  writer: LiveSession,
  reader: LiveSession,
  { table }: Workspace,
  signal: AbortSignal,
): Promise<number | undefined> {
  const id = String(Math.floor(Math.random() * Number.MAX_SAFE_INTEGER));
  await writer.rows(`INSERT INTO ${table} VALUES ($1)`, [id]);
  const committed = performance.now();
  const exists = `SELECT FROM ${table} WHERE id = $1`;
  while (performance.now() - committed < ROW_LIMIT_MS) {
    // The schema itself may not have arrived yet.
    const rows = await reader.rows(exists, [id]).catch((error: unknown) => {
      if ((error as { code?: unknown }).code === UNDEFINED_TABLE) return [];
      throw error;
    });
    if (rows.length > 0) return performance.now() - committed;
    await sleep(LOOK_EVERY_MS, undefined, { signal });
  }
  return undefined;
}

/** SQLSTATE. */
const UNDEFINED_TABLE = "42P01";
