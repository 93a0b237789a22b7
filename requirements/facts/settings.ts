import type { Fact } from "../known.ts";
import type { Difference } from "./difference.ts";

/** Settings of one PostgreSQL server. */
export interface NodeSettings {
  /** `primary` or `replica-<key>`. */
  readonly part: string;
  readonly fsync: Fact<boolean>;
  readonly fullPageWrites: Fact<boolean>;
  /** 0 is without limit. */
  readonly idleInTransactionSeconds: Fact<number>;
  readonly logLockWaits: Fact<boolean>;
  readonly statementStatistics: Fact<boolean>;
  readonly maxConnections: Fact<number>;
  readonly sharedBuffersMiB: Fact<number>;
  /** Of the container; 0 is without limit. */
  readonly memoryMiB: Fact<number>;
  /** Live only: pg_settings against what was asked. */
  readonly differences: Fact<readonly Difference[]>;
  /** Live only: settings that wait for a restart. */
  readonly pendingRestart: Fact<readonly string[]>;
}

/** What the servers were told. */
export interface SettingsFacts {
  readonly nodes: Fact<readonly NodeSettings[]>;
}
