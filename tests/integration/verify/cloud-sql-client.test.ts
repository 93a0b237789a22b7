// The client of the Cloud SQL Admin API against a server of this machine. Does not prove that Google's answers so, nor
// that Application Default Credentials are found.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "mocha";
import { EXIT, PgtError } from "../../../kernel/errors.ts";
import { cloudSqlClient } from "../../../verify/cloud-sql-client.ts";
import { type PretendCloudSql, startPretendCloudSql } from "../../support/pretend-cloud-sql.ts";

const TOKEN = "token-7f3a";
const INSTANCE = { name: "unit-primary-x1", state: "RUNNABLE", settings: { tier: "db-custom-1-3840" } };

let api: PretendCloudSql;

function client(more: { tryTimeoutMs?: number; signal?: AbortSignal } = {}) {
  const signal = new AbortController().signal;
  return cloudSqlClient({ project: "p", baseUrl: api.baseUrl, accessToken: TOKEN, signal, ...more });
}

async function failure(asking: Promise<unknown>): Promise<PgtError> {
  try {
    await asking;
  } catch (error) {
    assert.ok(error instanceof PgtError, String(error));
    assert.ok(!JSON.stringify([error.message, error.fix, error.stack]).includes(TOKEN));
    return error;
  }
  return assert.fail("it did not fail");
}

describe("the client of the Cloud SQL Admin API", function () {
  this.timeout(30_000);

  before(async () => {
    api = await startPretendCloudSql("p");
    api.instances.set(INSTANCE.name, INSTANCE);
  });
  after(() => api.end());
  afterEach(() => {
    api.asked.length = 0;
    api.next.length = 0;
    api.backupRuns.length = 0;
  });

  it("asks for an instance with the token, and reads what it needs of the answer", async () => {
    assert.deepEqual(await (await client()).getInstance(INSTANCE.name), INSTANCE);
    assert.equal(api.authorization(), `Bearer ${TOKEN}`);
    assert.deepEqual(api.asked, ["instances/unit-primary-x1"]);
  });

  it("has nothing for an instance that is not there, and asks once", async () => {
    assert.equal(await (await client()).getInstance("other"), undefined);
    assert.equal(api.asked.length, 1);
  });

  it("has the newest backup that succeeded, and none where none did", async () => {
    api.backupRuns.push(
      { status: "RUNNING" },
      { status: "FAILED", endTime: "2026-11-21T03:00:00.000Z" },
      { status: "SUCCESSFUL", endTime: "2026-11-19T03:00:00.000Z" },
      { status: "SUCCESSFUL", endTime: "2026-11-20T03:00:00.123Z" },
    );
    const own = await client();
    assert.deepEqual(await own.newestBackup(INSTANCE.name), new Date("2026-11-20T03:00:00.123Z"));
    api.backupRuns.length = 0;
    assert.equal(await own.newestBackup(INSTANCE.name), undefined);
  });

  it("tries again when it is too much for the API, or broken there", async () => {
    api.next.push({ status: 429 }, { status: 503 });
    assert.deepEqual(await (await client()).getInstance(INSTANCE.name), INSTANCE);
    assert.equal(api.asked.length, 3);
  });

  it("gives up after some tries, and says by which status", async () => {
    api.next.push(...Array.from({ length: 9 }, () => ({ status: 500 })));
    const error = await failure((await client()).getInstance(INSTANCE.name));
    assert.equal(error.message, "the Cloud SQL Admin API did not answer instances/unit-primary-x1: status 500");
    assert.equal(error.exitCode, EXIT.failed);
    assert.equal(api.asked.length, 4);
  });

  it("could not check where the login is not taken: says how to log in, and asks once", async () => {
    api.next.push({ status: 401 });
    const error = await failure((await client()).getInstance(INSTANCE.name));
    assert.equal(error.exitCode, EXIT.couldNotCheck);
    assert.match(error.fix.join("\n"), /gcloud auth application-default login/);
    assert.equal(api.asked.length, 1);
  });

  it("could not check where a permission is refused, and names it", async () => {
    api.next.push({ status: 403 });
    const error = await failure((await client()).getInstance(INSTANCE.name));
    assert.equal(error.exitCode, EXIT.couldNotCheck);
    assert.match(error.message, /cloudsql\.instances\.get was refused in project p \(403\)/);
    assert.match(error.fix.join("\n"), /roles\/cloudsql\.viewer/);
    api.next.push({ status: 403 });
    assert.match((await failure((await client()).newestBackup(INSTANCE.name))).message, /cloudsql\.backupRuns\.list/);
  });

  it("gives up on an answer that never comes", async () => {
    api.next.push("hang", "hang", "hang", "hang", "hang");
    const began = performance.now();
    const error = await failure((await client({ tryTimeoutMs: 100 })).getInstance(INSTANCE.name));
    assert.match(error.message, /did not answer instances\/unit-primary-x1: nothing within 0\.1 s/);
    assert.ok(performance.now() - began < 5000);
    assert.ok(api.asked.length <= 3, `${api.asked.length} tries`);
  });

  it("ends with the signal's reason when it is interrupted", async () => {
    api.next.push("hang");
    const interrupt = new AbortController();
    const asking = (await client({ signal: interrupt.signal })).getInstance(INSTANCE.name);
    const reason = new Error("Ctrl-C");
    setTimeout(() => interrupt.abort(reason), 50);
    await assert.rejects(asking, (thrown) => thrown === reason);
  });

  it("says where an answer is not understood", async () => {
    api.next.push({ body: { name: "i", settings: { storageAutoResize: "perhaps" } } });
    const error = await failure((await client()).getInstance(INSTANCE.name));
    assert.match(error.message, /not understood: settings\.storageAutoResize: /);
  });

  it("sends no token in the clear to another machine", async () => {
    const signal = new AbortController().signal;
    const options = { project: "p", accessToken: TOKEN, signal };
    const error = await failure(cloudSqlClient({ ...options, baseUrl: "http://sql.example/" }));
    assert.equal(error.exitCode, EXIT.usage);
    assert.match(error.message, /got http:\/\/sql\.example\/, want https/);
    await cloudSqlClient({ ...options, baseUrl: "https://sql.example/base" });
  });
});
