import { messageOf } from "../../../kernel/errors.ts";
import type { ConnectionsFacts, Opening } from "../../../requirements/facts/connections.ts";
import type { PoolingFacts } from "../../../requirements/facts/pooling.ts";
import { type Fact, Missing } from "../../../requirements/known.ts";
import type { LiveSession } from "../live-access.ts";
import { Inapplicable } from "../observe.ts";
import { preparedTwice, withCrowd } from "../pooling.ts";
import { observeSql, type SqlCollector } from "./sql-collector.ts";

/** A crowd that is larger would be a load test. */
const LARGEST_CROWD = 200;
const CROWD_TIMEOUT_MS = 60_000;
/** Above the connector's own, so that each connection is judged by its own time-out. */
const OPENING_TIMEOUT_MS = 60_000;
const TIMED_OUT = /timeout|timed out|ETIMEDOUT/i;

/** A pool in front of the primary. */
export interface MeasuredPool {
  readonly mode: "transaction" | "session";
  /** Server connections, of all of the pooler's processes together. */
  readonly size: number;
  /** `undefined` where the cloud does not say. */
  readonly maxClients: number | undefined;
}

/**
 * Opens connections as the application does when all of its instances start at once.
 * @param pooled whether it goes through the pooler
 */
export function readOpening(collector: SqlCollector, part: string, pooled: boolean): Promise<Fact<Opening>> {
  const { probeConnections } = collector.access;
  const login = { part, role: "readWrite", pooled } as const;
  return observeSql(
    collector,
    { name: `${probeConnections} connections at once`, needs: [part], timeoutMs: OPENING_TIMEOUT_MS },
    async () => {
      const opening = await openAtOnce(probeConnections, () => collector.access.connect(login));
      // Where nothing leads to the server, none says anything of how many it takes; this then says why.
      if (opening.opened === 0) await collector.access.administrator(part);
      return opening;
    },
  );
}

/** Opens so many connections at once, holds all, and ends them. Never throws for one that does not open. */
export async function openAtOnce(asked: number, open: () => Promise<LiveSession>): Promise<Opening> {
  const timed = Array.from({ length: asked }, async () => {
    const began = performance.now();
    const session = await open();
    return { session, ms: performance.now() - began };
  });
  const settled = await Promise.allSettled(timed);
  const opened = settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  await Promise.all(opened.map(({ session }) => session.end()));
  const times = opened.map(({ ms }) => ms).sort((a, b) => a - b);
  const failures = settled.flatMap((one) => (one.status === "rejected" ? [messageOf(one.reason)] : []));
  return {
    asked,
    opened: opened.length,
    timedOut: failures.filter((message) => TIMED_OUT.test(message)).length,
    medianMs: times[Math.floor(times.length / 2)] ?? 0,
    worstMs: times.at(-1) ?? 0,
    reasons: [...new Set(failures)],
  };
}

/** What a crowd in front of the pooler found out. */
export interface PoolMeasured {
  readonly sharing: ConnectionsFacts["sharing"];
  readonly crowd: PoolingFacts["crowd"];
  readonly preparedStatementWorks: PoolingFacts["preparedStatementWorks"];
}

/** Measures the pooler in front of the primary; `undefined` where there is none. */
export async function measurePool(
  collector: SqlCollector,
  part: string,
  pool: MeasuredPool | undefined,
): Promise<PoolMeasured> {
  if (pool === undefined) {
    const none = new Missing("not-applicable", "there is no managed pooling");
    return { sharing: none, crowd: none, preparedStatementWorks: none };
  }
  const open = (): Promise<LiveSession> => collector.access.connect({ part, role: "readWrite", pooled: true });
  const needs = [part];
  const [measured, preparedStatementWorks] = await Promise.all([
    observeSql(collector, { name: "more clients than connections", needs, timeoutMs: CROWD_TIMEOUT_MS }, async () =>
      crowd(open, pool),
    ),
    observeSql(collector, { name: "a prepared statement through the pooler", needs }, () => preparedTwice(open)),
  ]);
  if (measured instanceof Missing) return { sharing: measured, crowd: measured, preparedStatementWorks };
  const { clients, poolSize, served, serverConnections } = measured;
  return { sharing: { clients, serverConnections }, crowd: { clients, served, poolSize }, preparedStatementWorks };
}

/** One client more than there are server connections; each statement says which of them it ran on. */
async function crowd(
  open: () => Promise<LiveSession>,
  { maxClients = LARGEST_CROWD, mode, size }: MeasuredPool,
): Promise<{ clients: number; served: number; poolSize: number; serverConnections: number }> {
  if (mode === "session") throw new Inapplicable("session mode gives each client a connection of its own");
  const clients = size + 1;
  if (clients > Math.min(maxClients, LARGEST_CROWD)) {
    throw new Inapplicable(`it would take ${clients} clients at once, more than the pooler or a verification has`);
  }
  return withCrowd(clients, open, async (sessions) => {
    const backends = new Set<number>();
    let served = 0;
    for (const session of sessions) {
      const [row] = await session.rows<{ pid: number }>("SELECT pg_backend_pid() AS pid");
      if (row === undefined) continue;
      served += 1;
      backends.add(row.pid);
    }
    return { clients, served, poolSize: size, serverConnections: backends.size };
  });
}
