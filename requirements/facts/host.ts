import type { Fact, Known } from "../known.ts";
import type { Difference } from "./difference.ts";

/** What a cloud firewall lets in. */
export interface InboundRule {
  /** `tcp`, `udp` or `icmp`. */
  readonly protocol: string;
  /** One, a range, or `all`. */
  readonly ports: string;
  /** Addresses, and what else is named, as `tag backend`. */
  readonly sources: readonly Known<string>[];
}

/** What a cloud firewall lets out. */
export interface OutboundRule {
  readonly protocol: string;
  readonly ports: string;
  readonly destinations: readonly Known<string>[];
}

/** A machine that a database runs on, or a client of one. */
export interface MachineFacts {
  readonly name: string;
  /** Cloud firewalls that it is behind. None means that every port is open. */
  readonly firewalls: Fact<number>;
  /** Without a key, the platform sends root's password by mail. */
  readonly sshKeys: Fact<number>;
}

/** A cloud firewall. */
export interface FirewallFacts {
  readonly name: string;
  readonly inbound: Fact<readonly InboundRule[]>;
  readonly outbound: Fact<readonly OutboundRule[]>;
}

/** A volume that data lives on. */
export interface VolumeFacts {
  readonly name: string;
  /** Pulumi refuses to remove it. */
  readonly protected: Fact<boolean>;
}

/** The machine that the data database runs on; in a plan, every machine. */
export interface HostFacts {
  /** Live only: `active`, …; `absent` when the platform has no machine of that id. */
  readonly state: Fact<string>;
  readonly machines: Fact<readonly MachineFacts[]>;
  readonly firewalls: Fact<readonly FirewallFacts[]>;
  readonly volumes: Fact<readonly VolumeFacts[]>;
  /** Live only. */
  readonly differences: Fact<readonly Difference[]>;
  /** Live only: inbound rules that are not those that were asked for. */
  readonly inboundDifferences: Fact<readonly Difference[]>;
}
