// How git is asked, on clones made for it: real git, no network. It does not prove anything about git's own transports.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { commitOf, runGit } from "../../../cli/run-git.ts";
import { EXIT, PgtError } from "../../../kernel/errors.ts";

const { signal } = new AbortController();
const MAKE_PIPE = "mkfifo";
const HOW = { env: process.env, signal };

describe("running git", function () {
  let clone: string;
  let head: string;

  before(async () => {
    clone = await mkdtemp(join(tmpdir(), "pgt-test-git-"));
    const git = (...args: string[]): string => execFileSync("git", ["-C", clone, ...args], { encoding: "utf8" }).trim();
    git("init", "--quiet", "--initial-branch", "main");
    await writeFile(join(clone, "a"), "1\n");
    git("add", "a");
    git("-c", "user.name=test", "-c", "user.email=test@example.com", "commit", "--quiet", "-m", "one");
    head = git("rev-parse", "HEAD");
  });

  after(() => rm(clone, { recursive: true }));

  it("gives what git wrote", async () => {
    assert.equal(await runGit(clone, ["log", "--format=%s"], HOW), "one\n");
    assert.equal(await commitOf(clone, "main", HOW), head);
    assert.equal(await commitOf(clone, "HEAD", HOW), head);
  });

  it("asks the folder that it is told, whatever a hook has left in the environment", async () => {
    const env = { ...process.env, GIT_DIR: "/nowhere", GIT_WORK_TREE: "/nowhere", GIT_INDEX_FILE: "/nowhere/index" };
    assert.equal(await commitOf(clone, "main", { env, signal }), head);
  });

  it("says that a ref names no commit, as exit code 2, and how CI gets it", async () => {
    for (const ref of ["origin/main", "", "--all", "HEAD:a", "main..main", "a b"]) {
      const error = await refused(commitOf(clone, ref, HOW));
      assert.equal(error.exitCode, EXIT.usage, ref);
      assert.equal(error.message, `${JSON.stringify(ref)} names no commit of this clone`);
      assert.match(error.fix.join("\n"), /fetch-depth: 0/);
    }
  });

  it("says that it could not check, as exit code 3, where there is no clone, no git, or no answer in time", async () => {
    const folder = await mkdtemp(join(tmpdir(), "pgt-test-no-git-"));
    try {
      const outside = { ...HOW, env: { ...process.env, GIT_CEILING_DIRECTORIES: tmpdir() } };
      const noClone = await refused(commitOf(folder, "main", outside));
      assert.equal(noClone.exitCode, EXIT.couldNotCheck);
      assert.equal(noClone.message, `${folder} is no clone of a git repository`);
      const noGit = await refused(runGit(clone, ["status"], { ...HOW, env: { PATH: folder } }));
      assert.equal(noGit.exitCode, EXIT.couldNotCheck);
      assert.match(noGit.message, /git is not on the PATH/);
      // A pipe that nobody writes to stands for a file system that hangs.
      execFileSync(MAKE_PIPE, [join(folder, "pipe")]);
      const late = await refused(runGit(clone, ["hash-object", join(folder, "pipe")], { ...HOW, timeoutMs: 300 }));
      assert.equal(late.exitCode, EXIT.couldNotCheck);
      assert.match(late.message, /given up after 0\.3 s/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("ends with the reason when it is interrupted", async () => {
    const interrupted = AbortSignal.abort(new PgtError("interrupted", { exitCode: EXIT.interrupted }));
    await assert.rejects(runGit(clone, ["status"], { env: process.env, signal: interrupted }), {
      message: "interrupted",
    });
  });
});

async function refused(promise: Promise<unknown>): Promise<PgtError> {
  const error: unknown = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof PgtError, String(error));
  return error;
}
