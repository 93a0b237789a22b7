import type { Fact } from "../known.ts";
import type { Difference } from "./difference.ts";

/** One pooler, or one pool of a managed one. */
export interface PoolFacts {
  /** `pooler`, or the pool's name. */
  readonly part: string;
  /** `transaction`, `session` or `statement`. */
  readonly mode: Fact<string>;
}

/** PgBouncer. */
export interface PoolingFacts {
  /** There is a pooler. When false, nothing else here matters. */
  readonly enabled: Fact<boolean>;
  /** `transaction`, `session` or `statement`. */
  readonly mode: Fact<string>;
  /** Where there may be several pools, each with a mode of its own: planned ones of a managed cluster. */
  readonly pools: Fact<readonly PoolFacts[]>;
  /** Server connections to the primary, for each user. */
  readonly writerPoolSize: Fact<number>;
  /** Server connections to the replicas, for each user; to the primary when there is no replica. */
  readonly readerPoolSize: Fact<number>;
  readonly maxClients: Fact<number>;
  /** 0: prepared statements fail in transaction mode. */
  readonly maxPreparedStatements: Fact<number>;
  /** Passwords are looked up in PostgreSQL (`auth_query`) and are in no file of the pooler, apart from its own. */
  readonly looksUpUsers: Fact<boolean>;
  /** `max_connections` of the server, less those that are reserved for superusers. */
  readonly serverConnections: Fact<number>;

  /** What the running pooler says of itself against what was asked. */
  readonly differences: Fact<readonly Difference[]>;
  /** Clients, more than the pool has connections, that were served at once. */
  readonly crowd: Fact<{ readonly clients: number; readonly served: number; readonly poolSize: number }>;
  /** A statement that was prepared once ran again in another transaction. */
  readonly preparedStatementWorks: Fact<boolean>;
  /** The reader's pool reached a replica; true without replicas when it reached the primary. */
  readonly readerReachesReplica: Fact<boolean>;
}
