/** The form of a container's arguments that the official plugin compares as text. Not that the plugin reads it back so. */
import { describe, it } from "mocha";
import assert from "node:assert/strict";
import { cpusText } from "../../../../components/docker/container-args.ts";

describe("the processors of a container", () => {
  const forms: [number, string][] = [
    [1, "1.0"],
    [2, "2.0"],
    [10, "10."],
    [0.5, "0.5"],
    [0.25, "0.25"],
    [1.5, "1.5"],
    // The official plugin reads 0.1 here, which is another number.
    [0.05, "0.05"],
  ];
  for (const [cpus, text] of forms) {
    it(`are written ${text} for ${cpus}`, () => {
      assert.equal(cpusText(cpus), text);
    });
  }
});
