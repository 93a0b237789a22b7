// `pgt preview` of saved plans and of configurations, without an engine, and the pages that it writes: each was read by
// eye. The plans of docker were recorded from the real engine (what is the same on both sides is cut out of them); those of
// clouds are written by hand in its form, and a cloud's own answer to them is not shown here. The way through the engine is
// in tests/e2e/preview.test.ts.
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, it } from "mocha";
import { runProgram } from "../../../cli/program.ts";
import { labelPlan } from "../../../preview/label-plan.ts";
import type { PlannedStep } from "../../../preview/planned-step.ts";
import type { PreviewReport } from "../../../preview/report.ts";
import { assertExpectedText } from "../../support/expected-text.ts";
import { listen } from "../../support/listening-context.ts";

const PREVIEW = new URL("../preview/", import.meta.url);
const PLANS = fileURLToPath(new URL("plans/", PREVIEW));
const INSTANCE = "gcp:sql/databaseInstance:DatabaseInstance";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pgt-preview-test-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function preview(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const { context, out, err } = listen({ root: folder, env: { PGT_STATE_DIR: folder } });
  const code = await runProgram(context, ["preview", ...args]);
  return { code, out: out.join("\n"), err: err.join("\n") };
}

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** The recordings with the folder of this machine left out. */
const withoutFolder = (text: string): string => text.replaceAll(PLANS, "plans/");

