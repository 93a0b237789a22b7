import { RESERVED_RANGES, VPC_PREFIX_LENGTH } from "../limits/digitalocean-names.ts";
import { PRIVATE_ADDRESSES } from "../limits/google-cloud.ts";
import { isWithin } from "../limits/limit.ts";
import type { DigitalOceanRule } from "./digitalocean-rule.ts";
import { ipv4Range, isWithinRange, overlaps } from "./ipv4-range.ts";

const FIELD = "access.network.subnetCidr";

const networkIsDigitalOceans: DigitalOceanRule = ({ network: { existing } }) => {
  if (existing?.includes("/") !== true) return [];
  return [
    {
      where: "access.network.existing",
      got: existing,
      want: "the id of a VPC of DigitalOcean",
      because: "that is the name of a network of Google's",
      fix: "write the id that `doctl vpcs list` shows",
    },
  ];
};

const existingNetworkKeepsItsRange: DigitalOceanRule = ({ network }, { access }) => {
  const range = access?.network?.subnetCidr;
  if (network.existing === undefined || range === undefined) return [];
  return [
    {
      where: FIELD,
      got: range,
      want: "not to be set with access.network.existing",
      because: "a VPC that is there already has its range",
      fix: "remove it",
    },
  ];
};

const rangeIsANetwork: DigitalOceanRule = ({ network: { cidr } }) => {
  const range = ipv4Range(cidr);
  if (range.isNetwork) return [];
  return [
    {
      where: FIELD,
      got: cidr,
      want: "the first address of the range",
      because: "the address has bits of a host",
      fix: `write ${range.text}`,
    },
  ];
};

const rangeIsPrivate: DigitalOceanRule = ({ network: { cidr } }) => {
  const range = ipv4Range(cidr);
  if (PRIVATE_ADDRESSES.some((known) => isWithinRange(range, ipv4Range(known.cidr)))) return [];
  return [
    {
      where: FIELD,
      got: cidr,
      want: `a range within ${PRIVATE_ADDRESSES.map((known) => known.cidr).join(", ")}`,
      because: "a VPC has private addresses only",
      fix: "use 10.100.0.0/24",
    },
  ];
};

const rangeHasItsLength: DigitalOceanRule = ({ network: { cidr } }) => {
  const { bounds } = VPC_PREFIX_LENGTH;
  const { prefixLength } = ipv4Range(cidr);
  if (isWithin(prefixLength, bounds)) return [];
  const length = prefixLength < bounds.min ? bounds.min : bounds.max;
  return [
    {
      where: FIELD,
      got: cidr,
      want: `a prefix of /${bounds.min} to /${bounds.max}`,
      because: "the platform makes no larger and no smaller VPC",
      fix: `use ${ipv4Range(`${cidr.split("/")[0] ?? ""}/${length}`).text}`,
    },
  ];
};

const rangeIsFree: DigitalOceanRule = ({ network: { cidr } }) =>
  RESERVED_RANGES.filter((reserved) => overlaps(ipv4Range(cidr), ipv4Range(reserved.cidr)))
    .slice(0, 1)
    .map((reserved) => ({
      where: FIELD,
      got: cidr,
      want: `a range outside ${reserved.cidr}`,
      because: "the platform keeps it for itself",
      fix: "use 10.100.0.0/24",
    }));

/** What the private network may be. */
export const DIGITALOCEAN_NETWORK_RULES = {
  networkIsDigitalOceans,
  existingNetworkKeepsItsRange,
  rangeIsANetwork,
  rangeIsPrivate,
  rangeHasItsLength,
  rangeIsFree,
} satisfies Readonly<Record<string, DigitalOceanRule>>;
