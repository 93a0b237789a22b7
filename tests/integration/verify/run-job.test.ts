// Starting the job that verifies, waiting for it and reading its report, against a server of this machine. Does not prove
// that Google's APIs answer so, nor that what a job writes is in its log: only a project can.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "mocha";
import { EXIT, PgtError } from "../../../kernel/errors.ts";
import { resolveTopology } from "../../../topology/resolve.ts";
import { topologyDigest, topologyText } from "../../../topology/verification-job.ts";
import { OUTCOME_MARKER, outcomeLine } from "../../../verify/job-outcome.ts";
import type { VerifyReport } from "../../../verify/report.ts";
import { verifyByJob, type VerifyByJobOptions } from "../../../verify/run-job.ts";
import { VERIFICATION } from "../../support/gcp-cases.ts";
import { type PretendJobApi, startPretendJobApi } from "../../support/pretend-job-api.ts";

const TOKEN = "token-7f3a";
const TOPOLOGY = resolveTopology(
  { target: "gcp", region: "europe-west1", access: { verification: VERIFICATION } },
  "unit",
);
const JOB = "projects/example/locations/europe-west1/jobs/unit-verification-k3x9";
const EXECUTION = "unit-verification-k3x9-x7k2p";
const DIGEST = topologyDigest(topologyText(TOPOLOGY));
const REPORT: VerifyReport = {
  topology: TOPOLOGY.name,
  startedAt: "2026-11-21T12:00:00.000Z",
  durationMs: 2100,
  counts: { pass: 1, fail: 1, unknown: 0, "not-applicable": 0 },
  judged: [
    { id: "access/one-superuser", title: "One superuser", severity: "high", status: "pass", message: "", fix: "" },
    { id: "backup/recent", title: "Recent", severity: "high", status: "fail", message: "got 3 days", fix: "Mend it." },
  ],
};

const LOG = "https://console.cloud.google.com/logs/viewer?project=example";
const RUNNING = { conditions: [{ type: "Completed", state: "CONDITION_RECONCILING" }] };
const ENDED = {
  completionTime: "2026-11-21T12:00:09Z",
  logUri: LOG,
  conditions: [{ type: "ResourcesAvailable" }, { type: "Completed", state: "CONDITION_SUCCEEDED" }],
};
const FAILED = {
  ...ENDED,
  conditions: [{ type: "Completed", state: "CONDITION_FAILED", message: "The container exited with an error." }],
};

let api: PretendJobApi;
const said: string[] = [];

function verify(more: Partial<VerifyByJobOptions> = {}): Promise<VerifyReport> {
  return verifyByJob({
    topology: TOPOLOGY,
    project: "example",
    suffix: "k3x9",
    api: { accessToken: TOKEN, cloudRunUrl: api.baseUrl, loggingUrl: api.baseUrl },
    signal: new AbortController().signal,
    say: (line) => said.push(line),
    waits: { intervalMs: 5, executionMs: 2000, reportMs: 200, reasonMs: 100 },
    ...more,
  });
}

/** An entry of the log with the line that the job wrote. */
function entryOf(line: string): object {
  return { entries: [{ insertId: "1", jsonPayload: JSON.parse(line) as unknown }] };
}

async function failure(verifying: Promise<unknown>): Promise<PgtError> {
  try {
    await verifying;
  } catch (error) {
    assert.ok(error instanceof PgtError, String(error));
    assert.equal(error.exitCode, EXIT.couldNotCheck, error.message);
    assert.ok(error.fix.length > 0, error.message);
    assert.ok(!JSON.stringify([error.message, error.fix, error.stack, said]).includes(TOKEN));
    return error;
  }
  return assert.fail("it did not fail");
}