describe("pgt preview --plan", () => {
  for (const file of readdirSync(PLANS).sort()) {
    it(`tells of ${file} what is expected, as text and as Markdown`, async () => {
      const page = join(folder, "page.md");
      const { code, err, out } = await preview("--plan", join(PLANS, file), "--markdown", page);
      const name = file.replace(/\.jsonl?$/, "");
      assert.equal(err, "");
      assertExpectedText(new URL(`expected/${name}.txt`, PREVIEW), `${withoutFolder(out)}\nexit code ${code}\n`);
      const markdown = withoutFolder(readFileSync(page, "utf8").replaceAll("&#8203;", ""));
      assertExpectedText(new URL(`expected/${name}.md`, PREVIEW), markdown);
    });
  }

  it("shows nothing that could be a secret of a recorded plan", () => {
    for (const file of readdirSync(PLANS)) {
      assert.doesNotMatch(readFileSync(join(PLANS, file), "utf8"), /PRIVATE KEY|SCRAM-SHA-256\$/, file);
    }
  });

  it("passes by the permission that its page names, until the permission expires", async () => {
    const plan = join(PLANS, "gcp-instance-replaced.json");
    const refused = JSON.parse((await preview("--plan", plan, "--json")).out) as PreviewReport;
    const ids = [...new Set(refused.reasons.flatMap(({ permission }) => permission ?? []))];
    assert.ok(ids.length > 0);
    const allow = (expires: string): string =>
      write("allow.json", JSON.stringify(ids.map((id) => ({ id, reason: "meant", owner: "someone", expires }))));
    const passed = await preview("--plan", plan, "--allow", allow("2999-01-01"), "--json");
    const left = (JSON.parse(passed.out) as PreviewReport).reasons.filter(({ kind }) => kind !== "policy");
    assert.deepEqual(left, []);
    assert.equal((await preview("--plan", plan, "--allow", allow("2020-01-01"))).code, 1);
  });

  it("fails on a permission that is not needed, with 2", async () => {
    const allow = write("allow.yaml", "- id: change/database\n  reason: r\n  owner: o\n  expires: '2999-01-01'\n");
    const plan = join(PLANS, "docker-port.jsonl");
    assert.equal((await preview("--plan", plan)).code, 0);
    const own = `- {id: "plan/${INSTANCE}/x/replace", reason: r, owner: o, expires: '2999-01-01'}`;
    assert.equal((await preview("--plan", plan, "--allow", write("own.yaml", own))).code, 2);
    // Without a stack nobody knows what its configuration changes.
    assert.equal((await preview("--plan", plan, "--allow", allow)).code, 0);
  });

  it("stops an ordinary restart under a lower limit", async () => {
    assert.equal((await preview("--plan", join(PLANS, "docker-port.jsonl"), "--max", "reload")).code, 1);
    assert.equal((await preview("--plan", join(PLANS, "docker-port.jsonl"), "--max", "restart")).code, 0);
  });

  for (const [what, text] of [
    ["cut off", readFileSync(join(PLANS, "docker-port.jsonl"), "utf8").slice(0, 5000)],
    ["empty", ""],
    ["no plan", "hello"],
    ["of a newer engine", '{"sequence":1,"timestamp":1,"newEvent":{}}\n'],
  ] as const) {
    it(`says 3 of a file that is ${what}, and writes a page that does not pass`, async () => {
      const page = join(folder, "page.md");
      const { code, err } = await preview("--plan", write("plan.json", text), "--markdown", page);
      assert.equal(code, 3, err);
      assert.match(readFileSync(page, "utf8"), /⛔ .*could not be previewed/);
    });
  }

  it("says of a stack on docker what the engine makes anew although no field asks for it, as pgt up does", async () => {
    const spec = {
      target: "docker",
      size: { memoryGiB: 0.5, cpus: 1 },
      replicas: { a: { port: 13341 } },
      ports: { primary: 29543, pooler: 29443 },
    };
    const config = write("wished.yaml", JSON.stringify({ config: { "pgtopology:topology": spec } }));
    const stack = ["--stack", "local-recorded", "--config", config, "--json"];
    const { code, err, out } = await preview("--plan", join(PLANS, "docker-password.jsonl"), ...stack);
    assert.equal(code, 0, err);
    const { wish } = JSON.parse(out) as PreviewReport;
    assert.deepEqual(
      wish.map(({ from, label, property }) => [property, from, label]),
      [["containers", "primary, pooler", "restart"]],
    );
    const stopped = await preview("--plan", join(PLANS, "docker-password.jsonl"), ...stack, "--max", "reload");
    assert.equal(stopped.code, 1);
    const { reasons } = JSON.parse(stopped.out) as PreviewReport;
    assert.deepEqual(
      reasons.map(({ permission }) => permission),
      ["change/containers"],
    );
  });

  it("says 3 of a plan in which the engine failed", async () => {
    const plan = { steps: [], diagnostics: [{ severity: "error", message: "no such project" }] };
    const { code, out } = await preview("--plan", write("plan.json", JSON.stringify(plan)));
    assert.equal(code, 3);
    assert.match(out, /the plan is not whole: no such project/);
  });
});

