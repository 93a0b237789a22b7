import { DIRECT_VPC_EGRESS } from "../limits/cloud-run.ts";
import { DOCKER_BRIDGE, PRIVATE_ADDRESSES, SERVICES_BLOCK } from "../limits/google-cloud.ts";
import { instancesOf } from "../resolved-gcp.ts";
import type { GcpRule } from "./gcp-rule.ts";
import { ipv4Range, isWithinRange, overlaps } from "./ipv4-range.ts";

const networkIsGoogles: GcpRule = ({ network: { existing } }) => {
  if (existing === undefined || existing.includes("/")) return [];
  return [
    {
      where: "access.network.existing",
      got: existing,
      want: "a network as projects/<project>/global/networks/<name>",
      because: "that is the id of a VPC of DigitalOcean",
      fix: "write the network's name with its project",
    },
  ];
};

const existingNetworkHasASubnet: GcpRule = ({ network, service, access }) => {
  if (network.existing === undefined || network.subnet !== undefined) return [];
  if (service === undefined && access.verification === undefined) return [];
  return [
    {
      where: "access.network.subnet",
      got: "nothing",
      want: "a subnet of the existing network",
      because: `the ${service === undefined ? "verification's" : "service's"} connections come from it`,
      fix: "set access.network.subnet",
    },
  ];
};

const ownNetworkHasItsOwnSubnet: GcpRule = ({ network }) => {
  if (network.existing !== undefined || network.subnet === undefined) return [];
  return [
    {
      where: "access.network.subnet",
      got: network.subnet,
      want: "not to be set without access.network.existing",
      because: "the stack makes network and subnet itself",
      fix: "set access.network.existing to the subnet's network, or remove it",
    },
  ];
};

const subnetIsOfTheNetworksProject: GcpRule = ({ network: { existing, subnet } }) => {
  const project = existing?.split("/")[1];
  if (project === undefined || subnet === undefined || subnet.split("/")[1] === project) return [];
  return [
    {
      where: "access.network.subnet",
      got: subnet,
      want: `a subnet in project ${project}`,
      because: "a subnet belongs to its network's project, also where others share it",
      fix: `name the subnet as projects/${project}/regions/…`,
    },
  ];
};

const existingNetworkKeepsItsRanges: GcpRule = ({ network }, { access }) => {
  if (network.existing === undefined) return [];
  return (["subnetCidr", "servicesPrefixLength"] as const).flatMap((field) => {
    const got = access?.network?.[field];
    if (got === undefined) return [];
    return [
      {
        where: `access.network.${field}`,
        got: String(got),
        want: "not to be set with access.network.existing",
        because: "the ranges of a network that is there already are its owner's",
        fix: "remove it",
      },
    ];
  });
};

const rangeIsANetwork: GcpRule = ({ network: { subnetCidr } }) => {
  const range = ipv4Range(subnetCidr);
  if (range.isNetwork) return [];
  return [
    {
      where: "access.network.subnetCidr",
      got: subnetCidr,
      want: "the first address of the range",
      because: "the cloud refuses a range whose address has bits of a host",
      fix: `write ${range.text}`,
    },
  ];
};

const rangeIsPrivate: GcpRule = ({ network: { subnetCidr } }) => {
  const range = ipv4Range(subnetCidr);
  if (PRIVATE_ADDRESSES.some(({ cidr }) => isWithinRange(range, ipv4Range(cidr)))) return [];
  return [
    {
      where: "access.network.subnetCidr",
      got: subnetCidr,
      want: `a range within ${PRIVATE_ADDRESSES.map(({ cidr }) => cidr).join(", ")}`,
      because: "Cloud SQL answers other addresses only once their routes are exported",
      fix: "use 10.100.0.0/24",
    },
  ];
};

const rangeIsReachable: GcpRule = ({ network: { subnetCidr } }) => {
  if (!overlaps(ipv4Range(subnetCidr), ipv4Range(DOCKER_BRIDGE.cidr))) return [];
  return [
    {
      where: "access.network.subnetCidr",
      got: subnetCidr,
      want: `a range outside ${DOCKER_BRIDGE.cidr}`,
      because: "Cloud SQL's hosts have Docker's bridge there: no answer comes back",
      fix: "use 10.100.0.0/24",
    },
  ];
};

const rangeIsLargeEnoughForCloudRun: GcpRule = ({ network: { subnetCidr }, service }) => {
  const longest = DIRECT_VPC_EGRESS.longestPrefix.number;
  if (service === undefined || ipv4Range(subnetCidr).prefixLength <= longest) return [];
  return [
    {
      where: "access.network.subnetCidr",
      got: subnetCidr,
      want: `/${longest} or larger`,
      because: "Cloud Run sends from no smaller subnet",
      fix: `use ${ipv4Range(`${subnetCidr.split("/")[0] ?? ""}/${longest}`).text}`,
    },
  ];
};

const servicesRangeHasABlockForEachRegion: GcpRule = (topology) => {
  const { servicesPrefixLength, existing } = topology.network;
  const regions = new Set(instancesOf(topology).map(({ region }) => region)).size;
  const longest = SERVICES_BLOCK.prefixLength - Math.ceil(Math.log2(regions));
  if (existing !== undefined || servicesPrefixLength <= longest) return [];
  return [
    {
      where: "access.network.servicesPrefixLength",
      got: String(servicesPrefixLength),
      want: `at most ${longest}`,
      because: `Cloud SQL takes a /${SERVICES_BLOCK.prefixLength} in each of ${regions} regions`,
      fix: "remove it, or lower it",
    },
  ];
};

/** What the private network may be. */
export const NETWORK_RULES = {
  networkIsGoogles,
  existingNetworkHasASubnet,
  ownNetworkHasItsOwnSubnet,
  subnetIsOfTheNetworksProject,
  existingNetworkKeepsItsRanges,
  rangeIsANetwork,
  rangeIsPrivate,
  rangeIsReachable,
  rangeIsLargeEnoughForCloudRun,
  servicesRangeHasABlockForEachRegion,
} satisfies Readonly<Record<string, GcpRule>>;
