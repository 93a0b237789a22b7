// That every rule which was looked at has one row. Does not prove that a requirement is as wide as the rule: its cases in
// tests/unit/policies/cases do.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { CATALOGUE } from "../../../requirements/catalogue.ts";
import { COVERAGE } from "../../../requirements/coverage/all-coverage.ts";

/** 92 that others have, and 76 that none of them has. */
const RULES = 168;

describe("the rules of others", () => {
  it("have one row each", () => {
    const rules = COVERAGE.map(({ rule }) => rule);
    assert.equal(new Set(rules).size, rules.length);
    assert.ok(rules.length >= RULES, `${rules.length}`);
  });

  it("are covered by requirements that there are, or have a reason", () => {
    const ids: readonly string[] = CATALOGUE.map(({ id }) => id);
    for (const row of COVERAGE) {
      if ("notCovered" in row) assert.match(row.notCovered, /\w+ \w+/, row.rule);
      else {
        assert.ok(row.requirements.length > 0, row.rule);
        for (const id of row.requirements) assert.ok(ids.includes(id), `${row.rule}: ${id}`);
      }
    }
  });
});
