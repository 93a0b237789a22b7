// Does not prove that an entry of the log holds so much: https://docs.cloud.google.com/logging/quotas says it.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Verdict } from "../../../requirements/requirement.ts";
import { type JobOutcome, outcomeLine, readOutcome } from "../../../verify/job-outcome.ts";
import type { ReportLine, VerifyReport } from "../../../verify/report.ts";

const LARGEST_LINE = 128 * 1024;

function reportOf(messages: readonly string[]): VerifyReport {
  const judged = messages.map((message, index): ReportLine => ({
    id: `settings/number-${index}`,
    title: "Title",
    severity: "low",
    status: "fail",
    message,
    fix: "Mend it.",
  }));
  const counts: Record<Verdict["status"], number> = { pass: 0, fail: judged.length, unknown: 0, "not-applicable": 0 };
  return { topology: "pgtopology-prod", startedAt: "2026-11-21T12:00:00.000Z", durationMs: 12, counts, judged };
}

function thereAndBack(outcome: JobOutcome): JobOutcome {
  return readOutcome(JSON.parse(outcomeLine(outcome, "digest")), "digest");
}

describe("the outcome of a job that verifies, as one line", () => {
  it("comes back as it was made, over several lines of text and any letters", () => {
    const report = reportOf(["primary: got a,\n\twant “b”", ""]);
    assert.equal(outcomeLine({ report }, "digest").includes("\n"), false);
    assert.deepEqual(thereAndBack({ report }), { report });
    const failure = { message: "no passwords", fix: ["Run `pgt up`."] };
    assert.deepEqual(thereAndBack({ failure }), { failure });
  });

  for (const [title, messages] of Object.entries({
    "one message of a megabyte": ["x".repeat(1024 * 1024)],
    "two hundred long ones": Array.from({ length: 200 }, () => "ü".repeat(5000)),
  })) {
    it(`fits into an entry of the log with ${title}, and loses no requirement`, () => {
      const report = reportOf(messages);
      const line = outcomeLine({ report }, "digest");
      assert.ok(Buffer.byteLength(line) <= LARGEST_LINE, `${Buffer.byteLength(line)} bytes`);
      const back = readOutcome(JSON.parse(line), "digest");
      assert.ok("report" in back);
      assert.deepEqual(back.report.counts, report.counts);
      assert.deepEqual(
        back.report.judged.map(({ id, status }) => [id, status]),
        report.judged.map(({ id, status }) => [id, status]),
      );
      assert.ok(back.report.judged.every(({ message }) => message.endsWith("… (shortened)")));
    });
  }
});
