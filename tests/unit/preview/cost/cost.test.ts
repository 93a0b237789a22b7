// What topologies cost, line by line. That the tables are right is prices.test.ts's; that the vendor bills so, nobody's here.
import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { type Cost, costOf } from "../../../../preview/cost/cost.ts";
import { PREDEFINED_TIERS } from "../../../../topology/limits/cloud-sql-tiers.ts";
import { MANAGED_SIZES } from "../../../../topology/limits/digitalocean.ts";
import { resolveTopology } from "../../../../topology/resolve.ts";
import type { TopologySpec } from "../../../../topology/spec.ts";
import { SSH } from "../../../support/digitalocean-cases.ts";
import { validDigitalOceanSpec } from "../../../support/valid-digitalocean-specs.ts";
import { validDockerSpec } from "../../../support/valid-docker-specs.ts";
import { validGcpSpec } from "../../../support/valid-specs.ts";

function cost(spec: TopologySpec): Cost {
  return costOf(resolveTopology(spec, "shop"));
}

/** Each line as `part item: quantity unit = USD`, or with its reason. */
function linesOf({ lines }: Cost): string[] {
  return lines.map(
    ({ item, monthlyUsd, notPriced, part, quantity, unit }) =>
      `${part} ${item}: ${quantity} ${unit} = ${monthlyUsd?.toFixed(2) ?? `not priced, ${notPriced}`}`,
  );
}

const GCP = { target: "gcp", region: "us-central1", size: { cpus: 2, memoryGiB: 8 } } as const;
const SPLIT = {
  target: "digitalocean",
  region: "nyc3",
  data: { size: { cpus: 2, memoryGiB: 4 }, diskGiB: 50 },
  access: { ssh: SSH },
} as const;

