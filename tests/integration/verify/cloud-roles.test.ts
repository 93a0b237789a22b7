// Roles and grants of a stack on Cloud SQL: against a real server whose administrator is no superuser, and an API that does
// with memberships what the cloud's does. Does not prove that Cloud SQL lets its administrator alter users and make
// extensions: its PostgreSQL is changed to do so, and this one is not.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "mocha";
import type { Client } from "pg";
import { type ConvergeCloudOptions, convergeCloudRoles } from "../../../cli/stack/converge-cloud-roles.ts";
import { EXIT } from "../../../kernel/errors.ts";
import { resolveTopology } from "../../../topology/resolve.ts";
import { serviceUser } from "../../../topology/service-accounts.ts";
import type { SpecOf } from "../../../topology/spec.ts";
import { answerOf } from "../../support/cloud-sql-answers.ts";
import { type CloudSqlServers, startCloudSqlServers } from "../../support/cloud-sql-server.ts";
import { type PretendCloudSql, startPretendCloudSql } from "../../support/pretend-cloud-sql.ts";
import { INSTANCE } from "../../support/pretend-cloud.ts";
import { planOf } from "../../unit/components/gcp/example-topologies.ts";

const MINUTE = 60_000;
const STACK = { project: "example", suffix: "k3x9" };
const TOKEN = "token-5b1e";
const PRIMARY = "local-primary-k3x9";
const IAM_PASSWORD = "in place of a token";

const WISH: SpecOf<"gcp"> = {
  target: "gcp",
  environment: "local",
  region: "europe-west1",
  replicas: { reader: {} },
  service: { image: `example/shop@sha256:${"a".repeat(64)}` },
};
const TOPOLOGY = resolveTopology(WISH, "local");
const IAM_USER = serviceUser(TOPOLOGY, STACK) ?? "";

/** What a migration makes, run by the owner. */
const MIGRATION = `
CREATE TABLE orders (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, note text);
CREATE SCHEMA sales;
CREATE TABLE sales.totals (id serial PRIMARY KEY, total int);
CREATE FUNCTION sales.add(a int, b int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT a + b';`;

const WRITER = {
  can: [
    "INSERT INTO orders (note) VALUES ('first')",
    "UPDATE orders SET note = 'second'",
    "INSERT INTO sales.totals (total) VALUES (1)",
    "SELECT sales.add(id, total) FROM sales.totals",
    "DELETE FROM sales.totals",
  ],
  cannot: [
    "CREATE TABLE mine (id int)",
    "CREATE TABLE sales.mine (id int)",
    "CREATE TEMPORARY TABLE mine (id int)",
    "CREATE SCHEMA mine",
    "CREATE ROLE intruder",
    "CREATE DATABASE intruder",
    "DROP TABLE orders",
    "TRUNCATE orders",
    "SET ROLE app_owner",
    "SET ROLE cloudsqlsuperuser",
  ],
};

/** What each role tries, in its order. */
const ATTEMPTS: Readonly<
  Record<"owner" | "readWrite" | "readOnly" | "monitoring" | "service", { can: string[]; cannot: string[] }>
> = {
  owner: {
    can: ["CREATE TABLE later (id int)", "DROP TABLE later", "CREATE SCHEMA later", "DROP SCHEMA later"],
    cannot: ["CREATE ROLE intruder", "CREATE DATABASE intruder", "SET ROLE postgres", "SET ROLE cloudsqlsuperuser"],
  },
  readWrite: WRITER,
  service: WRITER,
  readOnly: {
    can: ["SELECT * FROM orders", "SELECT sales.add(1, 2)"],
    cannot: [
      "INSERT INTO orders (note) VALUES ('first')",
      "SET default_transaction_read_only = off; INSERT INTO orders (note) VALUES ('first')",
      "SET default_transaction_read_only = off; CREATE TABLE mine (id int)",
    ],
  },
  monitoring: {
    can: ["SELECT count(*) FROM pg_stat_statements", "SELECT query FROM pg_stat_activity", "SELECT pg_ls_waldir()"],
    cannot: ["SELECT * FROM orders", "SELECT * FROM sales.totals", "CREATE TABLE mine (id int)"],
  },
};

