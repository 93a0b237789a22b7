// `pgt doctor --ledger` on the repository's own lock file, on others, and on what git has of them. Which bug bites where
// is in tests/unit/provider-bugs.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { withPinned } from "../../../cli/known-bugs/pinned-versions.ts";
import { runProgram } from "../../../cli/program.ts";
import { EXIT, type ExitCode } from "../../../kernel/errors.ts";
import { listen } from "../../support/listening-context.ts";
import { type ScratchClone, scratchClone } from "../../support/scratch-clone.ts";

const ROOT = join(import.meta.dirname, "../../..");
const SECRET = "marker-of-a-token-5e1f";

/** A lock file with this version of Google Cloud's provider, from a place that asks for a token. */
function lockText(gcp: string, more: Readonly<Record<string, object>> = {}): string {
  const resolved = `https://token:${SECRET}@packages.example.com/gcp.tgz`;
  const packages = {
    "": { name: "x" },
    "node_modules/@pulumi/gcp": { version: gcp, resolved },
    "node_modules/@pulumi/pulumi": { version: "3.259.0" },
    ...more,
  };
  return JSON.stringify({ name: "x", lockfileVersion: 3, packages }, null, 2);
}

interface Said {
  readonly code: ExitCode;
  readonly text: string;
  readonly talk: string;
}

interface Bug {
  readonly id: string;
  readonly versions: readonly string[];
  readonly verdict: string;
  readonly applicability: { readonly status: string; readonly why: string } | null;
  readonly unguarded: boolean;
}

async function doctor(root: string, ...options: string[]): Promise<Said> {
  const { context, err, out } = listen({ root, env: process.env });
  const code = await runProgram(context, ["doctor", ...options]);
  const said = { code, text: out.join("\n"), talk: err.join("\n") };
  assert.equal((said.text + said.talk).includes(SECRET), false);
  return said;
}

