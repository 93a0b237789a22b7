// A Docker Engine of our own: started, found, killed and ended. Does not prove that containers run on it, which the other
// integration suites do where nothing else answers, nor the installation of the Debian packages.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, it } from "mocha";
import { dockerEngine } from "../../../cli/setup/docker-engine.ts";
import { findProgram } from "../../../cli/setup/docker-debian.ts";
import { ownEngineOf, pidOfOwnEngine, startOwnEngine, stopOwnEngine } from "../../../cli/setup/docker-own-engine.ts";
import { pingEngine } from "../../../cli/setup/docker-ping.ts";
import type { Machine } from "../../../cli/setup/part.ts";
import { waitUntil } from "../../../kernel/wait-until.ts";

const SECRET = "marker-that-no-engine-may-know";

describe("a Docker Engine of our own", function () {
  this.timeout(240_000);

  const stateDir = mkdtempSync("/tmp/pgt-test-engine-");
  const engine = ownEngineOf(stateDir);
  const env = { PATH: process.env.PATH, HOME: stateDir, PULUMI_CONFIG_PASSPHRASE: SECRET };
  const machine: Machine = {
    root: stateDir,
    toolchainDir: path.join(stateDir, ".toolchain"),
    stateDir,
    env,
    signal: new AbortController().signal,
    say: () => undefined,
  };

  // Without the firewall: the rules belong to whatever engine runs on this machine, and no container is started here.
  const start = () =>
    startOwnEngine(engine, { dockerd: dockerd(), env, flags: ["--iptables=false", "--ip6tables=false"] });

  before(function () {
    // Only root can run an engine of its own. The reason is shown beside the skipped tests.
    if (process.getuid?.() !== 0 || findProgram("dockerd", env) === undefined) {
      console.error("    skipped: an engine of our own needs root, and dockerd on this machine");
      this.skip();
    }
  });

  after(async () => {
    await stopOwnEngine(engine);
    rmSync(stateDir, { recursive: true, force: true });
  });

  it("answers once it is started, and starting it again changes nothing", async () => {
    await start();
    const pid = pidOfOwnEngine(engine);
    assert.notEqual(pid, undefined);
    assert.notEqual((await pingEngine(engine.host, {})).version, undefined);

    await start();
    assert.equal(pidOfOwnEngine(engine), pid);
  });

  it("is found before an engine at the usual places, and says that it keeps running", async () => {
    const found = await dockerEngine.find(machine);
    assert.equal(found?.value.host, engine.host);
    assert.match(found.note ?? "", /an engine of our own, process \d+/);
  });

  it("has no secret of ours in its environment", () => {
    const environment = readFileSync(`/proc/${String(pidOfOwnEngine(engine))}/environ`, "utf8");
    assert.equal(environment.includes("PATH="), true);
    assert.equal(environment.includes(SECRET), false);
  });

  it("is started anew on the same data after kill -9", async () => {
    await start();
    const docker = (await dockerEngine.find(machine))?.value.docker;
    assert.ok(docker);
    await docker.createVolume({ Name: "kept" });
    const killed = pidOfOwnEngine(engine);
    assert.ok(killed);
    process.kill(killed, "SIGKILL");
    await waitUntil(() => pidOfOwnEngine(engine) === undefined, { name: "dockerd to be gone", timeoutMs: 60_000 });
    assert.equal((await pingEngine(engine.host, {})).version, undefined);

    await start();

    assert.notEqual(pidOfOwnEngine(engine), killed);
    assert.equal((await docker.getVolume("kept").inspect()).Name, "kept");
  });

  it("ends for good, with all of its processes", async () => {
    await start();
    const containerd = containerdOf();
    await stopOwnEngine(engine);

    assert.equal(pidOfOwnEngine(engine), undefined);
    assert.equal((await pingEngine(engine.host, {})).version, undefined);
    assert.equal(isAlive(containerd), false);
    await stopOwnEngine(engine);
  });

  it("ends what dockerd left behind when it was killed", async () => {
    await start();
    const killed = pidOfOwnEngine(engine);
    assert.ok(killed);
    const containerd = containerdOf();
    process.kill(killed, "SIGKILL");
    await waitUntil(() => pidOfOwnEngine(engine) === undefined, { name: "dockerd to be gone", timeoutMs: 60_000 });

    await stopOwnEngine(engine);

    assert.equal(isAlive(containerd), false);
    assert.equal(readFileSync("/proc/self/mountinfo", "utf8").includes(stateDir), false);
  });

  it("never ends a process that is not its engine, whatever the file says, and starts in spite of it", async () => {
    const bystander = spawn("sleep", ["600"], { stdio: "ignore" });
    try {
      writeFileSync(engine.pidFile, String(bystander.pid));
      assert.equal(pidOfOwnEngine(engine), undefined);

      await stopOwnEngine(engine);
      await start();
      await stopOwnEngine(engine);

      assert.equal(bystander.exitCode, null);
      assert.equal(bystander.signalCode, null);
    } finally {
      bystander.kill("SIGKILL");
    }
  });

  it("shows what dockerd wrote when it ends at once", async () => {
    await assert.rejects(
      startOwnEngine(engine, { dockerd: dockerd(), env, flags: ["--no-such-flag"] }),
      /did not start: dockerd ended at once[^]*unknown flag: --no-such-flag/,
    );
  });

  function containerdOf(): number {
    const pid = Number(readFileSync(path.join(engine.execRoot, "containerd/containerd.pid"), "utf8"));
    assert.equal(isAlive(pid), true);
    return pid;
  }

  /** A dead process that nobody has waited for yet has no command line any more. */
  function isAlive(pid: number): boolean {
    const file = `/proc/${pid}/cmdline`;
    return existsSync(file) && readFileSync(file, "utf8") !== "";
  }

  function dockerd(): string {
    const found = findProgram("dockerd", env);
    assert.ok(found);
    return found;
  }
});
