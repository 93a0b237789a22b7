import type {
  FirewallFacts,
  HostFacts,
  InboundRule,
  MachineFacts,
  OutboundRule,
} from "../../../requirements/facts/host.ts";
import { NOTHING_KNOWN } from "../../../requirements/facts/nothing-known.ts";
import { type Fact, type Known, Missing, UNKNOWN } from "../../../requirements/known.ts";
import { flag, mapKnown, objects, type Planned, type PlannedResource, texts } from "../planned-resource.ts";
import type { DigitalOceanPlan } from "./types.ts";

const INSIDE = new Missing("not-applicable", "the machine has no public address");
/** All ports of a protocol, in the API's words and in the provider's. */
const ALL_PORTS = ["all", "0"];

/** Machines, their firewalls, and the volumes that data lives on. */
export function hostFacts(plan: DigitalOceanPlan): HostFacts {
  const reach = reachOf(plan);
  return {
    ...NOTHING_KNOWN.host,
    machines: plan.droplet.map((droplet) => machineFacts(droplet, reach)),
    firewalls: plan.firewall.map(firewallFacts),
    volumes: plan.volume.map(({ name, protect }) => ({ name, protected: protect ?? UNKNOWN })),
  };
}

function machineFacts(droplet: PlannedResource, reach: Reach): MachineFacts {
  const keys = droplet.props.sshKeys;
  return {
    name: droplet.name,
    // A key that is not known yet is one.
    sshKeys: Array.isArray(keys) ? keys.length : keys === undefined || keys === null ? 0 : UNKNOWN,
    firewalls: firewallsOf(droplet, reach),
  };
}

/** What firewalls are put before, all of them together. */
interface Reach {
  /** How many firewalls there are for a machine, by its URN, its id or a tag of its. */
  readonly times: ReadonlyMap<string, number>;
  /** One may be before any machine. */
  readonly isOpenEnded: boolean;
}

function reachOf({ droplet, firewall }: DigitalOceanPlan): Reach {
  const times = new Map<string, number>();
  const add = (key: string): void => void times.set(key, (times.get(key) ?? 0) + 1);
  let isOpenEnded = false;
  for (const { dependencies, props } of firewall) {
    const tags = texts(props, "tags");
    const ids = texts(props, "dropletIds");
    const urns = dependencies && (dependencies.dropletIds ?? []).map(({ urn }) => urn);
    if (tags === UNKNOWN) isOpenEnded = true;
    else for (const tag of tags) add(`tag ${tag}`);
    for (const urn of urns ?? []) add(urn);
    if (ids !== UNKNOWN) for (const id of ids) add(`id ${id}`);
    const isUntold = urns === undefined && (ids === UNKNOWN || ids.length > 0);
    const [only, ...others] = droplet;
    if (isUntold && only !== undefined && others.length === 0) add(only.urn);
    else if (isUntold) isOpenEnded = true;
  }
  return { times, isOpenEnded };
}

/** By a tag that both have, by what the list of machines was made from, or by the machine's id. */
function firewallsOf({ props, urn }: PlannedResource, { isOpenEnded, times }: Reach): Fact<number> {
  const { id, publicNetworking = true } = props;
  const isPublic = flag({ publicNetworking }, "publicNetworking");
  if (isPublic === UNKNOWN) return UNKNOWN;
  if (!isPublic) return INSIDE;
  const tags = texts(props, "tags");
  const keys = [urn, ...(typeof id === "string" ? [`id ${id}`] : [])];
  const byTag = tags === UNKNOWN ? [] : tags.map((tag) => `tag ${tag}`);
  const count = [...keys, ...byTag].reduce((sum, key) => sum + (times.get(key) ?? 0), 0);
  const mayBe = isOpenEnded || (tags === UNKNOWN && [...times.keys()].some((key) => key.startsWith("tag ")));
  return count === 0 && mayBe ? UNKNOWN : count;
}

function firewallFacts({ name, props }: PlannedResource): FirewallFacts {
  return {
    name,
    inbound: mapKnown(objects(props, "inboundRules"), (rules) => rules.map(inboundRule)),
    outbound: mapKnown(objects(props, "outboundRules"), (rules) => rules.map(outboundRule)),
  };
}

function inboundRule(rule: Readonly<Record<string, Planned>>): InboundRule {
  return { ...protocolAndPorts(rule), sources: addresses(rule.sourceAddresses) };
}

function outboundRule(rule: Readonly<Record<string, Planned>>): OutboundRule {
  return { ...protocolAndPorts(rule), destinations: addresses(rule.destinationAddresses) };
}

function protocolAndPorts({ portRange, protocol }: Readonly<Record<string, Planned>>) {
  const ports = typeof portRange === "number" ? String(portRange) : portRange;
  return {
    protocol: typeof protocol === "string" ? protocol : "any",
    ports: typeof ports !== "string" || ports === "" || ALL_PORTS.includes(ports) ? "all" : ports,
  };
}

/** Machines and tags are named beside, and are never the world. */
function addresses(list: Planned): readonly Known<string>[] {
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list)) return [UNKNOWN];
  return list.map((one: unknown) => (typeof one === "string" ? one : UNKNOWN));
}
