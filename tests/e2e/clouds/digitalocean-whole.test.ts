// A split on DigitalOcean as one piece, by the commands that a user runs: the engine, the digitalocean plugin, a small server
// that speaks the API's shapes, and behind what it names a Debian under systemd, a PostgreSQL whose administrator is no
// superuser, and an S3 server. It does not prove that the platform takes what it is sent, that a Droplet boots as this
// machine does, nor how long anything takes there.
import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { after, before, describe, it } from "mocha";
import pg from "pg";
import { EXIT } from "../../../kernel/errors.ts";
import { waitUntil } from "../../../kernel/wait-until.ts";
import { skipWithoutDigitalOceanPlugin } from "../../support/digitalocean-plugin.ts";
import { type Ended, ended } from "../../support/test-stack.ts";
import { WholeSplit } from "../../support/whole-split.ts";

const MINUTE = 60_000;
const SLOW = "/run/systemd/system/pgtopology-postgres.service.d/slow.conf";
const TO_DO = "/var/lib/pgtopology/to-do";

describe("a whole split on DigitalOcean", function () {
  this.timeout(10 * MINUTE);
  let split: WholeSplit;
  /** Everything that was said, but for what is there to tell secrets. */
  const said: string[] = [];

  before(async function () {
    await skipWithoutDigitalOceanPlugin(this);
    // The first time, Go builds the S3 server and the machine's image is made.
    this.timeout(30 * MINUTE);
    split = await WholeSplit.create();
  });
  // Not there when it was skipped.
  after(() => (split as WholeSplit | undefined)?.remove());

  const run = async (...args: string[]): Promise<Ended> => {
    const result = await split.run(args);
    said.push(result.out, result.err);
    return result;
  };
  const endsWith = async (code: number, ...args: string[]): Promise<Ended> => {
    const result = await run(...args);
    assert.equal(result.code, code, `pgt ${args.join(" ")} ended with ${result.code}:\n${result.out}\n${result.err}`);
    return result;
  };
  /** What was sent to the API to change anything. */
  const sentSince = (start: number): string[] =>
    split.api.requests
      .slice(start)
      .filter(({ method }) => method !== "GET" && method !== "HEAD")
      .map(({ method, path: place }) => `${method} ${place}`);
  const environment = async (): Promise<Readonly<Record<string, string>>> => {
    const { code, err, out } = await split.run(["env", "--client", "libpq", "--format", "json"]);
    assert.equal(code, 0, err);
    return JSON.parse(out) as Record<string, string>;
  };
  /** As the owner, past the pooler; or as the line of that name has it. */
  const inData = async (sql: string, line = "DATA_DIRECT_DATABASE_URL"): Promise<pg.QueryResult> => {
    const { [line]: connectionString } = await environment();
    const client = new pg.Client({ connectionString });
    await client.connect();
    try {
      return await client.query(sql);
    } finally {
      await client.end();
    }
  };
  const startedAt = async (): Promise<unknown> =>
    (await inData("SELECT pg_postmaster_start_time()::text AS at")).rows[0];
  const set = (parameters: Readonly<Record<string, string>>): Promise<void> =>
    split.edit((spec) => ({
      ...spec,
      data: { ...spec.data, parameters: { ...spec.data?.parameters, ...parameters } },
    }));

  it("up makes machines, data host, roles, grants and a first backup, and proves both databases by SQL", async () => {
    const { err, out } = await endsWith(EXIT.ok, "up");
    assert.match(out, /^16 resources changed\.$/m);
    assert.match(out, /^Roles and grants: \d+ changed\.$/m);
    assert.match(out, /^The first full backup was made and read through\.$/m);
    assert.match(out, /^Verified by the API and by SQL through the data host: \d+ pass, 0 fail, 0 unknown/m);
    assert.deepEqual(split.api.unanswered, []);
    // Whoever answers later in the same run is compared with it already.
    assert.equal(err.match(/shows the key/g)?.length, 1);
  });

  it("each role does its part in both databases, and no more", async () => {
    const managed = async (key: "owner" | "readOnly" | "readWrite", sql: string) => {
      const client = await split.managed.connect(split.topology.roles[key], split.managed.passwords[key]);
      await client.query(sql).finally(() => client.end());
    };
    await managed("owner", "CREATE TABLE orders (id int)");
    await managed("readWrite", "INSERT INTO orders VALUES (1)");
    await managed("readOnly", "SELECT * FROM orders");
    await assert.rejects(managed("readWrite", "DROP TABLE orders"), /must be owner/);
    await inData("CREATE TABLE events (id int)");
    const application = "DATA_DATABASE_URL";
    await inData("INSERT INTO events VALUES (1)", application);
    await assert.rejects(inData("DROP TABLE events", application), /must be owner/);
    assert.deepEqual((await inData("SELECT current_user AS me", application)).rows, [{ me: "data" }]);
  });

  it("a second up changes nothing, and sends nothing", async () => {
    const [start, before] = [split.api.requests.length, await startedAt()];
    const { err, out } = await endsWith(EXIT.ok, "up");
    assert.match(out, /^No resource changed\.$/m, err);
    assert.match(out, /^The data host is configured as planned\.$/m);
    assert.match(out, /^Roles and grants are as planned\.$/m);
    assert.doesNotMatch(`${out}${err}`, /first full backup|shows the key/);
    assert.deepEqual(sentSince(start), []);
    assert.deepEqual(await startedAt(), before);
  });

  it("a changed setting of the data database reaches the host, and no resource is touched", async () => {
    const [start, before] = [split.api.requests.length, await startedAt()];
    await set({ work_mem: "7MB" });
    const { err, out } = await endsWith(EXIT.ok, "up");
    assert.match(err, /^change: reload: dataHost\.server\.parameters\.work_mem: not set → 7MB/m);
    assert.match(out, /^Written on the data host: 1 files?\.$/m);
    assert.deepEqual(sentSince(start), []);
    assert.deepEqual((await inData("SHOW work_mem")).rows, [{ work_mem: "7MB" }]);
    assert.deepEqual(await startedAt(), before, "a reload is enough");
  });

  it("an up that is killed while the host takes on its files is finished by the next", async () => {
    const before = await startedAt();
    await set({ max_locks_per_transaction: "128" });
    await split.machine.run(`install -D -m 0644 /dev/stdin ${SLOW} <<'UNIT'
[Service]
ExecStartPre=sleep 300
UNIT
systemctl daemon-reload`);
    const child = split.start(["up"]);
    const end = ended(child);
    const restarting = async () =>
      (await split.machine.run("systemctl show -P SubState pgtopology-postgres")) === "start-pre";
    await waitUntil(restarting, { name: "the server to be restarted", timeoutMs: 2 * MINUTE });
    assert.ok(child.pid !== undefined);
    process.kill(-child.pid, "SIGKILL");
    assert.equal((await end).code, 137);
    await split.machine.run(`test -e ${TO_DO}; rm ${SLOW}; systemctl daemon-reload`);
    await split.machine.run("systemctl kill --signal=KILL pgtopology-postgres");

    const { out } = await endsWith(EXIT.ok, "up");
    assert.match(out, / 0 fail, 0 unknown/);
    assert.deepEqual((await inData("SHOW max_locks_per_transaction")).rows, [{ max_locks_per_transaction: "128" }]);
    assert.notDeepEqual(await startedAt(), before);
    assert.equal((await split.machine.exec("test", "-e", TO_DO)).exitCode, 1);
    assert.match((await endsWith(EXIT.ok, "up")).out, /^The data host is configured as planned\.$/m);
  });

  it("verify alone proves both databases", async () => {
    const { out } = await endsWith(EXIT.ok, "verify", "--json");
    const { judged } = JSON.parse(out) as { judged: { database?: string; status: string }[] };
    for (const database of ["app", "data"]) {
      assert.ok(judged.filter((line) => line.database === database && line.status === "pass").length > 30, database);
    }
  });

  it("what somebody changed by hand in the managed database is found by verify and roles, and mended", async () => {
    await split.managed.sql("GRANT CREATE ON SCHEMA public TO PUBLIC");
    assert.match((await endsWith(EXIT.failed, "verify")).out, /app: access\//);
    assert.match((await endsWith(EXIT.failed, "roles")).out, /revoke CREATE on schema public from PUBLIC/);
    await endsWith(EXIT.ok, "roles", "--apply");
    await endsWith(EXIT.ok, "roles");
    await endsWith(EXIT.ok, "verify");
  });

  it("a managed cluster that nobody reaches is could-not-check, with what to look at and what to run where", async () => {
    await split.cutOff();
    const up = await endsWith(EXIT.couldNotCheck, "up");
    assert.match(up.err, /no connection to \S+:5432 through the data host as doadmin/);
    assert.match(up.err, /doctl databases firewalls list cluster-1/);
    assert.ok(up.err.includes(`./pgt up --stack ${split.name}`), up.err);
    const verify = await endsWith(EXIT.couldNotCheck, "verify");
    assert.doesNotMatch(verify.out, /^ *fail/m);
    assert.match(verify.out, /^unknown +app +connections\/all-opened .*no way from the data host to \S+:5432/m);
  });

  it("and goes on where it was once it can be reached", async () => {
    await split.restore();
    const { err } = await endsWith(EXIT.ok, "up");
    // What was taken on is not told as a change again.
    assert.doesNotMatch(err, /^change: /m);
  });

  it("a data host with another key is sent nothing", async () => {
    const key = (await split.configuration())["pgtopology:data-host-key"];
    await split.edit((spec) => spec, { "pgtopology:data-host-key": `SHA256:${"A".repeat(43)}` });
    assert.match((await endsWith(EXIT.couldNotCheck, "roles")).err, /showed SHA256:A+ before: nothing was sent to it/);
    await split.edit((spec) => spec, { "pgtopology:data-host-key": key });
  });

  it("the managed database is exported to the bucket by the host's own unit", async () => {
    await split.machine.run("systemctl start pgtopology-export.service");
    assert.match(await split.machine.run("pgt-as-postgres pgt-exports"), /\d{4}-\d\d-\d\d/);
  });

  it("env tells an application of both, in a file that is its owner's alone", async () => {
    const found = await environment();
    assert.equal(found.SPLIT_DB_MODE, "true");
    assert.ok(found.PRIMARY_DATABASE_URL?.includes(`${split.managed.host}:6432/app_pool`), found.PRIMARY_DATABASE_URL);
    assert.ok(found.DATA_DATABASE_URL?.includes(`${split.machine.address}:6432/data`), found.DATA_DATABASE_URL);
    assert.ok((found.AUTH_SECRET?.length ?? 0) >= 32);
    const file = path.join(path.dirname(split.state), "app.env");
    await endsWith(EXIT.ok, "env", "--output", file);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.ok(readFileSync(file, "utf8").includes(split.managed.passwords.readWrite));
  });

  it("no secret is in what was said, in what the API was sent, in the configuration, or plain in the state", async () => {
    const own = (await split.machine.run("cat /etc/pgtopology/secrets/*")).split("\n").map((line) => line.trim());
    const { AUTH_SECRET = "", DATA_DATABASE_URL = "" } = await environment();
    const secrets = [
      ...split.secretTexts,
      ...own.filter((line) => line.length >= 20 && !/[ =:#[\]]/.test(line)),
      ...[AUTH_SECRET, new URL(DATA_DATABASE_URL).password],
    ];
    assert.ok(secrets.length >= split.secretTexts.length + 4, `found on the host: ${own.length} lines`);
    assert.ok(secrets.every((secret) => secret.length >= 12));
    const objects = readdirSync(split.state, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
    assert.ok(objects.length > 0);
    const texts = [
      ...said,
      readFileSync(split.configFile, "utf8"),
      ...split.api.requests.map(({ headers, path: place, query, raw }) =>
        [place, query.toString(), JSON.stringify(headers), raw.toString("latin1")].join("\n"),
      ),
      ...objects.map(({ name, parentPath }) => readFileSync(path.join(parentPath, name), "latin1")),
    ];
    for (const [at, secret] of secrets.entries()) {
      assert.ok(!texts.some((text) => text.includes(secret)), `secret ${at} of ${secrets.length} is somewhere`);
    }
  });

  it("down takes nothing that is protected, and then leaves what holds data", async () => {
    const start = split.api.requests.length;
    assert.match((await endsWith(EXIT.usage, "down", "--yes")).err, /--delete-data/);
    assert.match((await endsWith(EXIT.usage, "down", "--yes", "--delete-data")).err, /protected against its removal/);
    await split.edit((spec) => ({ ...spec, protection: { deletion: false } }));
    const { err } = await endsWith(EXIT.usage, "up", "--no-verify");
    assert.match(err, /id: change\/protection\.deletion/);
    assert.deepEqual(sentSince(start), []);
    const expires = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
    const permission = { id: "change/protection.deletion", reason: "the test ends", owner: "tests", expires };
    await split.edit((spec) => spec, { "pgtopology:permissions": [permission] });
    await endsWith(EXIT.ok, "up", "--no-verify");
    const { out } = await endsWith(EXIT.ok, "down", "--yes", "--delete-data");
    assert.match(out, /is down\.$/m);
    assert.match(out, /^Kept: .*doctl databases list$/m);
    const removed = sentSince(start).filter((line) => line.startsWith("DELETE"));
    assert.ok(removed.includes("DELETE /v2/droplets/4711"), removed.join("\n"));
    assert.deepEqual(
      removed.filter((line) => /\/(vpcs|volumes|databases)\/[^/]+$|\/(dbs|users)\//.test(line)),
      [],
    );
    await endsWith(EXIT.ok, "down", "--yes", "--delete-data");
    assert.deepEqual(split.api.unanswered, []);
  });
});
