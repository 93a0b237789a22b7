// A text of its own is planted in every secret, and looked for wherever others read. It does not prove that the engine
// encrypts what it is told is secret, or that a server keeps it out of its log.
import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { openPlaces, valueOf } from "../support/planned-resources.ts";
import { planOf, TARGETS } from "./targets.ts";

for (const [target, { wishes }] of Object.entries(TARGETS)) {
  describe(`secrets on ${target}`, () => {
    for (const [title, spec] of Object.entries(wishes)) {
      it(`stand in the open in no input, output or registered value, with ${title}`, async () => {
        for (const preview of [true, false]) {
          const { markers, registered, resources } = await planOf(spec, { preview });
          assert.ok(markers.length >= 5 && new Set(markers).size === markers.length);
          for (const marker of markers) {
            const places = resources.flatMap(({ name, sent }) => openPlaces(sent, marker, name));
            assert.deepEqual([...places, ...openPlaces(registered, marker)], []);
          }
          // They do get to those who need them: else nothing could have been found.
          const used = markers.filter((marker) => JSON.stringify(resources.map(({ props }) => props)).includes(marker));
          assert.ok(used.length >= 3, used.join(", "));
        }
      });

      it(`are no part of what the stack exports, secret or not, with ${title}`, async () => {
        const { markers, result } = await planOf(spec);
        const outputs = pulumi.output(result.outputs);
        const exported = JSON.stringify([result.topology, await valueOf(outputs)]);
        assert.deepEqual(
          markers.filter((marker) => exported.includes(marker)),
          [],
        );
        assert.equal(await pulumi.isSecret(outputs), false);
      });
    }
  });
}
