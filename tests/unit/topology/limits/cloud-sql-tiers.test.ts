// Tables against what the vendor's pages said: whether the API takes a tier today is not proven here.
import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { CLOUD_SQL_EDITIONS, type CloudSqlEdition } from "../../../../topology/limits/cloud-sql-editions.ts";
import {
  type CloudSqlTier,
  CUSTOM_TIER_RULES,
  customCpus,
  customMemoryMiB,
  customTier,
  PREDEFINED_TIERS,
  parseTier,
  tierOf,
  tierProblem,
  withoutSource,
} from "../../../../topology/limits/cloud-sql-tiers.ts";

/** Every machine type of an edition: the predefined ones, then each custom one (some 90 000 of them). */
function* allTiers(edition: CloudSqlEdition): Generator<CloudSqlTier> {
  for (const known of PREDEFINED_TIERS) if (known.edition === edition) yield withoutSource(known);
  for (const rule of CUSTOM_TIER_RULES.filter((one) => one.edition === edition)) {
    for (const cpus of customCpus(rule)) {
      const { min, max } = customMemoryMiB(rule, cpus);
      for (let memoryMiB = min; memoryMiB <= max; memoryMiB += rule.memoryStepMiB)
        yield customTier(rule, cpus, memoryMiB);
    }
  }
}

function tier(name: string, edition: CloudSqlTier["edition"], series: string, cpus: number, memoryMiB: number) {
  return { tier: name, edition, series, cpus, memoryMiB };
}

const VALID = [
  tier("db-f1-micro", "ENTERPRISE", "shared-core", 1, 614),
  tier("db-g1-small", "ENTERPRISE", "shared-core", 1, 1740),
  tier("db-custom-1-3840", "ENTERPRISE", "dedicated-core", 1, 3840),
  tier("db-custom-1-6656", "ENTERPRISE", "dedicated-core", 1, 6656),
  tier("db-custom-2-3840", "ENTERPRISE", "dedicated-core", 2, 3840),
  tier("db-custom-2-13312", "ENTERPRISE", "dedicated-core", 2, 13_312),
  tier("db-custom-6-5632", "ENTERPRISE", "dedicated-core", 6, 5632),
  tier("db-custom-96-638976", "ENTERPRISE", "dedicated-core", 96, 638_976),
  tier("db-custom-N4-2-4096", "ENTERPRISE", "N4", 2, 4096),
  tier("db-custom-N4-4-32768", "ENTERPRISE", "N4", 4, 32_768),
  tier("db-perf-optimized-N-2", "ENTERPRISE_PLUS", "N2", 2, 16_384),
  tier("db-perf-optimized-N-96", "ENTERPRISE_PLUS", "N2", 96, 786_432),
  tier("db-perf-optimized-N-128", "ENTERPRISE_PLUS", "N2", 128, 884_736),
  tier("db-c4a-highmem-72", "ENTERPRISE_PLUS", "C4A", 72, 589_824),
  tier("db-perf-optimized-C4-2", "ENTERPRISE_PLUS", "C4", 2, 15_360),
  tier("db-perf-optimized-C4-8", "ENTERPRISE_PLUS", "C4", 8, 63_488),
];

const NONE = "Cloud SQL for PostgreSQL has no machine type of that name";
const INVALID: readonly (readonly [string, string])[] = [
  ["", NONE],
  ["db-n1-standard-2", NONE],
  ["db-perf-optimized-N-6", NONE],
  ["db-perf-optimized-n-2", NONE],
  ["DB-CUSTOM-2-7680", NONE],
  ["db-custom-2", NONE],
  ["db-custom-2-7680-1", NONE],
  ["db-custom-02-7680", NONE],
  ["db-custom-2-7680.5", NONE],
  ["db-custom-0-3840", NONE],
  ["db-custom-3-7680", "cpus = 3 is neither one nor an even number"],
  ["db-custom-98-102400", "cpus = 98 is not within 1 to 96"],
  ["db-custom-1-3584", "3584 MiB is not within 3840 to 6656 MiB, the range for cpus = 1"],
  ["db-custom-1-6912", "6912 MiB is not within 3840 to 6656 MiB, the range for cpus = 1"],
  ["db-custom-6-5376", "5376 MiB is not within 5632 to 39936 MiB, the range for cpus = 6"],
  ["db-custom-2-7700", "7700 MiB is no multiple of 256 MiB"],
  ["db-custom-N4-1-4096", "cpus = 1 is not within 2 to 80"],
  ["db-custom-N4-82-262144", "cpus = 82 is not within 2 to 80"],
];

describe("machine types of Cloud SQL", () => {
  for (const expected of VALID) {
    it(`know ${expected.tier}`, () => {
      assert.deepEqual(parseTier(expected.tier), expected);
      assert.equal(tierProblem(expected.tier), undefined);
    });
  }

  for (const [name, problem] of INVALID) {
    it(`refuse ${name === "" ? "no name" : name}`, () => {
      assert.equal(parseTier(name), undefined);
      assert.equal(tierProblem(name), problem);
    });
  }

  it("are listed without two of one name, and each listed one is what its name says", () => {
    for (const edition of CLOUD_SQL_EDITIONS) {
      const names = new Set<string>();
      for (const listed of allTiers(edition)) {
        assert.equal(names.has(listed.tier), false, listed.tier);
        names.add(listed.tier);
        assert.equal(listed.edition, edition);
        assert.deepEqual(parseTier(listed.tier), listed);
      }
      assert.equal(names.size > PREDEFINED_TIERS.length, edition === "ENTERPRISE");
    }
  }).timeout(20_000);

  it("are all listed: a custom name that parses is among them", () => {
    const listed = new Set([...allTiers("ENTERPRISE")].map((known) => known.tier));
    const prefix = fc.constantFrom("db-custom-", "db-custom-N4-");
    const steps = fc.integer({ min: 0, max: 2600 });
    fc.assert(
      fc.property(prefix, fc.integer({ min: 0, max: 100 }), steps, (start, cpus, step) => {
        const name = `${start}${cpus}-${256 * step}`;
        assert.equal(parseTier(name) !== undefined, listed.has(name), name);
      }),
      { numRuns: 2000 },
    );
  }).timeout(20_000);

  it("are found by their exact size: custom ones for ENTERPRISE, N2 for ENTERPRISE_PLUS", () => {
    assert.equal(tierOf("ENTERPRISE", 2, 7.5)?.tier, "db-custom-2-7680");
    assert.equal(tierOf("ENTERPRISE", 1, 3.75)?.tier, "db-custom-1-3840");
    assert.equal(tierOf("ENTERPRISE_PLUS", 4, 32)?.tier, "db-perf-optimized-N-4");
    assert.equal(tierOf("ENTERPRISE_PLUS", 128, 864)?.tier, "db-perf-optimized-N-128");
  });

  it("are not found for a size that an edition lacks, nor by size where the name has to be given", () => {
    assert.equal(tierOf("ENTERPRISE", 2, 16), undefined);
    assert.equal(tierOf("ENTERPRISE", 3, 12), undefined);
    assert.equal(tierOf("ENTERPRISE", 2, 7.51), undefined);
    assert.equal(tierOf("ENTERPRISE", 1, 0.6), undefined);
    assert.equal(tierOf("ENTERPRISE_PLUS", 2, 15), undefined);
    assert.equal(tierOf("ENTERPRISE_PLUS", 72, 576), undefined);
    assert.equal(tierOf("ENTERPRISE_PLUS", 4, 16), undefined);
  });
});
