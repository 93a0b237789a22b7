import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { runProgram } from "../../../cli/program.ts";
import { EXIT } from "../../../kernel/errors.ts";
import type { ListedRequirement } from "../../../policies/listed-requirements.ts";
import type { PlanFileReport } from "../../../policies/plan-file-report.ts";
import { CATALOGUE } from "../../../requirements/catalogue.ts";
import { listen } from "../../support/listening-context.ts";

const PREVIEW = join(import.meta.dirname, "../policies/files/preview.json");

async function pgt(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const { context, out, err } = listen();
  const code = await runProgram(context, ["policies", ...argv]);
  return { code, out: out.join("\n"), err: err.join("\n") };
}

describe("pgt policies", () => {
  let folder: string;
  const file = async (name: string, text: string): Promise<string> => {
    await writeFile(join(folder, name), text);
    return join(folder, name);
  };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "pgt-test-policies-"));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it("lists every requirement, and what is mandatory where", async () => {
    const { code, out } = await pgt();
    assert.equal(code, EXIT.ok);
    for (const { id } of CATALOGUE) assert.match(out, new RegExp(`^${id} `, "m"));
    assert.match(
      out,
      /^containers\/not-privileged +critical +mandatory +mandatory +mandatory +plan, live +No container/m,
    );
    assert.match(out, /\n\n\d+ requirements, \d+ of them mandatory in prod$/);
  });

  it("lists them for programs, with the levels that a stack's file sets", async () => {
    const settings = await file(
      "Pulumi.a.yaml",
      'config:\n  pgtopology:policies:\n    levels:\n      containers/not-privileged: "off"\n',
    );
    const listed = JSON.parse((await pgt("--json", "--settings", settings)).out) as ListedRequirement[];
    assert.equal(listed.length, CATALOGUE.length);
    assert.deepEqual(listed.find(({ id }) => id === "containers/not-privileged")?.levels, {
      local: "off",
      staging: "off",
      prod: "off",
    });
  });

  it("judges a file, and ends with 1 when something would stop a deployment", async () => {
    const { code, out } = await pgt("test", PREVIEW);
    assert.equal(code, EXIT.failed);
    assert.match(out, /^mandatory +containers\/health-check +c: got no health check, want one$/m);
  });

  it("ends with 0 when all that is found is advice, for programs too", async () => {
    const levels = ["containers/no-new-privileges", "containers/health-check"].map((id) => `  ${id}: advisory\n`);
    const settings = await file("settings.yaml", `levels:\n${levels.join("")}`);
    const { code, out } = await pgt("test", PREVIEW, "--settings", settings, "--json");
    assert.equal(code, EXIT.ok);
    const report = JSON.parse(out) as PlanFileReport;
    assert.deepEqual([...new Set(report.findings.map(({ level }) => level))], ["advisory"]);
  });

  it("says what is wrong with a file, and which of them", async () => {
    const foreign = await file("foreign.json", '{"hello": 1}');
    assert.deepEqual((await pgt("test", foreign)).code, EXIT.couldNotCheck);
    const missing = await pgt("test", join(folder, "none.json"));
    assert.deepEqual(missing.code, EXIT.usage);
    assert.match(missing.err, /none\.json can't be read: ENOENT[\s\S]*→ name a file that you may read/);
    const settings = await file("wrong.yaml", "levels: {containers/nothing-such: advisory}");
    const wrong = await pgt("test", PREVIEW, "--settings", settings);
    assert.equal(wrong.code, EXIT.usage);
    assert.match(wrong.err, /1 mistake in .*wrong\.yaml, below pgtopology:policies/);
    const broken = await pgt("test", PREVIEW, "--settings", await file("broken.yaml", "levels: [\n"));
    assert.equal(broken.code, EXIT.usage);
    assert.match(broken.err, /broken\.yaml is not valid YAML/);
  });
});
