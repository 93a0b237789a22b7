// What the vendor's table says; what a running instance has is verify's to find out.
import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import {
  defaultMaxConnections,
  managedPoolers,
  reservedConnections,
} from "../../../../topology/limits/cloud-sql-connections.ts";
import { parseTier } from "../../../../topology/limits/cloud-sql-tiers.ts";

const BY_TIER: readonly (readonly [string, number])[] = [
  ["db-f1-micro", 25],
  ["db-g1-small", 50],
  ["db-custom-1-3840", 100],
  ["db-custom-1-5888", 100],
  ["db-custom-1-6144", 200],
  ["db-custom-2-7424", 200],
  ["db-custom-2-7680", 400],
  ["db-custom-4-15104", 400],
  ["db-custom-4-15360", 500],
  ["db-perf-optimized-N-2", 500],
  ["db-custom-8-30720", 600],
  ["db-perf-optimized-N-4", 600],
  ["db-custom-16-61440", 800],
  ["db-perf-optimized-N-8", 800],
  ["db-custom-32-122880", 1000],
  ["db-perf-optimized-N-128", 1000],
];

describe("connections of Cloud SQL", () => {
  for (const [name, maxConnections] of BY_TIER) {
    it(`are ${maxConnections} at most on ${name} unless the flag is set`, () => {
      assert.equal(defaultMaxConnections(parseTier(name)?.memoryMiB ?? Number.NaN), maxConnections);
    });
  }

  it("are never fewer with more memory, and never fewer on a replica than on what it follows", () => {
    const memory = fc.integer({ min: 0, max: 900_000 });
    fc.assert(
      fc.property(memory, memory, (one, other) => {
        const [less, more] = one < other ? [one, other] : [other, one];
        assert.equal(defaultMaxConnections(less) <= defaultMaxConnections(more), true);
        assert.equal(defaultMaxConnections(less, [more]), defaultMaxConnections(more));
        assert.equal(defaultMaxConnections(more, [less]), defaultMaxConnections(more));
      }),
    );
  });

  it("are partly kept for superusers and for the service itself", () => {
    assert.equal(reservedConnections(), 7);
  });

  it("pass one managed pooler for each four processors, at least one", () => {
    assert.deepEqual([1, 2, 4, 8, 16, 32].map(managedPoolers), [1, 1, 1, 2, 4, 8]);
  });
});
