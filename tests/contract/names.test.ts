// The names by which the engine and the target know what is theirs: one that changes replaces what it names. It does not
// prove that nobody else has these names.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { TopologySpec } from "../../topology/spec.ts";
import type { RecordedResource } from "../support/planned-resources.ts";
import { ownName, planOf, TARGETS } from "./targets.ts";

/** The target's own name of each resource, by its URN. */
async function namesOf(spec: TopologySpec, preview = false): Promise<Map<string, string | undefined>> {
  const { resources } = await planOf(spec, { preview });
  return new Map(resources.map((resource) => [resource.urn, ownName(resource)]));
}

/** The same document, written down the other way round. */
function reversed<T>(value: T): T {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value as Readonly<Record<string, unknown>>).reverse();
  return Object.fromEntries(entries.map(([key, item]) => [key, reversed(item)])) as T;
}

describe("a document the other way round", () => {
  it("has every key in another place, at every depth, and its lists as they were", () => {
    assert.equal(JSON.stringify(reversed({ a: { b: 1, c: [2, 3] }, d: null })), '{"d":null,"a":{"c":[2,3],"b":1}}');
  });
});

for (const [target, { component, wishes }] of Object.entries(TARGETS)) {
  describe(`the resources on ${target}`, () => {
    for (const [title, spec] of Object.entries(wishes)) {
      it(`are the same in a preview as in an update, with ${title}`, async () => {
        const [preview, update] = [await namesOf(spec, true), await namesOf(spec)];
        assert.ok(update.size > 3);
        assert.deepEqual([...preview.keys()], [...update.keys()]);
      });

      it(`are one component for each database, and its children, with ${title}`, async () => {
        const { resources, topology } = await planOf(spec);
        const isComponent = ({ type }: RecordedResource): boolean => type.startsWith("pgtopology:");
        const data = topology.target === "docker" ? topology.data : undefined;
        assert.deepEqual(
          resources.filter(isComponent).map(({ name, options, type }) => [type, name, options.parent]),
          [[component, topology.name, ""], ...(data === undefined ? [] : [[component, data.name, topology.name]])],
        );
        for (const child of resources.filter((resource) => !isComponent(resource))) {
          assert.ok([topology.name, data?.name].includes(child.options.parent), child.urn);
          assert.ok(child.urn.includes(`::${component}$`), child.urn);
          assert.ok(child.name.startsWith(`${child.options.parent}-`), child.name);
        }
      });

      it(`are in every respect the same in a second run, with ${title}`, async () => {
        assert.deepEqual((await planOf(spec)).resources, (await planOf(spec)).resources);
      });

      it(`keep their names beside a replica that is added, with ${title}`, async () => {
        const before = await namesOf(spec);
        const after = await namesOf({ ...spec, replicas: { ...spec.replicas, "a-first": {} } });
        assert.ok(after.size > before.size);
        for (const [urn, name] of before) assert.equal(after.get(urn), name, urn);
      });

      it(`are in every respect the same for the same keys in another order, with ${title}`, async () => {
        assert.deepEqual((await planOf(reversed(spec))).resources, (await planOf(spec)).resources);
      });
    }
  });
}
