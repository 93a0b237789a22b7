// Wrong input, busy ports, killed and interrupted runs, by the commands that a user runs, against the real engine.
// It does not prove what happens when the machine itself loses power.
import assert from "node:assert/strict";
import { once } from "node:events";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { waitUntil } from "../../kernel/wait-until.ts";
import { ended, TestStack } from "../support/test-stack.ts";

describe("bad input, and runs that break off", () => {
  let stack: TestStack;

  beforeEach(async () => {
    stack = await TestStack.create({ pooling: { enabled: false }, replicas: {} });
  });

  afterEach(() => stack.remove());

  it("every mistake of a configuration is listed, and nothing is made", async () => {
    await writeFile(
      stack.configFile,
      "config:\n  pgtopology:topology:\n    target: docker\n    poling: {}\n    backup: { retentiondays: 3, schedule: noon }\n",
    );
    const up = await stack.run(["up"]);
    assert.equal(up.code, 2);
    for (const part of ["3 mistakes", "did you mean pooling?", "did you mean retentionDays?", "HH:MM"]) {
      assert.ok(up.err.includes(part), `${part} in ${up.err}`);
    }
    assert.deepEqual(await readdir(stack.stateDir), ["wished.yaml"]);
    assert.deepEqual(await containers(), []);
  });

  it("broken YAML is named with file and line", async () => {
    await writeFile(stack.configFile, "config:\n  a: [1\n");
    const up = await stack.run(["up"]);
    assert.equal(up.code, 2);
    assert.match(up.err, /wished\.yaml is not valid YAML/);
    assert.match(up.err, /Correct line \d+/);
  });

  it("a mandatory policy that is violated stops up before anything is made", async () => {
    await stack.write({ ...stack.spec, ports: { ...stack.spec.ports, address: "0.0.0.0" }, environment: "prod" });
    const up = await stack.run(["up"]);
    assert.equal(up.code, 1, up.err);
    assert.match(up.err, /mandatory polic(y is|ies are) violated; nothing was changed/);
    assert.deepEqual(await containers(), []);
  });

  it("a parameter that PostgreSQL does not know, or can't read, is named before anything is asked", async () => {
    await stack.write({ ...stack.spec, parameters: { work_mem: "lots", no_such_parameter: 1 } });
    const up = await stack.run(["up"]);
    assert.equal(up.code, 2, up.err);
    assert.match(up.err, /2 mistakes in/);
    assert.match(up.err, /parameters\.work_mem\n\s+got: lots/);
    assert.match(up.err, /parameters\.no_such_parameter\n/);
    assert.deepEqual(await containers(), []);
  });

  it("a value that only the server itself can judge is refused in its own words", async () => {
    await stack.write({ ...stack.spec, parameters: { timezone: "Mars/Phobos" } });
    const up = await stack.run(["up"]);
    assert.equal(up.code, 2, up.err);
    assert.match(up.err, /PostgreSQL refuses the configuration:/);
    assert.match(up.err, /invalid value for parameter "TimeZone": "Mars\/Phobos"/);
    assert.deepEqual(await containers(), []);
  });

  it("a state directory that can't be one is named", async () => {
    const up = await stack.run(["up"], { PGT_STATE_DIR: stack.configFile });
    assert.equal(up.code, 2, up.err);
    assert.match(up.err, /wished\.yaml can't be made a directory of your own/);
  });

  it("a port that is taken is named, with who holds it", async () => {
    const holder = createServer().listen(stack.spec.ports?.primary, "127.0.0.1");
    await once(holder, "listening");
    try {
      const up = await stack.run(["up"]);
      assert.equal(up.code, 1);
      assert.match(up.err, new RegExp(`port ${stack.spec.ports?.primary ?? 0} \\(ports\\.primary\\) is taken by .+`));
      assert.deepEqual(await containers(), []);
    } finally {
      holder.close();
    }
  });

  it("an engine that does not answer is named, with what to do", async () => {
    const up = await stack.run(["up"], { DOCKER_HOST: "unix:///nowhere/docker.sock" });
    assert.equal(up.code, 3);
    assert.match(up.err, /unix:\/\/\/nowhere\/docker\.sock/);
    assert.match(up.err, /→ /);
  });

  it("a killed up leaves what the next one finishes, while a second one at the same time is refused", async () => {
    const first = stack.start(["up", "--no-verify"]);
    const end = ended(first);
    await waitUntil(async () => (await containers()).length > 0, { name: "the first container", timeoutMs: 120_000 });
    const second = await stack.run(["up"]);
    assert.equal(second.code, 1);
    assert.match(second.err, /"pgt up" is running on this stack since .* \(process \d+ on /);
    first.kill("SIGKILL");
    await end;
    const again = await stack.run(["up", "--no-verify"]);
    assert.equal(again.code, 0, again.err);
    const names = await containers();
    assert.deepEqual(names.sort(), [`${stack.topologyName}-primary`, `${stack.topologyName}-scheduler`]);
    const third = await stack.run(["up", "--no-verify"]);
    assert.match(third.out, /No resource changed/);
  });

  it("Ctrl-C ends an up with 130, and the next one goes on", async () => {
    const first = stack.start(["up", "--no-verify"]);
    const end = ended(first);
    await waitUntil(async () => (await containers()).length > 0, { name: "the first container", timeoutMs: 120_000 });
    first.kill("SIGINT");
    const { code, err } = await end;
    assert.equal(code, 130, err);
    const again = await stack.run(["up", "--no-verify"]);
    assert.equal(again.code, 0, again.err);
  });

  it("a wrong passphrase is named with its file, and put back it opens the stack again", async () => {
    assert.equal((await stack.run(["up", "--no-verify"])).code, 0);
    const path = join(stack.stateDir, "passphrase");
    const right = await readFile(path, "utf8");
    await writeFile(path, "another\n");
    const up = await stack.run(["up", "--no-verify"]);
    assert.equal(up.code, 2, up.err);
    assert.ok(up.err.includes(path), up.err);
    await writeFile(path, right);
    assert.equal((await stack.run(["roles"])).code, 0);
    await stack.write({ ...stack.spec, database: "another" });
    const renamed = await stack.run(["up"]);
    assert.equal(renamed.code, 2, renamed.err);
    assert.match(renamed.err, /database\n +got: app → another \(replace\)/);
    assert.match(renamed.err, /- id: change\/database/);
  });

  it("a damaged state is named with the way back, and the volumes stay", async () => {
    assert.equal((await stack.run(["up", "--no-verify"])).code, 0);
    const path = join(stack.stateDir, "state/.pulumi/stacks/pgtopology", `${stack.name}.json`);
    await writeFile(path, (await readFile(path, "utf8")).slice(0, 1000));
    const up = await stack.run(["up", "--no-verify"]);
    assert.equal(up.code, 1, up.err);
    assert.match(up.err, /the state of stack .* is damaged/);
    assert.match(up.err, /stack import --file/);
    assert.equal((await containers()).length, 2);
  });

  it("down without a terminal wants --yes", async () => {
    const down = await stack.run(["down"]);
    assert.equal(down.code, 2);
    assert.match(down.err, /Add --yes/);
  });

  it("kept data without its secrets stops an up before anything is made", async () => {
    assert.equal((await stack.run(["up", "--no-verify"])).code, 0);
    assert.equal((await stack.run(["down", "--yes"])).code, 0);
    const elsewhere = { PGT_STATE_DIR: join(stack.stateDir, "another") };
    const up = await stack.run(["up"], elsewhere);
    assert.equal(up.code, 2, up.err);
    assert.match(up.err, /its secrets are not in /);
    assert.deepEqual(await containers(), []);
    assert.equal((await stack.run(["up", "--no-verify"])).code, 0);
  });

  async function containers(): Promise<string[]> {
    const filters = { label: [`pgtopology.stack=${stack.topologyName}`] };
    const listed = await stack.docker.listContainers({ all: true, filters });
    return listed.map(({ Names }) => Names[0]?.slice(1) ?? "");
  }
});
