// What the workflows of this repository and the example for GitLab promise, read from their text: pinned actions, least
// rights, no keys, and commands that there are. It does not prove that they do it: none was run on GitHub or GitLab.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "mocha";
import { parse } from "yaml";
import { pgtLines, refusalOf } from "../../support/pgt-lines.ts";

const ROOT = join(import.meta.dirname, "../../..");
const WORKFLOWS = join(ROOT, ".github/workflows");
const GITLAB = join(ROOT, "examples/gitlab/.gitlab-ci.yml");

/** Of providers that take no workload identity; each belongs to one environment. */
const SECRETS = ["DIGITALOCEAN_TOKEN", "PGT_SSH_KEY", "SPACES_ACCESS_KEY_ID", "SPACES_SECRET_ACCESS_KEY"];
const RIGHTS = ["contents: read", "id-token: write", "pull-requests: write"];

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps?: readonly Step[];
  readonly uses?: string;
  readonly "timeout-minutes"?: number;
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: object;
  readonly jobs: Readonly<Record<string, Job>>;
}

const files = readdirSync(WORKFLOWS).sort();
const workflows = files.map((file) => {
  const text = readFileSync(join(WORKFLOWS, file), "utf8");
  const workflow = parse(text) as Workflow;
  return { file, text, workflow, jobs: Object.entries(workflow.jobs) };
});

describe("the workflows", () => {
  it("are those of the project and of its users", () => {
    assert.deepEqual(files, ["ci.yml", "deploy-stack.yml", "deploy.yml", "nightly-drift.yml", "pull-request.yml"]);
  });

  for (const { file, jobs, text, workflow } of workflows) {
    describe(file, () => {
      it("takes actions by their whole commit, with the version beside it, or its own workflows", () => {
        const used = text.split("\n").filter((line) => /^\s*(- )?uses:/.test(line));
        assert.ok(used.length > 0);
        for (const line of used) {
          assert.match(
            line,
            /uses: (\.\/\.github\/workflows\/[\w-]+\.yml|[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/,
          );
        }
      });

      it("has no rights but those that a job asks for", () => {
        assert.deepEqual(workflow.permissions, {});
        for (const [name, { permissions }] of jobs) {
          assert.ok(permissions !== undefined, name);
          for (const right of Object.entries(permissions))
            assert.ok(RIGHTS.includes(right.join(": ")), `${name}: ${right.join()}`);
        }
      });

      it("runs nobody's code with this repository's rights, and leaves no token in the clone", () => {
        assert.equal("pull_request_target" in workflow.on || "workflow_run" in workflow.on, false);
        for (const [name, { permissions, steps = [] }] of jobs) {
          const checkouts = steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"));
          for (const step of checkouts) assert.equal(step.with?.["persist-credentials"], false, name);
          // What may write to the repository has no code of the change.
          if (permissions?.["pull-requests"] === "write") assert.equal(checkouts.length, 0, name);
        }
        // Text of a stranger goes by the environment, never into a script.
        for (const [, { steps = [] }] of jobs)
          for (const { run = "" } of steps) assert.equal(run.includes("${{"), false, run);
      });

      it("takes no key where there is a workload identity", () => {
        const secrets = [...text.matchAll(/secrets\.(\w+)/g)].map(([, name = ""]) => name);
        for (const name of secrets) assert.ok(SECRETS.includes(name), name);
        assert.doesNotMatch(text, /credentials_json|PASSPHRASE|ACCESS_TOKEN/);
        for (const [name, { permissions, steps = [] }] of jobs) {
          const identity = steps.filter(({ uses }) => uses?.startsWith("google-github-actions/auth@"));
          if (identity.length > 0) assert.equal(permissions?.["id-token"], "write", name);
        }
      });

      it("gives every job an end", () => {
        for (const [name, job] of jobs) if (job.uses === undefined) assert.ok(Number(job["timeout-minutes"]) > 0, name);
      });

      it("calls pgt as it can be called", async () => {
        const scripts = jobs.flatMap(([, { steps = [] }]) => steps.flatMap(({ run }) => run ?? []));
        const lines = scripts.flatMap(pgtLines);
        if (!["ci.yml"].includes(file)) assert.ok(lines.length > 0);
        for (const words of lines) assert.equal(await refusalOf(words), undefined, words.join(" "));
      });
    });
  }
});

describe("the gate of a pull request", () => {
  const gate = workflows.find(({ file }) => file === "pull-request.yml")?.workflow.jobs.gate?.steps?.[0]?.run ?? "";
  const isOpen = (stacks: string, ...others: string[]): boolean => {
    const env = { ...process.env, RESULTS: `${stacks} stacks, ${[stacks, ...others].join(" ")}` };
    try {
      execFileSync("bash", ["-e", "-o", "pipefail", "-c", gate], { env, stdio: "ignore" });
      return true;
    } catch {
      return false;
    }
  };

  it("opens where everything that had something to do has done it", () => {
    assert.equal(isOpen("success", "success", "success", "skipped", "success"), true);
    assert.equal(isOpen("success", "skipped", "skipped", "skipped", "skipped"), true);
  });

  it("stays shut where something failed, was broken off, or where nobody could tell what there is to do", () => {
    assert.equal(isOpen("success", "success", "failure", "skipped", "success"), false);
    assert.equal(isOpen("success", "cancelled", "success", "skipped", "success"), false);
    for (const result of ["failure", "cancelled", "skipped"]) {
      assert.equal(isOpen(result, "skipped", "skipped", "skipped", "skipped"), false, result);
    }
  });
});

describe("the example for GitLab", () => {
  const text = readFileSync(GITLAB, "utf8");
  // Its own tag names other lists of the file.
  const reference = { tag: "!reference", collection: "seq", resolve: () => "reference" } as const;
  const jobs = parse(text, { customTags: [reference] }) as Readonly<Record<string, Readonly<Record<string, unknown>>>>;

  it("calls pgt as it can be called, with every command that the workflows call", async () => {
    const lines = pgtLines(text);
    for (const words of lines) assert.equal(await refusalOf(words), undefined, words.join(" "));
    const called = (all: string[][]) => [...new Set(all.map(([command]) => command))].sort();
    const scripts = workflows.flatMap(({ jobs: own }) =>
      own.flatMap(([, { steps = [] }]) => steps.map(({ run = "" }) => run)),
    );
    assert.deepEqual(called(lines), called(scripts.flatMap(pgtLines)));
  });

  it("takes a workload identity, and no key", () => {
    assert.deepEqual(Object.keys(jobs[".identity"]?.id_tokens ?? {}), ["GOOGLE_ID_TOKEN"]);
    for (const job of [".preview", ".deploy", ".drift"]) assert.equal(jobs[job]?.extends, ".identity", job);
    assert.equal(jobs[".reduced"]?.extends, undefined);
    assert.doesNotMatch(text, /PRIVATE_KEY|PASSPHRASE|ACCESS_TOKEN|private_key/);
  });
});

describe("the reader of pgt's calls", () => {
  it("finds them, and refuses what there is not", async () => {
    const script =
      'mkdir -p x\n  ./pgt up --stack "$STACK" ${VANTAGE:+--vantage "$VANTAGE"} | tee x\necho ./pgtx\n./pgt check --stack a > b';
    assert.deepEqual(pgtLines(script), [
      ["up", "--stack", "STACK", "--vantage", "none"],
      ["check", "--stack", "a"],
    ]);
    for (const words of [["upp"], ["up", "--frobnicate"], ["stacks", "surplus"], ["check", "--stack"]]) {
      assert.match((await refusalOf(words)) ?? "", /^error: /, words.join(" "));
    }
  });
});
