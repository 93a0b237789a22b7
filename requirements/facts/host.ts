import type { Fact } from "../known.ts";
import type { Difference } from "./difference.ts";

/** What a cloud firewall lets in. */
export interface InboundRule {
  /** `tcp`, `udp` or `icmp`. */
  readonly protocol: string;
  /** One, a range, or `all`. */
  readonly ports: string;
  /** Addresses, and what else is named, as `tag backend`. */
  readonly sources: readonly string[];
}

/** The machine that the data database runs on. */
export interface HostFacts {
  /** Live only: `active`, …; `absent` when the platform has no machine of that id. */
  readonly state: Fact<string>;
  /** Cloud firewalls that it is behind. None means that every port is open. */
  readonly firewalls: Fact<number>;
  /** Of all its firewalls together. */
  readonly inbound: Fact<readonly InboundRule[]>;
  /** Pulumi refuses to remove the volume that the data lives on. */
  readonly volumeProtected: Fact<boolean>;
  /** Live only. */
  readonly differences: Fact<readonly Difference[]>;
  /** Live only: inbound rules that are not those that were asked for. */
  readonly inboundDifferences: Fact<readonly Difference[]>;
}