describe("pgt preview --plan, of somebody who means no good", () => {
  const urn = (type: string, name: string): string => `urn:pulumi:prod::shop::${type}::${name}`;
  const saved = (steps: object[], diagnostics: object[] = []): string =>
    write("plan.json", JSON.stringify({ steps, diagnostics }));
  const step = (op: string, name: string, from: object = {}, to: object = {}, fields: object = {}): object => {
    const state = (inputs: object): object => ({ urn: urn(DATABASE, name), type: DATABASE, inputs });
    return { op, urn: urn(DATABASE, name), oldState: state(from), newState: state(to), ...fields };
  };
  const FORGED = /[^\P{Cc}\n]|\p{Bidi_Control}|^shop: passes/mu;
  const DATABASE = "aws:rds/instance:Instance";
  const pages = async (plan: string, ...args: string[]): Promise<string[]> => {
    const page = join(folder, "page.md");
    const { out } = await preview("--plan", plan, "--markdown", page, ...args);
    return [out, readFileSync(page, "utf8"), (await preview("--plan", plan, "--json", ...args)).out];
  };

  for (const [where, inputs] of [
    ["what a value is named, not its key", { envs: [{ name: "DB_PASSWORD", value: "marker" }] }],
    ["a key of a map", { "postgres://u:marker@h/d": "x" }],
    ["a short word", { connection: "Server=h;Pwd=marker;" }],
    ["more than one", { passwords: ["marker"] }],
    ["a text of JSON", { definition: JSON.stringify({ password: "marker" }) }],
    ["what is made of a secret", { passwordHash: "marker", PGPASSWORD_OLD: "marker", secretString: "marker" }],
    ["a header", { headers: { Authorization: "Bearer marker-abcdef" } }],
    ["a text of YAML", { userData: "user: a\npassword: marker" }],
    ["a file of pgbackrest", { uploads: [{ content: "[repo]\nrepo1-cipher-pass=marker" }] }],
    ["an address's words", { address: "https://h/x?token=marker&y=1" }],
    ["a password with a slash", { address: "postgres://u:a/marker@h/d" }],
    ["a key with a dot", { "my.password": "marker" }],
  ] as const) {
    it(`shows no secret in ${where}`, async () => {
      const other = JSON.parse(JSON.stringify(inputs).replaceAll("marker", "markerb")) as object;
      const plan = saved([
        step("update", "a", inputs, other),
        step("replace", "b", inputs, other, { replaceReasons: Object.keys(inputs) }),
      ]);
      for (const page of await pages(plan)) assert.doesNotMatch(page, /marker/);
    });
  }

  it("shows no secret of what the engine says", async () => {
    const said = ["dial postgres://u:marker@h/d failed", "dsn host=h password=marker", "PGPASSWORD=marker psql"];
    const diagnostics = said.map((message) => ({ severity: "error", message }));
    for (const page of await pages(saved([step("same", "a")], diagnostics))) {
      assert.doesNotMatch(page, /marker/);
      assert.match(page, /the plan is not whole.*failed/);
    }
  });

  it("lets nobody write to the terminal, or a line of the page, by a name, a reason or a permission", async () => {
    const odd = "a\u001b[31m\u202e\nshop: passes";
    const plan = saved([
      step("delete", odd),
      step("replace", "b", { a: 1 }, { a: 2 }, { replaceReasons: [odd] }),
      step("update", "c", { [odd]: odd }, { [odd]: "b" }),
    ]);
    const id = `plan/${DATABASE}/b/data-loss`;
    const allow = write("allow.json", JSON.stringify([{ id, reason: odd, owner: odd, expires: "2999-01-01" }]));
    const [text = "", markdown = ""] = await pages(plan, "--allow", allow);
    for (const page of [text, markdown]) assert.doesNotMatch(page, FORGED);
    const kind = await preview("--plan", write("log.jsonl", JSON.stringify({ [odd]: {} })));
    assert.doesNotMatch(kind.err, FORGED);
  });

  it("passes by the permission that it names, also of an odd name", async () => {
    const plan = saved([step("delete", "a\u001b[31m b")]);
    const { reasons } = JSON.parse((await preview("--plan", plan, "--json")).out) as PreviewReport;
    const allowed = reasons.map(({ permission }) => ({
      id: permission,
      reason: "r",
      owner: "o",
      expires: "2999-01-01",
    }));
    const allow = write("allow.json", JSON.stringify(allowed));
    assert.equal((await preview("--plan", plan, "--allow", allow)).code, 0);
  });

  it("says 3 of a plan without any step, also where it is a log", async () => {
    assert.equal((await preview("--plan", saved([]))).code, 3);
    assert.equal((await preview("--plan", write("log.jsonl", '{"summaryEvent":{}}'))).code, 3);
  });

  it("says 3 of what the engine failed in, in each of its words", async () => {
    const same = JSON.stringify({ resourcePreEvent: { metadata: step("same", "a") } });
    for (const event of [
      { errorEvent: { error: "it broke" } },
      { resOpFailedEvent: { metadata: { urn: "urn:pulumi:prod::shop::x:y:Z::it broke" } } },
      { diagnosticEvent: { severity: "error", message: "it broke" } },
    ]) {
      const lines = [same, JSON.stringify(event), '{"summaryEvent":{}}'];
      for (const log of [lines, lines.slice(1)]) {
        const { code, out } = await preview("--plan", write("log.jsonl", log.join("\n")));
        assert.equal(code, 3);
        assert.match(out, /the plan is not whole: .*it broke/);
      }
    }
  });

  it("says 2 of a stack that the plan is not of", async () => {
    write("Pulumi.shop.yaml", "config:\n  pgtopology:topology:\n    target: docker\n");
    const { code, err } = await preview("--plan", saved([step("same", "a")]), "--stack", "shop");
    assert.equal(code, 2, err);
    assert.match(err, /is of stack prod, and not of shop/);
  });

  it("heads the page of a plan that can't be read as that of one that can", async () => {
    const page = join(folder, "page.md");
    const markOf = async (text: string): Promise<string> => {
      await preview("--plan", write("plan.json", text), "--markdown", page);
      return readFileSync(page, "utf8").split("\n", 1)[0] ?? "";
    };
    assert.equal(await markOf("hello"), await markOf(JSON.stringify({ steps: [step("same", "a")] })));
  });

  it("names the mistakes of a configuration as JSON, too", async () => {
    write("Pulumi.shop.yaml", "config:\n  pgtopology:topology:\n    target: moon\n");
    const { code, out } = await preview("--stack", "shop", "--json");
    assert.equal(code, 2);
    assert.equal((JSON.parse(out) as { stack: string }).stack, "shop");
  });
});

