// What `pgt drift` makes of a verification and of an engine that can't look, and how it says it.
import assert from "node:assert/strict";
import type { EngineEvent, RefreshOptions } from "@pulumi/pulumi/automation/index.js";
import { describe, it } from "mocha";
import { driftMarkdown } from "../../../../cli/drift/drift-markdown.ts";
import { type DriftReport, exitCodeOf } from "../../../../cli/drift/drift-report.ts";
import { driftText } from "../../../../cli/drift/drift-text.ts";
import { lookByEngine, whyNotSeen } from "../../../../cli/drift/look-by-engine.ts";
import { DRIFT_REQUIREMENTS, serverDrift } from "../../../../cli/drift/server-drift.ts";
import { placeOf } from "../../../../cli/stack/place.ts";
import { EXIT, PgtError } from "../../../../kernel/errors.ts";
import { CATALOGUE } from "../../../../requirements/catalogue.ts";
import type { ReportLine } from "../../../../verify/report.ts";
import { listen } from "../../../support/listening-context.ts";

function line(id: ReportLine["id"], status: ReportLine["status"], message = "", database?: string): ReportLine {
  const shown = database === undefined ? {} : { database };
  return { id, status, message, fix: status === "fail" ? "Mend it." : "", title: id, severity: "high", ...shown };
}

const SEEN = [line("settings/as-asked", "pass"), line("access/no-unplanned-privileges", "pass")];
const REPORT: DriftReport = {
  stack: "prod",
  target: "gcp",
  startedAt: "2026-11-22T05:00:00.000Z",
  durationMs: 1000,
  drift: [],
  expected: [],
  notSeen: [],
  notes: [],
};
const ONE = { where: "primary", what: "tier: a, now b", seenBy: "engine", fix: "Mend it." } as const;
const ZONE = {
  where: "primary",
  what: "zone: b, now c",
  seenBy: "engine",
  because: "expected after a failover: so it is",
  source: "https://example.com/ha",
} as const;

describe("the drift of servers", () => {
  it("is judged by requirements that there are", () => {
    const known = new Set(CATALOGUE.map(({ id }) => id));
    for (const id of DRIFT_REQUIREMENTS) assert.ok(known.has(id), id);
  });

  it("is what fails of those, each with its database and what to do; other failures are no drift", () => {
    const judged = [
      ...SEEN,
      line("backup/wal-archived", "fail", "late"),
      line("settings/as-asked", "fail", "work_mem", "data"),
    ];
    assert.deepEqual(serverDrift({ judged }), {
      drift: [{ where: "data: settings/as-asked", what: "work_mem", seenBy: "verification", fix: "Mend it." }],
      notSeen: [],
    });
  });

  it("is not known where a look was not taken, or where nobody took it", () => {
    const unknown = [
      line("settings/as-asked", "unknown", "not known: no vantage"),
      SEEN[1] ?? line("a/b" as never, "pass"),
    ];
    assert.deepEqual(serverDrift({ judged: unknown }).notSeen, ["settings/as-asked: not known: no vantage"]);
    assert.deepEqual(serverDrift({ judged: [] }).notSeen, [
      "settings/as-asked: nobody judged it",
      "access/no-unplanned-privileges: nobody judged it",
    ]);
  });
});

describe("the engine's look", () => {
  const place = placeOf(listen().context, { stack: "prod" });
  const { signal } = new AbortController();
  const failing = (said: string, before: readonly object[] = []) => ({
    previewRefresh: ({ onEvent }: RefreshOptions = {}) => {
      for (const event of before) onEvent?.(event as EngineEvent);
      return Promise.reject(new Error(said));
    },
  });
  const gone = { resOutputsEvent: { metadata: { op: "delete", urn: "a::b", type: "t" } } };

  it("that could not be taken is told, with what was found until then", async () => {
    const look = await lookByEngine(failing("the cloud does not answer", [gone]), place, signal);
    assert.deepEqual(look.notSeen, ["resources: the engine failed: the cloud does not answer"]);
    assert.deepEqual(
      look.drift.map(({ what }) => what),
      ["it is gone"],
    );
  });

  it("that ended well, and said that something went wrong, is not taken for the whole", async () => {
    const error = { diagnosticEvent: { severity: "error", message: "can't read x\n", color: "never" } };
    const previewRefresh = ({ onEvent }: RefreshOptions = {}) => {
      onEvent?.(error as EngineEvent);
      return Promise.resolve({ stdout: "", stderr: "", changeSummary: {} });
    };
    assert.deepEqual((await lookByEngine({ previewRefresh }, place, signal)).notSeen, ["resources: can't read x"]);
  });

  it("ends with what is wrong here, as a passphrase, and with an interruption", async () => {
    await assert.rejects(lookByEngine(failing("error: incorrect passphrase"), place, signal), { exitCode: EXIT.usage });
    const interrupted = AbortSignal.abort(new PgtError("interrupted", { exitCode: EXIT.interrupted }));
    await assert.rejects(lookByEngine(failing("x"), place, interrupted), { message: "interrupted" });
    assert.equal(whyNotSeen(new PgtError("no token")), "servers: no token");
    assert.throws(() => whyNotSeen(new TypeError("a bug")), { message: "a bug" });
  });
});

describe("what was found", () => {
  it("ends with 1 where something drifted, with 3 where something was not seen, and with 0 else", () => {
    assert.equal(exitCodeOf(REPORT), 0);
    assert.equal(exitCodeOf({ ...REPORT, notSeen: ["x"] }), 3);
    assert.equal(exitCodeOf({ drift: [ONE], notSeen: ["x"] }), 1);
  });

  it("is text for people", () => {
    assert.equal(driftText(REPORT), "Stack prod: nothing has drifted.");
    assert.equal(
      driftText({ ...REPORT, drift: [ONE], expected: [ZONE], notSeen: ["servers: no vantage"], notes: ["A note."] }),
      `drift    what is otherwise  seen by
primary  tier: a, now b     engine

What to do:
  Mend it.

no drift  what is otherwise  why
primary   zone: b, now c     expected after a failover: so it is

Not seen:
  servers: no vantage

A note.

Stack prod: 1 drifted, 1 expected, 1 look could not be taken: this is no clean bill.`,
    );
  });

  it("is Markdown, in which what a server says is text", () => {
    const nasty = { ...ONE, what: "a | b\n<img> @team [x](y) `z`" };
    assert.equal(
      driftMarkdown({ ...REPORT, drift: [nasty], expected: [ZONE], notSeen: ["servers: no vantage"] }),
      `## Drift of prod

Stack prod&#58; 1 drifted, 1 expected, 1 look could not be taken&#58; this is no clean bill.

| drift | what is otherwise | seen by |
| --- | --- | --- |
| <code>primary</code> | a &#124; b<br>&#60;img&#62; &#64;&#8203;team &#91;x&#93;&#40;y&#41; &#96;z&#96; | engine |

| no drift | what is otherwise | why |
| --- | --- | --- |
| <code>primary</code> | zone&#58; b, now c | expected after a failover&#58; so it is ([source](https://example.com/ha)) |

Not seen:

- servers&#58; no vantage

Looked at 2026-11-22T05:00:00.000Z.
`,
    );
  });
});
