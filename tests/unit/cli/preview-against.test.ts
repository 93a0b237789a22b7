// `pgt preview --against` and `--since` on clones made for it, with real git and neither engine nor network. What a change
// of each field means is in tests/unit/topology; which bug is in which version in tests/unit/provider-bugs.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { TOPOLOGY_KEY } from "../../../config/keys.ts";
import { runProgram } from "../../../cli/program.ts";
import { EXIT, type ExitCode } from "../../../kernel/errors.ts";
import type { PreviewReport } from "../../../preview/report.ts";
import type { SpecOf } from "../../../topology/spec.ts";
import { listen } from "../../support/listening-context.ts";
import { type ScratchClone, scratchClone } from "../../support/scratch-clone.ts";

const WISH: SpecOf<"gcp"> = { target: "gcp", region: "europe-west1" };
const NEW =
  /^whether the stack is there already: main has no Pulumi\.prod\.yaml, so it counts as new, with nothing to lose$/;

let clone: ScratchClone;
beforeEach(async () => {
  clone = await scratchClone();
  git("init", "-q", "-b", "main");
  commit("Pulumi.yaml");
});
afterEach(() => clone.remove());

function git(...args: string[]): string {
  const who = ["-c", "user.name=t", "-c", "user.email=t@example.com"];
  return execFileSync("git", ["-C", clone.root, ...who, ...args], { encoding: "utf8" });
}

function commit(...files: string[]): void {
  git("add", ...files);
  git("commit", "-q", "-m", "one more");
}

/** Writes the wish of stack prod; no test here has another. */
async function wish(spec: SpecOf<"gcp"> = WISH, more: Readonly<Record<string, unknown>> = {}): Promise<void> {
  await clone.wish("prod", spec, { "gcp:project": "example-prod", ...more });
}

