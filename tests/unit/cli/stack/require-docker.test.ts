// Commands that work on containers and on DigitalOcean, given a stack on Cloud SQL. It does not prove what they do on Docker; e2e does.
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "mocha";
import { runProgram } from "../../../../cli/program.ts";
import { requireDocker } from "../../../../cli/stack/require-docker.ts";
import { EXIT } from "../../../../kernel/errors.ts";
import { resolveTopology } from "../../../../topology/resolve.ts";
import { listen } from "../../../support/listening-context.ts";
import { type ScratchClone, scratchClone } from "../../../support/scratch-clone.ts";

/** Every one of them, as it is called. */
const COMMANDS = [["status"], ["psql"], ["env"], ["logs"], ["backup"], ["backups"]];

describe("a command for containers", () => {
  let clone: ScratchClone;
  beforeEach(async () => {
    clone = await scratchClone();
    await clone.wish("prod", { target: "gcp", region: "europe-west1" }, { "gcp:project": "example-prod" });
  });
  afterEach(() => clone.remove());

  it("gets a topology on Docker as it is", () => {
    const topology = resolveTopology({ target: "docker" }, "local");
    assert.equal(requireDocker(topology, "this"), topology);
  });

  for (const [command = "", ...more] of COMMANDS) {
    it(`is refused on Cloud SQL before anything is looked for: ${command}`, async () => {
      const { context, err, out } = listen({ root: clone.root });
      assert.equal(await runProgram(context, [command, "--stack", "prod", ...more]), EXIT.usage, err.join("\n"));
      assert.match(err[0] ?? "", /is for targets docker and digitalocean, and stack prod has target gcp$/);
      assert.match(err[1] ?? "", /\.\/pgt verify --stack prod looks at what runs on Cloud SQL\.$/);
      assert.match(err[2] ?? "", /For target gcp there are check, up, verify, roles, down/);
      assert.deepEqual(out, []);
    });
  }
});
