import type { Difference } from "../../requirements/facts/difference.ts";
import { NOTHING_KNOWN } from "../../requirements/facts/nothing-known.ts";
import type { PoolingFacts } from "../../requirements/facts/pooling.ts";
import { messageOf } from "../../kernel/errors.ts";
import { type Fact, isKnown, Missing } from "../../requirements/known.ts";
import type { ResolvedPooling } from "../../topology/resolved-self-run.ts";
import { freeConnections } from "../server-parameters.ts";
import type { LiveSession } from "./live-access.ts";
import { type Collector, Inapplicable, observe, withSession } from "./observe.ts";
import type { PoolerConfig } from "./pooler-console.ts";
import type { ServerSettings } from "./settings.ts";

/** Connections that are opened at once; more would only queue for the same processor. */
const AT_ONCE = 8;
const CROWD_TIMEOUT_MS = 60_000;
const EXEC_TIMEOUT_MS = 10_000;

/** What the collectors before found out. */
export interface PoolingBasis {
  /** Undefined without a pooler. */
  readonly pooler: PoolerConfig | Missing | undefined;
  readonly primarySettings: Fact<ServerSettings> | undefined;
}

/** Asks the pooler, and uses it as applications do. */
export async function readPooling(collector: Collector, basis: PoolingBasis): Promise<PoolingFacts> {
  const { pooling, primary, replicas } = collector.access.topology;
  if (pooling === undefined || basis.pooler === undefined) return { ...NOTHING_KNOWN.pooling, enabled: false };
  const console = basis.pooler;
  const needs = ["pooler", primary.part];
  const readers = replicas.length > 0 ? replicas.map(({ part }) => part) : [primary.part];
  const [looksUpUsers, crowd, preparedStatementWorks, readerReachesReplica] = await Promise.all([
    !(console instanceof Missing)
      ? observe(collector, { name: "the pooler's list of users", needs: ["pooler"] }, () => looksUp(collector, console))
      : console,
    observe(collector, { name: "more clients than connections", needs, timeoutMs: CROWD_TIMEOUT_MS }, () =>
      crowdOf(collector, pooling),
    ),
    observe(collector, { name: "a prepared statement through the pooler", needs }, () =>
      preparedTwice(() => collector.access.connect({ part: "pooler", role: "readWrite" })),
    ),
    observe(collector, { name: "the readers' pool", needs: [...needs, ...readers] }, () =>
      withSession(
        collector.access,
        { part: "pooler", role: "readOnly", database: pooling.readerPool },
        async (session) => {
          const [row] = await session.rows<{ recovering: boolean }>("SELECT pg_is_in_recovery() AS recovering");
          return row?.recovering === replicas.length > 0;
        },
      ),
    ),
  ]);
  return {
    ...NOTHING_KNOWN.pooling,
    enabled: true,
    ...fromConsole(basis.pooler, pooling),
    serverConnections: fromPrimary(basis.primarySettings),
    looksUpUsers,
    crowd,
    preparedStatementWorks,
    readerReachesReplica,
  };
}

type FromConsole = Pick<
  PoolingFacts,
  "mode" | "writerPoolSize" | "readerPoolSize" | "maxClients" | "maxPreparedStatements" | "differences"
>;

function fromConsole(console: Fact<PoolerConfig>, wanted: ResolvedPooling): FromConsole {
  if (!isKnown(console)) {
    const missing = console;
    return {
      mode: missing,
      writerPoolSize: missing,
      readerPoolSize: missing,
      maxClients: missing,
      maxPreparedStatements: missing,
      differences: missing,
    };
  }
  const { settings } = console;
  return {
    mode: settings.pool_mode ?? "",
    writerPoolSize: poolSize(console, wanted.writerPool),
    readerPoolSize: poolSize(console, wanted.readerPool),
    maxClients: Number(settings.max_client_conn),
    maxPreparedStatements: Number(settings.max_prepared_statements),
    differences: poolerDifferences(console, wanted),
  };
}

function poolSize({ databases }: PoolerConfig, pool: string): number {
  return databases.find(({ name }) => name === pool)?.pool_size ?? 0;
}