describe("the cost of a topology", () => {
  it("is no bill on Docker, with a data database or without", () => {
    for (const spec of [{ target: "docker" }, { target: "docker", data: {}, replicas: { a: {} } }] as const) {
      const { byUse, isWhole, lines, monthlyUsd, notes, oldestPrice } = cost(spec);
      assert.deepEqual([lines, byUse, monthlyUsd, isWhole, oldestPrice], [[], [], 0, true, undefined]);
      assert.deepEqual(notes, ["It runs on your own machine: nobody sends a bill for it."]);
    }
  });

  it("is processors, memory and disk on Cloud SQL", () => {
    const found = cost({ ...GCP, storage: { diskGiB: 100 } });
    assert.deepEqual(linesOf(found), [
      "primary vCPU: 2 vCPU = 60.30",
      "primary memory: 8 GiB = 40.88",
      "primary storage: 100 GiB = 17.00",
    ]);
    assert.deepEqual([found.monthlyUsd, found.isWhole, found.oldestPrice], [118.18, true, "2026-10-01"]);
  });

  it("is twice of the primary with a second zone, and once for a replica", () => {
    assert.deepEqual(linesOf(cost({ ...GCP, highAvailability: true, replicas: { r: {} } })), [
      "primary vCPU: 4 vCPU = 120.60",
      "primary memory: 16 GiB = 81.76",
      "primary storage: 40 GiB = 6.80",
      "replica-r vCPU: 2 vCPU = 60.30",
      "replica-r memory: 8 GiB = 40.88",
      "replica-r storage: 20 GiB = 3.40",
    ]);
  });

  it("is a shared core as a whole, and a slow disk by its own price", () => {
    const spec = { ...GCP, region: "us-east1", size: { tier: "db-g1-small" }, storage: { diskType: "hdd" } } as const;
    assert.deepEqual(linesOf(cost(spec)), ["primary machine: 1 machine = 25.55", "primary storage: 20 GiB = 1.80"]);
  });

  it("names what has no price, and is then the least that it costs", () => {
    const plus = cost({ target: "gcp", region: "europe-west3", edition: "enterprise-plus" });
    assert.deepEqual(linesOf(plus), [
      "primary vCPU: 2 vCPU = 94.02",
      "primary memory: 16 GiB = 127.31",
      "primary storage: 20 GiB = 4.08",
      "primary data cache: 1 cache = not priced, how large it is on this machine was not read",
    ]);
    assert.deepEqual([plus.monthlyUsd, plus.isWhole], [225.41, false]);
    const elsewhere = cost({ ...GCP, region: "europe-west9" });
    assert.deepEqual([elsewhere.monthlyUsd, elsewhere.isWhole, elsewhere.oldestPrice], [0, false, undefined]);
    assert.ok(elsewhere.lines.every(({ notPriced }) => notPriced === "no price of it in europe-west9 was read"));
  });

  it("says of a half of two zones that the list does not have it so", () => {
    const { lines } = cost({ target: "gcp", region: "europe-west4", edition: "enterprise-plus" });
    const [vCPU] = lines;
    assert.equal(vCPU?.monthlyUsd, 86.21);
    assert.equal(vCPU.provenance?.confirmed, false);
    assert.equal(vCPU.asOf, "2024-03-21");
  });

  it("counts the service's instances that are always there, and leaves the others to use", () => {
    const service = { image: "x", minInstances: 2, maxInstances: 10, memoryMiB: 512 };
    const found = cost({ ...GCP, region: "us-east1", service });
    assert.deepEqual(linesOf(found).slice(3), ["service vCPU: 2 vCPU = 94.61", "service memory: 1 GiB = 5.26"]);
    const none = cost({ ...GCP, region: "us-east1", service: { ...service, minInstances: 0 } });
    assert.deepEqual(linesOf(none).slice(3), []);
    const waiting = cost({ ...GCP, region: "us-east1", service: { ...service, cpus: 0.5 } });
    assert.deepEqual(linesOf(waiting).slice(3), ["service vCPU: 1 vCPU = 6.57", "service memory: 1 GiB = 6.57"]);
    const beside = cost({ ...GCP, region: "us-east1", service, pooling: { kind: "sidecar" } });
    assert.deepEqual(linesOf(beside).slice(5), [
      "service pooler: 2 sidecar = not priced, its share of processor and memory is not reckoned",
    ]);
  });

  it("is nodes, Droplet, volume and bucket on DigitalOcean", () => {
    const found = cost({ ...SPLIT, highAvailability: true, replicas: { r: {} } });
    assert.deepEqual(linesOf(found), [
      "primary nodes: 2 node = 60.90",
      "replica-r nodes: 1 node = 30.45",
      "data-host Droplet: 1 Droplet = 24.00",
      "data-host volume: 50 GiB = 5.00",
      "data-host Spaces: 1 account = 5.00",
    ]);
    assert.deepEqual([found.monthlyUsd, found.isWhole], [125.35, true]);
    const alone = cost({ target: "digitalocean", region: "nyc3" });
    assert.deepEqual(linesOf(alone), ["primary nodes: 1 node = 15.15"]);
    assert.doesNotMatch(linesOf(cost({ ...SPLIT, backup: { enabled: false } })).join("\n"), /Spaces/);
  });

  it("adds the storage beyond what comes with a node, and does not guess what a standby's costs", () => {
    const one = { target: "digitalocean", region: "nyc3", size: { cpus: 1, memoryGiB: 2 } } as const;
    assert.deepEqual(linesOf(cost({ ...one, storage: { diskGiB: 30 } })), ["primary nodes: 1 node = 30.45"]);
    assert.deepEqual(linesOf(cost({ ...one, storage: { diskGiB: 40 } })), [
      "primary nodes: 1 node = 30.45",
      "primary storage: 10 GiB = 2.15",
    ]);
    assert.deepEqual(linesOf(cost({ ...one, highAvailability: true, storage: { diskGiB: 40 } })), [
      "primary nodes: 2 node = 60.90",
      "primary storage: 10 GiB = not priced, whether storage is paid for each node was not read",
    ]);
  });

  it("has what is billed by use beside the sum, each with the price of one or a reason", () => {
    const uses = (spec: TopologySpec) =>
      cost(spec).byUse.map(({ item, notPriced, part, unit, unitUsd }) =>
        [part, item, unitUsd ?? notPriced, unit].join(" · "),
      );
    assert.deepEqual(uses({ ...GCP, replicas: { far: { purpose: "disaster-recovery", region: "us-east1" } } }), [
      "primary · storage that grows · 0.17 · GiB month",
      "primary · backups · 0.08 · GiB month",
      "primary · archived WAL · no price of it was read · GiB month",
      "replica-far · replication · no price of it was read · GiB",
      "primary · network · no price of it was read · GiB",
      "project · small things · cents a month, and a part of them is free for each account · month",
    ]);
    assert.deepEqual(uses(SPLIT), [
      "primary · storage that grows · 0.215 · GiB month",
      "data-host · backups and WAL · 0.02 · GiB month",
      "data-host · restores · 0.01 · GiB",
      "data-host · network · 0.01 · GiB",
    ]);
  });

  it("prices or names every machine that can be asked for", () => {
    const wishes: TopologySpec[] = [
      ...PREDEFINED_TIERS.map(({ edition, tier }) => ({
        ...GCP,
        edition: edition === "ENTERPRISE" ? ("enterprise" as const) : ("enterprise-plus" as const),
        size: { tier },
      })),
      ...MANAGED_SIZES.map(({ slug }) => ({ target: "digitalocean" as const, region: "nyc3", size: { tier: slug } })),
    ];
    assert.ok(wishes.length > 50);
    for (const wish of wishes) assertWhole(cost(wish));
  });

  for (const [target, wishes] of Object.entries({
    docker: validDockerSpec,
    gcp: validGcpSpec,
    digitalocean: validDigitalOceanSpec,
  })) {
    it(`prices or names every line of any wish for ${target}`, () => {
      fc.assert(
        fc.property(wishes as fc.Arbitrary<TopologySpec>, (wish) => {
          assertWhole(cost(wish));
        }),
        { numRuns: 200 },
      );
    });
  }
});

/** A line has a price above nothing, or a reason; the sum is that of the lines; no two are for the same thing. */
function assertWhole({ byUse, isWhole, lines, monthlyUsd }: Cost): void {
  for (const { asOf, item, monthlyUsd: usd, notPriced, part, provenance, quantity } of lines) {
    assert.ok(quantity > 0, `${part} ${item}`);
    assert.equal(usd === undefined, notPriced !== undefined, `${part} ${item}`);
    assert.equal(usd === undefined, asOf === undefined && provenance === undefined, `${part} ${item}`);
    if (usd !== undefined) assert.ok(usd > 0, `${part} ${item}`);
  }
  for (const { item, notPriced, part, unitUsd } of byUse) {
    assert.ok(unitUsd === undefined ? notPriced !== undefined : unitUsd > 0, `${part} ${item}`);
  }
  for (const some of [lines, byUse]) {
    const keys = some.map(({ item, part }) => `${part}/${item}`);
    assert.equal(new Set(keys).size, keys.length, keys.join());
  }
  const priced = lines.map((line) => line.monthlyUsd);
  assert.equal(isWhole, !priced.includes(undefined));
  assert.ok(Math.abs(monthlyUsd - priced.reduce<number>((sum, usd) => sum + (usd ?? 0), 0)) < 0.005);
}
