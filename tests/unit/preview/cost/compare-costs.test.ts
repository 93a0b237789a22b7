import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { compareCosts, type CostComparison, costOf } from "../../../../preview/cost/cost.ts";
import { resolveTopology } from "../../../../topology/resolve.ts";
import type { TopologySpec } from "../../../../topology/spec.ts";
import { validDigitalOceanSpec } from "../../../support/valid-digitalocean-specs.ts";

const cost = (spec: TopologySpec) => costOf(resolveTopology(spec, "shop"));
const GCP = { target: "gcp", region: "us-central1" } as const;

/** Each line as `part item: from -> to (difference)`; what is not there is `-`, what has no price `?`. */
function shown({ lines }: CostComparison): string[] {
  const usd = (line: { monthlyUsd: number | undefined } | undefined) =>
    line === undefined ? "-" : (line.monthlyUsd?.toFixed(2) ?? "?");
  return lines.map(
    ({ after, before, differenceUsd, item, part }) =>
      `${part} ${item}: ${usd(before)} -> ${usd(after)} (${differenceUsd?.toFixed(2) ?? "?"})`,
  );
}

describe("the comparison of two costs", () => {
  it("says line by line what changes, what comes and what goes", () => {
    const change = compareCosts(cost({ ...GCP, replicas: { old: {} } }), cost({ ...GCP, highAvailability: true }));
    assert.deepEqual(shown(change), [
      "primary vCPU: 60.30 -> 120.60 (60.30)",
      "primary memory: 40.88 -> 81.76 (40.88)",
      "primary storage: 3.40 -> 6.80 (3.40)",
      "replica-old vCPU: 60.30 -> - (-60.30)",
      "replica-old memory: 40.88 -> - (-40.88)",
      "replica-old storage: 3.40 -> - (-3.40)",
    ]);
    assert.deepEqual([change.beforeUsd, change.afterUsd, change.differenceUsd], [209.16, 209.16, 0]);
  });

  it("does not say what a change costs when a side of it has no price", () => {
    const change = compareCosts(cost(GCP), cost({ ...GCP, region: "europe-west9" }));
    assert.deepEqual(shown(change)[0], "primary vCPU: 60.30 -> ? (?)");
    assert.deepEqual([change.beforeUsd, change.afterUsd, change.differenceUsd], [104.58, 0, undefined]);
  });

  it("knows no difference for a stack that is new, and every line as one that comes", () => {
    const change = compareCosts(undefined, cost(GCP));
    assert.deepEqual([change.beforeUsd, change.afterUsd, change.differenceUsd], [undefined, 104.58, undefined]);
    assert.deepEqual(shown(change)[0], "primary vCPU: - -> 60.30 (60.30)");
  });

  it("has no difference between a cost and itself, and turned round the opposite one", () => {
    fc.assert(
      fc.property(validDigitalOceanSpec, validDigitalOceanSpec, (one, other) => {
        const [a, b] = [cost(one), cost(other)];
        for (const { differenceUsd } of compareCosts(a, a).lines) assert.ok(!differenceUsd);
        const there = compareCosts(a, b).differenceUsd;
        const back = compareCosts(b, a).differenceUsd;
        assert.equal(there === undefined, back === undefined);
        if (there !== undefined && back !== undefined) assert.ok(Math.abs(there + back) < 0.001);
      }),
    );
  });
});
