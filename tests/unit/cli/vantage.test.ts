// What commands say from a place that sees no server. That `up` deploys from there: tests/e2e/drift.test.ts. It does not
// prove anything about a cloud's API, which is asked all the same.
import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "mocha";
import { openWay, refuseJob } from "../../../cli/data-host/open-way.ts";
import { runProgram } from "../../../cli/program.ts";
import type { DigitalOceanWorld } from "../../../cli/stack/open-digitalocean.ts";
import { EXIT } from "../../../kernel/errors.ts";
import type { ResolvedDigitalOcean } from "../../../topology/resolved-digitalocean.ts";
import type { VerifyReport } from "../../../verify/report.ts";
import { listen } from "../../support/listening-context.ts";

const root = join(import.meta.dirname, "../../..");

describe("--vantage none", () => {
  it("verifies nothing on Docker: every requirement is named as unknown, and the end is 3", async () => {
    const { context, err, out } = listen({ root });
    const code = await runProgram(context, ["verify", "--vantage", "none", "--json"]);
    assert.equal(code, EXIT.couldNotCheck, err.join("\n"));
    assert.deepEqual(err, ["--vantage none: no server was asked"]);
    const { counts, judged } = JSON.parse(out.join("\n")) as VerifyReport;
    assert.deepEqual([counts.pass, counts.fail], [0, 0]);
    const unknown = judged.filter(({ status }) => status === "unknown").map(({ id }) => id);
    for (const id of ["settings/as-asked", "access/no-unplanned-roles", "backup/wal-archived", "containers/healthy"]) {
      assert.ok(unknown.includes(id as (typeof unknown)[number]), id);
    }
  });

  it("looks at no roles, and does not say that they are as planned", async () => {
    for (const more of [[], ["--apply"], ["--json"]]) {
      const { context, err, out } = listen({ root });
      const code = await runProgram(context, ["roles", "--stack", "prod", "--vantage", "none", ...more]);
      assert.equal(code, EXIT.couldNotCheck);
      assert.deepEqual(out, []);
      assert.match(err[0] ?? "", /^error: roles and grants of stack prod were not looked at: --vantage none$/);
    }
  });

  it("opens no way to a data host", async () => {
    const { context } = listen();
    const from = refuseJob({ stack: "split" } as ResolvedDigitalOcean, "none");
    const { way } = await openWay(context, {} as DigitalOceanWorld, from, () => assert.fail("it was tried"));
    assert.deepEqual(way, { closed: "--vantage none: nothing leads to the servers from here" });
  });
});
