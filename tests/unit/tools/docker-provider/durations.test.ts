/** Durations as Go writes them, which is how the official plugin keeps them. */
import { describe, it } from "mocha";
import assert from "node:assert/strict";
import { durationOf, nanosecondsOf } from "../../../../tools/docker-provider/durations.ts";

describe("durations", () => {
  for (const [text, nanoseconds] of [
    ["0s", 0],
    ["500ms", 5e8],
    ["1.5s", 1.5e9],
    ["10s", 10e9],
    ["1m0s", 60e9],
    ["1h0m5s", 3605e9],
  ] as const) {
    it(`${text} is read and written alike`, () => {
      assert.equal(nanosecondsOf(text), nanoseconds);
      assert.equal(durationOf(nanoseconds), text);
    });
  }

  it("are refused in another form", () => {
    for (const text of ["", "10", "s", "1 s", "-1s", "1d"]) assert.equal(nanosecondsOf(text), undefined);
  });
});
