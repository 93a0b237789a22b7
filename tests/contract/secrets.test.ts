// A text of its own is planted in every secret, and looked for wherever others read. It does not prove that the engine
// encrypts what it is told is secret, or that a server keeps it out of its log.
import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { openPlaces, valueOf } from "../support/planned-resources.ts";
import { planOf, TARGETS } from "./targets.ts";

for (const [target, { secretsFrom, wishes }] of Object.entries(TARGETS)) {
  describe(`secrets on ${target}`, () => {
    for (const [title, spec] of Object.entries(wishes)) {
      it(`stand in the open in no input, output or registered value, with ${title}`, async () => {
        for (const preview of [true, false]) {
          const { markers, registered, resources, result } = await planOf(spec, { preview });
          assert.ok(markers.length >= 5 && new Set(markers).size === markers.length);
          for (const marker of markers) {
            const places = resources.flatMap(({ name, sent }) => openPlaces(sent, marker, name));
            assert.deepEqual([...places, ...openPlaces(registered, marker)], []);
          }
          // The platform's own are not known before it has made them.
          if (preview && secretsFrom === "platform") continue;
          // They do get to those who need them: else nothing could have been found.
          const handed = JSON.stringify([
            resources.map(({ props }) => props),
            result.delivery && (await valueOf(result.delivery)),
          ]);
          const used = markers.filter((marker) => handed.includes(marker));
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

      it(`hand applications theirs as a secret output, beside a data database alone, with ${title}`, async () => {
        for (const preview of [true, false]) {
          const { markers, resources, result } = await planOf(spec, { preview });
          const { authSecret } = result;
          assert.equal(authSecret === undefined, spec.data === undefined);
          if (authSecret === undefined) continue;
          assert.equal(await pulumi.isSecret(authSecret), true);
          const value = await valueOf(authSecret);
          assert.ok(markers.includes(value));
          // No server knows it.
          assert.equal(JSON.stringify(resources).includes(value), false);
        }
      });

      it(`are delivered as a secret, where they are delivered at all, with ${title}`, async () => {
        for (const preview of [true, false]) {
          const { delivery } = (await planOf(spec, { preview })).result;
          assert.equal(delivery === undefined, secretsFrom === "configuration");
          if (delivery !== undefined) assert.equal(await pulumi.isSecret(delivery), true);
        }
      });
    }
  });
}
