// `pgt stacks` on clones made for it, with real git. It does not prove that a file outside the program can't change a
// stack: what is no part of the program is a list, and everything that is not on it counts.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { runProgram } from "../../../../cli/program.ts";
import { touchedStacks, type StackList } from "../../../../cli/stacks/touched-stacks.ts";
import { EXIT } from "../../../../kernel/errors.ts";
import { listen } from "../../../support/listening-context.ts";
import { type ScratchClone, scratchClone } from "../../../support/scratch-clone.ts";

const SINCE = { ref: "origin/main", commit: "0".repeat(40) };
const STACKS = (["local", "prod", "staging"] as const).map((stack) => ({
  stack,
  file: `Pulumi.${stack}.yaml`,
  target: "docker" as const,
  environment: "local" as const,
  local: stack === "local",
}));

describe("the stacks that a change touches", () => {
  const touched = (...files: string[]): string[] =>
    touchedStacks(STACKS, { since: SINCE, files }).stacks.map(({ stack }) => stack);
  const ALL = ["local", "prod", "staging"];

  it("are those whose own file differs", () => {
    assert.deepEqual(touched("Pulumi.prod.yaml"), ["prod"]);
    assert.deepEqual(touched("Pulumi.local.yaml", "Pulumi.prod.yaml", "docs/ci.md"), ["local", "prod"]);
  });

  it("are all of them where the program differs, or something that nobody has said is apart", () => {
    const program = ["index.ts", "topology/resolve.ts", "components/gcp/instance-args.ts", "policies/index.ts"];
    const machine = ["package-lock.json", "package.json", "Pulumi.yaml", "images/postgres/Dockerfile", "pgt"];
    const unheardOf = ["something-new/a.ts", "notes.txt", "sub/README.md", "sub/Pulumi.prod.yaml", "Pulumi.PROD.yaml"];
    for (const file of [...program, ...machine, "tools/pulumi/go.mod", ...unheardOf]) {
      assert.deepEqual(touched(file), ALL, file);
    }
  });

  it("are none where only documentation, tests, workflows and examples differ", () => {
    const files = ["README.md", "docs/ci.md", "tests/unit/a.test.ts", ".github/workflows/ci.yml", "examples/a/b.ts"];
    assert.deepEqual(touched(...files, "eslint.config.js", "tools/actionlint/go.mod", "LICENSE"), []);
  });

  it("say what they are touched by, and which are gone", () => {
    const list = touchedStacks(STACKS, { since: SINCE, files: ["Pulumi.old.yaml", "Pulumi.prod.yaml", "index.ts"] });
    assert.deepEqual(list.removed, ["old"]);
    assert.deepEqual(
      list.stacks.map(({ stack, touchedBy }) => [stack, touchedBy]),
      [
        ["local", ["index.ts"]],
        ["prod", ["Pulumi.prod.yaml", "index.ts"]],
        ["staging", ["index.ts"]],
      ],
    );
  });
});

