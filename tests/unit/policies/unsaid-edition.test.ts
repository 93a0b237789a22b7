// Where nobody says an edition: which versions are asked for one. Does not prove what the cloud takes for a version: its page
// says so, see facts/from-plan/gcp/instance-defaults.ts.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { primary } from "./cases/planned-instances.ts";
import { UNKNOWN_TEXT } from "./policy-rpc.ts";
import { statusOnPlan } from "./status-on-plan.ts";

const EXPECTED = {
  POSTGRES_14: "not-applicable",
  POSTGRES_15: "not-applicable",
  POSTGRES_16: "fail",
  POSTGRES_18: "fail",
  // It may be one of which the edition is the dear one.
  [UNKNOWN_TEXT]: "fail",
} as const;

describe("an edition that is not said", () => {
  for (const [databaseVersion, status] of Object.entries(EXPECTED)) {
    it(`is ${status} of ${databaseVersion === UNKNOWN_TEXT ? "a version not known yet" : databaseVersion}`, () => {
      const instance = primary({ "settings.edition": undefined, databaseVersion });
      assert.equal(statusOnPlan("instances/edition-said", [instance], {}), status);
    });
  }

  it("passes once it is said, of an old version, too", () => {
    const instance = primary({ "settings.edition": "ENTERPRISE", databaseVersion: "POSTGRES_15" });
    assert.equal(statusOnPlan("instances/edition-said", [instance], {}), "pass");
  });
});
