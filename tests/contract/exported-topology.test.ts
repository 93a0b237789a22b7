// What a stack exports as `topology` is what the next run reads back and judges its changes by. It does not prove that
// the engine keeps it.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { exportedTopology } from "../../cli/stack/exported-topology.ts";
import { changesBetween } from "../../topology/change.ts";
import { planOf, TARGETS } from "./targets.ts";

/** What a later preview is told of a stack's outputs: they have been JSON in between. */
function readBack(topology: unknown): unknown {
  const type = "pulumi:pulumi:Stack";
  const old = { type, urn: "u", id: "", parent: "", provider: "", inputs: {}, outputs: { topology } };
  const text = JSON.stringify({ op: "same", urn: "u", type, provider: "", old });
  return exportedTopology({
    sequence: 1,
    timestamp: 1,
    resourcePreEvent: { metadata: JSON.parse(text) as never },
  });
}

/** Fields with nothing in them are no fields in JSON. */
function withoutNothing(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNothing);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutNothing(item)]));
}

for (const [target, { wishes }] of Object.entries(TARGETS)) {
  describe(`the exported topology on ${target}`, () => {
    for (const [title, spec] of Object.entries(wishes)) {
      it(`is the resolved one, and plain data, with ${title}`, async () => {
        const { result, topology } = await planOf(spec);
        assert.deepEqual(readBack(result.topology), withoutNothing(topology));
      });

      it(`is no change of itself, in either direction, with ${title}`, async () => {
        const { result, topology } = await planOf(spec);
        const old = readBack(result.topology) as typeof topology;
        assert.deepEqual(changesBetween(old, topology), []);
        assert.deepEqual(changesBetween(topology, old), []);
        const other = { ...topology, keepData: !topology.keepData };
        assert.deepEqual(
          changesBetween(old, other).map(({ path }) => path),
          ["keepData"],
        );
      });
    }
  });
}