describe("pgt stacks", function () {
  this.timeout(20_000);
  let clone: ScratchClone;

  beforeEach(async () => {
    clone = await scratchClone();
    await clone.wish("local", { target: "docker" });
    await clone.wish("live", { target: "docker", environment: "staging" });
    await clone.write("other", "config:\n  aws:region: eu-west-1\n");
    await put("index.ts", "1\n");
    git("init", "--quiet", "--initial-branch", "main");
    commit("one");
  });

  afterEach(() => clone.remove());

  it("lists every stack with a topology, its target, its environment and where it lives", async () => {
    const { code, text } = await stacks();
    assert.equal(code, EXIT.ok);
    assert.equal(
      text,
      [
        "stack  target  environment  lives",
        "live   docker  staging      shared",
        "local  docker  local        on this machine",
      ].join("\n"),
    );
    assert.deepEqual(await listed(), {
      since: null,
      stacks: [
        {
          stack: "live",
          file: "Pulumi.live.yaml",
          target: "docker",
          environment: "staging",
          local: false,
          touchedBy: null,
        },
        {
          stack: "local",
          file: "Pulumi.local.yaml",
          target: "docker",
          environment: "local",
          local: true,
          touchedBy: null,
        },
      ],
      removed: [],
    });
  });

  it("lists what a branch has changed, committed or not, and not what others did on main meanwhile", async () => {
    git("checkout", "--quiet", "-b", "mine");
    await clone.wish("live", { target: "docker", environment: "staging", replicas: { a: {} } });
    commit("two");
    git("checkout", "--quiet", "main");
    await put("index.ts", "2\n");
    commit("theirs");
    git("checkout", "--quiet", "mine");
    assert.deepEqual(names(await listed("--changed-since", "main")), ["live"]);
    await clone.wish("local", { target: "docker", replicas: { a: {} } });
    assert.deepEqual(names(await listed("--changed-since", "main")), ["live", "local"]);
    await clone.wish("local", { target: "docker" });
    await clone.wish("fresh", { target: "docker" });
    assert.deepEqual(names(await listed("--changed-since", "main")), ["fresh", "live"]);
    await put("topology/a ü\n.ts", "");
    assert.deepEqual(names(await listed("--changed-since", "main")), ["fresh", "live", "local"]);
  });

  it("says in words what touches what, and what is gone", async () => {
    git("mv", "Pulumi.live.yaml", "Pulumi.moved.yaml");
    const { text } = await stacks("--changed-since", "HEAD");
    const [first = "", , row, last] = text.split("\n");
    assert.match(first, /^1 stack that what changed since HEAD \([0-9a-f]{12}\) touches:$/);
    assert.equal(row, "moved  docker  staging      shared  Pulumi.moved.yaml");
    assert.equal(
      last,
      "Pulumi.live.yaml is gone; what the stack had made stays. Before the file goes: ./pgt down --stack live",
    );
    git("reset", "--quiet", "--hard");
    assert.match((await stacks("--changed-since", "HEAD")).text, /^There is no stack that what changed since HEAD /);
  });

  it("takes the project's folder for the whole when it lies in a larger repository", async () => {
    await rm(join(clone.root, ".git"), { recursive: true });
    const inner = { ...clone, root: join(clone.root, "database") };
    await mkdir(inner.root);
    await writeFile(join(inner.root, "Pulumi.a.yaml"), "config:\n  pgtopology:topology: { target: docker }\n");
    git("init", "--quiet", "--initial-branch", "main");
    commit("one");
    await put("index.ts", "2\n");
    assert.deepEqual(names(JSON.parse((await stacksIn(inner.root, "--changed-since", "main", "--json")).text)), []);
    await put("database/index.ts", "2\n");
    assert.deepEqual(names(JSON.parse((await stacksIn(inner.root, "--changed-since", "main", "--json")).text)), ["a"]);
  });

  it("does not list around a mistake, a ref that is not there, or a clone that is cut off", async () => {
    const unknown = await stacks("--changed-since", "origin/main");
    assert.equal(unknown.code, EXIT.usage);
    assert.match(unknown.talk, /"origin\/main" names no commit of this clone/);
    git("checkout", "--quiet", "--orphan", "apart");
    commit("apart");
    const apart = await stacks("--changed-since", "main");
    assert.equal(apart.code, EXIT.couldNotCheck);
    assert.match(apart.talk, /does not say where HEAD left main\n.*fetch-depth: 0/);
    await clone.write("live", "config:\n  pgtopology:topology: { target: docker, version: 12 }\n");
    const wrong = await stacks("--json");
    assert.equal(wrong.code, EXIT.usage);
    assert.equal(wrong.text, "");
    assert.match(wrong.talk, /1 mistake in .*Pulumi\.live\.yaml/);
  });

  function git(...args: string[]): void {
    execFileSync("git", ["-C", clone.root, ...args]);
  }

  function commit(message: string): void {
    git("add", "--all");
    git("-c", "user.name=test", "-c", "user.email=test@example.com", "commit", "--quiet", "-m", message);
  }

  async function put(file: string, text: string): Promise<void> {
    await mkdir(dirname(join(clone.root, file)), { recursive: true });
    await writeFile(join(clone.root, file), text);
  }

  async function stacksIn(root: string, ...options: string[]) {
    const { context, err, out } = listen({ root, env: process.env });
    const code = await runProgram(context, ["stacks", ...options]);
    return { code, text: out.join("\n"), talk: err.join("\n") };
  }

  const stacks = (...options: string[]) => stacksIn(clone.root, ...options);

  async function listed(...options: string[]): Promise<StackList> {
    const { code, talk, text } = await stacks(...options, "--json");
    assert.equal(code, EXIT.ok, talk);
    return JSON.parse(text) as StackList;
  }

  function names(list: unknown): string[] {
    return (list as StackList).stacks.map(({ stack }) => stack);
  }
});
