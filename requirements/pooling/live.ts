import type { Requirement } from "../requirement.ts";
import { none, verdict } from "../verdict.ts";
import { withPooler } from "./planned.ts";

const LIVE = ["live"] as const;

/** What only the running pooler can tell. */
export const livePooling: readonly Requirement<"pooling">[] = [
  {
    id: "pooling/as-asked",
    topic: "pooling",
    severity: "high",
    title: "The running pooler has the mode and the sizes that were asked for",
    why: "A file that was changed is not a pooler that was reloaded.",
    fix: "Run `pgt up`, which makes the pooler anew when its file differs.",
    docs: "https://www.pgbouncer.org/usage.html#show-config",
    witnesses: LIVE,
    references: ["S2.5", "X2"],
    check: (facts) =>
      withPooler(facts, ["differences"], ({ differences }) =>
        none(
          differences.map(({ got, name, want, where }) => `${where}: ${name} got ${got}, want ${want}`),
          "not as asked",
        ),
      ),
  },
  {
    id: "pooling/crowd-served",
    topic: "pooling",
    severity: "high",
    title: "More clients than the pool has connections are served",
    why: "That is what a pooler is for; a pool that refuses its clients is found out under load.",
    fix: "Raise `pooling.maxClients`, or `parameters.max_connections`.",
    docs: "https://www.pgbouncer.org/config.html#max_client_conn",
    witnesses: LIVE,
    references: ["S2.5"],
    check: (facts) =>
      withPooler(facts, ["crowd"], ({ crowd: { clients, poolSize, served } }) =>
        verdict(
          served === clients && clients > poolSize,
          `pooler: got ${served} of ${clients} clients served by ${poolSize} connections, want all`,
        ),
      ),
  },
  {
    id: "pooling/prepared-statement-works",
    topic: "pooling",
    severity: "high",
    title: "A prepared statement runs again in another transaction",
    why: "Drivers prepare statements by themselves, and the next transaction may be on another connection.",
    fix: "Set `pooling.maxPreparedStatements` above 0.",
    docs: "https://www.pgbouncer.org/config.html#max_prepared_statements",
    witnesses: LIVE,
    references: ["S2.5"],
    check: (facts) =>
      withPooler(facts, ["preparedStatementWorks"], ({ preparedStatementWorks }) =>
        verdict(preparedStatementWorks, "pooler: got an error from the second run, want a row"),
      ),
  },
  {
    id: "pooling/readers-reach-replicas",
    topic: "pooling",
    severity: "high",
    title: "The readers' pool leads to the replicas",
    why: "Reads that end on the primary take the room that writes need, and nobody notices.",
    fix: "Run `pgt up`, which writes the pools anew.",
    docs: "https://www.pgbouncer.org/config.html#section-databases",
    witnesses: LIVE,
    references: ["S1.5"],
    check: (facts) =>
      withPooler(facts, ["readerReachesReplica"], ({ readerReachesReplica }) =>
        verdict(readerReachesReplica, "pooler: got the primary, want a replica"),
      ),
  },
];
