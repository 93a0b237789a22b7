// What DigitalOcean would say to a size is not proven: the tables of limits stand for it.
import { describe } from "mocha";
import { DIGITALOCEAN_SIZE_RULES } from "../../../../topology/validate/digitalocean-size.ts";
import { DATA_HOST, type DigitalOceanCase, testDigitalOceanRules } from "../../../support/digitalocean-cases.ts";

const CASES: Record<keyof typeof DIGITALOCEAN_SIZE_RULES, readonly DigitalOceanCase[]> = {
  isSizedInOneWay: [
    {
      title: "a size that is given in two ways",
      good: { size: { tier: "db-s-2vcpu-4gb" } },
      bad: { size: { tier: "db-s-2vcpu-4gb", cpus: 2 } },
      text: `size.tier
    got: db-s-2vcpu-4gb, and cpus or memoryGiB beside it
    want: either tier, or cpus and memoryGiB
    because: a tier has its own processors and memory
    fix: remove the one or the other`,
    },
  ],
  tierExists: [
    {
      title: "a machine that there is not",
      good: { size: { tier: "db-s-2vcpu-4gb" } },
      bad: { size: { tier: "db-s-2vcpu-5gb" } },
      text: `size.tier
    got: db-s-2vcpu-5gb
    want: a machine of managed PostgreSQL
    fix: did you mean db-s-2vcpu-4gb, db-s-1vcpu-1gb, db-s-1vcpu-2gb?`,
    },
    {
      title: "another cloud's machine",
      good: { size: { tier: "gd-2vcpu-8gb" } },
      bad: { size: { tier: "xxxxxxxxxx" } },
      text: `size.tier
    got: xxxxxxxxxx
    want: a machine of managed PostgreSQL
    fix: take one of those that \`pgt limits --target digitalocean\` lists`,
    },
    {
      title: "a machine of managed PostgreSQL as a Droplet",
      good: { ...DATA_HOST, data: { size: { tier: "s-2vcpu-4gb" } } },
      bad: { ...DATA_HOST, data: { size: { tier: "db-s-2vcpu-4gb" } } },
      text: `data.size.tier
    got: db-s-2vcpu-4gb
    want: a Droplet's size
    fix: did you mean s-2vcpu-4gb, s-2vcpu-2gb, g-2vcpu-8gb?`,
    },
  ],
  sizeHasMachine: [
    {
      title: "processors and memory that no machine has together",
      good: { size: { cpus: 2, memoryGiB: 8 } },
      bad: { size: { cpus: 3, memoryGiB: 8 } },
      text: `size
    got: cpus: 3, memoryGiB: 8
    want: a size that there is a machine of managed PostgreSQL of
    fix: use cpus: 4, memoryGiB: 8 (db-s-4vcpu-8gb); or cpus: 4, memoryGiB: 8 (db-amd-4vcpu-8gb); or cpus: 4, memoryGiB: 8 (db-intel-4vcpu-8gb)`,
    },
    {
      title: "the same of a replica",
      good: { replicas: { a: { size: { memoryGiB: 2 } } } },
      bad: { replicas: { a: { size: { memoryGiB: 3 } } } },
      text: `replicas.a.size
    got: memoryGiB: 3
    want: a size that there is a machine of managed PostgreSQL of
    fix: use cpus: 2, memoryGiB: 4 (db-s-2vcpu-4gb); or cpus: 2, memoryGiB: 4 (db-amd-2vcpu-4gb); or cpus: 2, memoryGiB: 4 (db-intel-2vcpu-4gb)`,
    },
    {
      title: "the same of a Droplet",
      good: { ...DATA_HOST, data: { size: { cpus: 8 } } },
      bad: { ...DATA_HOST, data: { size: { cpus: 9 } } },
      text: `data.size
    got: cpus: 9
    want: a size that there is a Droplet's size of
    fix: use cpus: 8, memoryGiB: 16 (s-8vcpu-16gb); or cpus: 8, memoryGiB: 16 (s-8vcpu-16gb-amd); or cpus: 8, memoryGiB: 16 (s-8vcpu-16gb-intel)`,
    },
  ],
  standbyHasItsMachine: [
    {
      title: "a standby of the smallest machine",
      good: { highAvailability: true, size: { tier: "db-s-1vcpu-2gb" } },
      bad: { highAvailability: true, size: { tier: "db-s-1vcpu-1gb" } },
      text: `highAvailability
    got: true with db-s-1vcpu-1gb
    want: a machine with 2 GiB or more
    because: the smallest machine stands alone
    fix: use db-s-1vcpu-2gb, or remove highAvailability`,
    },
    {
      title: "a standby of the smallest machine in prod, which has one unless told",
      good: { ...DATA_HOST, environment: "prod", size: { memoryGiB: 2 } },
      bad: { ...DATA_HOST, environment: "prod", size: { memoryGiB: 1 } },
      text: `highAvailability
    got: true with db-s-1vcpu-1gb
    want: a machine with 2 GiB or more
    because: the smallest machine stands alone
    fix: use db-s-1vcpu-2gb`,
    },
  ],
  replicaIsAsLargeAsItsCluster: [
    {
      title: "a replica with less memory than its cluster",
      good: { size: { memoryGiB: 4 }, replicas: { a: { size: { memoryGiB: 4 } } } },
      bad: { size: { memoryGiB: 4 }, replicas: { a: { size: { cpus: 1 } } } },
      text: `replicas.a.size
    got: db-s-1vcpu-1gb
    want: db-s-2vcpu-4gb, or larger
    because: the platform refuses a replica that is smaller than its cluster
    fix: remove replicas.a.size`,
    },
    {
      title: "a replica with fewer processors than its cluster",
      good: { size: { tier: "db-s-4vcpu-8gb" }, replicas: { a: { size: { tier: "db-amd-4vcpu-8gb" } } } },
      bad: { size: { tier: "db-s-4vcpu-8gb" }, replicas: { a: { size: { tier: "gd-2vcpu-8gb" } } } },
      text: `replicas.a.size
    got: gd-2vcpu-8gb
    want: db-s-4vcpu-8gb, or larger
    because: the platform refuses a replica that is smaller than its cluster
    fix: remove replicas.a.size`,
    },
  ],
};

describe("the size of servers on DigitalOcean", () => {
  testDigitalOceanRules(DIGITALOCEAN_SIZE_RULES, CASES);
});
