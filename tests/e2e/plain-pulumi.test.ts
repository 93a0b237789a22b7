// The same program under the plain Pulumi CLI, by `pgt pulumi`.
// `pulumi up` needs a Node.js language host, which comes with the official CLI only; without one that test is skipped.
import assert from "node:assert/strict";
import { access } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { after, before, describe, it } from "mocha";
import { type Ended, TestStack } from "../support/test-stack.ts";

describe("plain pulumi", () => {
  let stack: TestStack;

  before(async () => {
    stack = await TestStack.create({ pooling: { enabled: false }, replicas: {} });
    await succeeds(["up", "--no-verify"]);
  });

  after(() => stack.remove());

  it("pgt pulumi runs the CLI with the stack's back end, passphrase and configuration file", async () => {
    const config = JSON.parse((await succeeds(["pulumi", "--", "config", "--json"])).out) as Record<string, unknown>;
    assert.ok("pgtopology:topology" in config);
    assert.ok("pgtopology:secrets" in config);
    assert.match((await succeeds(["pulumi", "--", "stack"])).out, new RegExp(`Current stack is ${stack.name}`));
    assert.equal((await stack.run(["pulumi", "--", "frobnicate"])).code, 1);
  });

  it("pulumi up changes nothing after pgt up, and makes the containers again after pgt down", async function () {
    if (!(await hasLanguageHost())) {
      console.log("      skipped: there is no pulumi-language-nodejs on PATH or beside the CLI");
      this.skip();
    }
    await succeeds(["pulumi", "--", "preview", "--expect-no-changes", "--policy-pack", "policies"]);
    await succeeds(["pulumi", "--", "up", "--yes", "--skip-preview", "--expect-no-changes"]);
    await succeeds(["down", "--yes"]);
    await succeeds(["pulumi", "--", "up", "--yes", "--policy-pack", "policies"]);
    assert.match((await succeeds(["up", "--no-verify"])).out, /No resource changed/);
  });

  async function hasLanguageHost(): Promise<boolean> {
    const folders = [dirname(process.env.PGT_TEST_PULUMI ?? ""), ...(process.env.PATH ?? "").split(delimiter)];
    for (const folder of folders) {
      const there = await access(join(folder, "pulumi-language-nodejs")).then(
        () => true,
        () => false,
      );
      if (there) return true;
    }
    return false;
  }

  async function succeeds(args: readonly string[]): Promise<Ended> {
    const result = await stack.run(args);
    assert.equal(result.code, 0, `pgt ${args.join(" ")} ended with ${result.code}:\n${result.err}\n${result.out}`);
    return result;
  }
});
