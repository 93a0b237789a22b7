import type { Fact } from "../known.ts";

/** A port of a container that the host publishes. */
export interface PublishedPort {
  readonly container: string;
  /** Address of the host; `0.0.0.0` and `::` are all of them. */
  readonly address: Fact<string>;
  /** Port of the host. */
  readonly published: Fact<number>;
}

/** What a firewall rule of a VPC lets in. */
export interface LetIn {
  /** `tcp`, `udp`, `all`, … */
  readonly protocol: string;
  /** Each one port or a range, as `5432` and `1024-65535`; none are all. */
  readonly ports: readonly string[];
}

/** A rule of a VPC's firewall that lets something in. */
export interface VpcFirewallRule {
  readonly name: string;
  readonly sources: Fact<readonly string[]>;
  readonly allows: Fact<readonly LetIn[]>;
}

/** A subnet of a VPC. */
export interface SubnetFacts {
  readonly name: string;
  /** The cloud's own services are reached from it without a public address. */
  readonly privateGoogleAccess: Fact<boolean>;
  readonly flowLogs: Fact<boolean>;
}

/** What can be reached from where. */
export interface NetworkFacts {
  readonly ports: Fact<readonly PublishedPort[]>;
  /** Addresses beside loopback that the stack asks for in so many words. */
  readonly wishedAddresses: Fact<readonly string[]>;
  readonly firewallRules: Fact<readonly VpcFirewallRule[]>;
  readonly subnets: Fact<readonly SubnetFacts[]>;
}
