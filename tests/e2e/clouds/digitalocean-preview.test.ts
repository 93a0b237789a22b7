// A real preview of a split by the official digitalocean plugin, without a network: what the provider itself checks of
// every resource. Not that the platform would take them: nothing is asked of it.
import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { listResources } from "../../../cli/stack/list-resources.ts";
import type { SpecOf } from "../../../topology/spec.ts";
import { skipWithoutDigitalOceanPlugin } from "../../support/digitalocean-plugin.ts";
import { DigitalOceanStack } from "../../support/digitalocean-stack.ts";
import { DIGITALOCEAN_WISHES } from "../../contract/wishes.ts";

/** Any token will do: nobody is asked, and nobody would be there. */
const OFFLINE = { DIGITALOCEAN_TOKEN: "nobody-s-token", DIGITALOCEAN_API_URL: "http://127.0.0.1:9" };

describe("a preview by the official digitalocean plugin", function () {
  this.timeout(120_000);
  before(async function () {
    await skipWithoutDigitalOceanPlugin(this);
  });

  for (const [title, spec] of Object.entries<SpecOf<"digitalocean">>(DIGITALOCEAN_WISHES)) {
    // The range of somebody else's network is asked of the platform.
    if (spec.access?.network?.existing !== undefined) continue;
    describe(`with ${title}`, () => {
      let stack: DigitalOceanStack;
      before(async () => {
        stack = await DigitalOceanStack.create(spec, OFFLINE);
      });
      after(() => stack.remove());

      it('makes every resource that "pgt check" lists, and the provider refuses none', async () => {
        const { problems, steps } = await stack.preview();
        const standIns = { project: "", suffix: "test", designatedReplica: undefined };
        const listed = await listResources(stack.topologyOf(spec), standIns);
        assert.deepEqual(problems, []);
        const made = steps.filter(({ operation, type }) => operation === "create" && type.startsWith("digitalocean:"));
        const names = (resources: readonly { readonly type: string; readonly name: string }[]): string[] =>
          resources.map(({ name, type }) => `${type} ${name}`).sort();
        assert.deepEqual(names(made), names(listed));
      });

      if (spec.data === undefined) return;
      it("makes the same in the other mode", async () => {
        const before = await stack.preview();
        await stack.write({ ...spec, mode: spec.mode === "single" ? "split" : "single" });
        const other = await stack.preview();
        assert.deepEqual(other.problems, []);
        assert.deepEqual(other.steps, before.steps);
      });
    });
  }
});
