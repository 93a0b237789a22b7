// That every row says where it is from. Whether the page at that address says so is not proven: no network here.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
  CLOUD_RUN_LIMITS,
  CLOUD_SQL_LIMITS,
  DIGITALOCEAN_LIMITS,
  GOOGLE_CLOUD_LIMITS,
  limitsOf,
} from "../../../../topology/limits/all-limits.ts";
import type { Sourced } from "../../../../topology/limits/limit.ts";
import { RECOVERY_ASSUMPTIONS } from "../../../../topology/limits/recovery.ts";

const DAY = /^20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** Each row of each table by its path. */
function sourcedRows(): [string, Sourced][] {
  const { postgresqlVersions } = limitsOf();
  return Object.entries({
    postgresqlVersions,
    ...CLOUD_SQL_LIMITS,
    ...CLOUD_RUN_LIMITS,
    ...GOOGLE_CLOUD_LIMITS,
    recovery: RECOVERY_ASSUMPTIONS,
    ...Object.fromEntries(
      Object.entries(DIGITALOCEAN_LIMITS).map(([table, rows]) => [`digitalOcean.${table}`, rows] as const),
    ),
  }).flatMap(([table, rows]) =>
    Object.entries<Sourced>(rows as unknown as Record<string, Sourced>).map(([key, row]): [string, Sourced] => [
      `${table}.${key}`,
      row,
    ]),
  );
}

describe("the tables of limits", () => {
  it("have a public source for every row, and the day it was read or the reason why it is not confirmed", () => {
    const rows = sourcedRows();
    assert.equal(rows.length > 100, true);
    for (const [path, { provenance }] of rows) {
      assert.equal(new URL(provenance.source).protocol, "https:", path);
      if (!provenance.confirmed) {
        assert.notEqual(provenance.why, "", path);
        continue;
      }
      assert.match(provenance.read, DAY, path);
      if (provenance.asOf !== undefined) {
        assert.match(provenance.asOf, DAY, path);
        assert.equal(provenance.asOf <= provenance.read, true, path);
      }
    }
  });

  it("have no row twice", () => {
    for (const [table, rows] of [...Object.entries(CLOUD_SQL_LIMITS), ...Object.entries(DIGITALOCEAN_LIMITS)]) {
      const texts = Object.values(rows as unknown as Record<string, unknown>).map((row) => JSON.stringify(row));
      assert.equal(new Set(texts).size, texts.length, table);
    }
  });

  it("hold only what concerns the targets that are asked about", () => {
    assert.equal("cloudSql" in limitsOf(["docker", "digitalocean"]), false);
    assert.equal("digitalOcean" in limitsOf(["docker", "gcp"]), false);
    assert.equal(limitsOf(["digitalocean"]).digitalOcean, DIGITALOCEAN_LIMITS);
    const [newest] = limitsOf(["gcp"]).postgresqlVersions;
    assert.deepEqual(newest?.targets, { gcp: { supported: true } });
    assert.deepEqual(Object.keys(limitsOf().postgresqlVersions[0]?.targets ?? {}), ["docker", "gcp", "digitalocean"]);
  });
});
