// Which properties of a step count as edited, for shapes that are written down here.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { type EngineDiff, type PlannedStep, SECRET } from "../../../preview/planned-step.ts";
import { propertyEdits } from "../../../preview/property-edits.ts";
import { UNKNOWN } from "../../../requirements/known.ts";

const SHAPE = {
  properties: { "s.list": { label: "none", what: "", source: { file: "x.ts" } } },
  named: { "s.flags": "name", envs: "=", labels: "*" },
} as const;
const diff = (path: string, fields: Partial<EngineDiff> = {}): EngineDiff => ({
  path,
  replaces: false,
  ofInputs: true,
  ...fields,
});

function edits(from: object, to: object, diffs: readonly EngineDiff[] = [], outputs: object = {}): unknown[] {
  const state = { outputs: { ...outputs }, protect: false, retainOnDelete: false };
  const step: PlannedStep = {
    operation: "update",
    urn: "u",
    type: "t",
    name: "n",
    old: { ...state, inputs: { ...from } },
    next: { ...state, inputs: { ...to } },
    diffs,
    replacing: [],
  };
  return propertyEdits(step, SHAPE).map(({ drifted, from: old, path, pattern, to: next }) => [
    path,
    pattern,
    old,
    next,
    drifted,
  ]);
}

describe("propertyEdits", () => {
  it("are none where nothing differs, and none of what a bridge writes for itself", () => {
    assert.deepEqual(edits({ a: 1, __defaults: ["x"] }, { a: 1, __defaults: [] }), []);
    assert.deepEqual(edits({ a: null }, {}), []);
  });

  it("are of the innermost property, unless a rule is for the one around it", () => {
    assert.deepEqual(edits({ s: { a: { b: 1, c: 2 } } }, { s: { a: { b: 3, c: 2 } } }), [
      ["s.a.b", "s.a.b", 1, 3, false],
    ]);
    assert.deepEqual(edits({ s: { list: [1] } }, { s: { list: [1, 2] } }), [["s.list", "s.list", [1], [1, 2], false]]);
  });

  it("tell elements of lists and maps by their names, wherever they stand", () => {
    const flag = (name: string, value: string) => ({ name, value });
    assert.deepEqual(
      edits({ s: { flags: [flag("a", "1"), flag("b", "2")] } }, { s: { flags: [flag("b", "2"), flag("a", "3")] } }),
      [["s.flags.a.value", "s.flags.<name>.value", "1", "3", false]],
    );
    assert.deepEqual(edits({ envs: ["A=1", "B=2"] }, { envs: ["B=2", "A=3"] }), [
      ["envs.A", "envs.<name>", "1", "3", false],
    ]);
    assert.deepEqual(edits({ labels: { x: "1" } }, { labels: {} }), [
      ["labels.x", "labels.<name>", "1", undefined, false],
    ]);
  });

  it("take a list whose names are not single as one value", () => {
    const twice = { s: { flags: [{ name: "a" }, { name: "a" }] } };
    assert.deepEqual((edits(twice, { s: { flags: [] } })[0] as unknown[])[0], "s.flags");
  });

  it("are also what the engine alone can tell: another secret", () => {
    assert.deepEqual(edits({ p: SECRET }, { p: SECRET }), []);
    assert.deepEqual(edits({ p: SECRET }, { p: SECRET }, [diff("p")]), [["p", "p", SECRET, SECRET, false]]);
  });

  it("call what differs from what there is, and was not edited, a drift", () => {
    assert.deepEqual(edits({ a: 1 }, { a: 1 }, [diff("a", { ofInputs: false })], { a: 2 }), [["a", "a", 2, 1, true]]);
  });

  it("keep what is known after the update apart", () => {
    assert.deepEqual(edits({ a: 1 }, { a: UNKNOWN }), [["a", "a", 1, UNKNOWN, false]]);
  });
});
