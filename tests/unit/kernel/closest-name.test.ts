import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { closestName } from "../../../kernel/closest-name.ts";

describe("closestName", () => {
  it("takes a slip of the finger and leaves the rest", () => {
    assert.equal(closestName("retentiondays", ["schedule", "retentionDays"]), "retentionDays");
    assert.equal(closestName("xyz", ["schedule", "retentionDays"]), undefined);
  });
});
