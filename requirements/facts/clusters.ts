import type { Fact } from "../known.ts";
import type { Difference } from "./difference.ts";

/** A managed server on DigitalOcean: the cluster of the primary and its standbys, or a read-only replica. */
export interface ClusterServerFacts {
  /** `primary` or `replica-<key>`. */
  readonly part: string;
  readonly role: "primary" | "replica";
  /** Live only: `online`, …; `absent` when the platform has no server of that id. */
  readonly state: Fact<string>;
  /** PostgreSQL's major version. */
  readonly version: Fact<number>;
  /** Live only: days until the PostgreSQL project ends this major version; below 0 it has ended. */
  readonly versionDaysLeft: Fact<number>;
  readonly region: Fact<string>;
  /** The machine's slug. */
  readonly size: Fact<string>;
  /** Of the size. */
  readonly cpus: Fact<number>;
  readonly memoryMiB: Fact<number>;
  /** The primary and its standbys. */
  readonly nodes: Fact<number>;
  /** Id of the VPC. A wish knows it of one that is there already. */
  readonly network: Fact<string>;
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

/** The managed servers of a topology on DigitalOcean. */
export interface ClustersFacts {
  readonly servers: Fact<readonly ClusterServerFacts[]>;
}
