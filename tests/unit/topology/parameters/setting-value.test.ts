// Values and what they are were checked against PostgreSQL 15 to 18; tests/integration/image asks the image's server.
import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { settingOf } from "../../../../topology/parameters/server-settings.ts";
import { parseBoolean, parseInteger, parseReal, unitsFor } from "../../../../topology/parameters/setting-value.ts";
import { TAKEN } from "./value-cases.ts";

describe("a number as PostgreSQL writes it", () => {
  for (const [name, text, number] of TAKEN.filter(([, , known]) => known !== undefined)) {
    it(`is ${number ?? ""} in the unit of ${name} when it is ${JSON.stringify(text)}`, () => {
      const setting = settingOf(17, name);
      const parse = setting?.type === "integer" ? parseInteger : parseReal;
      assert.equal(parse(text, setting?.unit), number);
    });
  }

  it("keeps its size when it is written in another unit that holds it whole", () => {
    const memory = fc.constantFrom("kB", "MB", "GB");
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1023 }), memory, (count, unit) => {
        assert.equal(parseInteger(`${count}${unit}`, "kB"), parseInteger(`${count * 1024}${below(unit)}`, "kB"));
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 35_000 }), (minutes) => {
        assert.equal(parseInteger(`${minutes}min`, "ms"), parseInteger(`${minutes * 60}s`, "ms"));
      }),
    );
  });

  it("is itself without a unit", () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(undefined, "kB", "8kB", "ms", "min"), (number, unit) => {
        assert.equal(parseInteger(String(number), unit), number);
      }),
    );
  });

  it("is nothing beyond 32 bits, for an integer only", () => {
    assert.equal(parseInteger("2147483647"), 2_147_483_647);
    assert.equal(parseInteger("2147483648"), undefined);
    assert.equal(parseInteger("-2147483648"), -2_147_483_648);
    assert.equal(parseInteger("-2147483649"), undefined);
    assert.equal(parseReal("2147483648"), 2_147_483_648);
  });

  it("is nothing with a unit of the other kind, or where none is known", () => {
    assert.equal(parseInteger("1s", "kB"), undefined);
    assert.equal(parseInteger("1MB", "ms"), undefined);
    assert.equal(parseInteger("1MB"), undefined);
    assert.equal(parseReal("1toString", "ms"), undefined);
  });
});

/** The unit that a 1024th of one is. */
function below(unit: string): string {
  return { kB: "B", MB: "kB", GB: "MB" }[unit] ?? unit;
}

describe("unitsFor", () => {
  it("lists what may be written, by what is counted", () => {
    assert.deepEqual(unitsFor("8kB"), ["TB", "GB", "MB", "kB", "B"]);
    assert.deepEqual(unitsFor("min"), ["d", "h", "min", "s", "ms", "us"]);
    assert.deepEqual(unitsFor(undefined), []);
  });
});

describe("parseBoolean", () => {
  it("takes every unambiguous beginning, in any case", () => {
    for (const word of ["t", "tr", "tru", "true", "y", "ye", "yes", "on", "1", "TRUE", "On"]) {
      assert.equal(parseBoolean(word), true, word);
    }
    for (const word of ["f", "fa", "fal", "fals", "false", "n", "no", "of", "off", "0", "NO"]) {
      assert.equal(parseBoolean(word), false, word);
    }
    for (const word of ["", "o", "2", "00", "on ", " off", "yess", "enabled"]) {
      assert.equal(parseBoolean(word), undefined, word);
    }
  });
});
