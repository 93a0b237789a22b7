// The command line with `--vantage job`, against a server of this machine. Neither an engine, nor a login to its back end,
// nor a password is there: the context has no machine to find them on.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { stringify } from "yaml";
import { runProgram } from "../../../cli/program.ts";
import { EXIT } from "../../../kernel/errors.ts";
import { resolveTopology } from "../../../topology/resolve.ts";
import type { SpecOf } from "../../../topology/spec.ts";
import { topologyDigest, topologyText } from "../../../topology/verification-job.ts";
import { outcomeLine } from "../../../verify/job-outcome.ts";
import type { VerifyReport } from "../../../verify/report.ts";
import { VERIFICATION } from "../../support/gcp-cases.ts";
import { listen } from "../../support/listening-context.ts";
import { type PretendJobApi, startPretendJobApi } from "../../support/pretend-job-api.ts";

const TOKEN = "token-41be";
const WISH: SpecOf<"gcp"> = { target: "gcp", region: "europe-west1", access: { verification: VERIFICATION } };
const JOB = "projects/example-project/locations/europe-west1/jobs/team-verification-k3x9";
const REPORT: VerifyReport = {
  topology: "pgtopology-team",
  startedAt: "2026-11-21T12:00:00.000Z",
  durationMs: 2100,
  counts: { pass: 0, fail: 1, unknown: 0, "not-applicable": 0 },
  judged: [
    { id: "backup/recent", title: "Recent", severity: "high", status: "fail", message: "got 3 days", fix: "Mend it." },
  ],
};

let root: string;
let api: PretendJobApi;

async function run(argv: readonly string[]) {
  const env = {
    GOOGLE_OAUTH_ACCESS_TOKEN: TOKEN,
    GOOGLE_CLOUD_RUN_V2_CUSTOM_ENDPOINT: `${api.baseUrl}v2/`,
    GOOGLE_LOGGING_CUSTOM_ENDPOINT: `${api.baseUrl}v2/`,
  };
  const { context, out, err } = listen({ root, env });
  return { code: await runProgram(context, argv), out: out.join("\n"), err: err.join("\n") };
}

async function write(stack: string, topology: SpecOf<"gcp">, more: object = { "pgtopology:suffix": "k3x9" }) {
  const config = { "gcp:project": "example-project", "pgtopology:topology": topology, ...more };
  await writeFile(join(root, `Pulumi.${stack}.yaml`), stringify({ config }));
}

describe("pgt verify --vantage job", function () {
  this.timeout(20_000);

  before(async () => {
    root = await mkdtemp(join(tmpdir(), "pgt-vantage-"));
    api = await startPretendJobApi(JOB);
    const conditions = [{ type: "Completed", state: "CONDITION_SUCCEEDED" }];
    api.executions.push({ completionTime: "2026-11-21T12:00:09Z", conditions });
    const digest = topologyDigest(topologyText(resolveTopology(WISH, "team")));
    api.pages.push({ entries: [{ jsonPayload: JSON.parse(outcomeLine({ report: REPORT }, digest)) as unknown }] });
    await write("team", WISH);
    await write("plain", { target: "gcp", region: "europe-west1" });
    await write("unmade", WISH, {});
  });
  after(async () => {
    api.end();
    await rm(root, { recursive: true });
  });

  it("shows the job's report, and ends as a verification from here would", async () => {
    const { code, out, err } = await run(["verify", "--stack", "team", "--vantage", "job"]);
    assert.equal(code, EXIT.failed, err);
    assert.match(out, /fail +backup\/recent +got 3 days/);
    assert.match(out, /pgtopology-team: 0 pass, 1 fail, 0 unknown/);
    const asJson = await run(["verify", "--stack", "team", "--vantage", "job", "--json"]);
    assert.deepEqual(JSON.parse(asJson.out), REPORT);
    assert.ok(!JSON.stringify([out, err, asJson]).includes(TOKEN));
  });

  it("could not check where the topology was edited after the job was told it", async () => {
    await write("team", { ...WISH, parameters: { work_mem: "9MB" } });
    try {
      const { code, err } = await run(["verify", "--stack", "team", "--vantage", "job"]);
      assert.equal(code, EXIT.couldNotCheck);
      assert.match(err, /about another topology than the one that is written now\n.*pgt up/);
    } finally {
      await write("team", WISH);
    }
  });

  it("could not check a stack that was not made, and starts nothing", async () => {
    const before = api.asked.length;
    const { code, err } = await run(["verify", "--stack", "unmade", "--vantage", "job"]);
    assert.equal(code, EXIT.couldNotCheck, err);
    assert.match(err, /stack unmade has not been made/);
    assert.equal(api.asked.length, before);
  });

  for (const command of ["verify", "up"]) {
    it(`is a usage error of ${command} without a job, and names the field before anything is made`, async () => {
      const { code, err } = await run([command, "--stack", "plain", "--vantage", "job"]);
      assert.equal(code, EXIT.usage, err);
      assert.match(err, /access\.verification is not set/);
      assert.match(err, /access\.verification\.image/);
    });
  }
});
