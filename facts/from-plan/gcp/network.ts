import type { LetIn, SubnetFacts, VpcFirewallRule } from "../../../requirements/facts/network.ts";
import { type Known, UNKNOWN } from "../../../requirements/known.ts";
import {
  flag,
  mapKnown,
  object,
  objects,
  type Planned,
  type PlannedResource,
  text,
  texts,
} from "../planned-resource.ts";
import { GCP_TYPES, ofTypes } from "./resource-types.ts";

/** Uses of a subnet in which nothing of the user's runs. https://cloud.google.com/vpc/docs/subnets#purpose */
const ORDINARY_PURPOSES: readonly string[] = ["PRIVATE", "PRIVATE_RFC_1918"];

/** What a VPC's firewall lets in. What is turned off, denies or is about the way out lets nothing in. */
export function firewallRules(resources: readonly PlannedResource[]): readonly VpcFirewallRule[] {
  return ofTypes(resources, [GCP_TYPES.firewall]).map(({ name, props }) => ({
    name,
    sources: sourcesOf(props),
    allows: letsNothingIn(props) ? [] : allowsOf(props),
  }));
}

/** The subnets that machines can be in. */
export function subnets(resources: readonly PlannedResource[]): readonly SubnetFacts[] {
  return ofTypes(resources, [GCP_TYPES.subnet])
    .filter(({ props }) => typeof props.purpose !== "string" || ORDINARY_PURPOSES.includes(props.purpose))
    .map(({ name, props }) => ({
      name,
      privateGoogleAccess: flag(props, "privateIpGoogleAccess"),
      flowLogs: mapKnown(object(props, "logConfig"), (log) => Object.keys(log).length > 0),
    }));
}

interface ReadRule {
  readonly protocol: Known<string | undefined>;
  readonly ports: Known<readonly string[]>;
}

/** INGRESS is the provider's default. */
function letsNothingIn(props: PlannedResource["props"]): boolean {
  return props.disabled === true || props.direction === "EGRESS";
}

function allowsOf(props: PlannedResource["props"]): Known<readonly LetIn[]> {
  if (props.direction === UNKNOWN || props.disabled === UNKNOWN) return UNKNOWN;
  return mapKnown(objects(props, "allows"), (rules) => {
    const read = rules.map((rule): ReadRule => ({ protocol: text(rule, "protocol"), ports: texts(rule, "ports") }));
    const known = read.flatMap(({ ports, protocol }): LetIn[] =>
      ports === UNKNOWN || protocol === UNKNOWN ? [] : [{ protocol: protocol ?? "all", ports }],
    );
    return known.length === read.length ? known : UNKNOWN;
  });
}

/**
 * Addresses, those that are known at least: an unknown one beside the whole world does not make it smaller. With neither
 * addresses nor tags nor accounts, the cloud takes 0.0.0.0/0: https://cloud.google.com/firewall/docs/firewalls#sources_or_destinations_for_the_rule
 */
function sourcesOf(props: PlannedResource["props"]): Known<readonly string[]> {
  const ranges: Planned = props.sourceRanges;
  if (ranges !== undefined && ranges !== null && !Array.isArray(ranges)) return UNKNOWN;
  const list: readonly Planned[] = Array.isArray(ranges) ? ranges : [];
  if (list.length === 0) {
    const others = ["sourceTags", "sourceServiceAccounts"].filter(
      (name) => props[name] === UNKNOWN || isFilled(props[name]),
    );
    return others.length === 0 ? ["0.0.0.0/0"] : [];
  }
  const known = list.filter((one) => typeof one === "string");
  return known.length === list.length || known.some((one) => one.endsWith("/0")) ? known : UNKNOWN;
}

function isFilled(value: Planned): boolean {
  return Array.isArray(value) && value.length > 0;
}
