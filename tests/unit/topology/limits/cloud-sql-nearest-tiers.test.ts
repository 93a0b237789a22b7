import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { CLOUD_SQL_EDITIONS } from "../../../../topology/limits/cloud-sql-editions.ts";
import { nearestTierNames, nearestTiers } from "../../../../topology/limits/cloud-sql-nearest-tiers.ts";
import { parseTier, tierOf } from "../../../../topology/limits/cloud-sql-tiers.ts";

const NEAREST: readonly (readonly [string, readonly string[]])[] = [
  ["db-custom-3-7680", ["db-custom-4-7680", "db-custom-2-7680", "db-custom-6-7680"]],
  ["db-custom-2-7700", ["db-custom-2-7680", "db-custom-4-7680", "db-custom-1-6656"]],
  ["db-custom-1-512", ["db-custom-1-3840", "db-custom-2-3840", "db-custom-4-3840"]],
  ["DB-CUSTOM-2-7680", ["db-custom-2-7680", "db-custom-4-7680", "db-custom-1-6656"]],
  ["db-cusotm-2-7680", ["db-custom-2-7680", "db-custom-4-7680", "db-custom-1-6656"]],
  ["custom-2-7680", ["db-custom-2-7680", "db-custom-4-7680", "db-custom-1-6656"]],
  ["db-custom-0-0", ["db-custom-1-3840", "db-custom-2-3840", "db-custom-4-3840"]],
  ["db-custom-N4-3-8192", ["db-custom-N4-4-8192", "db-custom-N4-2-8192", "db-custom-N4-6-12288"]],
  ["db-perf-optimized-N-6", ["db-perf-optimized-N-8", "db-perf-optimized-N-4", "db-perf-optimized-N-16"]],
  ["db-perf-optimized-n-2", ["db-perf-optimized-N-2", "db-perf-optimized-N-4", "db-perf-optimized-N-8"]],
  ["db-perf-optimized-C4-16", ["db-perf-optimized-C4-8", "db-perf-optimized-C4-4", "db-perf-optimized-C4-2"]],
  ["db-c4a-highmem-12", ["db-c4a-highmem-16", "db-c4a-highmem-8", "db-c4a-highmem-32"]],
  ["db-perf-optimised-N-8", ["db-perf-optimized-N-8", "db-perf-optimized-N-2", "db-perf-optimized-N-4"]],
  ["db-f1-mikro", ["db-f1-micro"]],
  ["db-n1-standard-2", []],
  ["m5.large", []],
];

describe("nearest machine types", () => {
  for (const [name, expected] of NEAREST) {
    it(`for ${name} are ${expected.length === 0 ? "none" : expected.join(", ")}`, () => {
      assert.deepEqual(nearestTierNames(name), expected);
    });
  }

  it("are three valid ones of the edition, whatever is asked for", () => {
    const size = fc.oneof(fc.double(), fc.integer({ min: 1, max: 200 }));
    fc.assert(
      fc.property(fc.constantFrom(...CLOUD_SQL_EDITIONS), size, size, (edition, cpus, memoryGiB) => {
        const nearest = nearestTiers(edition, cpus, memoryGiB);
        assert.equal(new Set(nearest.map(({ tier }) => tier)).size, 3);
        for (const tier of nearest) {
          assert.deepEqual(parseTier(tier.tier), tier);
          assert.equal(tier.edition, edition);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("begin with the size itself where there is such a machine type", () => {
    const cpus = fc.integer({ min: 1, max: 96 });
    fc.assert(
      fc.property(
        fc.constantFrom(...CLOUD_SQL_EDITIONS),
        cpus,
        fc.integer({ min: 1, max: 64 }),
        (edition, n, quarters) => {
          const memoryGiB = (n * quarters) / 4;
          const exact = tierOf(edition, n, memoryGiB);
          if (exact !== undefined) assert.deepEqual(nearestTiers(edition, n, memoryGiB)[0], exact);
        },
      ),
      { numRuns: 500 },
    );
  });
});
