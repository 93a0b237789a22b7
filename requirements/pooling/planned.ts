import type { PoolingFacts } from "../facts/pooling.ts";
import type { AllKnown } from "../known.ts";
import type { Requirement, Verdict } from "../requirement.ts";
import { known, notApplicable, verdict } from "../verdict.ts";

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
    fix: "Set `pooling.mode` to transaction, unless the application needs session state.",
    docs: `${DOCS}#pool_mode`,
    witnesses: EVERYWHERE,
    references: ["S2.1", "S2.5"],
    check: (facts) =>
      withPooler(facts, ["mode"], ({ mode }) =>
        verdict(mode === "transaction", `got pool_mode ${mode}, want transaction`),
      ),
  },
  {
    id: "pooling/prepared-statements",
    topic: "pooling",
    severity: "high",
    title: "Prepared statements work in transaction mode",
    why: "Most drivers prepare statements by themselves, and fail on the first connection that has not seen them.",
    fix: "Set `pooling.maxPreparedStatements` above 0.",
    docs: `${DOCS}#max_prepared_statements`,
    witnesses: EVERYWHERE,
    references: ["S2.5"],
    check: (facts) =>
      withPooler(facts, ["mode", "maxPreparedStatements"], ({ mode, maxPreparedStatements }) => {
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
      withPooler(facts, ["looksUpUsers"], ({ looksUpUsers }) =>
        verdict(looksUpUsers, "got a list of users, want auth_query"),
      ),
  },
  {
    id: "pooling/fits-server",
    topic: "pooling",
    severity: "high",
    title: "One user's pool fits into the server's connections",
    why: "A pool that is larger than max_connections hands its clients `too many clients already` under load, when it hurts most.",
    fix: "Lower `pooling.writerPoolSize` and `pooling.readerPoolSize`, or raise `parameters.max_connections`.",
    docs: `${DOCS}#default_pool_size`,
    witnesses: EVERYWHERE,
    references: ["X5"],
    check: (facts) =>
      withPooler(facts, ["writerPoolSize", "readerPoolSize", "serverConnections"], (pool) => {
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
    fix: "Raise `pooling.maxClients` above the pool sizes.",
    docs: `${DOCS}#max_client_conn`,
    witnesses: EVERYWHERE,
    references: ["S2.5"],
    check: (facts) =>
      withPooler(facts, ["maxClients", "writerPoolSize", "readerPoolSize"], (pool) =>
        verdict(
          pool.maxClients > pool.writerPoolSize + pool.readerPoolSize,
          `got ${pool.maxClients} clients for pools of ${pool.writerPoolSize} and ${pool.readerPoolSize}, want more`,
        ),
      ),
  },
];

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