interface Said {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

/** The machine is never asked for, or the context throws: no engine, no Docker, no cloud. */
async function preview(...args: string[]): Promise<Said> {
  const { context, err, out } = listen({ root: clone.root, env: process.env });
  const code = await runProgram(context, ["preview", "--stack", "prod", ...args]);
  return { code, out: out.join("\n"), err: err.join("\n") };
}

async function report(...args: string[]): Promise<PreviewReport> {
  const { code, err, out } = await preview("--json", ...args);
  assert.notEqual(out, "", err);
  const said = JSON.parse(out) as PreviewReport;
  assert.equal(code, said.exitCode);
  return said;
}

describe("pgt preview --against", function () {
  this.timeout(20_000);

  it("finds nothing where nothing was edited, names what it did not see, and changes nothing", async () => {
    await wish();
    commit("Pulumi.prod.yaml");
    const found = await report("--against", "main");
    assert.deepEqual([found.exitCode, found.passes, found.wish, found.worst], [EXIT.ok, true, [], "none"]);
    assert.deepEqual([found.resources, found.policies], [null, null]);
    assert.equal(found.source, "Pulumi.prod.yaml, compared with main");
    assert.equal(found.unseen.length, 3);
    assert.match(
      found.unseen.join("\n"),
      /^the engine's plan: .*\npolicies: .*\nwhether main is what was deployed last$/,
    );
    assert.equal(git("status", "--porcelain"), "");
  });

  it("judges an edit of the work tree against what is committed, as text and as a page", async () => {
    await wish();
    commit("Pulumi.prod.yaml");
    await wish({ ...WISH, database: "shop" });
    const refused = await report("--against", "HEAD");
    assert.equal(refused.exitCode, EXIT.failed);
    const [worst, ...more] = refused.wish;
    assert.deepEqual(
      [worst?.property, worst?.from, worst?.to, worst?.label],
      ["database", "app", "shop", refused.worst],
    );
    assert.ok(more.length > 0 && more.every(({ property }) => property.startsWith("roles.")));
    assert.deepEqual(
      refused.reasons.map(({ kind, permission }) => [kind, permission]),
      [["change", "change/database"]],
    );
    const page = join(clone.root, "page.md");
    const { code, out } = await preview("--against", "HEAD", "--markdown", page);
    assert.equal(code, EXIT.failed);
    assert.match(out, /change\/database/);
    assert.match(await readFile(page, "utf8"), /^<!-- pgt preview prod -->\n\n## ⛔ /);

    const permission = { id: "change/database", reason: "a test", owner: "a test", expires: "2999-01-01" };
    await wish({ ...WISH, database: "shop" }, { "pgtopology:permissions": [permission] });
    const permitted = await report("--against", "HEAD");
    assert.deepEqual([permitted.exitCode, permitted.permitted], [EXIT.ok, [permission]]);
  });

  it("can't tell of a permission for the plan whether it is needed, and fails one for a change that there is not", async () => {
    await wish();
    commit("Pulumi.prod.yaml");
    const permit = (id: string) => ({
      "pgtopology:permissions": [{ id, reason: "a test", owner: "a test", expires: "2999-01-01" }],
    });
    await wish(WISH, permit("plan/gcp:sql/databaseInstance:DatabaseInstance/x/replace"));
    assert.equal((await report("--against", "main")).exitCode, EXIT.ok);
    await wish(WISH, permit("change/database"));
    assert.equal((await report("--against", "main")).exitCode, EXIT.usage);
  });

  it("passes a stack whose file the ref lacks as a new one, and says that it is taken for one", async () => {
    await wish({ ...WISH, database: "shop" });
    for (const committed of [false, true]) {
      if (committed) {
        git("checkout", "-q", "-b", "fork");
        commit("Pulumi.prod.yaml");
      }
      const found = await report("--against", "main");
      assert.deepEqual([found.exitCode, found.passes, found.reasons, found.wish], [EXIT.ok, true, [], []]);
      assert.deepEqual(found.objectives, []);
      assert.match(found.unseen.at(-1) ?? "", NEW);
    }
    const { code, out } = await preview("--against", "main");
    assert.equal(code, EXIT.ok);
    assert.match(out, /main has no Pulumi\.prod\.yaml, so it counts as new, with nothing to lose/);
  });

  it("judges a new stack's budget all the same: without prices of its region it is not green", async () => {
    await wish({ ...WISH, budget: { monthlyUsd: 1000 } });
    const { exitCode, reasons } = await report("--against", "main");
    assert.equal(exitCode, EXIT.couldNotCheck);
    assert.match(
      reasons.map(({ kind, text }) => `${kind}: ${text}`).join(),
      /^could not check: the budget: not priced: [^;]+$/,
    );
  });

  it("compares in the folder of a clone that is a part of a repository", async () => {
    const part = join(clone.root, "database");
    await mkdir(part);
    for (const file of ["Pulumi.yaml", "Pulumi.prod.yaml"]) {
      if (file !== "Pulumi.yaml") await wish();
      await writeFile(join(part, file), await readFile(join(clone.root, file)));
    }
    commit("database");
    await rm(join(clone.root, "Pulumi.prod.yaml"));
    const { context, out } = listen({ root: part, env: process.env });
    assert.equal(await runProgram(context, ["preview", "--stack", "prod", "--against", "main", "--json"]), EXIT.ok);
    const found = JSON.parse(out.join("\n")) as PreviewReport;
    assert.doesNotMatch(found.unseen.join("\n"), /counts as new/);
  });

  for (const ref of ["nowhere", "origin/main", "--output=x", ""]) {
    it(`says 2 of the ref ${JSON.stringify(ref)}, which names no commit, and writes a page that does not pass`, async () => {
      await wish();
      const page = join(clone.root, "page.md");
      const { code, err, out } = await preview(`--against=${ref}`, "--markdown", page);
      assert.deepEqual([code, out], [EXIT.usage, ""]);
      assert.match(err, /names no commit of this clone/);
      assert.match(await readFile(page, "utf8"), /⛔ .*could not be previewed/);
    });
  }

  for (const [what, text] of [
    ["no YAML", "config: ["],
    ["a topology that can't be", `config: {"${TOPOLOGY_KEY}": {target: moon}}`],
    ["no topology", "config: {}"],
    ["nothing", ""],
  ] as const) {
    it(`could not check where the ref's file is ${what}: it is no new stack`, async () => {
      await clone.write("prod", text);
      commit("Pulumi.prod.yaml");
      await wish();
      const { code, err, out } = await preview("--against", "main");
      assert.deepEqual([code, out], [EXIT.couldNotCheck, ""], err);
      assert.match(err, /Pulumi\.prod\.yaml at main can't be compared with: /);
    });
  }

  it("could not check where there is no repository", async () => {
    await wish();
    await rm(join(clone.root, ".git"), { recursive: true });
    const { code, err } = await preview("--against", "main");
    assert.equal(code, EXIT.couldNotCheck);
    assert.match(err, /is no clone of a git repository/);
  });
});

describe("pgt preview --since", function () {
  this.timeout(20_000);

  /** A lock file with this version of Google Cloud's provider. */
  async function lock(gcp: string): Promise<void> {
    const packages = {
      "": { name: "x" },
      "node_modules/@pulumi/gcp": { version: gcp },
      "node_modules/@pulumi/pulumi": { version: "3.259.0" },
    };
    const text = JSON.stringify({ name: "x", lockfileVersion: 3, packages });
    await writeFile(join(clone.root, "package-lock.json"), text);
  }

  beforeEach(async () => {
    await wish();
    await lock("9.26.0");
    commit("Pulumi.prod.yaml", "package-lock.json");
  });
  const idsOf = (lines: readonly string[] = []): string[] =>
    lines.map((line) => /[a-z0-9]+(-[a-z0-9]+)+/.exec(line)?.[0] ?? line);

  it("names the bugs that the lock file's change brings and takes away, and does not stop it", async () => {
    await lock("9.36.0");
    const { bugs, exitCode } = await report("--against", "main", "--since", "main");
    assert.equal(exitCode, EXIT.ok);
    assert.equal(bugs?.since, "main");
    assert.deepEqual(idsOf(bugs.brings), ["gcp-settings-not-updated"]);
    assert.deepEqual(idsOf(bugs.takes), ["gcp-pooling-off-differs-for-ever", "gcp-disk-type-replaces"]);
    const page = join(clone.root, "page.md");
    const { out } = await preview("--against", "main", "--since", "main", "--markdown", page);
    assert.match(out, /gcp-settings-not-updated/);
    assert.match(
      (await readFile(page, "utf8")).replaceAll(/&#8203;/g, ""),
      /### Bugs of providers\n\n.*\n\n- .*gcp-settings-not-updated/,
    );
  });

  it("names none where the lock file is as it was, and says nothing of bugs where nobody asked", async () => {
    const { bugs } = await report("--against", "main", "--since", "main");
    assert.deepEqual([bugs?.brings, bugs?.takes], [[], []]);
    assert.ok((bugs?.stays ?? 0) > 0);
    assert.equal((await report("--against", "main")).bugs, null);
  });

  it("could not check against a ref that is not there, that has no lock file, or a broken one", async () => {
    const since = (ref: string): Promise<Said> => preview("--against", "main", `--since=${ref}`);
    for (const ref of ["nowhere", ""]) {
      const { code, err } = await since(ref);
      assert.equal(code, EXIT.couldNotCheck, ref);
      assert.match(err, /names no commit of this clone/);
    }
    assert.equal((await since("main~1")).code, EXIT.couldNotCheck);
    await writeFile(join(clone.root, "package-lock.json"), "{");
    commit("package-lock.json");
    await lock("9.36.0");
    const { code, err } = await since("main");
    assert.equal(code, EXIT.couldNotCheck);
    assert.match(err, /package-lock\.json at main can't be read as a lock file of npm/);
  });
});
