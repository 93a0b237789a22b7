// Does not prove that an update brings the export up to date: e2e does.
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "mocha";
import { exportsOldSecret } from "../../../../cli/stack/exported-secret.ts";
import { placeOf } from "../../../../cli/stack/place.ts";
import { listen } from "../../../support/listening-context.ts";
import { pretendPulumi } from "../../../support/pretend-pulumi.ts";
import { scratchClone } from "../../../support/scratch-clone.ts";

describe("the application's secret that a stack exports", () => {
  it("is old where it is another than the configured one, or none; a stack without one asks nothing", async () => {
    const clone = await scratchClone();
    try {
      const engine = await pretendPulumi(join(clone.root, "bin"));
      const place = placeOf({ ...listen().context, root: clone.root }, { stack: "split" });
      await mkdir(place.workDir, { recursive: true });
      const isOld = (configured: Record<string, string>) =>
        exportsOldSecret(
          { command: engine.command, env: {} },
          place,
          new Map(Object.entries(configured)),
          new AbortController().signal,
        );
      assert.equal(await isOld({ suffix: "k3x9" }), false);
      assert.deepEqual(await engine.calls(), []);
      assert.equal(await isOld({ "auth-secret": "fresh" }), true);
      await engine.export({ authSecret: "old" });
      assert.equal(await isOld({ "auth-secret": "fresh" }), true);
      await engine.export({ authSecret: "fresh" });
      assert.equal(await isOld({ "auth-secret": "fresh" }), false);
    } finally {
      await clone.remove();
    }
  });
});