describe("pgt doctor --ledger", function () {
  this.timeout(20_000);
  let clone: ScratchClone;
  let lock: string;
  beforeEach(async () => {
    clone = await scratchClone();
    lock = join(clone.root, "package-lock.json");
  });
  afterEach(() => clone.remove());

  const git = (...args: string[]): string =>
    execFileSync("git", ["-C", clone.root, "-c", "user.name=t", "-c", "user.email=t@example.com", ...args], {
      encoding: "utf8",
    });
  const commitLock = async (text: string): Promise<void> => {
    await writeFile(lock, text);
    git("add", "package-lock.json");
    git("commit", "-q", "-m", "lock");
  };

  it("finds something done about every bug of the repository's own lock file", async () => {
    const { code, talk, text } = await doctor(ROOT, "--ledger");
    assert.equal(code, EXIT.ok, talk);
    assert.equal(talk, "");
    const lines = text.split("\n");
    assert.match(
      lines.at(-3) ?? "",
      /package-lock\.json: 4\d known bugs in what it installs: something is done about each\.$/,
    );
    assert.equal(lines.at(-1), "Whether each bites is a stack's to say: --stack <name>.");
    assert.equal(lines.filter((line) => line.startsWith("✖")).length, 0);
    assert.equal(
      lines.slice(0, 4).join("\n"),
      [
        "✔ gcp-designation-not-updated: @pulumi/gcp 9.37.0",
        "    an update that designates a replica for a disaster sends what was there before instead: nothing is designated, so that there is no switchover, and the difference comes back each time",
        "    done about it: `pgt up` designates through the API, and reads it back",
        "    https://github.com/pulumi/pulumi-gcp/blob/master/patches/0005-Fix-794-with-an-unconditional-read.patch",
      ].join("\n"),
    );
  });

  it("names those that bite in a stack, and counts the others", async () => {
    const { code, text } = await doctor(ROOT, "--ledger", "--stack", "local");
    assert.equal(code, EXIT.ok);
    assert.match(text, /^ {4}here it applies: every server is a container$/m);
    assert.match(
      text,
      /^\? pgbouncer-no-prepared-statements: pgbouncer of an unknown version, which may have it \(<1\.21\.0, fixed in 1\.21\.0\)$/m,
    );
    assert.match(
      text,
      / known bugs in what it installs, 8 of them in stack local: something is done about each\.\n1 bug marked \? may be there or not: .*\n3\d bugs can't bite in stack local: --json says why\.$/,
    );
    assert.doesNotMatch(text, /gcp-/);
  });

  it("fails where nothing is done about one that may bite, and names that one first", async () => {
    await writeFile(lock, lockText("9.36.0"));
    const { code, text } = await doctor(ROOT, "--ledger", "--lock", lock, "--stack", "prod");
    assert.equal(code, EXIT.failed);
    assert.match(
      text,
      /^✖ gcp-settings-not-updated: @pulumi\/gcp 9\.36\.0\n.*\n {4}here it applies: every .*\n {4}to do: install 9\.36\.1 or newer\n {4}https:/,
    );
    assert.match(text, /: nothing is done about 1\.$/m);
    assert.equal((await doctor(ROOT, "--ledger", "--lock", lock)).code, EXIT.failed);
    assert.equal((await doctor(ROOT, "--ledger", "--lock", lock, "--stack", "local")).code, EXIT.ok);
  });

  it("is the same as JSON, with the reason of each that does not bite", async () => {
    const { code, text } = await doctor(ROOT, "--ledger", "--stack", "split", "--json");
    assert.equal(code, EXIT.ok);
    const data = JSON.parse(text) as { lock: string; stack: string; bugs: Bug[] };
    assert.deepEqual([data.lock, data.stack], [join(ROOT, "package-lock.json"), "split"]);
    const [first] = data.bugs;
    assert.deepEqual(Object.keys(first ?? {}).sort(), [
      "affected",
      "applicability",
      "consequence",
      "id",
      "noticedBy",
      "package",
      "source",
      "summary",
      "traps",
      "unguarded",
      "verdict",
      "versions",
      "workaround",
    ]);
    const designation = data.bugs.find(({ id }) => id === "gcp-designation-not-updated");
    assert.deepEqual(designation?.applicability, { status: "does not apply", why: "the target is digitalocean" });
    const unasked = JSON.parse((await doctor(ROOT, "--ledger", "--json")).text) as { stack: null; bugs: Bug[] };
    assert.deepEqual([unasked.stack, unasked.bugs[0]?.applicability], [null, null]);
  });

  it("adds to the clone's lock file what pgt itself installs", () => {
    const versions = withPinned(new Map([["@pulumi/gcp", ["9.36.0"]]]));
    assert.deepEqual(versions.get("@pulumi/gcp"), ["9.36.0", "9.37.0"]);
    assert.deepEqual(versions.get("pulumi-cli"), ["3.259.0"]);
  });

  const unreadable: [string, string | undefined, RegExp][] = [
    ["is missing", undefined, /package-lock\.json can't be read: ENOENT.*\n {2}→ Name the project's lock file: --lock/],
    ["is truncated", lockText("9.37.0").slice(0, 100), /it is no JSON, or not the whole of it\n {2}→ /],
    [
      "is of npm 6",
      `{"lockfileVersion": 1, "dependencies": {}}`,
      /its lockfileVersion is 1, and must be 2 or 3\n {2}→ /,
    ],
  ];
  for (const [title, text, message] of unreadable) {
    it(`could not check with a lock file that ${title}`, async () => {
      if (text !== undefined) await writeFile(lock, text);
      const { code, talk, text: data } = await doctor(clone.root, "--ledger");
      assert.equal(code, EXIT.couldNotCheck);
      assert.equal(data, "");
      assert.match(talk, message);
    });
  }

  describe("--since", () => {
    beforeEach(() => git("init", "-q", "-b", "main"));

    it("says what came and went with another version", async () => {
      await commitLock(lockText("9.26.0"));
      await writeFile(lock, lockText("9.36.0"));
      const { code, text } = await doctor(clone.root, "--ledger", "--since", "main");
      assert.equal(code, EXIT.failed);
      const lines = text.split("\n").map((line) => line.replace(/ \(.*/, ""));
      assert.deepEqual(lines.slice(0, -1), [
        `${lock}, since main:`,
        "Brings 1 known bug:",
        "  ✖ gcp-settings-not-updated",
        "Takes away 2 known bugs:",
        "  gcp-pooling-off-differs-for-ever",
        "  gcp-disk-type-replaces",
      ]);
      assert.match(lines.at(-1) ?? "", /^\d+ known bugs stay as before\.$/);
      const back = await doctor(clone.root, "--ledger", "--since", "HEAD", "--json");
      const data = JSON.parse(back.text) as Record<string, { id: string; before: string; after: string }[]>;
      assert.deepEqual(
        data.brings?.map(({ id, before, after }) => [id, before, after]),
        [["gcp-settings-not-updated", "free", "affected"]],
      );
    });

    it("fails for a new bug only where it bites", async () => {
      await commitLock(lockText("9.37.0"));
      await writeFile(lock, lockText("9.36.0"));
      const since = ["--ledger", "--since", "main"];
      await clone.write("staging", await readFile(join(ROOT, "Pulumi.staging.yaml"), "utf8"));
      await clone.wish("local", { target: "docker" });
      assert.equal((await doctor(clone.root, ...since, "--stack", "staging")).code, EXIT.failed);
      assert.equal((await doctor(clone.root, ...since, "--stack", "local")).code, EXIT.ok);
      // What was there before is for the look without --since to tell.
      git("commit", "-q", "-a", "-m", "older");
      assert.equal((await doctor(clone.root, ...since)).code, EXIT.ok);
      assert.equal((await doctor(clone.root, "--ledger")).code, EXIT.failed);
    });

    it("says so when no bug came or went", async () => {
      await commitLock(lockText("9.37.0"));
      const { code, text } = await doctor(clone.root, "--ledger", "--since", "HEAD");
      assert.equal(code, EXIT.ok);
      assert.match(text, /: since HEAD, no known bug came or went; \d+ bugs stay\.$/);
    });

    it("compares a lock file in another folder with its own past", async () => {
      await mkdir(join(clone.root, "sub"));
      const own = join(clone.root, "sub", "package-lock.json");
      await writeFile(own, lockText("9.37.0"));
      git("add", "sub");
      git("commit", "-q", "-m", "sub");
      await writeFile(own, lockText("9.37.0", { "node_modules/@pulumi/postgresql": { version: "3.16.0" } }));
      const { text } = await doctor(ROOT, "--ledger", "--since", "main", "--lock", own);
      assert.match(
        text,
        /^Brings 1 known bug:\n {2}pulumi-postgresql-wants-the-server \(@pulumi\/postgresql none → 3\.16\.0\): may have it: /m,
      );
    });

    it("could not check against a commit that is not there, has no lock file, or a broken one", async () => {
      await writeFile(lock, lockText("9.37.0"));
      git("add", "Pulumi.yaml");
      git("commit", "-q", "-m", "none");
      for (const ref of ["nowhere", "--output=x", ""]) {
        const { code, talk } = await doctor(clone.root, "--ledger", `--since=${ref}`);
        assert.equal(code, EXIT.couldNotCheck, ref);
        assert.match(talk, /names no commit of this clone/);
      }
      assert.equal((await doctor(clone.root, "--ledger", "--since", "main")).code, EXIT.couldNotCheck);
      await commitLock("{");
      await writeFile(lock, lockText("9.37.0"));
      const { code, talk } = await doctor(clone.root, "--ledger", "--since", "HEAD");
      assert.equal(code, EXIT.couldNotCheck);
      assert.match(talk, /package-lock\.json at HEAD can't be read as a lock file of npm: it is no JSON/);
    });
  });

  it("could not check against a commit where there is no repository", async () => {
    await writeFile(lock, lockText("9.37.0"));
    const { code, talk } = await doctor(clone.root, "--ledger", "--since", "main");
    assert.equal(code, EXIT.couldNotCheck);
    assert.match(talk, /is no clone of a git repository/);
  });

  const usage: [string[], RegExp][] = [
    [["--stack", "prod"], /--stack needs --ledger/],
    [["--since", "main"], /--since needs --ledger/],
    [["--ledger", "--target", "gcp"], /--target is for what is installed/],
    [["--ledger", "--config", "x.yaml"], /--config needs --stack/],
    [["--ledger", "--stack", "nowhere"], /Pulumi\.nowhere\.yaml/],
    [["--ledger", "--since"], /argument missing/],
  ];
  for (const [options, message] of usage) {
    it(`does not take ${options.join(" ")}`, async () => {
      await writeFile(lock, lockText("9.37.0"));
      const { code, talk } = await doctor(clone.root, ...options);
      assert.equal(code, EXIT.usage);
      assert.match(talk, message);
    });
  }
});