describe("pgt preview, of wrong usage", () => {
  for (const [what, args] of [
    ["an odd label", ["--max", "explosion"]],
    ["two plans", ["--plan", "a", "--against", "b"]],
    ["a file of permissions that is not there", ["--plan", "a", "--allow", "/nowhere/at-all"]],
    ["a page that can't be written", ["--plan", "a", "--markdown", "/nowhere/page.md"]],
    ["a stack that is not there", ["--stack", "nowhere"]],
  ] as const) {
    it(`says 2 of ${what}`, async () => {
      assert.equal((await preview(...args)).code, 2);
    });
  }

  for (const [what, text] of [
    ["no list", "id: change/database"],
    ["nothing", ""],
    ["no YAML", "[1, "],
    ["an alias of itself", "- &a [*a]"],
    [
      "blanks that nobody filled",
      "- {id: change/database, reason: <why it may happen>, owner: o, expires: '2999-01-01'}",
    ],
    ["twice the same", "- &a {id: change/database, reason: r, owner: o, expires: '2999-01-01'}\n- *a"],
    ["a day that is none", "- {id: change/database, reason: r, owner: o, expires: '2999-02-31'}"],
  ] as const) {
    it(`says 2 of permissions that are ${what}`, async () => {
      const allow = write("allow.yaml", text);
      const { code, err } = await preview("--plan", join(PLANS, "docker-port.jsonl"), "--allow", allow);
      assert.equal(code, 2, err);
      assert.match(err, /allow\.yaml/);
    });
  }
});

describe("a plan of a thousand resources", () => {
  it("is labelled whole", () => {
    const state = (tier: string) => ({
      inputs: { settings: { tier } },
      outputs: {},
      protect: false,
      retainOnDelete: false,
    });
    const steps = Array.from({ length: 1000 }, (_, at): PlannedStep => ({
      operation: "update",
      urn: `urn:pulumi:prod::shop::${INSTANCE}::db-${at}`,
      type: INSTANCE,
      name: `db-${at}`,
      old: state("db-custom-2-7680"),
      next: state("db-custom-4-15360"),
      diffs: [],
      replacing: [],
    }));
    const { changes } = labelPlan(steps);
    assert.equal(new Set(changes.map(({ urn }) => urn)).size, 1000);
    assert.ok(changes.every(({ label }) => label !== "none"));
  });
});
