// What the cloud would say to a network is not proven: the tables of limits stand for it. Nor is whether a range is free.
import { describe } from "mocha";
import { NETWORK_RULES } from "../../../../topology/validate/gcp-network.ts";
import { APP, type GcpCase, type GcpWish, testRules, VERIFICATION } from "../../../support/gcp-cases.ts";

const existing = "projects/shop/global/networks/main";
const subnet = "projects/shop/regions/europe-west1/subnetworks/run";
const range = (subnetCidr: string): GcpWish => ({ access: { network: { subnetCidr } } });
const FAR: GcpWish = {
  edition: "enterprise-plus",
  replicas: { far: { purpose: "disaster-recovery", region: "europe-west4" } },
};

const CASES: Record<keyof typeof NETWORK_RULES, readonly GcpCase[]> = {
  networkIsGoogles: [
    {
      title: "a VPC of another cloud",
      good: { access: { network: { existing: "projects/hub/global/networks/main" } } },
      bad: { access: { network: { existing: "5a4981aa-9653-4bd1-bef5-d6bff52042e4" } } },
      text: `access.network.existing
    got: 5a4981aa-9653-4bd1-bef5-d6bff52042e4
    want: a network as projects/<project>/global/networks/<name>
    because: that is the id of a VPC of DigitalOcean
    fix: write the network's name with its project`,
    },
  ],
  existingNetworkHasASubnet: [
    {
      title: "a service in an existing network, and no subnet for it",
      good: { access: { network: { existing } } },
      bad: { service: APP, access: { network: { existing } } },
      text: `access.network.subnet
    got: nothing
    want: a subnet of the existing network
    because: the service's connections come from it
    fix: set access.network.subnet`,
    },
    {
      title: "a job that verifies in an existing network, and no subnet for it",
      good: { access: { network: { existing, subnet }, verification: VERIFICATION } },
      bad: { access: { network: { existing }, verification: VERIFICATION } },
      text: `access.network.subnet
    got: nothing
    want: a subnet of the existing network
    because: the verification's connections come from it
    fix: set access.network.subnet`,
    },
  ],
  ownNetworkHasItsOwnSubnet: [
    {
      title: "a subnet of a network that is not named",
      good: { access: { network: { existing, subnet } } },
      bad: { access: { network: { subnet } } },
      text: `access.network.subnet
    got: projects/shop/regions/europe-west1/subnetworks/run
    want: not to be set without access.network.existing
    because: the stack makes network and subnet itself
    fix: set access.network.existing to the subnet's network, or remove it`,
    },
  ],
  subnetIsOfTheNetworksProject: [
    {
      title: "a subnet of another project than its network",
      good: { access: { network: { existing, subnet } } },
      bad: { access: { network: { existing, subnet: subnet.replace("shop", "other") } } },
      text: `access.network.subnet
    got: projects/other/regions/europe-west1/subnetworks/run
    want: a subnet in project shop
    because: a subnet belongs to its network's project, also where others share it
    fix: name the subnet as projects/shop/regions/…`,
    },
  ],
  existingNetworkKeepsItsRanges: [
    {
      title: "a range for a network that has its own",
      good: { access: { network: { subnetCidr: "10.1.0.0/24" } } },
      bad: { access: { network: { existing, subnetCidr: "10.1.0.0/24" } } },
      text: `access.network.subnetCidr
    got: 10.1.0.0/24
    want: not to be set with access.network.existing
    because: the ranges of a network that is there already are its owner's
    fix: remove it`,
    },
    {
      title: "a range of services for a network that has its own",
      good: { access: { network: { servicesPrefixLength: 24 } } },
      bad: { access: { network: { existing, servicesPrefixLength: 24 } } },
      text: `access.network.servicesPrefixLength
    got: 24
    want: not to be set with access.network.existing
    because: the ranges of a network that is there already are its owner's
    fix: remove it`,
    },
  ],
  rangeIsANetwork: [
    {
      title: "a range whose address has bits of a host",
      good: range("10.100.0.192/26"),
      bad: range("10.100.0.200/26"),
      text: `access.network.subnetCidr
    got: 10.100.0.200/26
    want: the first address of the range
    because: the cloud refuses a range whose address has bits of a host
    fix: write 10.100.0.192/26`,
    },
  ],
  rangeIsPrivate: [
    {
      title: "addresses that are someone's on the internet",
      good: range("172.31.255.0/24"),
      bad: range("172.32.0.0/24"),
      text: `access.network.subnetCidr
    got: 172.32.0.0/24
    want: a range within 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16
    because: Cloud SQL answers other addresses only once their routes are exported
    fix: use 10.100.0.0/24`,
    },
    {
      title: "a range that goes beyond a private one",
      good: range("192.168.0.0/16"),
      bad: range("192.168.0.0/15"),
      text: `access.network.subnetCidr
    got: 192.168.0.0/15
    want: a range within 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16
    because: Cloud SQL answers other addresses only once their routes are exported
    fix: use 10.100.0.0/24`,
    },
  ],
  rangeIsReachable: [
    {
      title: "addresses that Cloud SQL's hosts have for themselves",
      good: range("172.18.0.0/16"),
      bad: range("172.17.255.0/24"),
      text: `access.network.subnetCidr
    got: 172.17.255.0/24
    want: a range outside 172.17.0.0/16
    because: Cloud SQL's hosts have Docker's bridge there: no answer comes back
    fix: use 10.100.0.0/24`,
    },
    {
      title: "a range around those addresses",
      good: range("172.24.0.0/13"),
      bad: range("172.16.0.0/12"),
      text: `access.network.subnetCidr
    got: 172.16.0.0/12
    want: a range outside 172.17.0.0/16
    because: Cloud SQL's hosts have Docker's bridge there: no answer comes back
    fix: use 10.100.0.0/24`,
    },
  ],
  rangeIsLargeEnoughForCloudRun: [
    {
      title: "a subnet that is too small for Cloud Run",
      good: { ...range("10.1.0.0/26"), service: APP },
      bad: { ...range("10.1.0.96/27"), service: APP },
      text: `access.network.subnetCidr
    got: 10.1.0.96/27
    want: /26 or larger
    because: Cloud Run sends from no smaller subnet
    fix: use 10.1.0.64/26`,
    },
  ],
  servicesRangeHasABlockForEachRegion: [
    {
      title: "a range of services that is too small for two regions",
      good: { ...FAR, access: { network: { servicesPrefixLength: 23 } } },
      bad: { ...FAR, access: { network: { servicesPrefixLength: 24 } } },
      text: `access.network.servicesPrefixLength
    got: 24
    want: at most 23
    because: Cloud SQL takes a /24 in each of 2 regions
    fix: remove it, or lower it`,
    },
  ],
};

describe("the network on Cloud SQL", () => {
  testRules(NETWORK_RULES, CASES);
});
