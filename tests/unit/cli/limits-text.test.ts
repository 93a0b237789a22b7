// The tables for people against those for machines. Does not prove that a number is right: its source does.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { limitsText } from "../../../cli/limits-text.ts";
import { limitsOf } from "../../../topology/limits/all-limits.ts";
import type { Sourced } from "../../../topology/limits/limit.ts";
import { LIMIT_TARGETS } from "../../../topology/limits/postgresql-versions.ts";

/** Every row of facts in a value: whatever says where it is from. */
function sourcedIn(value: unknown): Sourced[] {
  if (typeof value !== "object" || value === null) return [];
  if ("provenance" in value) return [value as Sourced];
  return Object.values(value).flatMap(sourcedIn);
}

/** The lines of all tables, without titles, heads and the list of sources. */
function linesOf(text: string): string[] {
  return (text.split("\n\nSources\n")[0] ?? "").split("\n\n").flatMap((table) => table.split("\n").slice(2));
}

describe("the tables of limits for people", () => {
  it("have a line for each row that there is for machines", () => {
    for (const target of LIMIT_TARGETS) {
      assert.equal(linesOf(limitsText([target])).length, sourcedIn(limitsOf([target])).length, target);
    }
  });

  it("have the service's, the cloud's and the recovery's numbers, too", () => {
    const text = limitsText(["docker", "gcp"]);
    assert.match(text, /\n\nCloud Run: memory of an instance\nfrom cpus +MiB +source\n0.08 +128–512 +\[\d+\] read /);
    assert.match(text, /\ncharacters of a service account's id +6–30 +\[\d+\] read /);
    assert.match(text, /\na replica in another region becomes the primary +120 +\[\d+\] not confirmed: .* is ours\n/);
  });

  it("have DigitalOcean's machines, regions and what nobody can set", () => {
    const text = limitsText(["digitalocean"]);
    assert.match(text, /\ndb-s-1vcpu-1gb +1 +1 +\[\d+\] read /);
    assert.match(text, /\ndb-s-1vcpu-1gb +10–30 +\[\d+\] not confirmed: known; the page was not read\n/);
    assert.match(text, /\nDigitalOcean: max_connections\nfor each GiB +reserved +source\n25 +3 +\[\d+\] read /);
    assert.match(text, /\nSpaces +nyc3, ams3, /);
  });
});