/** What somebody did by hand, and what undoes it. */
const DRIFTS: Readonly<Record<string, { sql: string; undone: string[] }>> = {
  "users got the cloud's group again": {
    sql: `GRANT cloudsqlsuperuser TO app_readonly, "${IAM_USER}"`,
    undone: [
      "take membership of cloudsqlsuperuser from app_readonly",
      `take membership of cloudsqlsuperuser from ${IAM_USER}`,
    ],
  },
  "memberships were taken": {
    sql: `REVOKE pg_monitor FROM monitor; REVOKE app FROM "${IAM_USER}"; REVOKE app_owner FROM postgres GRANTED BY cloudsqladmin`,
    undone: [
      "make postgres a member of app_owner",
      "make monitor a member of pg_monitor",
      `make ${IAM_USER} a member of app`,
    ],
  },
  "a role got attributes, a limit and another habit": {
    sql: "ALTER ROLE app CREATEDB CREATEROLE; ALTER ROLE monitor CONNECTION LIMIT 1; ALTER ROLE app_readonly RESET ALL",
    undone: [
      "role app: NOCREATEDB",
      "role app: NOCREATEROLE",
      "role monitor: CONNECTION LIMIT 10",
      "role app_readonly: set default_transaction_read_only to on",
    ],
  },
  "tables were granted": {
    sql: `GRANT TRUNCATE ON orders TO app; GRANT SELECT ON sales.totals TO monitor, PUBLIC; GRANT DELETE ON orders TO "${IAM_USER}"`,
    undone: [
      "revoke TRUNCATE on table public.orders from app",
      `revoke DELETE on table public.orders from ${IAM_USER}`,
      "revoke SELECT on table sales.totals from monitor",
      "revoke SELECT on table sales.totals from PUBLIC",
    ],
  },
  "everybody may make things": {
    sql: "GRANT CREATE ON SCHEMA public TO PUBLIC; GRANT CREATE, TEMPORARY ON DATABASE app TO PUBLIC",
    undone: ["revoke CREATE, TEMPORARY on database app from PUBLIC", "revoke CREATE on schema public from PUBLIC"],
  },
  "the application owns a table": {
    sql: "CREATE TABLE public.taken (id int); ALTER TABLE public.taken OWNER TO app",
    undone: [
      "give table public.taken from app to app_owner",
      "grant SELECT, INSERT, UPDATE, DELETE on table public.taken to app",
      "grant SELECT on table public.taken to app_readonly",
    ],
  },
};

