// That the platform makes such a network is not proven here; the ranges that it keeps for itself are confirmed in part.
import { describe } from "mocha";
import { DIGITALOCEAN_NETWORK_RULES } from "../../../../topology/validate/digitalocean-network.ts";
import {
  type DigitalOceanCase,
  type DigitalOceanWish,
  testDigitalOceanRules,
} from "../../../support/digitalocean-cases.ts";

const VPC = "5a4981aa-9653-4bd1-bef5-d6bff52042e4";
const range = (subnetCidr: string): DigitalOceanWish => ({ access: { network: { subnetCidr } } });

const CASES: Record<keyof typeof DIGITALOCEAN_NETWORK_RULES, readonly DigitalOceanCase[]> = {
  networkIsDigitalOceans: [
    {
      title: "a network of another cloud",
      good: { access: { network: { existing: VPC } } },
      bad: { access: { network: { existing: "projects/hub/global/networks/main" } } },
      text: `access.network.existing
    got: projects/hub/global/networks/main
    want: the id of a VPC of DigitalOcean
    because: that is the name of a network of Google's
    fix: write the id that \`doctl vpcs list\` shows`,
    },
  ],
  existingNetworkKeepsItsRange: [
    {
      title: "a range for a VPC that has one",
      good: { access: { network: { existing: VPC } } },
      bad: { access: { network: { existing: VPC, subnetCidr: "10.1.0.0/24" } } },
      text: `access.network.subnetCidr
    got: 10.1.0.0/24
    want: not to be set with access.network.existing
    because: a VPC that is there already has its range
    fix: remove it`,
    },
  ],
  rangeIsANetwork: [
    {
      title: "a range with bits of a host",
      good: range("10.1.2.0/24"),
      bad: range("10.1.2.3/24"),
      text: `access.network.subnetCidr
    got: 10.1.2.3/24
    want: the first address of the range
    because: the address has bits of a host
    fix: write 10.1.2.0/24`,
    },
  ],
  rangeIsPrivate: [
    {
      title: "a range of the internet's",
      good: range("172.31.0.0/16"),
      bad: range("172.32.0.0/16"),
      text: `access.network.subnetCidr
    got: 172.32.0.0/16
    want: a range within 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16
    because: a VPC has private addresses only
    fix: use 10.100.0.0/24`,
    },
  ],
  rangeHasItsLength: [
    {
      title: "a range that is too large",
      good: range("10.100.0.0/16"),
      bad: range("10.100.0.0/15"),
      text: `access.network.subnetCidr
    got: 10.100.0.0/15
    want: a prefix of /16 to /28
    because: the platform makes no larger and no smaller VPC
    fix: use 10.100.0.0/16`,
    },
    {
      title: "a range that is too small",
      good: range("10.100.0.0/28"),
      bad: range("10.100.0.8/29"),
      text: `access.network.subnetCidr
    got: 10.100.0.8/29
    want: a prefix of /16 to /28
    because: the platform makes no larger and no smaller VPC
    fix: use 10.100.0.0/28`,
    },
  ],
  rangeIsFree: [
    {
      title: "a range that the platform keeps for itself",
      good: range("10.243.0.0/16"),
      bad: range("10.244.16.0/20"),
      text: `access.network.subnetCidr
    got: 10.244.16.0/20
    want: a range outside 10.244.0.0/16
    because: the platform keeps it for itself
    fix: use 10.100.0.0/24`,
    },
  ],
};

describe("the network of a topology on DigitalOcean", () => {
  testDigitalOceanRules(DIGITALOCEAN_NETWORK_RULES, CASES);
});
