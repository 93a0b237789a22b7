// What the page says and does not say, and that a comment keeps its form whatever is in it. What GitHub itself makes of it
// is not shown here: the renderer is another one of the same Markdown.
import assert from "node:assert/strict";
import fc from "fast-check";
import { marked, type Token, type Tokens } from "marked";
import { describe, it } from "mocha";
import { DEFAULT_LIMIT, judgeGate } from "../../../preview/gate.ts";
import type { LabelledChange } from "../../../preview/label-plan.ts";
import { SECRET } from "../../../preview/planned-step.ts";
import { type PreviewFacts, previewReport } from "../../../preview/report.ts";
import { reportMarkdown } from "../../../preview/report-markdown.ts";
import { reportText } from "../../../preview/report-text.ts";
import { UNKNOWN } from "../../../requirements/known.ts";
import { changesBetween } from "../../../topology/change.ts";
import { resolveTopology } from "../../../topology/resolve.ts";

const NOW = new Date("2026-11-22T12:00:00Z");
const INSTANCE = "gcp:sql/databaseInstance:DatabaseInstance";
const HOSTILE = [
  "a | b",
  "`code` ``two``",
  "line one\nline two\r\nthree",
  "<script>alert(1)</script><details>",
  "@somebody, see #12 and owner/repo#3",
  "[click](https://evil.example) ![x](https://evil.example/x.png)",
  "https://evil.example and www.evil.example",
  "\\| \\` \\",
  "* _ ~~ ** __ --- ===",
  "</td></tr></table>",
  "&lt;b&gt; &#124; &amp;",
  "\u001b[31mred\u001b[0m \u0007 \u202E reversed",
  "| --- | --- |",
  "$a^2$ ```",
];

const change = (fields: Partial<LabelledChange> = {}): LabelledChange => ({
  urn: `urn:pulumi:prod::p::${INSTANCE}::${fields.name ?? "prod-primary"}`,
  type: INSTANCE,
  name: "prod-primary",
  operation: "update",
  property: "settings.tier",
  from: "a",
  to: "b",
  label: "restart",
  exposure: false,
  what: "the instance restarts",
  source: {
    source: "https://docs.cloud.google.com/sql/docs/postgres/edit-instance",
    confirmed: true,
    read: "2026-11-21",
  },
  unknown: false,
  drifted: false,
  ...fields,
});

function reportOf(facts: Partial<PreviewFacts> = {}) {
  const { findings = [], plan = { changes: [], leftAlone: [] }, wish = [] } = facts;
  const basis = { wish, plan: plan.changes, permissions: [], limit: DEFAULT_LIMIT, couldNotCheck: [], now: NOW };
  const gate = judgeGate({ ...basis, findings });
  const nothing = { objectives: [], unseen: [], cost: undefined, bugs: undefined };
  return previewReport({
    stack: "prod",
    source: "a test",
    limit: DEFAULT_LIMIT,
    ...nothing,
    wish,
    plan,
    findings,
    gate,
    ...facts,
  });
}

function tablesOf(markdown: string): Tokens.Table[] {
  const found: Tokens.Table[] = [];
  const walk = (tokens: readonly Token[]): void => {
    for (const token of tokens) if (token.type === "table") found.push(token as Tokens.Table);
  };
  walk(marked.lexer(markdown, { gfm: true }));
  return found;
}

/** The text of every row, as a reader sees it, of as many cells as the head has. */
function requireTable(markdown: string, rows: number): void {
  const tables = tablesOf(markdown);
  assert.equal(tables.length, 1, markdown);
  const [table] = tables;
  assert.equal(table?.rows.length, rows, markdown);
  for (const row of table.rows) assert.equal(row.length, table.header.length, markdown);
}

