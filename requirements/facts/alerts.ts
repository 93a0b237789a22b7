import type { Fact } from "../known.ts";

/** What runs out, or falls behind. */
export type Watched = "cpu" | "disk" | "memory" | "connections" | "replication lag";

/** A server with what it must be watched for, and what it is watched for. */
export interface WatchedServer {
  readonly name: string;
  readonly wanted: readonly Watched[];
  readonly watched: Fact<readonly Watched[]>;
}

/** A primary, and what is done about it beside watching. */
export interface CaredForDatabase {
  readonly name: string;
  /** Somebody is told when its settings are changed. */
  readonly changesTold: Fact<boolean>;
  /** Something restores a backup by itself, to see that it can be restored. */
  readonly drilled: Fact<boolean>;
}

/** A bucket, and who learns what is done with it. */
export interface WatchedBucket {
  readonly name: string;
  /** Somebody is told when it is changed who may do what with it. */
  readonly grantsTold: Fact<boolean>;
  /** Who reads and writes what is logged. */
  readonly accessAudited: Fact<boolean>;
}

/** Something that tells somebody. */
export interface AlertFacts {
  readonly name: string;
  /** There is somebody who is told: a channel, an address. */
  readonly told: Fact<boolean>;
}

/** What somebody is told of, and what is tried out before it is needed. */
export interface AlertsFacts {
  readonly servers: Fact<readonly WatchedServer[]>;
  readonly databases: Fact<readonly CaredForDatabase[]>;
  readonly buckets: Fact<readonly WatchedBucket[]>;
  readonly alerts: Fact<readonly AlertFacts[]>;
}
