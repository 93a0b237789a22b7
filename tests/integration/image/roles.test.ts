// The plan of roles against a real server: what roles can do, which drifts are undone, what is left alone. It does not
// prove what pg_hba.conf lets in, nor that PgBouncer uses the look-up function.
import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import type { Client } from "pg";
import { applyRoles } from "../../../cli/stack/apply-roles.ts";
import { scramVerifier } from "../../../roles/scram.ts";
import { wantedOnDocker } from "../../../roles/wanted-on-docker.ts";
import { ROLE_KEYS, type RoleKey } from "../../../topology/names.ts";
import { resolveTopology } from "../../../topology/resolve.ts";
import { type BareServer, startBareServer } from "../../support/bare-server.ts";
import { ATTEMPTS } from "./role-attempts.ts";
import { DRIFTS } from "./role-drifts.ts";

const topology = resolveTopology({ target: "docker", replicas: { a: {}, "far-b": {} } }, "test");
const passwords = Object.fromEntries(ROLE_KEYS.map((key) => [key, `${key}-Zq8marker`])) as Record<RoleKey, string>;

/** What a migration makes, run by the owner. */
const MIGRATION = `
CREATE TABLE orders (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, note text);
CREATE SEQUENCE numbers;
CREATE SCHEMA sales;
CREATE TABLE sales.totals (id serial PRIMARY KEY, total int);
CREATE VIEW sales.all_orders AS SELECT * FROM public.orders;
CREATE FUNCTION sales.add(a int, b int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT a + b';`;

/** What others have on the same server. */
const UNMANAGED = `
CREATE ROLE analyst LOGIN CREATEDB CONNECTION LIMIT 3;
CREATE ROLE auditor NOLOGIN;
GRANT app_readonly TO analyst WITH ADMIN OPTION;
GRANT SELECT ON orders TO analyst WITH GRANT OPTION;
GRANT CONNECT ON DATABASE app TO analyst;
CREATE SCHEMA analysis AUTHORIZATION analyst;
CREATE TABLE analysis.findings (id int);
ALTER TABLE analysis.findings OWNER TO analyst;
GRANT ALL ON analysis.findings TO auditor, app, PUBLIC;
CREATE SCHEMA administration;
CREATE TABLE administration.notes (id int);
GRANT SELECT ON administration.notes TO PUBLIC, auditor;
ALTER ROLE app SET statement_timeout = '1min';
SELECT pg_create_physical_replication_slot('elsewhere');`;