describe("the page about a plan", () => {
  it("puts the worst first, and what exposes before what does not", () => {
    const changes = [
      change({ name: "one", label: "reload" }),
      change({ name: "two", label: "restart" }),
      change({ name: "three", label: "data loss" }),
      change({ name: "four", label: "restart", exposure: true }),
    ];
    const { resources } = reportOf({ plan: { changes, leftAlone: [] } });
    assert.deepEqual(
      resources?.map(({ name }) => name),
      ["three", "four", "two", "one"],
    );
  });

  it("counts what holds no data by what becomes of it", () => {
    const step = { operation: "create", urn: "u", type: "t", name: "n", diffs: [], replacing: [] } as const;
    const leftAlone = [step, step, { ...step, operation: "delete" as const }];
    const report = reportOf({ plan: { changes: [], leftAlone } });
    assert.deepEqual(report.leftAlone, { create: 2, delete: 1 });
    assert.match(reportText(report), /2 create, 1 delete/);
  });

  it("says where there was no plan, and no policy, instead of saying that nothing was found", () => {
    const report = reportOf({ plan: undefined, findings: undefined, unseen: ["the engine's plan"] });
    assert.equal(report.resources, null);
    assert.equal(report.policies, null);
    assert.match(reportText(report), /Not seen:\n {2}the engine's plan/);
    assert.match(reportMarkdown(report), /### Not seen/);
  });

  it("names what a label was guessed from, and what was changed past Pulumi", () => {
    const plan = { changes: [change({ unknown: true, drifted: true })], leftAlone: [] };
    for (const page of [reportText(reportOf({ plan })), reportMarkdown(reportOf({ plan }))]) {
      assert.match(page, /unknown: the worst that is plausible/);
      assert.match(page, /changed past Pulumi/);
    }
  });

  it("shows no secret: not the engine's, not one that nobody marked, in none of its forms", () => {
    const values = [
      { property: "rootPassword", from: "marker-1", to: "marker-2" },
      { property: "settings.tier", from: SECRET, to: UNKNOWN },
      { property: "url", from: "postgres://u:marker-3@h/d", to: "host=h password=marker-4" },
      { property: "envs", from: ["PGPASSWORD=marker-5", "A=b"], to: { masterPassword: "marker-6", b: [SECRET] } },
      { property: "envs.DB_PASSWORD", from: "marker-7", to: "marker-8" },
      { property: "userData", from: "-----BEGIN PRIVATE KEY-----\nmarker-9", to: { a: { b: "x://y:marker-10@z" } } },
    ];
    const changes = values.map((fields) => change({ ...fields, label: "replace" }));
    const wish = changesBetween(
      resolveTopology(
        { target: "docker", parameters: { primary_conninfo: "host=h password=marker-11" } } as never,
        "local",
      ),
      resolveTopology({ target: "docker" }, "local"),
    );
    const report = reportOf({ wish, plan: { changes, leftAlone: [] } });
    for (const page of [JSON.stringify(report), reportText(report), reportMarkdown(report)]) {
      assert.doesNotMatch(page, /marker/);
      assert.match(page, /secret/);
      assert.match(page, /known after the update/);
    }
  });

  it("cuts a long value, and says how long it was", () => {
    const [resource] =
      reportOf({ plan: { changes: [change({ to: "x".repeat(5000) })], leftAlone: [] } }).resources ?? [];
    assert.match(resource?.changes[0]?.to ?? "", /^x{120}… \(5000 characters\)$/);
  });

  it("keeps control characters from the terminal, and colours of its own", () => {
    const plan = {
      changes: HOSTILE.map((text, at) => change({ name: `${at}${text}`, from: text, what: text })),
      leftAlone: [],
    };
    const page = reportText(reportOf({ plan }), (_label, _exposure, text) => `\u001b[31m${text}\u001b[39m`);
    // eslint-disable-next-line no-control-regex -- what must not be there
    assert.doesNotMatch(page.replaceAll(/\u001b\[(31|39)m/g, ""), /[\u0000-\u0009\u000b-\u001f\u202e]/);
    assert.match(page, /\\u001b\[31mred/);
  });
});

describe("the page as Markdown", () => {
  for (const text of HOSTILE) {
    it(`keeps its columns with ${JSON.stringify(text)}`, () => {
      const one = change({
        name: text,
        type: text,
        property: text,
        from: text,
        to: text,
        what: text,
        label: "restart",
      });
      requireTable(reportMarkdown(reportOf({ plan: { changes: [one, change()], leftAlone: [] } })), 2);
    });
  }

  it("makes no link, no tag and no mention of what somebody wrote", async () => {
    const changes = HOSTILE.map((text) => change({ name: text, from: text, to: text, what: text, property: text }));
    const findings = HOSTILE.map((text) => ({ policy: text, mandatory: true, message: text }));
    const page = reportMarkdown(reportOf({ plan: { changes, leftAlone: [] }, findings, unseen: HOSTILE }));
    const html = await marked.parse(page, { gfm: true });
    assert.doesNotMatch(html, /<script|<img|<\/table><\/td|evil\.example["']/i);
    const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, address]) => address);
    assert.deepEqual([...new Set(links)], ["https://docs.cloud.google.com/sql/docs/postgres/edit-instance"]);
    // A mention is an at sign before a word, outside of code: there is something between them.
    assert.doesNotMatch(html.replaceAll(/<code>.*?<\/code>/g, ""), /@[a-z]|(?<!&)#\d/i);
  });

  it("is shown as it was written", () => {
    for (const text of HOSTILE.filter((one) => !one.includes("\n") && !one.includes("\u001b"))) {
      const page = reportMarkdown(reportOf({ plan: { changes: [change({ what: text })], leftAlone: [] } }));
      const [row] = tablesOf(page)[0]?.rows ?? [];
      const shown = (row?.[3]?.text ?? "").replaceAll(/&#(\d+);/g, (_, code: string) =>
        String.fromCharCode(Number(code)),
      );
      assert.ok(shown.replaceAll("\u200b", "").startsWith(text), `${text} in ${shown}`);
    }
  });

  it("keeps its columns with any text at all", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), fc.string({ maxLength: 60 }), (one, other) => {
        const changes = [change({ name: one, from: one, to: other, what: other, property: one || "p" }), change()];
        requireTable(reportMarkdown(reportOf({ plan: { changes, leftAlone: [] } })), 2);
      }),
      { numRuns: 200 },
    );
  });

  it("stays below what a comment takes, and names what is cut: never the worst", () => {
    const changes = Array.from({ length: 3000 }, (_, at) =>
      change({ name: `instance-${at}`, label: at === 2999 ? "data loss" : "restart", to: "|".repeat(200) }),
    );
    const page = reportMarkdown(reportOf({ plan: { changes, leftAlone: [] } }));
    assert.ok(page.length <= 65_536, String(page.length));
    assert.match(page, /instance-2999/);
    assert.match(page, /… and \d+ more, none of them worse: `pgt preview --json` has them all/);
    const whole = marked.lexer(page);
    assert.ok(whole.some(({ type }) => type === "table"));
  });

  it("begins with the mark by which a later page takes its place", () => {
    assert.match(reportMarkdown(reportOf()), /^<!-- pgt preview prod -->\n/);
  });
});
