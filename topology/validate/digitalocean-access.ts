import { CLUSTER_LIMITS } from "../limits/digitalocean.ts";
import type { Issue } from "../issue.ts";
import type { ResolvedDigitalOcean } from "../resolved-digitalocean.ts";
import type { DigitalOceanRule } from "./digitalocean-rule.ts";
import { ipv4Range, isWithinRange } from "./ipv4-range.ts";

/** The largest range that is still somebody's own: 65 536 addresses. */
const SHORTEST_PREFIX = 16;

interface NamedSource {
  readonly where: string;
  readonly source: string;
}

/** Every range that somebody is let in from, those of the databases first. */
function namedSources({ sources, dataHost }: ResolvedDigitalOcean): NamedSource[] {
  return [
    ...sources.map((source, index) => ({ where: `access.sources.${index}`, source })),
    ...(dataHost?.sshSources ?? []).map((source, index) => ({ where: `access.ssh.sources.${index}`, source })),
  ];
}

const sourceIsNotTheWorld: DigitalOceanRule = (topology) =>
  namedSources(topology)
    .filter(({ source }) => ipv4Range(source).prefixLength < SHORTEST_PREFIX)
    .map(({ where, source }) => ({
      where,
      got: source,
      want: `/${SHORTEST_PREFIX} or smaller, the addresses of somebody you know`,
      because:
        ipv4Range(source).prefixLength === 0
          ? "it is the whole internet: a password would be all that keeps it out"
          : `it is ${2 ** (32 - ipv4Range(source).prefixLength)} addresses, most of them strangers'`,
      fix: "name the addresses that need it, such as 203.0.113.7/32",
    }));

const sourceIsANetwork: DigitalOceanRule = (topology) =>
  namedSources(topology)
    .filter(({ source }) => !ipv4Range(source).isNetwork)
    .map(({ where, source }) => ({
      where,
      got: source,
      want: "the first address of the range",
      because: "bits of a host are cut off, and the range would be found changed at every preview",
      fix: `write ${ipv4Range(source).text}, or ${source.split("/")[0] ?? ""}/32 for one address`,
    }));

const sourceIsNamedOnce: DigitalOceanRule = (topology) => {
  const { sources, dataHost } = topology;
  return [...containedIn("access.sources", sources), ...containedIn("access.ssh.sources", dataHost?.sshSources ?? [])];
};

function containedIn(field: string, sources: readonly string[]): Issue[] {
  return sources.flatMap((source, index) => {
    const other = sources.findIndex((candidate, place) => {
      const isWhole = isWithinRange(ipv4Range(source), ipv4Range(candidate));
      const isSame = isWhole && isWithinRange(ipv4Range(candidate), ipv4Range(source));
      return place !== index && isWhole && (!isSame || place < index);
    });
    if (other === -1) return [];
    return [
      {
        where: `${field}.${index}`,
        got: source,
        want: "addresses that no other source has",
        because: `${field}.${other} has them: ${sources[other] ?? ""}`,
        fix: "remove the one or the other",
      },
    ];
  });
}

const sourcesAreFewEnough: DigitalOceanRule = ({ sources, dataHost }) => {
  // The stack's own: the VPC, or else the data host, which counts twice, for its two addresses.
  const most = CLUSTER_LIMITS.trustedSources.bounds.max - (dataHost === undefined ? 1 : 2);
  if (sources.length <= most) return [];
  return [
    {
      where: "access.sources",
      got: `${sources.length} ranges`,
      want: `at most ${most}`,
      because: `a cluster takes ${CLUSTER_LIMITS.trustedSources.bounds.max} rules, and the stack has its own`,
      fix: "write neighbouring addresses as one range",
    },
  ];
};

const dataHostHasKeys: DigitalOceanRule = ({ dataHost }) => {
  if (dataHost === undefined || dataHost.sshKeys.length > 0) return [];
  return [
    {
      where: "access.ssh.keys",
      got: "nothing",
      want: "the SSH key of whoever runs pgt",
      because: "the data host is configured over SSH, and lets nobody in by a password",
      fix: "set access.ssh.keys to a fingerprint that `doctl compute ssh-key list` shows",
    },
  ];
};

const dataHostHasSshSources: DigitalOceanRule = ({ dataHost }) => {
  if (dataHost === undefined || dataHost.sshSources.length > 0) return [];
  return [
    {
      where: "access.ssh.sources",
      got: "nothing",
      want: "the addresses that pgt runs from",
      because: "the data host's firewall lets nobody else in, and pgt could not configure it",
      fix: "set access.ssh.sources to your address, such as 203.0.113.7/32",
    },
  ];
};

/** Who is let in. */
export const DIGITALOCEAN_ACCESS_RULES = {
  sourceIsNotTheWorld,
  sourceIsANetwork,
  sourceIsNamedOnce,
  sourcesAreFewEnough,
  dataHostHasKeys,
  dataHostHasSshSources,
} satisfies Readonly<Record<string, DigitalOceanRule>>;
