// That the platform keeps everybody else out is not proven here.
import { describe } from "mocha";
import { DIGITALOCEAN_ACCESS_RULES } from "../../../../topology/validate/digitalocean-access.ts";
import {
  DATA_HOST,
  type DigitalOceanCase,
  type DigitalOceanWish,
  SSH,
  testDigitalOceanRules,
} from "../../../support/digitalocean-cases.ts";

const from = (...sources: string[]): DigitalOceanWish => ({ access: { sources } });
const ssh = (...sources: string[]): DigitalOceanWish => ({ data: {}, access: { ssh: { ...SSH, sources } } });
const many = (count: number): DigitalOceanWish =>
  from(...Array.from({ length: count }, (_, index) => `203.0.${index}.7/32`));

const CASES: Record<keyof typeof DIGITALOCEAN_ACCESS_RULES, readonly DigitalOceanCase[]> = {
  sourceIsNotTheWorld: [
    {
      title: "databases that the whole internet reaches",
      good: from("203.0.113.7/32"),
      bad: from("0.0.0.0/0"),
      text: `access.sources.0
    got: 0.0.0.0/0
    want: /16 or smaller, the addresses of somebody you know
    because: it is the whole internet: a password would be all that keeps it out
    fix: name the addresses that need it, such as 203.0.113.7/32`,
    },
    {
      title: "half of the internet",
      good: from("203.0.0.0/16"),
      bad: from("202.0.0.0/15"),
      text: `access.sources.0
    got: 202.0.0.0/15
    want: /16 or smaller, the addresses of somebody you know
    because: it is 131072 addresses, most of them strangers'
    fix: name the addresses that need it, such as 203.0.113.7/32`,
    },
    {
      title: "a data host that the whole internet may log in to",
      good: ssh("203.0.113.7/32"),
      bad: ssh("0.0.0.0/0"),
      text: `access.ssh.sources.0
    got: 0.0.0.0/0
    want: /16 or smaller, the addresses of somebody you know
    because: it is the whole internet: a password would be all that keeps it out
    fix: name the addresses that need it, such as 203.0.113.7/32`,
    },
  ],
  sourceIsANetwork: [
    {
      title: "a range with bits of a host",
      good: from("203.0.113.0/24"),
      bad: from("203.0.113.7/24"),
      text: `access.sources.0
    got: 203.0.113.7/24
    want: the first address of the range
    because: bits of a host are cut off, and the range would be found changed at every preview
    fix: write 203.0.113.0/24, or 203.0.113.7/32 for one address`,
    },
  ],
  sourceIsNamedOnce: [
    {
      title: "a source that is there twice",
      good: from("203.0.113.7/32", "203.0.113.8/32"),
      bad: from("203.0.113.7/32", "203.0.113.7/32"),
      text: `access.sources.1
    got: 203.0.113.7/32
    want: addresses that no other source has
    because: access.sources.0 has them: 203.0.113.7/32
    fix: remove the one or the other`,
    },
    {
      title: "a source within another one",
      good: ssh("203.0.114.7/32", "203.0.113.0/24"),
      bad: ssh("203.0.113.7/32", "203.0.113.0/24"),
      text: `access.ssh.sources.0
    got: 203.0.113.7/32
    want: addresses that no other source has
    because: access.ssh.sources.1 has them: 203.0.113.0/24
    fix: remove the one or the other`,
    },
  ],
  sourcesAreFewEnough: [
    {
      title: "more sources than a cluster takes rules",
      good: many(99),
      bad: many(100),
      text: `access.sources
    got: 100 ranges
    want: at most 99
    because: a cluster takes 100 rules, and the stack has its own
    fix: write neighbouring addresses as one range`,
    },
    {
      title: "more sources than a cluster takes rules beside a data host",
      good: { ...many(98), data: {}, access: { ...many(98).access, ssh: SSH } },
      bad: { ...many(99), data: {}, access: { ...many(99).access, ssh: SSH } },
      text: `access.sources
    got: 99 ranges
    want: at most 98
    because: a cluster takes 100 rules, and the stack has its own
    fix: write neighbouring addresses as one range`,
    },
  ],
  dataHostHasKeys: [
    {
      title: "a data host that nobody can log in to",
      good: DATA_HOST,
      bad: { data: {}, access: { ssh: { keys: [], sources: SSH.sources } } },
      text: `access.ssh.keys
    got: nothing
    want: the SSH key of whoever runs pgt
    because: the data host is configured over SSH, and lets nobody in by a password
    fix: set access.ssh.keys to a fingerprint that \`doctl compute ssh-key list\` shows`,
    },
  ],
  dataHostHasSshSources: [
    {
      title: "a data host that nobody reaches",
      good: DATA_HOST,
      bad: { data: {}, access: { ssh: { keys: SSH.keys, sources: [] } } },
      text: `access.ssh.sources
    got: nothing
    want: the addresses that pgt runs from
    because: the data host's firewall lets nobody else in, and pgt could not configure it
    fix: set access.ssh.sources to your address, such as 203.0.113.7/32`,
    },
  ],
};

describe("who is let in on DigitalOcean", () => {
  testDigitalOceanRules(DIGITALOCEAN_ACCESS_RULES, CASES);
});
