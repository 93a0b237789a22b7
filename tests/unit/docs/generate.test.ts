import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { staleFiles } from "../../../docs/generate.ts";

describe("generated files", () => {
  it('are what "npm run docs" would write', async () => {
    assert.deepEqual(await staleFiles(), []);
  });
});
