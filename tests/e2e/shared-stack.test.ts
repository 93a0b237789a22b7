// A stack that a team shares: its state in a back end of its own, its secrets in its own file in the clone.
// The back end here is a folder and the secrets provider a passphrase; no cloud's was tried.
import assert from "node:assert/strict";
import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { type Ended, TestStack } from "../support/test-stack.ts";

const PASSPHRASE = "marker-of-a-shared-passphrase";

describe("a shared stack", () => {
  let stack: TestStack;
  let env: NodeJS.ProcessEnv;

  before(async () => {
    stack = await TestStack.create({ pooling: { enabled: false }, replicas: {} }, "shared-test");
    await mkdir(join(stack.stateDir, "team"));
    env = { PULUMI_BACKEND_URL: `file://${join(stack.stateDir, "team")}`, PULUMI_CONFIG_PASSPHRASE: PASSPHRASE };
  });

  after(() => stack.remove());

  it("up keeps secrets in the stack's own file, encrypted, and state in its own back end", async () => {
    await succeeds(["up", "--no-verify"]);
    const text = await readFile(stack.configFile, "utf8");
    assert.match(text, /encryptionsalt: /);
    assert.match(text, /pgtopology:secrets:\n\s+secure: /);
    assert.equal(text.includes(PASSPHRASE), false);
    const states = await readdir(join(stack.stateDir, "team", ".pulumi", "stacks", "pgtopology"));
    assert.ok(states.includes(`${stack.name}.json`));
  });

  it("a second up changes neither the topology nor the file", async () => {
    const before = await readFile(stack.configFile, "utf8");
    const up = await succeeds(["up", "--no-verify"]);
    assert.match(up.out, /No resource changed/);
    assert.equal(await readFile(stack.configFile, "utf8"), before);
  });

  it("a wrong passphrase is a usage error that says where it comes from", async () => {
    const up = await stack.run(["up"], { ...env, PULUMI_CONFIG_PASSPHRASE: "another" });
    assert.equal(up.code, 2, up.err);
    assert.match(up.err, /PULUMI_CONFIG_PASSPHRASE/);
  });

  it("down takes it down, and leaves its file", async () => {
    await succeeds(["down", "--yes", "--delete-data", "--delete-backups"]);
    assert.match(await readFile(stack.configFile, "utf8"), /pgtopology:secrets:\n\s+secure: /);
    const filters = { label: [`pgtopology.stack=${stack.topologyName}`] };
    assert.deepEqual(await stack.docker.listContainers({ all: true, filters }), []);
  });

  async function succeeds(args: readonly string[]): Promise<Ended> {
    const result = await stack.run(args, env);
    assert.equal(result.code, 0, `pgt ${args.join(" ")} ended with ${result.code}:\n${result.err}`);
    return result;
  }
});
