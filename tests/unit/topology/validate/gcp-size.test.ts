// What Cloud SQL would say to a size is not proven: the tables of limits stand for it.
import { describe } from "mocha";
import { SIZE_RULES } from "../../../../topology/validate/gcp-size.ts";
import { type GcpCase, testRules } from "../../../support/gcp-cases.ts";

const CASES: Record<keyof typeof SIZE_RULES, readonly GcpCase[]> = {
  isSizedInOneWay: [
    {
      title: "a size that is given in two ways",
      good: { size: { tier: "db-custom-2-8192" } },
      bad: { size: { tier: "db-custom-2-8192", cpus: 2 } },
      text: `size.tier
    got: db-custom-2-8192, and cpus or memoryGiB beside it
    want: either tier, or cpus and memoryGiB
    because: a tier has its own processors and memory
    fix: remove the one or the other`,
    },
  ],
  tierExists: [
    {
      title: "a machine type whose memory is no multiple of its step",
      good: { size: { tier: "db-custom-2-7680" } },
      bad: { size: { tier: "db-custom-2-7681" } },
      text: `size.tier
    got: db-custom-2-7681
    want: a machine type of Cloud SQL
    because: 7681 MiB is no multiple of 256 MiB
    fix: did you mean db-custom-2-7680, db-custom-4-7680, db-custom-1-6656?`,
    },
    {
      title: "a machine type of another engine, and knows nothing near it",
      good: { size: { tier: "db-g1-small" } },
      bad: { size: { tier: "db-n1-standard-1" } },
      text: `size.tier
    got: db-n1-standard-1
    want: a machine type of Cloud SQL
    because: Cloud SQL for PostgreSQL has no machine type of that name
    fix: take one of those that \`pgt limits --target gcp\` lists`,
    },
  ],
  tierIsOfTheEdition: [
    {
      title: "a machine type of the other edition (trap 3)",
      good: { edition: "enterprise-plus", size: { tier: "db-perf-optimized-N-2" } },
      bad: { edition: "enterprise-plus", size: { tier: "db-custom-4-16384" } },
      text: `size.tier
    got: db-custom-4-16384
    want: a machine type of enterprise-plus
    because: it belongs to enterprise
    fix: use db-perf-optimized-N-4, or set edition: enterprise`,
    },
    {
      title: "a machine type of enterprise-plus in enterprise",
      good: { size: { tier: "db-custom-2-13312" } },
      bad: { size: { tier: "db-perf-optimized-N-2" } },
      text: `size.tier
    got: db-perf-optimized-N-2
    want: a machine type of enterprise
    because: it belongs to enterprise-plus
    fix: use db-custom-2-13312, or set edition: enterprise-plus`,
    },
  ],
  sizeHasMachine: [
    {
      title: "processors and memory that no machine has together",
      good: { size: { cpus: 4, memoryGiB: 26 } },
      bad: { size: { cpus: 3, memoryGiB: 12 } },
      text: `size
    got: cpus: 3, memoryGiB: 12
    want: a size that enterprise has a machine type for
    fix: use cpus: 4, memoryGiB: 12 (db-custom-4-12288); or cpus: 2, memoryGiB: 12 (db-custom-2-12288); or cpus: 6, memoryGiB: 12 (db-custom-6-12288)`,
    },
    {
      title: "the same of a replica",
      good: { replicas: { a: { size: { cpus: 2, memoryGiB: 8 } } } },
      bad: { replicas: { a: { size: { cpus: 2, memoryGiB: 14 } } } },
      text: `replicas.a.size
    got: cpus: 2, memoryGiB: 14
    want: a size that enterprise has a machine type for
    fix: use cpus: 2, memoryGiB: 13 (db-custom-2-13312); or cpus: 4, memoryGiB: 14 (db-custom-4-14336); or cpus: 6, memoryGiB: 14 (db-custom-6-14336)`,
    },
  ],
  diskIsOneThatWeMake: [
    {
      title: "a machine type whose disks are of another kind",
      good: { edition: "enterprise-plus", size: { tier: "db-perf-optimized-N-4" } },
      bad: { edition: "enterprise-plus", size: { tier: "db-c4a-highmem-4" } },
      text: `size.tier
    got: db-c4a-highmem-4
    want: a machine type with SSD persistent disks
    because: C4A takes HYPERDISK_BALANCED only, which storage.diskType lacks
    fix: use db-perf-optimized-N-4`,
    },
  ],
  prodHasNoSharedCore: [
    {
      title: "a shared core in prod",
      good: { size: { tier: "db-g1-small" }, environment: "staging" },
      bad: { size: { tier: "db-g1-small" }, environment: "prod" },
      text: `size.tier
    got: db-g1-small
    want: a machine type with processors of its own in prod
    because: shared cores have no SLA
    fix: use db-custom-1-3840 or larger`,
    },
  ],
  sharedCoreHasNoStandby: [
    {
      title: "a standby of a shared core",
      good: { size: { tier: "db-f1-micro" } },
      bad: { size: { tier: "db-f1-micro" }, highAvailability: true },
      text: `highAvailability
    got: true with db-f1-micro
    want: false with a shared core
    because: shared cores have no SLA: a standby doubles the price, and nothing is promised for it
    fix: remove highAvailability, or use db-custom-1-3840 or larger`,
    },
  ],
};

describe("the size of servers on Cloud SQL", () => {
  testRules(SIZE_RULES, CASES);
});
