import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { type Cost, costOf, judgeBudget, stalePrices } from "../../../../preview/cost/cost.ts";
import { resolveTopology } from "../../../../topology/resolve.ts";

/** 15.15, of 2026-09-30. */
const WHOLE = costOf(resolveTopology({ target: "digitalocean", region: "nyc3" }, "shop"));
/** 15.15 at least: of a replica's machine no price was read. */
const PARTLY: Cost = costOf(
  resolveTopology(
    { target: "digitalocean", region: "nyc3", replicas: { r: { size: { tier: "gd-2vcpu-8gb" } } } },
    "shop",
  ),
);
const SOON = new Date("2026-10-01T00:00:00Z");

describe("a budget", () => {
  it("is kept by what is exactly as much, and broken by a cent more", () => {
    assert.deepEqual(judgeBudget(WHOLE, 15.15, SOON), { status: "within", monthlyUsd: 15.15, budgetUsd: 15.15 });
    assert.deepEqual(judgeBudget(WHOLE, 15.14, SOON), {
      status: "over",
      message: "it costs 15.15 USD a month, and the budget is 15.14",
      monthlyUsd: 15.15,
      budgetUsd: 15.14,
    });
  });

  it("is unknown where something has no price, unless the rest alone is over", () => {
    assert.deepEqual([PARTLY.monthlyUsd, PARTLY.isWhole], [15.15, false]);
    assert.deepEqual(judgeBudget(PARTLY, 15.15, SOON), {
      status: "unknown",
      missing: "not priced: replica-r nodes",
      monthlyUsd: 15.15,
      budgetUsd: 15.15,
    });
    const over = judgeBudget(PARTLY, 15.14, SOON);
    assert.equal(over.status, "over");
    assert.match(over.message, /^it costs at least 15\.15 USD a month/);
  });

  it("is within on Docker for any budget and at any time", () => {
    const docker = costOf(resolveTopology({ target: "docker" }, "local"));
    assert.equal(judgeBudget(docker, 0.01, new Date("2099-01-01")).status, "within");
  });

  it("believes prices for 180 days, and not for 181", () => {
    // 180 days after 2026-09-30.
    const last = new Date("2027-03-29T23:59:59.999Z");
    const late = new Date("2027-03-30T00:00:00Z");
    assert.equal(stalePrices(WHOLE, last), undefined);
    assert.equal(judgeBudget(WHOLE, 100, last).status, "within");
    assert.equal(
      stalePrices(WHOLE, late),
      "the oldest price is of 2026-09-30, 181 days ago; prices are believed for 180 days",
    );
    for (const budget of [100, 1]) {
      const verdict = judgeBudget(WHOLE, budget, late);
      assert.equal(verdict.status, "unknown");
      assert.equal(verdict.missing, stalePrices(WHOLE, late));
    }
  });

  it("goes by the oldest price of the sum", () => {
    const split = costOf(
      resolveTopology({ target: "digitalocean", region: "nyc3", data: { size: { tier: "s-2vcpu-2gb" } } }, "shop"),
    );
    assert.equal(split.oldestPrice, "2025-08-20");
    assert.equal(judgeBudget(split, 1000, SOON).status, "unknown");
  });

  it("does not take a clock that is behind for age", () => {
    assert.equal(stalePrices(WHOLE, new Date("2020-01-01")), undefined);
  });
});
