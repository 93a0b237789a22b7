// What ends an up on Cloud SQL before anything is made, with programs in the place of the real ones. It does not prove
// what an up makes: tests/e2e/clouds does, as far as a preview goes.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { afterEach, beforeEach, describe, it } from "mocha";
import type { Machine } from "../../../../cli/setup/part.ts";
import { deployCloud } from "../../../../cli/stack/deploy-cloud.ts";
import { readWish, type Wish } from "../../../../cli/stack/read-wish.ts";
import { EXIT, PgtError } from "../../../../kernel/errors.ts";
import type { ResolvedGcp } from "../../../../topology/resolved-gcp.ts";
import { furnishForCloud } from "../../../support/cloud-machine.ts";
import { listen } from "../../../support/listening-context.ts";
import { type ScratchClone, scratchClone } from "../../../support/scratch-clone.ts";
import { discard, scratchMachine } from "../../../support/scratch-machine.ts";
import { shownBy } from "../../../support/shown-by.ts";

describe("an up on Cloud SQL", function () {
  this.timeout(20_000);
  let clone: ScratchClone;
  let machine: Machine;
  beforeEach(async () => {
    machine = scratchMachine();
    clone = await scratchClone();
    await clone.wish("prod", { target: "gcp", region: "europe-west1" }, { "gcp:project": "example-prod" });
  });
  afterEach(async () => {
    await clone.remove();
    await discard(machine);
  });

  it("is refused where its state would lie on one machine, and has then made nothing", async () => {
    const { calls } = await furnishForCloud(machine, "file:///home/me/.pulumi");
    const { context } = listen({ root: clone.root, machine: () => machine });
    const wish = (await readWish(context, { stack: "prod" })) as Wish<ResolvedGcp>;
    const before = await readFile(wish.place.configFile, "utf8");
    await shownBy(() =>
      assert.rejects(deployCloud(context, wish), (error: unknown) => {
        assert.ok(error instanceof PgtError, String(error));
        assert.equal(error.exitCode, EXIT.usage);
        assert.equal(error.message, "stack prod has target gcp, and its state would be in file:///home/me/.pulumi");
        return error.fix.join().includes("./pgt pulumi --stack prod -- login gs://<bucket>");
      }),
    );
    assert.deepEqual(
      (await calls()).filter((call) => call !== "version"),
      ["--non-interactive --color never whoami --json"],
    );
    assert.equal(await readFile(wish.place.configFile, "utf8"), before);
  });
});
