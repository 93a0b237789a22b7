// `pgt preview` by the command that a user runs, against the real engine on Docker. That each label is true is shown in the
// tests of labels; clouds are not asked here.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { stringify } from "yaml";
import { waitUntil } from "../../kernel/wait-until.ts";
import type { PreviewReport } from "../../preview/report.ts";
import type { TopologySpec } from "../../topology/spec.ts";
import { type Ended, ended, TestStack } from "../support/test-stack.ts";

describe("pgt preview on docker", () => {
  let stack: TestStack;
  let wish: TopologySpec;

  before(async () => {
    stack = await TestStack.create({ pooling: { enabled: false }, replicas: {} });
    wish = stack.spec;
  });
  after(() => stack.remove());

  /** Every file of the stack, with what is in it. */
  async function files(): Promise<string[]> {
    const found = await readdir(stack.stateDir, { recursive: true, withFileTypes: true });
    const paths = found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    const sums = paths.map(async (path) => {
      const sum = createHash("sha256").update(await readFile(path));
      return `${path} ${sum.digest("hex")}`;
    });
    return (await Promise.all(sums)).sort();
  }

  async function containers(): Promise<string[]> {
    const filters = { label: [`pgtopology.stack=${stack.topologyName}`] };
    return (await stack.docker.listContainers({ all: true, filters })).map(({ Id }) => Id).sort();
  }

  async function preview(...args: string[]): Promise<{ report: PreviewReport; ended: Ended }> {
    const run = await stack.run(["preview", "--json", ...args]);
    assert.notEqual(run.out, "", run.err);
    return { report: JSON.parse(run.out) as PreviewReport, ended: run };
  }

  it("of a stack that was not made says what would be made, and leaves nothing behind", async () => {
    const { report, ended: run } = await preview();
    assert.equal(run.code, 0, run.err);
    assert.ok((report.resources ?? []).every(({ operation }) => operation === "create"));
    assert.ok((report.resources ?? []).length > 0);
    assert.deepEqual(await readdir(stack.stateDir), ["wished.yaml"]);
    assert.deepEqual(await containers(), []);
  });

  it("of a stack that is as it was asked for says that nothing changes, also twice at once", async () => {
    const up = await stack.run(["up", "--no-verify"]);
    assert.equal(up.code, 0, up.err);
    const [made, ids] = [await files(), await containers()];
    const both = await Promise.all([preview(), preview()]);
    for (const { report, ended: run } of both) {
      assert.equal(run.code, 0, run.err);
      assert.deepEqual([report.resources, report.wish], [[], []]);
    }
    assert.deepEqual(await files(), made);
    assert.deepEqual(await containers(), ids);
  });

  it("names an edit and a container that was removed by hand, shows no secret, and changes nothing", async () => {
    await stack.write({ ...wish, database: "shop", parameters: { work_mem: "8MB" } });
    const scheduler = `${stack.topologyName}-scheduler`;
    await stack.docker.getContainer(scheduler).remove({ force: true });
    const made = await files();
    const page = join(tmpdir(), `${stack.name}.md`);
    const { report, ended: run } = await preview("--markdown", page);
    assert.equal(run.code, 1, run.err);
    assert.deepEqual(
      report.reasons.map(({ permission }) => permission),
      ["change/database"],
    );
    assert.ok(report.wish.some(({ label, property }) => property === "parameters.work_mem" && label === "restart"));
    const seen = (report.resources ?? []).map(({ name, operation }) => `${name} ${operation}`);
    assert.ok(seen.includes(`${stack.topologyName}-primary replace`), seen.join());
    assert.ok(seen.includes(`${scheduler} create`), seen.join());
    for (const text of [run.out, run.err, await readFile(page, "utf8")]) {
      assert.doesNotMatch(text, /PRIVATE KEY|SCRAM-SHA-256\$/);
    }
    assert.deepEqual(await files(), made);

    const allow = join(stack.stateDir, "allow.yaml");
    const permission = { id: "change/database", reason: "a test", owner: "a test", expires: "2999-01-01" };
    await writeFile(allow, stringify([permission]));
    const permitted = await preview("--allow", allow);
    assert.equal(permitted.ended.code, 0, permitted.ended.err);
    assert.deepEqual(permitted.report.permitted, [permission]);
  });

  it("can be killed midway: the next one, and the next up, go on as if it had not been", async () => {
    await stack.write(wish);
    const killed = stack.start(["preview"]);
    let said = "";
    killed.stderr?.on("data", (chunk: Buffer) => (said += chunk.toString()));
    const end = ended(killed);
    await waitUntil(() => Promise.resolve(said.includes("what would change")), { name: "the plan", timeoutMs: 60_000 });
    killed.kill("SIGKILL");
    await end;
    const { ended: run } = await preview();
    assert.equal(run.code, 0, run.err);
    const up = await stack.run(["up", "--no-verify"]);
    assert.equal(up.code, 0, up.err);
    assert.doesNotMatch(up.err, /was killed/);
  });
});
