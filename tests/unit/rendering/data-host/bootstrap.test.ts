// The whole text of the user data. Does not prove that it runs: tests/integration/data-host runs it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { describe, it } from "mocha";
import { renderBootstrap } from "../../../../rendering/data-host/bootstrap.ts";
import { assertExpectedText } from "../../../support/expected-text.ts";

describe("the user data of a data host", () => {
  it("is a script that a shell can read", () => {
    const text = renderBootstrap({ volume: "split-data" });
    assertExpectedText(new URL("expected/bootstrap", import.meta.url), text);
    execFileSync("sh", ["-n"], { input: text });
  });

  it("takes a volume's name for what it is, and nothing that a shell would run", () => {
    for (const volume of ["", "Data", "-data", "a b", "a$(reboot)", "a'b", "a".repeat(65)]) {
      assert.throws(() => renderBootstrap({ volume }), RangeError, volume);
    }
  });

  it("is far below what the platform takes", () => {
    assert(Buffer.byteLength(renderBootstrap({ volume: "a".repeat(64) })) < 8 * 1024);
  });
});
