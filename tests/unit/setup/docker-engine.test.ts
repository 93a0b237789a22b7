// What becomes of a choice that does not answer, and where our own engine keeps its sockets. Engines that run are in
// tests/integration/setup/docker-engine.test.ts.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, it } from "mocha";
import { plainEnvironment } from "../../../cli/setup/docker-debian.ts";
import { dockerEngine } from "../../../cli/setup/docker-engine.ts";
import { ownEngineOf } from "../../../cli/setup/docker-own-engine.ts";
import { pingEngine } from "../../../cli/setup/docker-ping.ts";
import { PgtError } from "../../../kernel/errors.ts";

describe("the Docker Engine", function () {
  this.timeout(60_000);
  let folder: string;
  before(() => (folder = mkdtempSync(path.join(tmpdir(), "pgt-test-"))));
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it("is not silently another one than DOCKER_HOST names", async () => {
    const host = `unix://${folder}/nobody.sock`;
    const machine = {
      root: folder,
      toolchainDir: folder,
      stateDir: folder,
      env: { DOCKER_HOST: host },
      signal: new AbortController().signal,
      say: () => undefined,
    };
    await assert.rejects(dockerEngine.find(machine), (error) => {
      assert.ok(error instanceof PgtError);
      assert.equal(error.exitCode, 3);
      assert.equal(
        error.message,
        `the Docker Engine at ${host} (from DOCKER_HOST) can't be used: there is no such socket`,
      );
      return true;
    });
  });

  it("is given up when it takes the call and never answers", async () => {
    const socket = path.join(folder, "silent.sock");
    const server = await listen(createServer(), socket);
    try {
      assert.deepEqual(await pingEngine(`unix://${socket}`, {}, 50), { problem: "no answer within 0.05 s" });
    } finally {
      server.close();
    }
  });

  it("of our own keeps its sockets under the state directory, or in /tmp when that path is too long for one", () => {
    const near = ownEngineOf("/srv/shop/.pgt");
    assert.equal(near.host, "unix:///srv/shop/.pgt/docker/run/docker.sock");
    assert.equal(near.dataRoot, "/srv/shop/.pgt/docker/data");

    const far = ownEngineOf(`/${"deep/".repeat(20)}.pgt`);
    assert.match(far.host, /^unix:\/\/\/tmp\/pgtopology-[0-9a-f]{12}\/docker\.sock$/);
    assert.notEqual(far.host, ownEngineOf(`/${"deep/".repeat(21)}.pgt`).host);
  });

  it("of our own, and what installs it, get no more of the environment than they need", () => {
    const env = {
      PATH: "/bin",
      HOME: "/root",
      https_proxy: "http://proxy:3128",
      PGPASSWORD: "x",
      AWS_SECRET_ACCESS_KEY: "y",
    };
    assert.deepEqual(plainEnvironment(env), {
      PATH: "/bin:/usr/local/sbin:/usr/sbin:/sbin",
      HOME: "/root",
      https_proxy: "http://proxy:3128",
    });
  });
});

async function listen(server: Server, socket: string): Promise<Server> {
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  return server;
}
