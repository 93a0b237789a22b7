import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { readableAge, readableBytes } from "../../../cli/readable.ts";

const NOW = new Date("2026-05-04T12:00:00Z");

describe("numbers for people", () => {
  for (const [bytes, text] of [
    [0, "0 B"],
    [1023, "1023 B"],
    [1024, "1.0 KiB"],
    [32_212_254_720, "30.0 GiB"],
    [2 ** 60, "1048576.0 TiB"],
  ] as const) {
    it(`writes ${bytes} bytes as ${text}`, () => {
      assert.equal(readableBytes(bytes), text);
    });
  }

  for (const [then, text] of [
    ["2026-05-04T12:00:01Z", "0 s"],
    ["2026-05-04T11:59:01Z", "59 s"],
    ["2026-05-04T11:00:01Z", "59 min"],
    ["2026-05-02T12:00:01Z", "47 h"],
    ["2026-05-02T12:00:00Z", "2 days"],
  ] as const) {
    it(`writes the age of ${then} as ${text}`, () => {
      assert.equal(readableAge(new Date(then), NOW), text);
    });
  }
});
