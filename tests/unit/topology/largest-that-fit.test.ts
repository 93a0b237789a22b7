// That what is proposed is right, for any topology. It does not prove that so many connections are a good idea.
import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { withSizes } from "../../../topology/budget/largest-that-fit.ts";
import { connectionBudget, largestThatFit } from "../../../topology/connection-budget.ts";
import { resolveTopology } from "../../../topology/resolve.ts";
import type { TopologySpec } from "../../../topology/spec.ts";

const MOST_INSTANCES = 1000;

const pool = fc.integer({ min: 1, max: 400 });
const overflow = fc.integer({ min: 0, max: 400 });
const application = fc.record(
  { poolSize: pool, maxOverflow: overflow, replicaPoolSize: pool, replicaMaxOverflow: overflow },
  { requiredKeys: [] },
);
const sizes = { writerPoolSize: pool, readerPoolSize: pool, maxClients: fc.integer({ min: 20, max: 6000 }) };

const docker: fc.Arbitrary<TopologySpec> = fc.record({
  target: fc.constant("docker" as const),
  replicas: fc.constantFrom({}, { a: {} }, { a: {}, b: {} }),
  pooling: fc.record({ enabled: fc.boolean(), ...sizes }),
  parameters: fc.record({ max_connections: fc.integer({ min: 10, max: 1000 }) }),
  application,
});

const gcp: fc.Arbitrary<TopologySpec> = fc.record(
  {
    target: fc.constant("gcp" as const),
    region: fc.constant("europe-west1"),
    edition: fc.constant("enterprise-plus" as const),
    size: fc.record({ cpus: fc.constantFrom(2, 8, 32, 128) }),
    replicas: fc.constantFrom({}, { a: {} }, { a: {}, far: { purpose: "disaster-recovery" as const } }),
    pooling: fc.oneof(
      fc.constant({ enabled: false }),
      fc.record({ kind: fc.constantFrom("managed" as const, "sidecar" as const), ...sizes }),
    ),
    access: fc.record({ path: fc.constantFrom("socket" as const, "private-address" as const) }),
    service: fc.record({ image: fc.constant("app"), maxInstances: fc.integer({ min: 1, max: MOST_INSTANCES }) }),
    application,
  },
  { requiredKeys: ["target", "region", "edition"] },
);

const digitalocean: fc.Arbitrary<TopologySpec> = fc.record(
  {
    target: fc.constant("digitalocean" as const),
    region: fc.constant("nyc3"),
    size: fc.record({ memoryGiB: fc.constantFrom(1, 2, 4, 16, 256) }),
    replicas: fc.constantFrom({}, { a: {} }, { a: {}, b: { size: { memoryGiB: 256 } } }),
    pooling: fc.oneof(fc.constant({ enabled: false }), fc.record(sizes, { requiredKeys: [] })),
    data: fc.record({
      parameters: fc.record({ max_connections: fc.integer({ min: 10, max: 1000 }) }, { requiredKeys: [] }),
    }),
    application,
  },
  { requiredKeys: ["target", "region"] },
);

const topologies = fc.oneof(docker, gcp, digitalocean).map((spec) => resolveTopology(spec, "s"));

describe("largestThatFit", function () {
  // Each topology is solved by halving, thousands of times in all.
  this.timeout(30_000);

  it("always fits, and one more of any of it does not", () => {
    let ways = 0;
    fc.assert(
      fc.property(topologies, (topology) => {
        for (const { sizes: found } of largestThatFit(topology)) {
          ways += 1;
          const all = new Map(found.map(({ field, largest }) => [field, largest]));
          assert.ok(connectionBudget(withSizes(topology, all)).fits);
          for (const [field, largest] of all) {
            if (field === "service.maxInstances" && largest === MOST_INSTANCES) continue;
            const oneMore = withSizes(topology, new Map([...all, [field, largest + 1]]));
            assert.equal(connectionBudget(oneMore).fits, false, `${field} ${largest + 1}`);
          }
        }
      }),
      { numRuns: 300 },
    );
    assert.ok(ways > 100, `${ways} ways were tried`);
  });

  it("lowers something, and fits, where a topology does not fit; nothing where it does", () => {
    fc.assert(
      fc.property(topologies, (topology) => {
        const { fits } = connectionBudget(topology);
        for (const { sizes: found } of largestThatFit(topology)) {
          const lower = found.filter(({ now, largest }) => largest < now);
          assert.equal(lower.length === 0, fits);
          const lowered = new Map(lower.map(({ field, largest }) => [field, largest]));
          assert.ok(connectionBudget(withSizes(topology, lowered)).fits);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("keeps the ratio of two pools that share a server, and frees those that share none", () => {
    const pooling = { writerPoolSize: 60, readerPoolSize: 20 };
    const shared = largestThatFit(resolveTopology({ target: "docker", pooling }, "s"));
    assert.deepEqual(shared[0]?.sizes.slice(0, 2), [
      { field: "pooling.writerPoolSize", now: 60, largest: 33 },
      { field: "pooling.readerPoolSize", now: 20, largest: 10 },
    ]);
    const apart = largestThatFit(resolveTopology({ target: "docker", replicas: { a: {} }, pooling }, "s"));
    assert.deepEqual(apart[0]?.sizes.slice(0, 2), [
      { field: "pooling.writerPoolSize", now: 60, largest: 43 },
      { field: "pooling.readerPoolSize", now: 20, largest: 43 },
    ]);
  });

  it("has no way where the least of everything is too much", () => {
    const parameters = { max_connections: 14 };
    assert.deepEqual(largestThatFit(resolveTopology({ target: "docker", parameters }, "s")), []);
  });
});
