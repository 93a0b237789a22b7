// What Cloud SQL would say to a disk is not proven: the tables of limits stand for it.
import { describe } from "mocha";
import { STORAGE_RULES } from "../../../../topology/validate/gcp-storage.ts";
import { type GcpCase, testRules } from "../../../support/gcp-cases.ts";

const CASES: Record<keyof typeof STORAGE_RULES, readonly GcpCase[]> = {
  diskIsNotTooSmall: [
    {
      title: "a disk that is too small",
      good: { storage: { diskGiB: 10 } },
      bad: { storage: { diskGiB: 9 } },
      text: `storage.diskGiB
    got: 9
    want: at least 10
    because: Cloud SQL makes no smaller ssd disk
    fix: use 10`,
    },
  ],
  diskCanGrowToItsEnd: [
    {
      title: "a disk that is to grow further than any",
      good: { storage: { maxDiskGiB: 65_536 } },
      bad: { storage: { maxDiskGiB: 65_537 } },
      text: `storage.maxDiskGiB
    got: 65537
    want: at most 65536
    because: no disk of db-custom-2-8192 becomes larger
    fix: set storage.maxDiskGiB: 65536`,
    },
    {
      title: "a disk whose default end is further than any",
      good: { storage: { diskGiB: 16_384 } },
      bad: { storage: { diskGiB: 16_385 } },
      text: `storage.diskGiB
    got: 16385, which may grow to 65540
    want: at most 65536
    because: no disk of db-custom-2-8192 becomes larger
    fix: set storage.maxDiskGiB: 65536`,
    },
    {
      title: "a disk that a shared core can't have",
      good: { size: { tier: "db-g1-small" }, storage: { maxDiskGiB: 3054 } },
      bad: { size: { tier: "db-g1-small" }, storage: { maxDiskGiB: 3055 } },
      text: `storage.maxDiskGiB
    got: 3055
    want: at most 3054
    because: no disk of db-g1-small becomes larger
    fix: set storage.maxDiskGiB: 3054`,
    },
  ],
  diskStartsBelowItsEnd: [
    {
      title: "a disk that begins beyond its end",
      good: { storage: { diskGiB: 100, maxDiskGiB: 100 } },
      bad: { storage: { diskGiB: 100, maxDiskGiB: 99 } },
      text: `storage.maxDiskGiB
    got: 99
    want: at least 100, which is storage.diskGiB
    because: a disk grows and never shrinks
    fix: raise it to 100 or more`,
    },
  ],
  machineTakesTheDisk: [
    {
      title: "a kind of disk that the machine does not take",
      good: { storage: { diskType: "hdd" } },
      bad: { edition: "enterprise-plus", storage: { diskType: "hdd" } },
      text: `storage.diskType
    got: hdd
    want: ssd
    because: db-perf-optimized-N-2 takes no other disk
    fix: remove storage.diskType`,
    },
  ],
  prodHasSsd: [
    {
      title: "a slow disk in prod",
      good: { storage: { diskType: "hdd" }, environment: "staging" },
      bad: { storage: { diskType: "hdd" }, environment: "prod" },
      text: `storage.diskType
    got: hdd
    want: ssd in prod
    because: a database reads at random, which hdd is slow at
    fix: remove storage.diskType`,
    },
  ],
};

describe("the disks of servers on Cloud SQL", () => {
  testRules(STORAGE_RULES, CASES);
});
