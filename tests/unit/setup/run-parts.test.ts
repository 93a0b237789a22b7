// What the list of parts returns and shows where output is plain. It does not prove how it looks on a terminal.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Machine, Part } from "../../../cli/setup/part.ts";
import { runParts } from "../../../cli/setup/run-parts.ts";
import { PgtError } from "../../../kernel/errors.ts";
import { shownBy } from "../../support/shown-by.ts";

const machine: Machine = {
  root: "/r",
  toolchainDir: "/r/t",
  stateDir: "/r/s",
  env: {},
  signal: new AbortController().signal,
  say: () => undefined,
};
const there: Part<number> = {
  title: "engine",
  find: () => Promise.resolve({ value: 7, version: "1.2", from: "/bin/engine", note: "an old one" }),
  ways: [],
};
const missing: Part<string> = { title: "plugin", find: () => Promise.resolve(undefined), ways: [] };

describe("runParts", () => {
  it("returns what was found by name, and shows where it was found", async () => {
    const shown = await shownBy(async () => {
      const { engine } = await runParts(machine, { engine: there });
      assert.equal(engine.value + 1, 8);
    });
    assert.match(shown, /engine 1\.2, \/bin\/engine \(an old one\)/);
  });

  it("throws the part's own error, which it does not show", async () => {
    const shown = await shownBy(async () => {
      await assert.rejects(runParts(machine, { plugin: missing, engine: there }), (error: unknown) => {
        assert.ok(error instanceof PgtError);
        return error.message.startsWith("plugin is missing");
      });
    });
    assert.doesNotMatch(shown, /is missing|engine/);
  });
});
