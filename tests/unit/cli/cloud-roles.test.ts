// What the command line says of roles and grants on Cloud SQL where it does not look at them. Does not prove what it does
// where it does: tests/integration has a server for that.
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "mocha";
import { runProgram } from "../../../cli/program.ts";
import { EXIT } from "../../../kernel/errors.ts";
import { listen } from "../../support/listening-context.ts";
import { type ScratchClone, scratchClone } from "../../support/scratch-clone.ts";

describe("pgt roles on Cloud SQL", () => {
  let clone: ScratchClone;
  beforeEach(async () => {
    clone = await scratchClone();
    await clone.wish("prod", { target: "gcp", region: "europe-west1" }, { "gcp:project": "example-prod" });
  });
  afterEach(() => clone.remove());

  for (const [title, vantage, why] of [
    ["nothing is said of the place", [], /: the servers have private addresses only$/],
    ["the place is a job that only verifies", ["--vantage", "job"], /: the job in the VPC only verifies$/],
  ] as const) {
    it(`says where it would have to run, and looks for nothing, where ${title}`, async () => {
      const { context, err, out } = listen({ root: clone.root });
      assert.equal(await runProgram(context, ["roles", "--stack", "prod", ...vantage]), EXIT.usage, err.join("\n"));
      assert.match(err[0] ?? "", why);
      assert.match(err[1] ?? "", /"\.\/pgt roles --stack prod --vantage inside" on a machine inside the VPC/);
      assert.deepEqual(out, []);
    });
  }

  it("says that a stack has not been made, before it sets anything up", async () => {
    const { context, err } = listen({ root: clone.root });
    const args = ["roles", "--stack", "prod", "--vantage", "inside"];
    assert.equal(await runProgram(context, args), EXIT.couldNotCheck);
    assert.match(err[0] ?? "", /stack prod has not been made/);
  });
});