describe("a verification by the job in the VPC", function () {
  this.timeout(20_000);

  before(async () => {
    api = await startPretendJobApi(JOB);
  });
  after(() => api.end());
  afterEach(() => {
    for (const list of [api.asked, api.executions, api.pages, said]) list.length = 0;
    api.refused.clear();
  });

  it("starts the job, waits until it has ended and its report is in the log, and has the report as it was made", async () => {
    api.executions.push(RUNNING, RUNNING, ENDED);
    api.pages.push({}, { entries: [], nextPageToken: "more" }, entryOf(outcomeLine({ report: REPORT }, DIGEST)));
    assert.deepEqual(await verify(), REPORT);
    const asked = api.asked.map(({ what }) => what);
    const looks = Array<string>(3).fill(`GET ${JOB}/executions/${EXECUTION}`);
    assert.deepEqual(asked, [`POST ${JOB}:run`, ...looks, ...Array<string>(3).fill("POST entries:list")]);
    assert.ok(api.asked.every(({ authorization }) => authorization === `Bearer ${TOKEN}`));
    assert.deepEqual(said, [
      `started ${EXECUTION}`,
      `${EXECUTION}: 0 s`,
      `${EXECUTION}: 0 s`,
      `${EXECUTION}: waiting for its report`,
    ]);
  });

  it("asks the log for this execution's report alone, of this day, page after page", async () => {
    api.executions.push(ENDED);
    api.pages.push({ nextPageToken: "more" }, entryOf(outcomeLine({ report: REPORT }, DIGEST)));
    await verify();
    const [first, second] = api.asked.filter(({ what }) => what === "POST entries:list").map(({ body }) => body);
    const { filter, ...rest } = first ?? {};
    assert.deepEqual(rest, { resourceNames: ["projects/example"], orderBy: "timestamp asc", pageSize: 10 });
    const parts = String(filter).split(" AND ");
    assert.deepEqual(parts.slice(0, -1), [
      'resource.type="cloud_run_job"',
      'resource.labels.job_name="unit-verification-k3x9"',
      'resource.labels.location="europe-west1"',
      `labels."run.googleapis.com/execution_name"="${EXECUTION}"`,
      `jsonPayload.marker="${OUTCOME_MARKER}"`,
    ]);
    const since = /^timestamp>="(.*)"$/.exec(parts.at(-1) ?? "")?.[1] ?? "";
    assert.ok(Math.abs(Date.now() - Date.parse(since) - 600_000) < 60_000, since);
    assert.equal(second?.pageToken, "more");
  });

  it("tells the job nothing, and no password leaves this machine", async () => {
    api.executions.push(ENDED);
    api.pages.push(entryOf(outcomeLine({ report: REPORT }, DIGEST)));
    await verify();
    assert.deepEqual(api.asked[0]?.body, {});
  });

  it("is a usage error without a job, that names the field, and starts nothing", async () => {
    const without = { ...TOPOLOGY, access: { ...TOPOLOGY.access, verification: undefined } };
    await assert.rejects(verify({ topology: without }), {
      exitCode: EXIT.usage,
      message: /access\.verification is not set/,
    });
    assert.deepEqual(api.asked, []);
  });

  const REFUSALS = [
    { part: ":run", permission: "run.jobs.run", role: "roles/run.invoker" },
    { part: "executions", permission: "run.executions.get", role: "roles/run.viewer" },
    { part: "entries", permission: "logging.logEntries.list", role: "roles/logging.viewer" },
  ];
  for (const { part, permission, role } of REFUSALS) {
    it(`could not check where ${permission} is refused, names the role, and asks no more`, async () => {
      api.executions.push(ENDED);
      api.refused.set(part, 403);
      const error = await failure(verify());
      assert.match(error.message, new RegExp(`${permission.replaceAll(".", "\\.")} was refused in project example`));
      assert.match(error.fix.join("\n"), new RegExp(role));
      assert.equal(api.asked.filter(({ what }) => what.includes(part)).length, 1);
    });
  }

  it("could not check where there is no such job, and says what makes it", async () => {
    const error = await failure(verify({ suffix: "zzzz" }));
    assert.match(error.message, /no job unit-verification-zzzz in europe-west1 of project example/);
    assert.match(error.fix.join("\n"), /pgt up/);
  });

  it("starts the job once, also where the answer is that something broke", async () => {
    api.refused.set(":run", 503);
    assert.match((await failure(verify())).message, /did not answer .*:run: status 503/);
    assert.equal(api.asked.length, 1);
  });

  it("goes on where the platform breaks while it waits", async () => {
    api.executions.push(RUNNING, ENDED);
    api.pages.push(entryOf(outcomeLine({ report: REPORT }, DIGEST)));
    api.refused.set("executions", 503);
    setTimeout(() => api.refused.clear(), 50);
    assert.deepEqual(await verify({ waits: { intervalMs: 5, executionMs: 10_000, reportMs: 200 } }), REPORT);
  });

  it("could not check where the execution failed before it said anything", async () => {
    api.executions.push(FAILED);
    const error = await failure(verify());
    assert.match(error.message, /execution unit-verification-k3x9-x7k2p failed: The container exited with an error\./);
    assert.ok(error.fix.includes(`Its log: ${LOG}`));
  });

  it("says why the job could not verify, as the job says it", async () => {
    api.executions.push(FAILED);
    const failed = { message: "cloudsql.instances.get was refused", fix: ["Grant the role."] };
    api.pages.push(entryOf(outcomeLine({ failure: failed }, DIGEST)));
    const error = await failure(verify());
    assert.equal(error.message, "the job could not verify: cloudsql.instances.get was refused");
    assert.deepEqual(error.fix, ["Grant the role.", `Its log: ${LOG}`]);
  });

  it("gives up on an execution that does not end, and on a report that never comes", async () => {
    api.executions.push(RUNNING);
    const endless = await failure(verify({ waits: { intervalMs: 5, executionMs: 50 } }));
    assert.match(endless.message, /gave up waiting for execution unit-verification-k3x9-x7k2p to end after 0\.05 s/);
    api.executions.length = 0;
    api.executions.push(ENDED);
    const silent = await failure(verify());
    assert.match(silent.message, /gave up waiting for the report of unit-verification-k3x9-x7k2p in the log/);
    assert.match(silent.fix.join("\n"), /exclusion filter/);
  });

  it("ends with the signal's reason when it is interrupted", async () => {
    api.executions.push(RUNNING);
    const interrupt = new AbortController();
    const reason = new Error("Ctrl-C");
    setTimeout(() => interrupt.abort(reason), 50);
    await assert.rejects(verify({ signal: interrupt.signal }), (thrown) => thrown === reason);
  });

  describe("takes no word for a report that is not one:", () => {
    const line = JSON.parse(outcomeLine({ report: REPORT }, DIGEST)) as Record<string, unknown>;
    const [good, bad] = REPORT.judged;
    const GARBLED: [string, unknown, RegExp][] = [
      ["nothing", undefined, /the job's report is not understood/],
      ["a text", "all is well", /the job's report is not understood/],
      ["a report without its lines", { ...line, report: { ...REPORT, judged: [] } }, /not understood: report\.judged/],
      [
        "counts that say better than the lines",
        { ...line, report: { ...REPORT, counts: { ...REPORT.counts, fail: 0 } } },
        /not understood: report\.counts: not what was judged/,
      ],
      [
        "a status that there is none of",
        { ...line, report: { ...REPORT, judged: [good, { ...bad, status: "fine" }] } },
        /not understood: report\.judged\.1\.status/,
      ],
      [
        "a report about another topology",
        { ...line, topologyDigest: topologyDigest("another") },
        /about another topology than the one that is written now/,
      ],
      [
        "a report about another stack",
        { ...line, report: { ...REPORT, topology: "pgtopology-other" } },
        /about pgtopology-other, want pgtopology-unit/,
      ],
    ];
    for (const [title, jsonPayload, message] of GARBLED) {
      it(title, async () => {
        api.executions.push(ENDED);
        api.pages.push({ entries: [{ jsonPayload }] });
        assert.match((await failure(verify())).message, message);
      });
    }

    it("and what would move a terminal's cursor is taken out of it", async () => {
      api.executions.push(ENDED);
      const message = "got \u001b[2J\u009b1m3 days\r";
      api.pages.push({
        entries: [{ jsonPayload: { ...line, report: { ...REPORT, judged: [good, { ...bad, message }] } } }],
      });
      assert.equal((await verify()).judged[1]?.message, "got [2J1m3 days");
    });
  });
});
