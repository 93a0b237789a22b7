// What `pgt preview` says of where a cloud's state lies, with a program in the place of the Pulumi CLI. That `pgt up` refuses
// a folder is in tests/unit/cli/stack/deploy-cloud.test.ts; a whole preview needs a cloud's plugin, and is not run here.
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "mocha";
import { unseenOfState } from "../../../cli/preview/unseen-of-state.ts";
import { type Place, placeOf } from "../../../cli/stack/place.ts";
import type { Machine } from "../../../cli/setup/part.ts";
import { listen } from "../../support/listening-context.ts";
import { pretendPulumi } from "../../support/pretend-pulumi.ts";
import { type ScratchClone, scratchClone } from "../../support/scratch-clone.ts";
import { discard, scratchMachine } from "../../support/scratch-machine.ts";

describe("a preview in a cloud", () => {
  let clone: ScratchClone;
  let machine: Machine;
  let place: Place;
  beforeEach(async () => {
    machine = scratchMachine();
    clone = await scratchClone();
    place = placeOf(listen({ root: clone.root }).context, { stack: "prod" });
  });
  afterEach(async () => {
    await clone.remove();
    await discard(machine);
  });

  async function unseen(backEnd: string): Promise<readonly string[]> {
    const { calls, command } = await pretendPulumi(machine.root, backEnd);
    const said = await unseenOfState({ command, env: {} }, place, machine.signal);
    // It is asked, and nothing else: a log-in or a stack would be written.
    assert.deepEqual(await calls(), ["--non-interactive --color never whoami --json"]);
    return said;
  }

  for (const folder of ["file:///home/me/.pulumi", "file://~"]) {
    it(`goes on with state in ${folder}, and says what is not in it`, async () => {
      assert.deepEqual(await unseen(folder), [
        `state on any other machine: the plan goes by ${folder} alone, and pgt up wants a back end that a team shares`,
      ]);
    });
  }

  for (const shared of ["gs://a-bucket", "s3://files?region=file://", "https://app.pulumi.com/somebody"]) {
    it(`has nothing to say of ${shared}`, async () => {
      assert.deepEqual(await unseen(shared), []);
    });
  }
});
