// That every price has a public source and a day. Whether the list at that address still has it is not proven: no network.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { CLOUD_RUN_PRICES } from "../../../../preview/cost/cloud-run-prices.ts";
import { CLOUD_SQL_PRICES, cloudSqlPrice } from "../../../../preview/cost/cloud-sql-prices.ts";
import { DIGITALOCEAN_THINGS, DROPLET_PRICES, MANAGED_PRICES } from "../../../../preview/cost/digitalocean-prices.ts";
import { monthlyUsdOf, type Price } from "../../../../preview/cost/price.ts";
import { CLOUD_SQL_REGIONS } from "../../../../topology/limits/cloud-sql-regions.ts";
import { MANAGED_SIZES } from "../../../../topology/limits/digitalocean.ts";
import { DROPLET_SIZES } from "../../../../topology/limits/digitalocean-droplets.ts";

const DAY = /^20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** Each row by what it is the price of. */
const ROWS: readonly (readonly [string, Price])[] = [
  ...CLOUD_SQL_PRICES.map((row) => [`Cloud SQL ${row.region} ${row.item}`, row] as const),
  ...CLOUD_RUN_PRICES.map((row) => [`Cloud Run ${row.region} ${row.item}`, row] as const),
  ...MANAGED_PRICES.map((row) => [`managed ${row.slug}`, row] as const),
  ...DROPLET_PRICES.map((row) => [`Droplet ${row.slug}`, row] as const),
  ...Object.values(DIGITALOCEAN_THINGS).map((row) => [row.thing, row] as const),
];

describe("the tables of prices", () => {
  it("have a price, a day and a public source in every row, and the day it was read or why it is not confirmed", () => {
    assert.ok(ROWS.length > 90);
    for (const [what, { asOf, provenance, usd }] of ROWS) {
      assert.ok(usd > 0 && Number.isFinite(usd), what);
      assert.match(asOf, DAY, what);
      assert.equal(new URL(provenance.source).protocol, "https:", what);
      if (!provenance.confirmed) {
        assert.notEqual(provenance.why, "", what);
        continue;
      }
      assert.match(provenance.read, DAY, what);
      assert.equal(provenance.asOf, asOf, what);
      assert.ok(asOf <= provenance.read, what);
    }
  });

  it("have one price for one thing", () => {
    const names = ROWS.map(([what]) => what);
    assert.deepEqual(
      names.filter((name, index) => names.indexOf(name) !== index),
      [],
    );
  });

  it("are about machines and regions that there are", () => {
    const regions = CLOUD_SQL_REGIONS.map(({ region }) => region);
    for (const { region } of [...CLOUD_SQL_PRICES, ...CLOUD_RUN_PRICES]) assert.ok(regions.includes(region), region);
    const managed = MANAGED_SIZES.map(({ slug }) => slug);
    for (const { slug } of MANAGED_PRICES) assert.ok(managed.includes(slug), slug);
    // Every Droplet that a data host can have has a price.
    assert.deepEqual(DROPLET_PRICES.map(({ slug }) => slug).sort(), DROPLET_SIZES.map(({ slug }) => slug).sort());
  });

  it("are within what such things cost, so that a slipped point is seen", () => {
    for (const [what, price] of ROWS) {
      const monthly = monthlyUsdOf(price);
      const most = what.startsWith("Droplet") || what.startsWith("managed") ? 2000 : 80;
      assert.ok(monthly >= 0.005 && monthly <= most, `${what}: ${monthly}`);
    }
  });

  it("count 730 hours for a month", () => {
    assert.equal(monthlyUsdOf({ usd: 0.1, unit: "hour" }), 73);
    assert.equal(monthlyUsdOf({ usd: 0.1, unit: "vCPU hour" }), 73);
    assert.equal(monthlyUsdOf({ usd: 0.1, unit: "GiB hour" }), 73);
    assert.equal(monthlyUsdOf({ usd: 0.17, unit: "GiB month" }), 0.17);
    assert.equal(monthlyUsdOf({ usd: 6, unit: "month" }), 6);
  });

  it("say that a price was not read, and never that it is nothing", () => {
    assert.deepEqual(cloudSqlPrice("europe-west9", "N2 vCPU"), {
      notPriced: "no price of it in europe-west9 was read",
    });
  });
});
