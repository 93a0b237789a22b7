// The launcher with a pretended node and npm, which write down how they were called. It does not prove that the real
// npm installs anything: empty-clone.test.ts does.
import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { chmod, copyFile, mkdir, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { waitUntil } from "../../../kernel/wait-until.ts";

const ROOT = path.resolve(import.meta.dirname, "../../..");
const PROGRAMS = ["cat", "cmp", "cp", "dirname", "ln", "mkdir", "mv", "readlink", "rm", "sleep", "tail"];

/** Tells its version; else what it was asked to run. */
const node = (version: string): string => `
  [ "$1" = --version ] && echo v${version} && exit
  printf 'node ${version}'
  printf ' [%s]' "$@"`;

/** Waits for a file `hold` to go away, and installs what it is asked for unless there is a file `broken`. */
const NPM = `
  here=$(dirname "$0")/..
  echo "npm $*" >>"$here/npm-calls"
  case $1 in ci) rm -rf node_modules ;; esac
  mkdir -p node_modules
  while [ -e "$here/hold" ]; do sleep 0.1; done
  if [ -e "$here/broken" ]; then echo "npm error nothing answers"; exit 1; fi
  case $1 in
    install) mkdir -p node_modules/node/bin && cp "$here/pinned-node" node_modules/node/bin/node ;;
  esac`;

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

describe("the launcher", function () {
  this.timeout(120_000);
  let folder: string;
  let clone: string;
  let running: ChildProcess[];

  beforeEach(async () => {
    running = [];
    folder = mkdtempSync(path.join(tmpdir(), "pgt-test-launcher-"));
    clone = path.join(folder, "clone");
    await mkdir(path.join(clone, "cli"), { recursive: true });
    await mkdir(path.join(folder, "bin"));
    await copyFile(path.join(ROOT, "pgt"), path.join(clone, "pgt"));
    await writeFile(path.join(clone, "package-lock.json"), "{}");
    for (const program of PROGRAMS) await symlink(whereIs(program) ?? program, path.join(folder, "bin", program));
    await executable("bin/npm", NPM);
    await executable("bin/node", node("24.1.0"));
    await executable("pinned-node", node("24.21.0"));
  });
  afterEach(() => {
    for (const child of running) killGroup(child);
    rmSync(folder, { recursive: true, force: true });
  });

  async function executable(name: string, lines: string): Promise<void> {
    await writeFile(path.join(folder, name), `#!/bin/sh\n${lines}\n`);
    await chmod(path.join(folder, name), 0o755);
  }

  function start(launcher: string, ...args: string[]): { child: ChildProcess; ended: Promise<Ended> } {
    // A group of its own, so that it can be killed together with what it started, as by a machine that goes down.
    const child = spawn(launcher, args, { cwd: folder, env: { PATH: path.join(folder, "bin") }, detached: true });
    running.push(child);
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (data: Buffer) => (stdout += data.toString()));
    child.stderr.on("data", (data: Buffer) => (stderr += data.toString()));
    const ended = new Promise<Ended>((resolve, reject) => {
      child.once("error", reject).once("close", (code) => {
        resolve({ code, stdout, stderr });
      });
    });
    return { child, ended };
  }

  const run = (...args: string[]): Promise<Ended> => start(path.join(clone, "pgt"), ...args).ended;

  function npmCalls(): string[] {
    const file = path.join(folder, "npm-calls");
    return existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : [];
  }

  const npmIsAtWork = (count = 1): Promise<boolean> =>
    waitUntil(() => npmCalls().length === count, { name: "the pretended npm", timeoutMs: 60_000 });

  const touch = (name: string): Promise<void> => writeFile(path.join(folder, name), "");

  it("runs the program with its arguments as they are, from any folder and through links", async () => {
    await symlink("clone/pgt", path.join(folder, "one"));
    await symlink(path.join(folder, "one"), path.join(folder, "two"));
    const { code, stdout } = await start(path.join(folder, "two"), "psql", "-c", "select 'a b'", "").ended;
    assert.equal(code, 0);
    assert.equal(
      stdout,
      `node 24.1.0 [--disable-warning=ExperimentalWarning] [${clone}/cli/main.ts] [psql] [-c] [select 'a b'] []`,
    );
  });

  it("installs the packages when the lock file is new or changed, and not else", async () => {
    await run();
    await run();
    assert.equal(npmCalls().length, 1);
    assert.match(npmCalls()[0] ?? "", /^npm ci --ignore-scripts /);
    await writeFile(path.join(clone, "package-lock.json"), "{ }");
    await run();
    await run();
    assert.equal(npmCalls().length, 2);
  });

  for (const version of ["22.18.0", "23.6.1", "24.0.0", "30.1.0"]) {
    it(`takes Node ${version} on PATH`, async () => {
      await executable("bin/node", node(version));
      assert.match((await run()).stdout, new RegExp(`^node ${version} `));
    });
  }

  for (const version of ["20.20.2", "22.17.1", "23.0.0", "23.5.0"]) {
    it(`installs the pinned Node, once, where PATH has ${version}`, async () => {
      await executable("bin/node", node(version));
      assert.match((await run()).stdout, /^node 24\.21\.0 /);
      assert.match((await run()).stdout, /^node 24\.21\.0 /);
      const [install, ...rest] = npmCalls();
      assert.match(install ?? "", /^npm install .*node@24\.21\.0\b/);
      assert.deepEqual(
        rest.map((call) => call.split(" ")[1]),
        ["ci"],
      );
    });
  }

  it("says how to get Node where there is neither Node nor npm, with exit code 3", async () => {
    rmSync(path.join(folder, "bin/node"));
    rmSync(path.join(folder, "bin/npm"));
    const { code, stderr } = await run();
    assert.equal(code, 3);
    assert.match(stderr, /no npm on PATH.*fix: install Node 22\.18.*fix: .*apt-get install npm/s);
  });

  it("shows the last words of an npm that fails, with exit code 3, and goes on at the next run", async () => {
    await touch("broken");
    const { code, stderr, stdout } = await run();
    assert.deepEqual([code, stdout], [3, ""]);
    assert.match(stderr, /npm error nothing answers.*npm ci failed/s);
    rmSync(path.join(folder, "broken"));
    assert.equal((await run()).code, 0);
  });

  for (const [what, nodeOnPath, calls] of [
    ["packages", "24.1.0", ["ci", "ci"]],
    ["Node", "20.0.0", ["install", "install", "ci"]],
  ] as const) {
    it(`does an install of ${what} anew that was killed in the middle`, async () => {
      await executable("bin/node", node(nodeOnPath));
      await touch("hold");
      const { child, ended } = start(path.join(clone, "pgt"));
      await npmIsAtWork();
      killGroup(child);
      await ended;
      rmSync(path.join(folder, "hold"));
      assert.equal((await run()).code, 0);
      assert.deepEqual(
        npmCalls().map((call) => call.split(" ")[1]),
        calls,
      );
    });
  }

  it("ends with 130 on Ctrl-C in the middle of an install", async () => {
    await touch("hold");
    const { child, ended } = start(path.join(clone, "pgt"));
    await npmIsAtWork();
    killGroup(child, "SIGINT");
    const { code, stdout } = await ended;
    assert.deepEqual([code, stdout], [130, ""]);
  });

  for (const lock of ["flock", "a link"]) {
    it(`installs once when two start at the same time (lock by ${lock})`, async function () {
      if (lock === "flock") {
        const flock = whereIs("flock");
        // macOS has none; the launcher then uses the other lock.
        if (flock === undefined) this.skip();
        await symlink(flock, path.join(folder, "bin/flock"));
      }
      await touch("hold");
      const first = start(path.join(clone, "pgt"));
      await npmIsAtWork();
      const second = start(path.join(clone, "pgt"));
      const waits = new Promise<void>((resolve) => {
        second.child.stderr?.on("data", (data: Buffer) => {
          if (data.includes("waiting")) resolve();
        });
      });
      await waits;
      rmSync(path.join(folder, "hold"));
      assert.deepEqual([(await first.ended).code, (await second.ended).code], [0, 0]);
      assert.equal(npmCalls().length, 1);
    });
  }

  it("takes over the lock of a launcher that was killed", async () => {
    await touch("hold");
    const killed = start(path.join(clone, "pgt"));
    await npmIsAtWork();
    killGroup(killed.child);
    await killed.ended;
    rmSync(path.join(folder, "hold"));
    assert.equal(existsSync(path.join(clone, ".toolchain/npm.log")), true);
    const { code, stderr } = await run();
    assert.equal(code, 0, stderr);
    assert.doesNotMatch(stderr, /waiting/);
  });
});

function whereIs(program: string): string | undefined {
  return (process.env.PATH ?? "")
    .split(path.delimiter)
    .map((folder) => path.join(folder, program))
    .find((file) => existsSync(file));
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals = "SIGKILL"): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // It ended by itself in the meantime.
  }
}
