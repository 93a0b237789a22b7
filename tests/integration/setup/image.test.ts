// An image is built from a folder, on a real engine. Does not prove that the PostgreSQL image works, which the suites that
// run it do, nor that a pull or debootstrap brings a base image.
import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type Dockerode from "dockerode";
import { after, before, describe, it } from "mocha";
import { dockerClient } from "../../../cli/setup/docker-client.ts";
import { topologyImage } from "../../../cli/setup/image.ts";
import type { Machine } from "../../../cli/setup/part.ts";
import { waitUntil } from "../../../kernel/wait-until.ts";
import { PgtError } from "../../../kernel/errors.ts";

const SECRET = "marker-in-a-proxy-address";

describe("the image of a topology", function () {
  this.timeout(300_000);

  let docker: Dockerode;
  let root: string;
  const built: string[] = [];
  /** Makes every image of this run another one than those of any run before. */
  const run = `pgt-test-${Math.random().toString(36).slice(2)}`;

  before(() => {
    docker = dockerClient(needed("DOCKER_HOST"), process.env);
    root = mkdtempSync(path.join(tmpdir(), "pgt-test-"));
    mkdirSync(path.join(root, "images/postgres/commands"), { recursive: true });
  });

  after(async () => {
    rmSync(root, { recursive: true });
    for (const id of built) await docker.getImage(id).remove({ force: true });
    // A build that failed leaves the layers that it had done.
    await docker.pruneImages({ filters: { label: [`pgt.test=${run}`] } });
  });

  it("is built once for its content, with the modes of its files, and found from then on", async () => {
    write("commands/hello", `#!/bin/sh\necho hello from ${run}\n`);
    chmodSync(path.join(root, "images/postgres/commands/hello"), 0o700);
    write("Dockerfile", `ARG BASE\nFROM \${BASE}\nLABEL pgt.test=${run}\nCOPY commands/ /usr/local/bin/\nRUN hello\n`);
    assert.equal(await topologyImage.find(machine()), undefined);

    const image = await build(machine());

    assert.match(image.value.id, /^sha256:[0-9a-f]{64}$/);
    assert.match(image.value.tag, /^pgtopology\/postgres:17-[0-9a-f]{12}$/);
    const again = await topologyImage.find(machine());
    assert.equal(again?.value.id, image.value.id);
  });

  it("is another one when a file changes", async () => {
    const one = await topologyImage.find(machine());
    write("commands/hello", `#!/bin/sh\necho hello again from ${run}\n`);

    const other = await build(machine());

    assert.notEqual(other.value.tag, one?.value.tag);
    assert.notEqual(other.value.id, one?.value.id);
  });

  it("knows no address of a proxy that it was built through", async () => {
    write("commands/hello", `#!/bin/sh\necho ${run}; test -n "$https_proxy"\n`);

    const image = await build(machine({ https_proxy: `http://ann:${SECRET}@127.0.0.1:9` }));

    const kept = docker.getImage(image.value.id);
    assert.equal(JSON.stringify([await kept.inspect(), await kept.history()]).includes(SECRET), false);
  });

  it("fails with the last lines of the build, and leaves nothing that would be taken for an image", async () => {
    write("commands/hello", `#!/bin/sh\necho about to fail ${run} >&2\nexit 7\n`);

    await assert.rejects(Promise.resolve(topologyImage.ways[0]?.act(machine())), (error) => {
      assert.ok(error instanceof PgtError);
      assert.match(error.message, /^the build of the PostgreSQL image failed: .*returned a non-zero code: 7/);
      assert.match(error.message, new RegExp(`about to fail ${run}`));
      return true;
    });
    assert.equal(await topologyImage.find(machine()), undefined);
  });

  it("is not there when its build was interrupted", async () => {
    write("commands/hello", `#!/bin/sh\necho waiting ${run}\nsleep 600\n`);
    const interrupt = new AbortController();
    const filters = { label: [`pgt.test=${run}`] };
    const steps = async () => (await docker.listContainers({ filters })).length;

    const building = Promise.resolve(topologyImage.ways[0]?.act({ ...machine(), signal: interrupt.signal }));
    const refused = assert.rejects(building, { message: "Ctrl-C" });
    await waitUntil(async () => (await steps()) === 1, { name: "the step to run", timeoutMs: 120_000 });
    interrupt.abort(new Error("Ctrl-C"));
    await refused;

    await waitUntil(async () => (await steps()) === 0, { name: "the engine to stop the build", timeoutMs: 120_000 });
    assert.equal(await topologyImage.find(machine()), undefined);
  });

  async function build(on: Machine) {
    await topologyImage.ways[0]?.act(on);
    const found = await topologyImage.find(on);
    assert.ok(found);
    built.push(found.value.id);
    return found;
  }

  /** The base image is the one that the image of the other suites was built on. */
  function machine(env: NodeJS.ProcessEnv = {}): Machine {
    return {
      root,
      toolchainDir: path.join(root, ".toolchain"),
      stateDir: path.join(root, ".pgt"),
      env: { DOCKER_HOST: process.env.DOCKER_HOST, ...env },
      signal: new AbortController().signal,
      say: () => undefined,
    };
  }

  function write(file: string, content: string): void {
    writeFileSync(path.join(root, "images/postgres", file), content);
  }
});

function needed(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: run it by ./pgt test --suite integration`);
  return value;
}
