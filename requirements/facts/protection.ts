import type { Fact } from "../known.ts";

/** What survives mistakes and crashes. */
export interface ProtectionFacts {
  /** The volumes with data outlive the removal of a node or of the stack. */
  readonly dataKept: Fact<boolean>;
  /** Volumes with data that are not named, one a node or repository that lacks one; empty when all is well. */
  readonly unnamedData: Fact<readonly string[]>;
  /** Servers that keep their data in a volume that another one has, as `name:volume`. */
  readonly sharedData: Fact<readonly string[]>;
  /** Servers that are stopped by another signal than SIGINT or killed within 30 s, each as `name: signal, n s`. */
  readonly hurriedShutdowns: Fact<readonly string[]>;
  /** Nodes without `data_checksums`. Live only. */
  readonly withoutChecksums: Fact<readonly string[]>;
  /** Databases in which a page was read that does not match its checksum, as `primary: app, 3 pages`. Live only. */
  readonly checksumFailures: Fact<readonly string[]>;
}
