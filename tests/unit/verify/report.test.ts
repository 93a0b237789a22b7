// Does not prove that the requirements are right: made-up ones are reported here.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { EXIT } from "../../../kernel/errors.ts";
import type { Judged } from "../../../requirements/judge.ts";
import type { Verdict } from "../../../requirements/requirement.ts";
import { exitCodeOf, type JudgedOf, makeReport, reportText, summaryOf } from "../../../verify/report.ts";

function judged(slug: string, verdict: Verdict): Judged {
  return {
    witness: "live",
    verdict,
    requirement: {
      id: `access/${slug}`,
      topic: "access",
      severity: "high",
      title: `Title of ${slug}`,
      why: "Why.",
      fix: `Mend ${slug}.`,
      docs: "https://example.org",
      witnesses: ["live"],
      check: () => verdict,
    },
  };
}

const PASS = judged("fine", { status: "pass" });
const FAIL = judged("broken", { status: "fail", message: "primary: got a, want b" });
const UNKNOWN = judged("dark", { status: "unknown", missing: "superusers (it took too long)" });
const MOOT = judged("moot", { status: "not-applicable", reason: "replica-a is not running" });

function report(...list: JudgedOf[]) {
  return makeReport({
    topology: "pgtopology-unit",
    startedAt: new Date("2026-01-02T03:04:05.678Z"),
    durationMs: 1234.56,
    judged: list,
  });
}

describe("the report of a verification", () => {
  it("has a stable shape", () => {
    const blank = { severity: "high", message: "", fix: "" };
    assert.deepEqual(report(PASS, FAIL, UNKNOWN, MOOT), {
      topology: "pgtopology-unit",
      startedAt: "2026-01-02T03:04:05.678Z",
      durationMs: 1235,
      counts: { pass: 1, fail: 1, unknown: 1, "not-applicable": 1 },
      judged: [
        { ...blank, id: "access/fine", title: "Title of fine", status: "pass" },
        {
          ...blank,
          id: "access/broken",
          title: "Title of broken",
          status: "fail",
          message: "primary: got a, want b",
          fix: "Mend broken.",
        },
        {
          ...blank,
          id: "access/dark",
          title: "Title of dark",
          status: "unknown",
          message: "not known: superusers (it took too long)",
        },
        {
          ...blank,
          id: "access/moot",
          title: "Title of moot",
          status: "not-applicable",
          message: "replica-a is not running",
        },
      ],
    });
  });

  it("ends with 0 when all is well, 1 after a failure, and 3 when something is unknown and nothing failed", () => {
    assert.equal(exitCodeOf(report(PASS, MOOT)), EXIT.ok);
    assert.equal(exitCodeOf(report(PASS, UNKNOWN)), EXIT.couldNotCheck);
    assert.equal(exitCodeOf(report(UNKNOWN, FAIL, PASS)), EXIT.failed);
  });

  it("shows people what failed first, what to do about it, and one line at the end", () => {
    assert.equal(
      reportText(report(PASS, MOOT, UNKNOWN, FAIL)),
      [
        "status          requirement    what was seen",
        "fail            access/broken  primary: got a, want b",
        "unknown         access/dark    not known: superusers (it took too long)",
        "pass            access/fine    Title of fine",
        "not-applicable  access/moot    replica-a is not running",
        "",
        "What to do:",
        "  access/broken: Mend broken.",
        "",
        "pgtopology-unit: 1 pass, 1 fail, 1 unknown, 1 not applicable in 1.2 s",
        "",
      ].join("\n"),
    );
  });

  it("paints the status only, and only when asked", () => {
    const text = reportText(report(PASS), (status, word) => `<${status}>${word}</>`);
    assert.match(text, /^<pass>pass<\/> +access\/fine +Title of fine$/m);
    assert.equal(summaryOf(report()), "pgtopology-unit: 0 pass, 0 fail, 0 unknown, 0 not applicable in 1.2 s");
  });

  it("says of a stack with two databases which one a line is about, and nothing of it in a stack with one", () => {
    const two = report({ ...PASS, database: "app" }, { ...FAIL, database: "data" });
    assert.deepEqual(
      two.judged.map(({ database, id }) => [database, id]),
      [
        ["app", "access/fine"],
        ["data", "access/broken"],
      ],
    );
    const text = reportText(two);
    assert.match(text, /^status +database +requirement +what was seen$/m);
    assert.match(text, /^fail +data +access\/broken +primary: got a, want b$/m);
    assert.match(text, /^ {2}data: access\/broken: Mend broken\.$/m);
    assert.doesNotMatch(reportText(report(PASS)), /database/);
  });
});
