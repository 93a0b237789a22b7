import type { Fact } from "../known.ts";
import type { Grant } from "./grant.ts";

/** What a bucket that a database's exports lie in is measured by. */
export interface ExportsFacts {
  /** Days back that every moment of the database can be restored; 0 without that. */
  readonly pointInTimeDays: Fact<number>;
}

/** A bucket of Cloud Storage or of Spaces. */
export interface StoredBucket {
  readonly name: string;
  /** Its own list of access names its owner only. */
  readonly private: Fact<boolean>;
  /** What is removed from it, or written over there, can be brought back for a while. */
  readonly versioned: Fact<boolean>;
  /** Pulumi refuses to remove it. */
  readonly protected: Fact<boolean>;
  /** Pulumi empties it so that it can be removed. */
  readonly forceDestroy: Fact<boolean>;
  /** IAM alone says who may do what; no object has a list of its own. */
  readonly uniformAccess: Fact<boolean>;
  /** The cloud refuses every grant to everybody. */
  readonly publicAccessPrevented: Fact<boolean>;
  /** Who read what is written to another bucket. */
  readonly accessLogged: Fact<boolean>;
  /** It writes that to itself. */
  readonly logsToItself: Fact<boolean>;
  /** Encrypted with a key of the user's own. */
  readonly ownKey: Fact<boolean>;
  /** Days that something removed can be brought back; 0: not at all. */
  readonly softDeleteDays: Fact<number>;
  /** Rules about what is removed, or stored more cheaply, by itself. */
  readonly lifecycleRules: Fact<number>;
  /** Days after which the first object is removed by itself; `undefined`: never. */
  readonly removedAfterDays: Fact<number | undefined>;
  /** Days that nobody can remove an object; 0 without a retention policy. */
  readonly retentionDays: Fact<number>;
  /** Nobody can shorten those days. */
  readonly retentionLocked: Fact<boolean>;
  /** `undefined` of a bucket that no database of the stack writes to. */
  readonly exports: Fact<ExportsFacts | undefined>;
}

/** Where dumps, repositories and logs lie. */
export interface BucketFacts {
  readonly buckets: Fact<readonly StoredBucket[]>;
  /** Who may do what with the buckets beside their owners. */
  readonly grants: Fact<readonly Grant[]>;
}
