import type { Difference } from "../../../requirements/facts/difference.ts";
import type { HostFacts, InboundRule } from "../../../requirements/facts/host.ts";
import { NOTHING_KNOWN } from "../../../requirements/facts/nothing-known.ts";
import { isKnown, Missing, UNKNOWN } from "../../../requirements/known.ts";
import type { ResolvedDataHost } from "../../../topology/resolved-digitalocean.ts";
import { wishedRules } from "../../from-spec-digitalocean.ts";
import { listDifferences, settingDifferences } from "../setting-differences.ts";
import type { Answers } from "./ask-platform.ts";
import { networkOf } from "./clusters.ts";
import type { DropletAnswer, FirewallAnswer } from "./digitalocean-answers.ts";
import type { PlatformAccess } from "./platform-access.ts";

const WHERE = "data host";
const ABSENT = new Missing("not-applicable", "it is not there, which host/active judges");
/** In a rule, all ports of a protocol: https://docs.digitalocean.com/reference/api/digitalocean/#tag/Firewalls */
const ALL_PORTS = "0";
/** Sources that are not addresses, and what each is called. */
const NAMED = {
  droplet_ids: "droplet",
  load_balancer_uids: "load balancer",
  kubernetes_ids: "cluster",
  tags: "tag",
} as const;

/** What the platform says of the data host, beside what it was wished to be. */
export function hostFacts(access: PlatformAccess, dataHost: ResolvedDataHost, answers: Answers): HostFacts {
  const { droplet, firewalls } = answers;
  const known = NOTHING_KNOWN.host;
  if (droplet instanceof Missing) return { ...known, ...all(droplet) };
  if (droplet === undefined) return { ...known, ...all(ABSENT), state: "absent" };
  const state = droplet.status ?? new Missing("unknown", "the platform's answer has no status");
  const differences = dropletDifferences(access, dataHost, droplet, answers);
  if (firewalls instanceof Missing || firewalls === undefined) {
    const silent = firewalls ?? ABSENT;
    return { ...known, state, differences, machines: silent, firewalls: silent, inboundDifferences: silent };
  }
  const inbound = firewalls.flatMap(rulesOf);
  const network = networkOf(access, answers);
  return {
    ...known,
    state,
    differences,
    // The platform does not say whose keys a machine was made with.
    machines: [{ name: WHERE, firewalls: firewalls.length, sshKeys: UNKNOWN }],
    firewalls: [{ name: WHERE, inbound, outbound: UNKNOWN }],
    inboundDifferences: isKnown(network) ? ruleDifferences(wishedRules(access.topology, network), inbound) : network,
  };
}

function all(missing: Missing): Partial<HostFacts> {
  const names = ["state", "machines", "firewalls", "differences", "inboundDifferences"] as const;
  return Object.fromEntries(names.map((name) => [name, missing]));
}

function dropletDifferences(
  { topology }: PlatformAccess,
  { slug }: ResolvedDataHost,
  droplet: DropletAnswer,
  { cluster }: Answers,
): Difference[] {
  const network = cluster instanceof Missing ? undefined : cluster?.private_network_uuid;
  const wished = { region: topology.region, size: slug, network: network ?? droplet.vpc_uuid, volumes: "1" };
  const found = {
    region: droplet.region?.slug ?? topology.region,
    size: droplet.size_slug ?? slug,
    network: droplet.vpc_uuid ?? network,
    volumes: String(droplet.volume_ids?.length ?? 0),
  };
  return settingDifferences(WHERE, ["region", "size", "network", "volumes"], wished, found);
}

/** Several rules of one port are one: the platform keeps them as they were written. */
function ruleDifferences(wished: readonly InboundRule[], found: readonly InboundRule[]): Difference[] {
  const flat = (rules: readonly InboundRule[]): string[] =>
    rules.flatMap(({ ports, protocol, sources }) =>
      sources.map((source) => `${protocol} ${ports} from ${String(source).replace(/\/32$/, "")}`),
    );
  return listDifferences(WHERE, flat(wished), flat(found), { there: "let in", gone: "refused" });
}

function rulesOf({ inbound_rules: rules }: FirewallAnswer): InboundRule[] {
  return (rules ?? []).map(({ ports, protocol, sources }) => ({
    protocol,
    ports: ports === ALL_PORTS ? "all" : ports,
    sources: [
      ...(sources.addresses ?? []),
      ...(Object.keys(NAMED) as (keyof typeof NAMED)[]).flatMap((kind) =>
        (sources[kind] ?? []).map((value) => `${NAMED[kind]} ${value}`),
      ),
    ],
  }));
}
