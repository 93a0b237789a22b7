import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { CLOUD_SQL_EDITIONS, EDITION_LIMITS } from "../../../../topology/limits/cloud-sql-editions.ts";
import { diskSizeGiB, diskTypesOf, INSTANCE_LIMITS } from "../../../../topology/limits/cloud-sql-instances.ts";
import { PREDEFINED_TIERS, parseTier } from "../../../../topology/limits/cloud-sql-tiers.ts";
import { type Bounds, isWithin } from "../../../../topology/limits/limit.ts";

function machine(name: string) {
  const tier = parseTier(name);
  assert.notEqual(tier, undefined, name);
  return { series: tier?.series ?? "N2" };
}

describe("disks of Cloud SQL", () => {
  it("go with the machine's series", () => {
    assert.deepEqual(diskTypesOf(machine("db-custom-2-7680")), ["PD_SSD", "PD_HDD"]);
    assert.deepEqual(diskTypesOf(machine("db-perf-optimized-N-2")), ["PD_SSD"]);
    assert.deepEqual(diskTypesOf(machine("db-c4a-highmem-4")), ["HYPERDISK_BALANCED"]);
    assert.deepEqual(diskTypesOf(machine("db-custom-N4-2-4096")), ["HYPERDISK_BALANCED"]);
    for (const tier of PREDEFINED_TIERS) assert.notEqual(diskTypesOf(tier).length, 0, tier.tier);
  });

  it("have a size that depends on both", () => {
    assert.deepEqual(diskSizeGiB(machine("db-perf-optimized-N-2"), "PD_SSD"), { min: 10, max: 65_536 });
    assert.deepEqual(diskSizeGiB(machine("db-f1-micro"), "PD_HDD"), { min: 10, max: 3054 });
    assert.deepEqual(diskSizeGiB(machine("db-c4a-highmem-4"), "HYPERDISK_BALANCED"), { min: 20, max: 65_536 });
    assert.equal(diskSizeGiB(machine("db-perf-optimized-N-2"), "PD_HDD"), undefined);
  });
});

describe("editions of Cloud SQL", () => {
  it("differ in how far back a restore reaches", () => {
    const { transactionLogRetentionDays: days } = EDITION_LIMITS;
    assert.deepEqual(days.ENTERPRISE, { min: 1, max: 7, default: 7 });
    assert.deepEqual(days.ENTERPRISE_PLUS, { min: 1, max: 35, default: 14 });
  });

  it("differ in what only ENTERPRISE_PLUS has", () => {
    const { hasManagedPooling, hasReadPools, hasDataCache, hasAdvancedDisasterRecovery } = EDITION_LIMITS;
    for (const feature of [hasManagedPooling, hasReadPools, hasDataCache, hasAdvancedDisasterRecovery]) {
      assert.deepEqual([feature.ENTERPRISE, feature.ENTERPRISE_PLUS], [false, true], feature.title);
    }
  });

  it("and instances have bounds that are in order, with a default within", () => {
    const { transactionLogRetentionDays, retainedBackups, finalBackupRetentionDays } = EDITION_LIMITS;
    const ofEditions = [transactionLogRetentionDays, retainedBackups, finalBackupRetentionDays].flatMap((limit) =>
      CLOUD_SQL_EDITIONS.map((edition) => limit[edition]),
    );
    const bounds: Bounds[] = [...ofEditions, ...Object.values(INSTANCE_LIMITS).map((limit) => limit.bounds)];
    for (const one of bounds) {
      assert.equal(one.min < one.max, true);
      if (one.default !== undefined) assert.equal(isWithin(one.default, one), true);
    }
  });
});
