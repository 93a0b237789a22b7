// Roles and grants of a managed primary on DigitalOcean: against a real server whose administrator is no superuser and has
// made the users, as the platform's would have. It does not prove what rights the platform's own `doadmin` has over users
// that the platform made: DigitalOcean does not document them.
import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { applyRoles } from "../../../cli/stack/apply-roles.ts";
import { wantedOnDigitalOcean } from "../../../roles/wanted-on-digitalocean.ts";
import { resolveTopology } from "../../../topology/resolve.ts";
import { type BareServer, startBareServer } from "../../support/bare-server.ts";

const topology = resolveTopology({ target: "digitalocean", region: "nyc3" }, "test");
const PASSWORD = "Zq8marker";

/** What the platform has made: its own superuser comes first, then whom it lets in. */
const PLATFORM = `
CREATE ROLE doadmin LOGIN CREATEDB CREATEROLE PASSWORD '${PASSWORD}';
GRANT pg_monitor TO doadmin WITH ADMIN OPTION;
CREATE DATABASE app OWNER doadmin`;
const USERS = ["app_owner", "app", "app_readonly", "monitor"];

const TRIES: Readonly<Record<string, { can: readonly string[]; cannot: readonly string[] }>> = {
  app_owner: {
    can: ["CREATE TABLE orders (id int)", "CREATE SCHEMA sales", "CREATE TABLE sales.totals (id int)"],
    cannot: ["CREATE ROLE intruder", "CREATE DATABASE intruder", "SET ROLE doadmin"],
  },
  app: {
    can: ["INSERT INTO orders VALUES (1)", "UPDATE sales.totals SET id = 2", "DELETE FROM orders"],
    cannot: ["CREATE TABLE mine (id int)", "DROP TABLE orders", "CREATE SCHEMA mine", "SET ROLE app_owner"],
  },
  app_readonly: {
    can: ["SELECT * FROM orders, sales.totals"],
    cannot: ["INSERT INTO orders VALUES (1)", "SET default_transaction_read_only = off; DELETE FROM orders"],
  },
  monitor: { can: ["SELECT query FROM pg_stat_activity"], cannot: ["SELECT * FROM orders"] },
};

describe("roles on DigitalOcean", function () {
  this.timeout(180_000);
  let server: BareServer;

  const summaries = async (apply: boolean): Promise<string[]> => {
    const steps = await applyRoles({
      wanted: wantedOnDigitalOcean(topology),
      passwords: undefined,
      connect: (database) => server.connect(database, "doadmin", PASSWORD),
      signal: new AbortController().signal,
      apply,
    });
    return steps.map(({ summary }) => summary);
  };
  const as = async (user: string, work: readonly string[], database = "app"): Promise<void> => {
    const client = await server.connect(database, user, PASSWORD);
    try {
      for (const sql of work) await client.query(sql);
    } finally {
      await client.end();
    }
  };

  before(async () => {
    server = await startBareServer();
    for (const sql of PLATFORM.split(";")) {
      const client = await server.connect("postgres");
      await client.query(sql);
      await client.end();
    }
    const client = await server.connect("app");
    await client.query("CREATE EXTENSION pg_stat_statements SCHEMA public");
    await client.end();
  });
  after(() => server.remove());

  it("are refused as long as the platform has not made the users", async () => {
    await assert.rejects(summaries(true), /the server has no app_owner, app, app_readonly, monitor: the cloud makes/);
  });

  it("are not what they should be before: PostgreSQL 15 and newer lets nobody make anything", async () => {
    await as(
      "doadmin",
      USERS.map((user) => `CREATE ROLE ${user} LOGIN PASSWORD '${PASSWORD}'`),
    );
    await assert.rejects(as("app_owner", ["CREATE TABLE orders (id int)"]), /permission denied for schema public/);
  });

  it("are shown before they are changed, and are as planned afterwards", async () => {
    const planned = await summaries(false);
    assert.ok(planned.includes("give schema public from pg_database_owner to app_owner"), planned.join("\n"));
    const done = await summaries(true);
    assert.deepEqual(done.slice(0, planned.length), planned);
    assert.deepEqual(await summaries(true), []);
  });

  for (const [user, { can, cannot }] of Object.entries(TRIES)) {
    it(`let ${user} do its part and no more`, async () => {
      await as(user, can);
      for (const sql of cannot) {
        await assert.rejects(as(user, [sql]), /permission denied|must be|read-only transaction/, `${user}: ${sql}`);
      }
    });
  }

  it("come back when somebody has changed them by hand", async () => {
    await as("app_owner", ["GRANT CREATE ON SCHEMA public TO PUBLIC"]);
    await as("doadmin", ["REVOKE pg_monitor FROM monitor", "GRANT app_owner TO app"]);
    assert.deepEqual(await summaries(true), [
      "take membership of app_owner from app",
      "make monitor a member of pg_monitor",
      "revoke CREATE on schema public from PUBLIC",
    ]);
    assert.deepEqual(await summaries(true), []);
  });
});
