// The tables about DigitalOcean against each other, and the arithmetic on them. Whether the cloud has what they list is
// not proven: no network here.
import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import {
  canHaveStandby,
  CLUSTER_LIMITS,
  MANAGED_SIZES,
  managedMaxConnections,
  STORAGE_RANGES,
  storageOf,
} from "../../../../topology/limits/digitalocean.ts";
import { DROPLET_SIZES } from "../../../../topology/limits/digitalocean-droplets.ts";
import { machineNamed, machineOfSize, nearestMachines } from "../../../../topology/limits/digitalocean-machine.ts";
import {
  DIGITALOCEAN_REGIONS,
  isDigitalOceanRegion,
  nearestDigitalOceanRegions,
  PRODUCT_REGIONS,
  regionHasProduct,
  sameCityWith,
} from "../../../../topology/limits/digitalocean-regions.ts";

const slugs = (machines: readonly { slug: string }[]): string[] => machines.map(({ slug }) => slug);

describe("the machines of DigitalOcean", () => {
  it("are what their names say", () => {
    assert.deepEqual(machineNamed("db-s-6vcpu-16gb"), { slug: "db-s-6vcpu-16gb", cpus: 6, memoryMiB: 16_384 });
    assert.deepEqual(machineNamed("so1_5-2vcpu-16gb"), { slug: "so1_5-2vcpu-16gb", cpus: 2, memoryMiB: 16_384 });
    assert.deepEqual(machineNamed("s-2vcpu-4gb-amd"), { slug: "s-2vcpu-4gb-amd", cpus: 2, memoryMiB: 4096 });
    for (const { slug, cpus, memoryMiB } of [...MANAGED_SIZES, ...DROPLET_SIZES]) {
      assert.ok(Number.isInteger(cpus) && cpus > 0 && Number.isInteger(memoryMiB), slug);
    }
  });

  it("have a name each, and the cheapest comes first", () => {
    for (const machines of [MANAGED_SIZES, DROPLET_SIZES]) {
      assert.equal(new Set(slugs(machines)).size, machines.length);
      assert.equal(machines[0]?.memoryMiB, 1024);
    }
  });

  it("are found by an exact size, the first of several", () => {
    assert.equal(machineOfSize(MANAGED_SIZES, { cpus: 2 })?.slug, "db-s-2vcpu-4gb");
    assert.equal(machineOfSize(MANAGED_SIZES, { memoryMiB: 2048 })?.slug, "db-s-1vcpu-2gb");
    assert.equal(machineOfSize(MANAGED_SIZES, { cpus: 2, memoryMiB: 8192 })?.slug, "db-amd-2vcpu-8gb");
    assert.equal(machineOfSize(MANAGED_SIZES, { cpus: 3 }), undefined);
    assert.equal(machineOfSize(DROPLET_SIZES, {})?.slug, "s-1vcpu-1gb");
  });

  it("are near to a size by factors, whatever was asked for", () => {
    assert.deepEqual(slugs(nearestMachines(MANAGED_SIZES, { cpus: 3, memoryMiB: 6144 })).sort(), [
      "db-amd-4vcpu-8gb",
      "db-intel-4vcpu-8gb",
      "db-s-4vcpu-8gb",
    ]);
    fc.assert(
      fc.property(fc.double({ min: -10, max: 1e9, noNaN: true }), fc.double({ min: -10, noNaN: true }), (a, b) => {
        assert.equal(nearestMachines(MANAGED_SIZES, { cpus: a, memoryMiB: b }).length, 3);
      }),
    );
  });

  it("have storage where it is known, in whole steps", () => {
    for (const { slug, diskGiB } of STORAGE_RANGES) {
      assert.ok(slugs(MANAGED_SIZES).includes(slug), slug);
      assert.equal(diskGiB.min % CLUSTER_LIMITS.storageStepGiB.bounds.min, 0, slug);
      assert.ok(diskGiB.min < diskGiB.max, slug);
    }
    assert.deepEqual(storageOf("db-s-1vcpu-1gb"), { min: 10, max: 30 });
    assert.equal(storageOf("gd-2vcpu-8gb"), undefined);
  });

  it("have a standby from 2 GiB on", () => {
    assert.deepEqual(slugs(MANAGED_SIZES.filter((machine) => !canHaveStandby(machine))), [
      "db-s-1vcpu-1gb",
      "db-amd-1vcpu-1gb",
      "db-intel-1vcpu-1gb",
    ]);
  });

  it("give 25 connections for each GiB", () => {
    assert.deepEqual([1024, 2048, 4096, 262_144].map(managedMaxConnections), [25, 50, 100, 6400]);
  });
});

describe("the regions of DigitalOcean", () => {
  it("are known wherever a product is said to be", () => {
    for (const { title, regions, partly } of Object.values(PRODUCT_REGIONS)) {
      for (const region of [...regions, ...partly]) assert.ok(isDigitalOceanRegion(region), `${title}: ${region}`);
    }
  });

  it("have all products but for two of New York's without Spaces, and the new ones", () => {
    const lacking = DIGITALOCEAN_REGIONS.flatMap(({ region }) =>
      (["managedPostgresql", "dataHost", "spaces"] as const)
        .filter((product) => !regionHasProduct(region, product))
        .map((product) => `${region} ${product}`),
    );
    assert.deepEqual(lacking, ["nyc1 spaces", "nyc2 spaces", "ric1 managedPostgresql", "ric1 spaces"]);
  });

  it("are near to one in the same city that has the product, else to a name like it", () => {
    assert.deepEqual(sameCityWith("nyc1", "spaces"), ["nyc3"]);
    assert.deepEqual(sameCityWith("ric1", "spaces"), []);
    assert.deepEqual(nearestDigitalOceanRegions("nyc9"), ["nyc1", "nyc2", "nyc3"]);
    assert.deepEqual(nearestDigitalOceanRegions("europe-west1"), []);
  });
});
