// The set-up from nothing, in a copy of this clone with the real npm, the real downloads where they answer, and the
// real Go where they don't; the caches of npm and Go may be warm. It does not prove that each way works on a machine
// that has another one, and it needs no Docker Engine.
import assert from "node:assert/strict";
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, it } from "mocha";
import { waitUntil } from "../../../kernel/wait-until.ts";

const ROOT = path.resolve(import.meta.dirname, "../../..");

/** Sets up what the engine needs in the clone named by the argument, and writes what was found. */
const SET_UP = `
  const clone = process.argv[1];
  const load = (name) => import(clone + "/cli/setup/" + name + ".ts");
  const { runParts } = await load("run-parts");
  const { pulumiCli } = await load("pulumi-cli");
  const { policyAnalyzer } = await load("policy-analyzer");
  const { dockerPlugin } = await load("docker-plugin");
  const found = await runParts(
    {
      root: clone,
      toolchainDir: clone + "/.toolchain",
      stateDir: clone + "/.pgt",
      env: process.env,
      signal: new AbortController().signal,
      say() {},
    },
    { pulumiCli, policyAnalyzer, dockerPlugin },
  );
  console.log(JSON.stringify(found));`;

interface FoundEngine {
  readonly pulumiCli: { readonly version: string; readonly value: { readonly path: string } };
  readonly dockerPlugin: { readonly version: string; readonly from: string; readonly note?: string };
}

describe("an empty clone", function () {
  this.timeout(30 * 60_000);
  let clone: string;
  let filesBefore: string[];
  let running: ChildProcess | undefined;
  const env = { ...process.env, PATH: pathWithoutPulumi() };

  before(() => {
    clone = mkdtempSync(path.join(tmpdir(), "pgt-test-clone-"));
    const list = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: ROOT });
    for (const file of list.toString().split("\0").filter(Boolean)) {
      // A file may be tracked and yet deleted in the working tree.
      if (existsSync(path.join(ROOT, file))) cpSync(path.join(ROOT, file), path.join(clone, file));
    }
    filesBefore = ownFiles();
  });
  after(() => {
    if (running) killGroup(running);
    rmSync(clone, { recursive: true, force: true });
  });

  /** Everything but what set-up may make. */
  function ownFiles(): string[] {
    return readdirSync(clone, { recursive: true, encoding: "utf8" })
      .filter((file) => !/^(node_modules|\.toolchain|\.pgt)(\/|$)/.test(file))
      .toSorted();
  }

  async function run(program: string, ...args: string[]): Promise<{ stdout: string; stderr: string }> {
    const child = spawn(program, args, { cwd: clone, env, detached: true });
    running = child;
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (data: Buffer) => (stdout += data.toString()));
    child.stderr.on("data", (data: Buffer) => (stderr += data.toString()));
    await new Promise((resolve, reject) => {
      child.once("error", reject).once("close", resolve);
    });
    return { stdout, stderr };
  }

  async function setUp(): Promise<FoundEngine> {
    const { stdout, stderr } = await run(process.execPath, "--input-type=module", "-e", SET_UP, clone);
    assert.ok(stdout.startsWith("{"), stderr);
    return JSON.parse(stdout) as FoundEngine;
  }

  const toolchain = (...names: string[]): string => path.join(clone, ".toolchain", ...names);

  it("gets its packages at the first call, and leaves them alone at the second", async () => {
    const stamp = path.join(clone, "node_modules/.pgt-installed-lock.json");
    const { stderr } = await run(path.join(clone, "pgt"), "--help");
    assert.ok(existsSync(stamp), stderr);
    assert.equal(readFileSync(stamp, "utf8"), readFileSync(path.join(ROOT, "package-lock.json"), "utf8"));
    const installedAt = statSync(stamp).mtimeMs;
    await run(path.join(clone, "pgt"), "--help");
    assert.equal(statSync(stamp).mtimeMs, installedAt);
  });

  it("holds no half of a Pulumi CLI when set-up is killed in the middle", async () => {
    const ended = run(process.execPath, "--input-type=module", "-e", SET_UP, clone);
    const child = running;
    assert.ok(child);
    // Something half lies there: an archive that is being downloaded, or the folder that Go writes to.
    const isAtWork = (): boolean =>
      readdirSync(toolchain("scratch")).some((folder) => readdirSync(toolchain("scratch", folder)).length > 0);
    await waitUntil(() => child.exitCode !== null || isAtWork(), { name: "the set-up at work", timeoutMs: 5 * 60_000 });
    killGroup(child);
    const { stderr } = await ended;
    assert.equal(child.signalCode, "SIGKILL", stderr);
    assert.deepEqual(
      readdirSync(toolchain()).filter((name) => name.startsWith("pulumi-3")),
      [],
    );
  });

  it("gets what the engine needs afterwards, and does nothing the second time", async () => {
    const first = await setUp();
    const { stdout } = await run(first.pulumiCli.value.path, "version");
    assert.equal(stdout.trim(), "v3.259.0");
    assert.deepEqual(readdirSync(toolchain("scratch")), [], "leftovers of the set-up that was killed");
    const madeAt = (): number => statSync(first.pulumiCli.value.path).mtimeMs;
    const before = madeAt();
    assert.deepEqual(await setUp(), first);
    assert.equal(madeAt(), before);
  });

  it("says when it works with the stand-in for the Docker plugin", async () => {
    const { dockerPlugin } = await setUp();
    const isStandIn = dockerPlugin.from.endsWith("tools/docker-provider/main.ts");
    assert.equal(dockerPlugin.version, "5.2.0");
    assert.equal(isStandIn, dockerPlugin.note?.includes("stand-in") ?? false);
  });

  it("has nothing new outside .toolchain, .pgt and node_modules", () => {
    assert.deepEqual(ownFiles(), filesBefore);
  });
});

/** A Pulumi on PATH would hide the other ways; one that lies beside Node, npm or Go has to be kept. */
function pathWithoutPulumi(): string {
  const holds = (folder: string, program: string): boolean => existsSync(path.join(folder, program));
  return (process.env.PATH ?? "")
    .split(path.delimiter)
    .filter(
      (folder) => !holds(folder, "pulumi") || ["node", "npm", "go", "tar"].some((program) => holds(folder, program)),
    )
    .join(path.delimiter);
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // It ended by itself in the meantime.
  }
}
