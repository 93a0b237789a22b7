// What `pgt drift` says of a stack with the real engine, real containers and real servers, each thing changed past the
// engine by hand. It does not prove what a cloud's plugin reports after a failover.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import type { DriftReport } from "../../cli/drift/drift-report.ts";
import { type Ended, TestStack } from "../support/test-stack.ts";

describe("drift of a stack", function () {
  let stack: TestStack;

  before(async () => {
    stack = await TestStack.create();
  });

  after(() => stack.remove());

  it("is not told of a stack that has not been made: exit code 3, and nothing is written", async () => {
    const drift = await stack.run(["drift"]);
    assert.equal(drift.code, 3, drift.err);
    assert.match(drift.err, new RegExp(`stack ${stack.name} has not been made\\n.*pgt up`));
    assert.equal(drift.out, "");
    assert.deepEqual(await readdir(stack.stateDir), ["wished.yaml"]);
  });

  it("is none after up, and neither state nor a file is written by looking", async () => {
    const up = await stack.run(["up", "--vantage", "none"]);
    assert.equal(up.code, 0, up.err);
    assert.match(up.out, /Not verified: "\.\/pgt verify --stack \S+" proves it by SQL\./);
    const before = await filesOf(stack.stateDir);
    const { code, report } = await look();
    assert.deepEqual([report.drift, report.expected, report.notSeen, report.notes], [[], [], [], []]);
    assert.equal(code, 0);
    assert.deepEqual(await filesOf(stack.stateDir), before);
  });

  it("is no clean bill from where no server is seen, and says what was not", async () => {
    const { code, report } = await look("--vantage", "none");
    assert.equal(code, 3);
    assert.deepEqual(report.drift, []);
    assert.deepEqual(report.notSeen, ["servers: --vantage none: no setting and no role was seen"]);
    const verify = await stack.run(["verify", "--vantage", "none"]);
    assert.equal(verify.code, 3);
    assert.match(verify.out, /unknown +settings\/as-asked +not known: /);
    assert.match(verify.out, /0 pass, 0 fail, \d+ unknown/);
  });

  it("names a value by ALTER SYSTEM, a grant, a role, and a container that was changed, by its property", async () => {
    await asAdministrator("ALTER SYSTEM SET work_mem = '7MB'", "SELECT pg_reload_conf()");
    await asAdministrator("GRANT app_owner TO app_readonly", "CREATE ROLE by_hand LOGIN");
    const replica = `${stack.topologyName}-replica-a`;
    await stack.docker.getContainer(replica).update({ Memory: 600 * 2 ** 20, MemorySwap: 600 * 2 ** 20 });
    const before = await filesOf(stack.stateDir);
    const markdown = join(stack.stateDir, "drift.md");
    const { code, report } = await look("--markdown", markdown);
    assert.equal(code, 1);
    assert.deepEqual(report.notSeen, []);
    const told = report.drift.map(({ what, where }) => `${where}: ${what}`).sort();
    assert.deepEqual(told, [
      "access/no-unplanned-privileges: to be undone: take membership of app_owner from app_readonly",
      "access/no-unplanned-roles: got also: by_hand",
      `${replica}: memory: 512, now 600`,
      `${replica}: memorySwap: 512, now 600`,
      "settings/as-asked: primary: not as asked: work_mem got 7MB, want nothing set by ALTER SYSTEM",
    ]);
    const text = await readFile(markdown, "utf8");
    assert.ok(text.includes(`| <code>${replica}</code> | memory&#58; 512, now 600 | engine |`), text);
    before.set("drift.md", hash(text));
    assert.deepEqual(await filesOf(stack.stateDir), before);
  });

  it("is gone after the next up that looks at what is there, and what it left to a person is done", async () => {
    await asAdministrator("DROP ROLE by_hand", "ALTER SYSTEM RESET work_mem", "SELECT pg_reload_conf()");
    const up = await stack.run(["up", "--refresh"]);
    assert.equal(up.code, 0, up.err);
    assert.match(up.out, /^1 resource changed, 1 change of roles and grants/);
    // What is asked for since then is no drift.
    await stack.write({ ...stack.spec, parameters: { work_mem: "8MB" } });
    const { code, report } = await look();
    assert.deepEqual([report.drift, report.notSeen], [[], []]);
    assert.equal(code, 0);
  });

  it("names a container that is gone, also from where no server is seen", async () => {
    await stack.docker.getContainer(`${stack.topologyName}-pooler`).remove({ force: true });
    const { code, report } = await look("--vantage", "none");
    assert.equal(code, 1);
    assert.ok(
      report.drift.some(({ what, where }) => where === `${stack.topologyName}-pooler` && what === "it is gone"),
    );
  });

  async function look(...options: string[]): Promise<{ code: number; report: DriftReport }> {
    const drift: Ended = await stack.run(["drift", "--json", ...options]);
    assert.match(drift.out, /^\{/, drift.err);
    return { code: drift.code, report: JSON.parse(drift.out) as DriftReport };
  }

  async function asAdministrator(...statements: string[]): Promise<void> {
    const psql = await stack.run([
      "psql",
      "--role",
      "administrator",
      "--",
      "-qAt",
      ...statements.flatMap((sql) => ["-c", sql]),
    ]);
    assert.equal(psql.code, 0, psql.err);
  }
});

/** Every file below a folder, by its path, with what it holds. */
async function filesOf(folder: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    found.set(path.slice(folder.length + 1), hash(await readFile(path)));
  }
  return new Map([...found].sort());
}

function hash(content: string | Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}