describe("roles on a real server", function () {
  this.timeout(180_000);
  let server: BareServer;
  let administrator: Client;
  /** What was started, the last first. */
  const started: (() => Promise<void>)[] = [];

  const run = (
    apply: boolean,
    more: { passwords?: typeof passwords; lockTimeoutMs?: number; signal?: AbortSignal } = {},
  ) =>
    applyRoles({
      wanted: wantedOnDocker(topology),
      passwords: { of: more.passwords ?? passwords, verifierOf: scramVerifier },
      connect: (database) => server.connect(database),
      signal: more.signal ?? new AbortController().signal,
      apply,
      ...(more.lockTimeoutMs !== undefined && { lockTimeoutMs: more.lockTimeoutMs }),
    });
  const summaries = async (apply: boolean) => (await run(apply)).map((step) => step.summary);

  before(async () => {
    server = await startBareServer();
    started.unshift(server.remove);
    const planned = await summaries(false);
    assert.deepEqual(await summaries(true), planned, "what was planned for an empty server is what was done");
    administrator = await server.connect("app");
    started.unshift(() => administrator.end());
    const owner = await server.connect("app", "app_owner", passwords.owner);
    await owner.query(MIGRATION);
    await owner.end();
  });

  after(async () => {
    for (const stop of started) await stop();
  });

  it("has nothing to do the second time, also after a migration", async () => {
    assert.deepEqual(await summaries(true), []);
  });

  for (const { role, can, cannot } of ATTEMPTS) {
    it(`lets ${role} do its part and no more`, async () => {
      const name = topology.roles[role];
      const client = await server.connect("app", name, passwords[role]);
      try {
        for (const sql of can) await client.query(sql);
        for (const sql of cannot) {
          await assert.rejects(client.query(sql), /permission denied|must be|read-only transaction/, `${name}: ${sql}`);
        }
      } finally {
        await client.end();
      }
    });
  }

  it("lets the replication role stream and nothing else", async () => {
    const name = topology.roles.replication;
    const more = { replication: "true" } as object;
    const client = await server.connect("postgres", name, passwords.replication, more);
    assert.equal((await client.query("IDENTIFY_SYSTEM")).rows.length, 1);
    await client.end();
    for (const database of ["app", "postgres", "template1"]) {
      await assert.rejects(server.connect(database, name, passwords.replication), /permission denied for database/);
    }
  });

  it("gives the pooler the verifiers of application roles only, and none that ran out", async () => {
    const look = async (wanted: string) => {
      const client = await server.connect("app", "pooler", passwords.pooler);
      const { rows } = await client.query("SELECT username, password FROM pgbouncer.user_lookup($1)", [wanted]);
      await client.end();
      return rows as { username: string; password: string }[];
    };
    const [row] = await look("app");
    assert.equal(row?.username, "app");
    assert.match(row.password, /^SCRAM-SHA-256\$/);
    for (const name of ["postgres", "replicator", "monitor", "pooler", "nobody"])
      assert.deepEqual(await look(name), []);
    await administrator.query("ALTER ROLE app VALID UNTIL '2020-01-01'");
    assert.deepEqual(await look("app"), []);
    assert.deepEqual(await summaries(true), ["role app: VALID UNTIL 'infinity'"]);
  });

  for (const { drift, sql, undone } of DRIFTS) {
    it(`undoes it when ${drift}`, async () => {
      await administrator.query(sql);
      assert.deepEqual(await summaries(true), undone);
      assert.deepEqual(await summaries(true), []);
    });
  }

  it("leaves alone what it does not manage", async () => {
    await administrator.query(UNMANAGED);
    await administrator.query("CREATE DATABASE other");
    assert.deepEqual(await summaries(true), []);
  });

  it("takes the right to hand on from an unmanaged role that handed a privilege to a managed one", async () => {
    await administrator.query("SET ROLE analyst; GRANT SELECT ON orders TO monitor; RESET ROLE");
    assert.deepEqual(await summaries(true), ["revoke the grant option for SELECT on table public.orders from analyst"]);
    const { rows } = await administrator.query(
      `SELECT has_table_privilege('analyst', 'orders', 'SELECT') AS analyst, has_table_privilege('monitor', 'orders', 'SELECT') AS monitor`,
    );
    assert.deepEqual(rows, [{ analyst: true, monitor: false }]);
  });

  it("sets a changed password without a trace of it on the server", async () => {
    const changed = { ...passwords, readWrite: "another-Zq8marker" };
    const steps = await run(true, { passwords: changed });
    assert.deepEqual(
      steps.map((step) => step.summary),
      ["set the password of app"],
    );
    await (await server.connect("app", "app", changed.readWrite)).end();
    await assert.rejects(server.connect("app", "app", passwords.readWrite), /password authentication failed/);

    const { rows } = await administrator.query("SELECT rolpassword FROM pg_authid WHERE rolname = 'app'");
    const { rolpassword: verifier } = rows[0] as { rolpassword: string };
    const statements = await administrator.query(
      "SELECT query FROM pg_stat_statements WHERE query LIKE '%SCRAM-SHA-256$%'",
    );
    const log = await server.log();
    assert.match(log, /statement: DO \$do\$ BEGIN/, "the log would have had it");
    for (const [place, text] of Object.entries({
      log,
      steps: JSON.stringify(steps),
      statements: JSON.stringify(statements.rows),
    })) {
      assert.ok(!text.includes(changed.readWrite), `the password is in ${place}`);
      assert.ok(!text.includes(verifier), `the verifier is in ${place}`);
    }
    assert.ok(!log.includes("Zq8marker"), "a password is in the log");
    assert.deepEqual(await summaries(true), ["set the password of app"]);
  });

  it("lets one of two runs at the same time do the work, and the other find it done", async () => {
    await administrator.query(
      "ALTER ROLE app CREATEDB; GRANT TRUNCATE ON orders TO app; SELECT pg_drop_replication_slot('replica_a')",
    );
    const done = await Promise.all([summaries(true), summaries(true)]);
    const [none, all] = done.sort((a, b) => a.length - b.length);
    assert.deepEqual(none, []);
    assert.deepEqual(all, [
      "role app: NOCREATEDB",
      "create replication slot replica_a",
      "revoke TRUNCATE on table public.orders from app",
    ]);
  });

  it("gives up waiting for another run, or when it is told to stop", async () => {
    const other = await server.connect("postgres");
    await other.query("SELECT pg_advisory_lock(hashtextextended('pgtopology.roles', 0))");
    await assert.rejects(run(true, { lockTimeoutMs: 200 }), /waiting for another run of the role plan to end/);
    const interrupt = new AbortController();
    const stopped = assert.rejects(run(true, { signal: interrupt.signal }), /stop it/);
    interrupt.abort(new Error("stop it"));
    await stopped;
    await other.end();
    assert.deepEqual(await summaries(true), []);
  });

  it("names the step that failed, and keeps nothing of its transaction", async () => {
    await administrator.query(
      `CREATE FUNCTION administration.refuse() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'not today'; END $$;
       CREATE EVENT TRIGGER refuse ON ddl_command_start WHEN TAG IN ('REVOKE') EXECUTE FUNCTION administration.refuse();`,
    );
    await administrator.query(
      "ALTER EVENT TRIGGER refuse DISABLE; GRANT TRUNCATE ON orders TO app; REVOKE SELECT ON numbers FROM app; ALTER EVENT TRIGGER refuse ENABLE",
    );
    await assert.rejects(run(true), /roles: revoke TRUNCATE on table public\.orders from app: not today/);
    await administrator.query("DROP EVENT TRIGGER refuse");
    assert.equal((await summaries(true)).length, 2);
  });
});
