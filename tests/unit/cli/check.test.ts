// `pgt check` on the stacks of this repository, and on broken ones. That a real preview makes the same resources:
// tests/e2e/clouds.
import assert from "node:assert/strict";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import type { CheckedStack } from "../../../cli/check/check-stack.ts";
import { runProgram } from "../../../cli/program.ts";
import { EXIT } from "../../../kernel/errors.ts";
import { listen } from "../../support/listening-context.ts";
import { type ScratchClone, scratchClone } from "../../support/scratch-clone.ts";

const ROOT = join(import.meta.dirname, "../../..");

/** Runs it; a machine is never asked for, and so neither an engine nor a cloud. */
async function check(root: string, ...options: string[]) {
  const { context, err, out } = listen({ root });
  const { warn } = console;
  // The program's own warnings come this way where there is no engine, and would be the second phase's, told twice.
  console.warn = context.err;
  const code = await runProgram(context, ["check", ...options]).finally(() => (console.warn = warn));
  return { code, text: out.join("\n"), talk: err.join("\n") };
}

async function checked(stack: string): Promise<CheckedStack> {
  const { code, talk, text } = await check(ROOT, "--stack", stack, "--json");
  assert.equal(code, EXIT.ok, talk);
  assert.equal(talk, "");
  return JSON.parse(text) as CheckedStack;
}

/** What each of the repository's stacks is, as a person reads it. */
const STACKS = {
  local: "PostgreSQL 17 on Docker, replicas a, database app, environment local",
  staging:
    "PostgreSQL 17 on Cloud SQL enterprise in europe-west1, one zone, replicas reports, database app, environment staging",
  prod: "PostgreSQL 17 on Cloud SQL enterprise-plus in europe-west1, two zones, replicas reports, standby-region, database app, environment prod",
  split: "PostgreSQL 17 on DigitalOcean in nyc3, 2 nodes, no replica, database app, environment prod",
  "split-staging": "PostgreSQL 17 on DigitalOcean in nyc3, one node, no replica, database app, environment staging",
};