describe("roles on Cloud SQL", function () {
  this.timeout(3 * MINUTE);
  let api: PretendCloudSql;
  let servers: CloudSqlServers;

  const run = (apply: boolean, more: Partial<ConvergeCloudOptions> = {}) =>
    convergeCloudRoles(
      { topology: TOPOLOGY, passwords: servers.passwords, ...STACK },
      {
        api: { baseUrl: api.baseUrl, accessToken: TOKEN },
        apply,
        signal: AbortSignal.timeout(MINUTE),
        reach: ({ part, port }) => ({ host: "127.0.0.1", port: servers.portOf(part, port) }),
        intervalMs: 5,
        ...more,
      },
    );
  /** What the cloud does when all is well. */
  const does: PretendCloudSql["changeUser"] = async (change) => {
    await servers.changeUser(change);
    return undefined;
  };
  const summaries = async (apply: boolean): Promise<string[]> => (await run(apply)).map(({ summary }) => summary);
  const connectAs = (role: keyof typeof ATTEMPTS): Promise<Client> =>
    role === "service"
      ? servers.connect(IAM_USER, IAM_PASSWORD)
      : servers.connect(TOPOLOGY.roles[role], servers.passwords[role]);
  const rowsOf = async (sql: string): Promise<unknown[]> => {
    const client = await servers.connect("postgres", servers.passwords.administrator);
    const { rows } = await client.query<object>(sql);
    await client.end();
    return rows;
  };

  before(async () => {
    servers = await startCloudSqlServers({ database: "app", parameters: {}, poolSize: 3, iamUsers: [IAM_USER] });
    api = await startPretendCloudSql(STACK.project);
    const { resources } = await planOf(WISH);
    const primary = resources.find(({ type, props }) => type === INSTANCE && props.name === PRIMARY);
    assert.ok(primary);
    api.instances.set(PRIMARY, answerOf(primary, { host: servers.host, caCertificate: servers.caCertificate }));
    api.changeUser = does;
  });
  after(async () => {
    (api as PretendCloudSql | undefined)?.end();
    await (servers as CloudSqlServers | undefined)?.remove();
  });
  afterEach(() => {
    api.changeUser = does;
  });

  describe("of a stack that the cloud has just made", () => {
    it("are not what they should be: the application may make roles", async () => {
      const client = await connectAs("readWrite");
      await client.query("BEGIN; CREATE ROLE intruder; ROLLBACK");
      await client.end();
    });

    it("can't be mended by SQL alone: the administrator takes nobody out of the cloud's group", async () => {
      const client = await servers.connect("postgres", servers.passwords.administrator);
      await assert.rejects(client.query("REVOKE cloudsqlsuperuser FROM app"), /permission denied to revoke role/);
      await assert.rejects(client.query("GRANT pg_monitor TO monitor"), /permission denied to grant role/);
      await client.end();
    });

    it("are shown without being changed, and what was shown is what is done", async () => {
      const shown = await summaries(false);
      assert.deepEqual(api.bodies, []);
      assert.deepEqual(shown.slice(0, 3), [
        "make postgres a member of app_owner, app, app_readonly, monitor",
        "take membership of cloudsqlsuperuser from app_owner",
        "take membership of cloudsqlsuperuser from app",
      ]);
      assert.ok(shown.includes("give database app from cloudsqlsuperuser to app_owner"), shown.join("\n"));
      assert.deepEqual(await summaries(true), shown);
    });

    it("need nothing the second time, also after a migration", async () => {
      assert.deepEqual(await summaries(true), []);
      const owner = await connectAs("owner");
      await owner.query(MIGRATION);
      await owner.end();
      assert.deepEqual(await summaries(true), []);
    });
  });

  describe("once they are applied", () => {
    for (const [role, { can, cannot }] of Object.entries(ATTEMPTS)) {
      it(`let ${role} do its part and no more`, async () => {
        if (role === "service") await servers.sql(`ALTER ROLE "${IAM_USER}" PASSWORD '${IAM_PASSWORD}'`);
        const client = await connectAs(role as keyof typeof ATTEMPTS);
        try {
          for (const sql of can) await client.query(sql);
          for (const sql of cannot) {
            await assert.rejects(
              client.query(sql),
              /permission denied|must be|read-only transaction/,
              `${role}: ${sql}`,
            );
          }
        } finally {
          await client.end();
        }
      });
    }

    for (const [drift, { sql, undone }] of Object.entries(DRIFTS)) {
      it(`are put right when ${drift}`, async () => {
        await servers.sql(sql);
        assert.deepEqual(await summaries(true), undone);
        assert.deepEqual(await summaries(true), []);
      });
    }

    it("leave the cloud's own users and databases as they were, and the service's user in the group that lets it in", async () => {
      const rows = await rowsOf(`SELECT
      has_database_privilege('cloudsqlobservability', 'app', 'CONNECT') AS insights,
      has_schema_privilege('cloudsqlimportexport', 'public', 'CREATE') AS import,
      pg_has_role('${IAM_USER}', 'cloudsqliamserviceaccount', 'MEMBER') AS iam,
      pg_has_role('postgres', '${IAM_USER}', 'USAGE') AS taken,
      (SELECT count(*)::int FROM pg_database WHERE datname IN ('postgres', 'template1') AND datacl IS NOT NULL
        AND datdba <> 'cloudsqlsuperuser'::regrole) AS changed`);
      assert.deepEqual(rows, [{ insights: true, import: true, iam: true, taken: false, changed: 0 }]);
    });

    it("ask the cloud for a user's roles beside the user, with a token and without a password", async () => {
      api.asked.length = 0;
      api.bodies.length = 0;
      await servers.sql(`GRANT cloudsqlsuperuser TO "${IAM_USER}"`);
      await run(true);
      const [change] = api.asked.filter((path) => path.includes("/users?"));
      assert.equal(
        change,
        `instances/${PRIMARY}/users?name=local-service-k3x9%40example.iam&databaseRoles=app` +
          "&databaseRoles=cloudsqliamserviceaccount&revokeExistingRoles=true",
      );
      assert.deepEqual(api.bodies, [{ name: IAM_USER, type: "CLOUD_IAM_SERVICE_ACCOUNT" }]);
      assert.equal(api.authorization(), `Bearer ${TOKEN}`);
      assert.equal(api.asked.filter((path) => path.startsWith("operations/")).length, 2, "until it is done");
    });
  });

  describe("with something in the way", () => {
    const broken = async (sql: string, undo: string, meanwhile: () => Promise<void>): Promise<void> => {
      await servers.sql(sql);
      try {
        await meanwhile();
      } finally {
        await servers.sql(undo);
      }
    };
    const [give, take] = ["GRANT cloudsqlsuperuser TO app", "REVOKE cloudsqlsuperuser FROM app"];

    it("wait for an instance that does something else", async () => {
      await broken(give, take, async () => {
        const statuses = [409, 409];
        api.changeUser = async (change) => statuses.shift() ?? does(change);
        assert.deepEqual(await summaries(true), ["take membership of cloudsqlsuperuser from app"]);
        assert.deepEqual(statuses, []);
      });
    });

    it("name the permission that is refused", async () => {
      await broken(give, take, async () => {
        api.changeUser = () => Promise.resolve(403);
        const message = /cloudsql\.users\.update was refused in project example/;
        await assert.rejects(run(true), { exitCode: EXIT.couldNotCheck, message });
      });
    });

    it("say why the cloud did not change a user, and when it only says that it did", async () => {
      await broken(give, take, async () => {
        api.changeUser = () => Promise.resolve('role "app" is in use');
        await assert.rejects(run(true), /the change of user app failed: role "app" is in use/);
        api.changeUser = () => Promise.resolve(undefined);
        await assert.rejects(run(true), /still differs: take membership of cloudsqlsuperuser from app/);
      });
    });

    it("name a user that the server does not have, and make none", async () => {
      await broken("ALTER ROLE monitor RENAME TO other", "ALTER ROLE other RENAME TO monitor", async () => {
        await assert.rejects(run(true), /the server has no monitor: the cloud makes its users/);
      });
    });

    it("say that the primary is not there", async () => {
      const answer = api.instances.get(PRIMARY);
      api.instances.delete(PRIMARY);
      await assert.rejects(run(false), { exitCode: EXIT.couldNotCheck, message: /primary is not there/ });
      api.instances.set(PRIMARY, answer);
    });

    it("tell no password when nobody answers", async () => {
      const nowhere = run(false, { reach: () => ({ host: "127.0.0.1", port: 1 }) });
      await assert.rejects(nowhere, (error: Error) => {
        assert.match(error.message, /^no connection to the primary at instance\.sql-psa\.test:5432 as postgres: /);
        assert.ok(!JSON.stringify(error).includes(servers.passwords.administrator));
        return true;
      });
    });
  });
});
