import type { PoolingFacts } from "../facts/pooling.ts";
import { type AllKnown, isKnown } from "../known.ts";
import type { Requirement, Verdict } from "../requirement.ts";
import { about, every, known, notApplicable, verdict } from "../verdict.ts";

const DOCS = "https://www.pgbouncer.org/config.html";
const EVERYWHERE = ["spec", "plan", "live"] as const;

/** A pooler that can be used without surprises. */
export const plannedPooling: readonly Requirement<"pooling">[] = [
  {
    id: "pooling/mode",
    topic: "pooling",
    severity: "low",
    title: "Server connections go back to the pool after each transaction",
    why: "In session mode a client holds its connection until it leaves, and the pool is as small as its size.",
    fix: "Set the pool's mode (`pool_mode`, `pooling.mode`) to transaction, unless the application needs session state.",
    docs: `${DOCS}#pool_mode`,
    witnesses: EVERYWHERE,
    references: ["S2.1", "S2.5"],
    check: (facts) =>
      withEachPool(facts, (mode) => verdict(mode === "transaction", `got pool_mode ${mode}, want transaction`)),
  },
  {
    id: "pooling/no-statement-mode",
    topic: "pooling",
    severity: "high",
    title: "Transactions of several statements get through the pool",
    why: "In statement mode PgBouncer refuses every transaction of more than one statement, and drivers begin one by themselves.",
    fix: "Set the pool's mode (`pool_mode`, `pooling.mode`) to transaction.",
    docs: `${DOCS}#pool_mode`,
    witnesses: EVERYWHERE,
    check: (facts) =>
      withEachPool(facts, (mode) => verdict(mode !== "statement", "got pool_mode statement, want transaction")),
  },
  {
    id: "pooling/prepared-statements",
    topic: "pooling",
    severity: "high",
    title: "Prepared statements work in transaction mode",
    why: "Most drivers prepare statements by themselves, and fail on the first connection that has not seen them.",
    fix: "Set `max_prepared_statements` (`pooling.maxPreparedStatements`) above 0.",
    docs: `${DOCS}#max_prepared_statements`,
    witnesses: EVERYWHERE,
    references: ["S2.5"],
    check: (facts) =>
      ofPooler(facts, ["mode", "maxPreparedStatements"], ({ mode, maxPreparedStatements }) => {
        if (mode === "session") return notApplicable("session mode passes prepared statements through");
        return verdict(maxPreparedStatements > 0, "got max_prepared_statements 0, want more");
      }),
  },
  {
    id: "pooling/users-looked-up",
    topic: "pooling",
    severity: "medium",
    title: "The pooler looks passwords up in PostgreSQL and keeps no list of them",
    why: "A list of users is a second place to change each password, and a second place to steal them from.",
    fix: "Set `auth_query` in pgbouncer.ini, and leave nobody but the pooler's own user in `auth_file`.",
    docs: `${DOCS}#auth_query`,
    witnesses: EVERYWHERE,
    check: (facts) =>
      ofPooler(facts, ["looksUpUsers"], ({ looksUpUsers }) =>
        verdict(looksUpUsers, "got a list of users, want auth_query"),
      ),
  },
  {
    id: "pooling/fits-server",
    topic: "pooling",
    severity: "high",
    title: "One user's pool fits into the server's connections",
    why: "A pool that is larger than max_connections hands its clients `too many clients already` under load, when it hurts most.",
    fix: "Lower the pool's size (`pooling.writerPoolSize`, `pooling.readerPoolSize`), or raise `max_connections` of the server.",
    docs: `${DOCS}#default_pool_size`,
    witnesses: EVERYWHERE,
    references: ["X5"],
    check: (facts) =>
      ofPooler(facts, ["writerPoolSize", "readerPoolSize", "serverConnections"], (pool) => {
        const largest = Math.max(pool.writerPoolSize, pool.readerPoolSize);
        return verdict(
          largest <= pool.serverConnections,
          `got a pool of ${largest}, want ${pool.serverConnections} at most (max_connections less the reserved ones)`,
        );
      }),
  },
  {
    id: "pooling/takes-more-clients-than-connections",
    topic: "pooling",
    severity: "medium",
    title: "The pooler takes more clients than it has server connections",
    why: "That is what a pooler is for; with fewer it only adds a hop.",
    fix: "Raise `max_client_conn` (`pooling.maxClients`) above the pool sizes.",
    docs: `${DOCS}#max_client_conn`,
    witnesses: EVERYWHERE,
    references: ["S2.5"],
    check: (facts) =>
      ofPooler(facts, ["maxClients", "writerPoolSize", "readerPoolSize"], (pool) =>
        verdict(
          pool.maxClients > pool.writerPoolSize + pool.readerPoolSize,
          `got ${pool.maxClients} clients for pools of ${pool.writerPoolSize} and ${pool.readerPoolSize}, want more`,
        ),
      ),
  },
];

/** Judges the mode of the pooler, or of each of its pools where they may differ. */
function withEachPool(facts: PoolingFacts, judge: (mode: string) => Verdict): Verdict {
  if (!isKnown(facts.pools)) return ofPooler(facts, ["mode"], ({ mode }) => judge(mode));
  return every(
    facts.pools,
    ({ part }) => part,
    (pool) => known(pool, ["mode"], ({ mode }) => judge(mode)),
    "there are no pools",
  );
}

/** The same, told of the pooler. */
const ofPooler: typeof withPooler = (facts, names, judge) => about("pooler", withPooler(facts, names, judge));

/** Judges the named facts where there is a pooler. */
export function withPooler<K extends keyof PoolingFacts>(
  facts: PoolingFacts,
  names: readonly K[],
  judge: (facts: AllKnown<Pick<PoolingFacts, K>>) => Verdict,
): Verdict {
  return known(facts, ["enabled"], ({ enabled }) =>
    enabled ? known(facts, names, judge) : notApplicable("pooling is off"),
  );
}