describe("pgt check", function () {
  this.timeout(20_000);

  for (const [stack, description] of Object.entries(STACKS)) {
    it(`takes the repository's ${stack} as it stands, and says what it is, what fits, and what would be made`, async () => {
      const { code, talk, text } = await check(ROOT, "--stack", stack);
      assert.equal(code, EXIT.ok, talk);
      assert.equal(talk, "");
      const [first, , second, ...rest] = text.split("\n");
      assert.equal(first, `${ROOT}/Pulumi.${stack}.yaml: stack ${stack} can be made.`);
      assert.equal(second, description);
      assert.match(rest.join("\n"), /^\nConnections:\nplace +gives +reserved +administrative +left +needed +free /);
      const [, count, table = ""] =
        /\nThe program would make (\d+) resources:\ntype +name\n([^]*?)\n\n/.exec(text) ?? [];
      assert.equal(table.split("\n").length, Number(count));
      assert.equal(rest.at(-1), `Next: ./pgt up --stack ${stack}`);
    });

    it(`says the same of ${stack} as JSON`, async () => {
      const { connections, pending, resources, source, stack: name, topology, ...more } = await checked(stack);
      assert.deepEqual(more, {});
      assert.deepEqual([name, source], [stack, join(ROOT, `Pulumi.${stack}.yaml`)]);
      assert.equal(topology.stack, stack);
      assert.equal(connections.fits, true);
      assert.deepEqual(Object.keys(connections.rows[0] ?? {}).sort(), [
        "administrative",
        "demand",
        "free",
        "gives",
        "kind",
        "left",
        "needed",
        "place",
        "reserved",
      ]);
      assert.deepEqual(
        connections.rows.filter(({ kind }) => kind === "server").map(({ place }) => place),
        [
          ...[topology.primary, ...topology.replicas].map(({ part }) => part),
          ...(topology.target === "digitalocean" ? ["data host"] : []),
        ],
      );
      for (const resource of resources) assert.deepEqual(Object.keys(resource), ["type", "name"]);
      assert.ok(resources.length > 5);
      assert.equal(pending.length, stack === "prod" ? 1 : 0);
    });
  }

  it("is about the local stack unless another is named", async () => {
    assert.match((await check(ROOT)).text, /stack local can be made/);
  });

  it("says what a second phase has to do, until that is done", async () => {
    const { text } = await check(ROOT, "--stack", "prod");
    assert.match(text, /\nIn a second phase: Replica standby-region is not designated to take over .*\n\nNext/);
  });

  describe("of a stack that can't be made", () => {
    let clone: ScratchClone;
    beforeEach(async () => {
      clone = await scratchClone();
    });
    afterEach(() => clone.remove());

    /** A refusal, and what it says on both. */
    async function refusal(...options: string[]): Promise<{ talk: string; text: string }> {
      const { code, talk, text } = await check(clone.root, "--stack", "prod", ...options);
      assert.equal(code, EXIT.usage, talk);
      assert.doesNotMatch(talk, / {4}at |unexpected error/);
      return { talk, text };
    }

    const WRONG = {
      target: "gcp",
      region: "europe-west99",
      size: { cpus: 3, memoryGiB: 12 },
      ports: { primary: 5432 },
      backup: { retentionDays: 366 },
    } as const;
    const WRONG_PLACES = ["gcp:project", "ports", "region", "size", "backup.retentionDays"];

    it("lists every mistake with exit code 2, and makes nothing of it", async () => {
      const path = await clone.wish("prod", WRONG);
      const { talk, text } = await refusal();
      assert.equal(text, "");
      const places = [...talk.matchAll(/^ {2}([a-zA-Z.:]+)$/gm)].map(([, place]) => place);
      assert.deepEqual(places, WRONG_PLACES);
      assert.ok(talk.startsWith(`error: 5 mistakes in ${path}:\n`), talk);
    });

    it("lists them as JSON, too, each with what to write in its place", async () => {
      await clone.wish("prod", WRONG);
      const { talk, text } = await refusal("--json");
      const { mistakes, ...more } = JSON.parse(text) as { mistakes: Record<string, string>[] };
      assert.deepEqual(more, { stack: "prod" });
      assert.deepEqual(
        mistakes.map(({ where }) => where),
        WRONG_PLACES,
      );
      for (const { fix, got, key, want } of mistakes)
        assert.ok(fix && got && want && /^(config|pgtopology:)/.test(key ?? ""));
      assert.match(talk, /^error: 5 mistakes in /);
    });

    it("names what is wrong with the form before what it means, each with its value", async () => {
      await clone.write(
        "prod",
        'config:\n  pgtopology:topology: { target: gcp, regin: x, replicas: [a], version: "17" }\n',
      );
      const { talk } = await refusal();
      for (const place of ["regin", "replicas", "version"]) assert.match(talk, new RegExp(`^ {2}${place}$`, "m"));
      assert.match(talk, /did you mean region\?/);
    });

    const BROKEN: Readonly<Record<string, readonly [string | undefined, RegExp]>> = {
      "no file": [undefined, /^error: there is no .*\/Pulumi\.prod\.yaml\n {2}→ Copy Pulumi\.staging\.yaml/],
      "an empty file": ["", /has no pgtopology:topology\n {2}→ Add /],
      "broken YAML": ["config:\n  a: [1\n", /is not valid YAML: [^]*\n {2}→ Correct line \d/],
      "a list for a configuration": ["config: [1]\n", /"config" must be a map of keys to values/],
      "a word for a topology": ["config: { pgtopology:topology: gcp }\n", /\n {2}\(the value itself\)\n {4}got: "?gcp/],
      "no target": ["config: { pgtopology:topology: {} }\n", /\n {2}target\n/],
    };
    for (const [title, [text, said]] of Object.entries(BROKEN)) {
      it(`names ${title}`, async () => {
        if (text !== undefined) await clone.write("prod", text);
        const { talk, text: data } = await refusal();
        assert.match(talk, said);
        assert.equal(data, "");
      });
    }
  });
});
