import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
  areaOf,
  BACKUP_MULTI_REGIONS,
  CLOUD_SQL_REGIONS,
  isRegion,
  nearestRegions,
  pairRegionsOf,
  regionHasEdition,
  SHARED_DATA_CENTRE_REGIONS,
  ZONE_EXCEPTIONS,
  zonesOf,
} from "../../../../topology/limits/cloud-sql-regions.ts";

describe("regions of Cloud SQL", () => {
  it("are known by their exact names", () => {
    for (const region of ["europe-west1", "us-central1", "me-central2", "africa-south1"]) {
      assert.equal(isRegion(region), true, region);
    }
    for (const region of ["", "europe", "eu", "europe-west1-b", "Europe-West1", "europe-west5", "toString"]) {
      assert.equal(isRegion(region), false, region);
    }
  });

  it("are named once each, and lie where their names say", () => {
    const names = CLOUD_SQL_REGIONS.map(({ region }) => region);
    assert.equal(new Set(names).size, names.length);
    const prefixes: Readonly<Record<string, string>> = {
      africa: "africa-",
      asia: "asia-",
      australia: "australia-",
      europe: "europe-",
      "middle-east": "me-",
      "north-america": "northamerica-",
      "south-america": "southamerica-",
      "united-states": "us-",
    };
    for (const { region, area } of CLOUD_SQL_REGIONS)
      assert.equal(region.startsWith(prefixes[area] ?? "?"), true, region);
  });

  it("have zones a, b and c, but for a few", () => {
    assert.deepEqual(zonesOf("europe-west3"), ["europe-west3-a", "europe-west3-b", "europe-west3-c"]);
    assert.deepEqual(zonesOf("europe-west1"), ["europe-west1-b", "europe-west1-c", "europe-west1-d"]);
    assert.equal(zonesOf("us-central1").length, 4);
    assert.deepEqual(zonesOf("europe-west5"), []);
  });

  it("say whether they have an edition, and where that is not known", () => {
    assert.equal(regionHasEdition("europe-west4", "ENTERPRISE_PLUS"), true);
    assert.equal(regionHasEdition("europe-north2", "ENTERPRISE"), true);
    assert.equal(regionHasEdition("europe-north2", "ENTERPRISE_PLUS"), undefined);
    assert.equal(regionHasEdition("europe-west5", "ENTERPRISE"), false);
  });

  it("have partners in the same part of the world, never themselves", () => {
    assert.deepEqual(pairRegionsOf("me-west1"), ["me-central1", "me-central2"]);
    assert.deepEqual(pairRegionsOf("africa-south1"), []);
    assert.deepEqual(pairRegionsOf("nowhere"), []);
    for (const { region } of CLOUD_SQL_REGIONS) assert.equal(pairRegionsOf(region).includes(region), false, region);
  });

  it("are proposed for a name that is nearly one", () => {
    assert.equal(nearestRegions("europe-west-1")[0], "europe-west1");
    assert.equal(nearestRegions("us-centrall")[0], "us-central1");
    assert.equal(nearestRegions("EUROPE-WEST3")[0], "europe-west3");
    assert.deepEqual(nearestRegions("fra1"), []);
  });

  it("are the ones that the other tables speak of", () => {
    const named = [...ZONE_EXCEPTIONS.map(({ region }) => region), ...SHARED_DATA_CENTRE_REGIONS.regions];
    for (const region of named) assert.equal(isRegion(region), true, region);
    const areas = new Set(CLOUD_SQL_REGIONS.map(({ region }) => areaOf(region)));
    for (const { area } of BACKUP_MULTI_REGIONS) assert.equal(areas.has(area), true, area);
    assert.equal(areaOf("nowhere"), undefined);
  });
});
