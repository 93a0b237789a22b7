import type { Fact } from "../known.ts";
import type { Difference } from "./difference.ts";

/** What stands for an address that is being made. */
export const NOT_KNOWN_YET = "(not known yet)";

/** A connection pool of a cluster's own PgBouncer. */
export interface ClusterPoolFacts {
  readonly name: string;
  /** `transaction`, `session` or `statement`. */
  readonly mode: Fact<string>;
  /** Server connections. */
  readonly size: Fact<number>;
  /** The user that it logs in as is the cluster's own, or made in the same stack. */
  readonly userMade: Fact<boolean>;
  readonly databaseMade: Fact<boolean>;
}

/** A machine in a region. */
export interface ClusterMemberFacts {
  readonly name: string;
  readonly region: Fact<string>;
  /** Id of its VPC; `undefined`: the account's default one of the region. */
  readonly network: Fact<string | undefined>;
}

/** A managed server on DigitalOcean: the cluster of the primary and its standbys, or a read-only replica. */
export interface ClusterServerFacts {
  /** `primary` or `replica-<key>`. */
  readonly part: string;
  readonly role: "primary" | "replica";
  /** Live only: `online`, …; `absent` when the platform has no server of that id. */
  readonly state: Fact<string>;
  /** The wish names a version, rather than the platform's newest. */
  readonly versionNamed: Fact<boolean>;
  /** PostgreSQL's major version. */
  readonly version: Fact<number>;
  /** Days until the PostgreSQL project ends this major version; below 0 it has ended. */
  readonly versionDaysLeft: Fact<number>;
  readonly region: Fact<string>;
  /** The machine's slug. */
  readonly size: Fact<string>;
  /** Of the size. */
  readonly cpus: Fact<number>;
  readonly memoryMiB: Fact<number>;
  /** The primary and its standbys. */
  readonly nodes: Fact<number>;
  /** Id of the VPC; `undefined`: the account's default one of the region. A wish knows it of one that is there already. */
  readonly network: Fact<string | undefined>;
  /** The cluster that a replica follows, by its part; `undefined` of a cluster. */
  readonly follows: Fact<string | undefined>;
  readonly pools: Fact<readonly ClusterPoolFacts[]>;
  readonly diskGrows: Fact<boolean>;
  /** As `sunday 03:00`; `undefined`: at any time. */
  readonly maintenance: Fact<string | undefined>;
  /** Trusted sources, as `ip_addr 10.100.0.0/24` or `droplet 4711`. None means that everybody may connect. */
  readonly sources: Fact<readonly string[]>;
  /** Pulumi refuses to remove it. */
  readonly protected: Fact<boolean>;
  /** Live only: settings that are not as asked. */
  readonly differences: Fact<readonly Difference[]>;
  /** Live only: trusted sources that are not those that were asked for. */
  readonly sourceDifferences: Fact<readonly Difference[]>;
}

/** Who may connect to a server that is not here itself. */
export interface TrustedList {
  readonly name: string;
  /** As of a server. */
  readonly sources: Fact<readonly string[]>;
}

/** The managed servers of a topology on DigitalOcean. */
export interface ClustersFacts {
  readonly servers: Fact<readonly ClusterServerFacts[]>;
  /** Machines in the same stack. */
  readonly machines: Fact<readonly ClusterMemberFacts[]>;
  /** Of a plan: lists of trusted sources of servers that are in another stack. */
  readonly listsElsewhere: Fact<readonly TrustedList[]>;
  /** In a wish only: backups are exported to where the platform's own are not. */
  readonly exported: Fact<boolean>;
}