/** What the running pooler has otherwise than asked. */
export function poolerDifferences(console: PoolerConfig, wanted: ResolvedPooling): Difference[] {
  const { databases, settings } = console;
  const pairs: [string, string, string][] = [
    ["pool_mode", wanted.mode, settings.pool_mode ?? ""],
    ["max_client_conn", String(wanted.maxClients), settings.max_client_conn ?? ""],
    ["max_prepared_statements", String(wanted.maxPreparedStatements), settings.max_prepared_statements ?? ""],
    [`pool_size of ${wanted.writerPool}`, String(wanted.writerPoolSize), String(poolSize(console, wanted.writerPool))],
    [`pool_size of ${wanted.readerPool}`, String(wanted.readerPoolSize), String(poolSize(console, wanted.readerPool))],
  ];
  const ownModes = databases
    .filter(({ name, pool_mode }) => name !== "pgbouncer" && pool_mode !== null && pool_mode !== "")
    .map(({ name, pool_mode }): [string, string, string] => [`pool_mode of ${name}`, wanted.mode, pool_mode ?? ""]);
  return [...pairs, ...ownModes]
    .filter(([, want, got]) => want !== got)
    .map(([name, want, got]) => ({ where: "pooler", name, want, got }));
}

function fromPrimary(settings: Fact<ServerSettings> | undefined): Fact<number> {
  if (settings === undefined) return new Missing("unknown", "no settings of the primary");
  return isKnown(settings) ? freeConnections(settings.parameters) : settings;
}

/** The file of users is read by name only: whose passwords are in it is what counts. */
async function looksUp({ access }: Collector, { settings }: PoolerConfig): Promise<boolean> {
  const { auth_file: file = "", auth_query: query = "" } = settings;
  const listed = await access.execute("pooler", ["cut", "-d", '"', "-f", "2", file], EXEC_TIMEOUT_MS);
  if (listed.exitCode !== 0) throw new Error(listed.stderr.trim());
  const others = listed.stdout.split("\n").filter((user) => user !== "" && user !== access.topology.roles.pooler);
  return query !== "" && others.length === 0;
}

/** One client more than the pool has connections: all connected at once, and each gets an answer. */
async function crowdOf(
  { access }: Collector,
  { maxClients, mode, writerPool, writerPoolSize }: ResolvedPooling,
): Promise<{ clients: number; served: number; poolSize: number }> {
  if (mode === "session") throw new Inapplicable("session mode gives each client a connection of its own");
  if (maxClients <= writerPoolSize) {
    throw new Inapplicable(
      "the pooler takes no more clients, which pooling/takes-more-clients-than-connections judges",
    );
  }
  const clients = writerPoolSize + 1;
  const login = { part: "pooler", role: "readWrite", database: writerPool } as const;
  return withCrowd(
    clients,
    () => access.connect(login),
    async (sessions) => {
      let served = 0;
      for (const session of sessions) served += (await session.rows("SELECT 1 AS one")).length;
      return { clients, served, poolSize: writerPoolSize };
    },
  );
}

/** Has so many clients connected at the same time, and ends them. */
export async function withCrowd<T>(
  clients: number,
  open: () => Promise<LiveSession>,
  use: (sessions: readonly LiveSession[]) => Promise<T>,
): Promise<T> {
  const sessions: LiveSession[] = [];
  try {
    while (sessions.length < clients) {
      const batch = Array.from({ length: Math.min(AT_ONCE, clients - sessions.length) }, open);
      const opened = await Promise.allSettled(batch);
      sessions.push(...opened.flatMap((one) => (one.status === "fulfilled" ? [one.value] : [])));
      const refused = opened.find((one) => one.status === "rejected");
      if (refused !== undefined) throw new Error(messageOf(refused.reason));
    }
    return await use(sessions);
  } finally {
    await Promise.all(sessions.map((session) => session.end()));
  }
}

/** Prepares, executes, has another client take the server connection, and executes again. */
export async function preparedTwice(open: () => Promise<LiveSession>): Promise<boolean> {
  const sessions: LiveSession[] = [];
  try {
    const session = await open();
    sessions.push(session);
    const other = await open();
    sessions.push(other);
    const [name, text] = ["pgt_verify", "SELECT $1::int AS number"];
    const [first] = await session.prepared<{ number: number }>(name, text, [1]);
    await other.rows("BEGIN");
    await other.rows("SELECT 1 AS one");
    const [second] = await session.prepared<{ number: number }>(name, text, [2]);
    await other.rows("ROLLBACK");
    return first?.number === 1 && second?.number === 2;
  } catch (error) {
    // Prepared statement does not exist; already exists.
    if (["26000", "42P05", "08P01"].includes(String((error as { code?: unknown }).code))) return false;
    throw error;
  } finally {
    await Promise.all(sessions.map((session) => session.end()));
  }
}
