import type { Fact } from "../known.ts";

/** One replica. */
export interface ReplicaFacts {
  /** The user's name of it. */
  readonly key: string;
  /** The slot that it is meant to use, if it says so. */
  readonly slot: Fact<string>;
  /** Live only, as all that follows. */
  readonly inRecovery: Fact<boolean>;
  /** Its WAL receiver streams from the primary. */
  readonly streaming: Fact<boolean>;
  /** Milliseconds from a commit on the primary until the row was read on the replica; `undefined`: it never came. */
  readonly rowVisibleMs: Fact<number | undefined>;
  readonly lagBytes: Fact<number>;
  readonly lagMs: Fact<number>;
  readonly slotExists: Fact<boolean>;
  readonly slotActive: Fact<boolean>;
  /** `wal_status` of the slot: `reserved`, `extended`, `unreserved`, `lost`. */
  readonly slotWalStatus: Fact<string>;
  /** Bytes of WAL that the slot keeps. */
  readonly slotKeptBytes: Fact<number>;
}

/** The primary and those that follow it. */
export interface ReplicationFacts {
  readonly replicas: Fact<readonly ReplicaFacts[]>;
  /** It is they who take a lost primary's place; elsewhere a standby does that nobody reads from. */
  readonly replicasTakeOver: Fact<boolean>;
  /** `wal_level`. */
  readonly walLevel: Fact<string>;
  readonly maxWalSenders: Fact<number>;
  readonly maxReplicationSlots: Fact<number>;
  /** `max_slot_wal_keep_size`; -1 is without limit. */
  readonly maxSlotWalKeepMiB: Fact<number>;
  /** Parameters in which a standby is below its primary and would not start, as `name on replica-x: got, want`. */
  readonly standbyBelowPrimary: Fact<readonly string[]>;
  /** Live only: the primary takes writes. */
  readonly primaryWritable: Fact<boolean>;
  /** Live only: slots that no replica of the topology uses. */
  readonly unplannedSlots: Fact<readonly string[]>;
}
