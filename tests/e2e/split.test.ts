// A stack with a data database beside its primary, by the commands that a user runs: both are made, proven, handed to
// applications and kept apart. It does not prove anything about a cloud, and it starts no Prisma.
import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import pg from "pg";
import { freePorts } from "../support/free-ports.ts";
import { psqlWithUrl } from "../support/psql-with-url.ts";
import { type Ended, ended, TestStack } from "../support/test-stack.ts";

interface Line {
  readonly id: string;
  readonly database: string;
  readonly status: string;
  readonly message: string;
}

/** The pool of the managed service that the primary stands for, and more clients than it has connections. */
const POOL_SIZE = 15;
const CLIENTS = 60;
const TRANSACTIONS = 20;

const WHERE = "SELECT current_database() || ' ' || current_user AS place";

interface Outputs {
  readonly authSecret?: unknown;
}

describe("a split stack", () => {
  let stack: TestStack;
  let containers: readonly string[];

  before(async () => {
    const [primary, pooler] = (await freePorts(2)) as [number, number];
    stack = await TestStack.create({
      size: { memoryGiB: 0.25, cpus: 1 },
      replicas: {},
      pooling: { writerPoolSize: POOL_SIZE },
      data: { ports: { primary, pooler } },
    });
  });

  after(() => stack.remove());

  it("up makes both databases, and verifies both", async () => {
    const up = await succeeds(["up"]);
    assert.match(up.out, /Verified by SQL: \d+ pass, 0 fail, 0 unknown/);
    const { databases, parts } = JSON.parse((await succeeds(["status", "--json"])).out) as {
      databases: {
        database: string;
        healthy: boolean;
        lastBackup: { type: string };
        pool: { reachable: boolean };
        servers: { part: string; role: string }[];
      }[];
      parts: { part: string }[];
    };
    assert.deepEqual(
      databases.map(({ database, healthy, lastBackup }) => [database, healthy, lastBackup.type]),
      [
        ["app", true, "full"],
        ["data", true, "full"],
      ],
    );
    assert.deepEqual(
      parts.map(({ part }) => part),
      ["primary", "pooler", "scheduler", "data-primary", "data-pooler", "data-scheduler"],
    );
    assert.deepEqual(
      databases.map(({ pool, servers }) => [pool.reachable, servers.map(({ part, role }) => [part, role])]),
      [
        [true, [["primary", "primary"]]],
        [true, [["data-primary", "primary"]]],
      ],
    );
    containers = await containerIds();
  });

  it("a second up finds nothing to change in either", async () => {
    const up = await succeeds(["up", "--no-verify"]);
    assert.match(up.out, /No resource changed, no role or grant\./);
    assert.deepEqual(await containerIds(), containers);
  });

  it("psql and pg reach both databases, past the pooler and through it, with the lines that env writes for them", async () => {
    const image = (await stack.docker.getContainer(`${stack.topologyName}-primary`).inspect()).Image;
    const forPsql = await environment("--client", "libpq");
    const forPg = await environment("--client", "node");
    for (const [database, prefix] of [
      ["app", "PRIMARY"],
      ["data", "DATA"],
    ] as const) {
      for (const name of [`${prefix}_DATABASE_URL`, `${prefix}_DIRECT_DATABASE_URL`]) {
        const seen = await psqlWithUrl(stack.docker, image, { url: forPsql[name] ?? "", sql: WHERE });
        const place = `${database} ${name.includes("DIRECT") ? `${database}_owner` : database}`;
        assert.deepEqual(seen, { code: 0, said: place }, name);
        assert.deepEqual(await rows(forPg[name], WHERE), [{ place }], name);
      }
    }
    const prismas = (await environment()).PRIMARY_DATABASE_URL ?? "";
    assert.match(prismas, /sslaccept=strict&sslcert=[^&]+&pgbouncer=true$/);
    // What migrations need, and the application's own role may not.
    const migrate = "CREATE TABLE migrated (); DROP TABLE migrated";
    await rows(forPg.PRIMARY_DIRECT_DATABASE_URL, migrate);
    await assert.rejects(rows(forPg.PRIMARY_DATABASE_URL, migrate), /permission denied/);
    const refused = await psqlWithUrl(stack.docker, image, { url: prismas, sql: WHERE });
    assert.match(refused.said, /invalid URI query parameter/);
  });

  it(`${CLIENTS} clients share a pool of ${POOL_SIZE}: prepared statements work, and no row is lost`, async () => {
    const environmentOfPg = await environment("--client", "node");
    const watcher = new pg.Client({ connectionString: environmentOfPg.PRIMARY_DIRECT_DATABASE_URL });
    await watcher.connect();
    try {
      await watcher.query("DROP TABLE IF EXISTS served; CREATE TABLE served (client int, number int)");
      const served = new AbortController();
      let most = 0;
      const watching = (async () => {
        while (!served.signal.aborted) most = Math.max(most, await backends(watcher));
      })();
      const clients = Array.from({ length: CLIENTS }, (_, client) =>
        insertRows(environmentOfPg.PRIMARY_DATABASE_URL ?? "", client),
      );
      await Promise.all(clients).finally(() => {
        served.abort();
      });
      await watching;
      // A server connection stays for a while.
      most = Math.max(most, await backends(watcher));
      assert.equal(most, POOL_SIZE, "server connections at once");
      const counted = await watcher.query(
        "SELECT client, count(DISTINCT number)::int AS n FROM served GROUP BY client",
      );
      assert.equal(counted.rowCount, CLIENTS);
      for (const { client, n } of counted.rows as { client: number; n: number }[]) {
        assert.equal(n, TRANSACTIONS, `rows of client ${client}`);
      }
    } finally {
      await watcher.end();
    }
  });

  it("a role of the primary with its password in the data database is named, with the databases", async () => {
    const { POSTGRES_PASSWORD } = await environment();
    await asAdministrator(`DROP ROLE IF EXISTS app; CREATE ROLE app LOGIN PASSWORD '${POSTGRES_PASSWORD ?? ""}'`);
    const report = await stack.run(["verify", "--json"]);
    assert.equal(report.code, 1, report.err);
    const { judged } = JSON.parse(report.out) as { judged: readonly Line[] };
    const failed = judged.filter(({ status }) => status === "fail" || status === "unknown");
    assert.deepEqual(
      failed.map(({ database, id }) => `${database}: ${id}`),
      ["app: access/databases-isolated", "data: access/no-unplanned-roles"],
    );
    assert.match(failed[0]?.message ?? "", /app at primary of data/);
    await asAdministrator("DROP ROLE app");
  });

  it("another mode changes what applications are told, and no container; both databases hold what they should", async () => {
    const split = await environment("--client", "node");
    assert.equal(split.SPLIT_DB_MODE, "true");
    await stack.write({ ...stack.spec, mode: "single" });
    const up = await succeeds(["up"]);
    assert.match(up.out, /0 fail, 0 unknown/);
    assert.match(up.err, /change: none: mode: split → single: no server changes/);
    assert.match(up.out, /No resource changed, no role or grant\./);
    assert.deepEqual(await containerIds(), containers);
    const single = await environment("--client", "node");
    assert.equal(single.SPLIT_DB_MODE, "false");
    assert.equal(single.DATA_DATABASE_URL, undefined);
    assert.equal(single.PRIMARY_DATABASE_URL, split.DATA_DATABASE_URL);
    assert.deepEqual(await rows(single.DATABASE_URL, WHERE), [{ place: "data data" }]);
  });

  it("the application's secret is rotated on request, and nothing else", async () => {
    const { AUTH_SECRET: old, ...rest } = await environment();
    const rotated = await succeeds(["rotate", "auth-secret"]);
    assert.match(rotated.out, /restart every instance of the application/);
    const { AUTH_SECRET: fresh, ...unchanged } = await environment();
    assert.ok(fresh !== undefined && fresh.length >= 32 && fresh !== old);
    assert.deepEqual(unchanged, rest);
    const exported = async (...options: string[]): Promise<unknown> =>
      (JSON.parse((await succeeds(["pulumi", "--", "stack", "output", "--json", ...options])).out) as Outputs)
        .authSecret;
    assert.deepEqual([await exported(), await exported("--show-secrets")], ["[secret]", old]);
    assert.match((await succeeds(["up", "--no-verify"])).out, /No resource changed, no role or grant\./);
    assert.deepEqual([await exported(), await exported("--show-secrets")], ["[secret]", fresh]);
    assert.deepEqual(await containerIds(), containers);
  });

  it("the data database is backed up by itself", async () => {
    await succeeds(["backup", "--database", "data"]);
    const count = async (...options: string[]): Promise<number> =>
      (JSON.parse((await succeeds(["backups", "--json", ...options])).out) as { backups: unknown[] }).backups.length;
    assert.deepEqual([await count(), await count("--database", "data")], [1, 2]);
  });

  it("down takes both away, and leaves nothing when it is told to", async () => {
    await succeeds(["down", "--yes", "--delete-data", "--delete-backups"]);
    for (const name of stack.topologyNames) {
      const filters = { label: [`pgtopology.stack=${name}`] };
      assert.deepEqual(await stack.docker.listContainers({ all: true, filters }), []);
      assert.deepEqual(await stack.docker.listNetworks({ filters }), []);
      assert.deepEqual((await stack.docker.listVolumes({ filters })).Volumes, []);
    }
  });

  async function succeeds(args: readonly string[]): Promise<Ended> {
    const result = await stack.run(args);
    assert.equal(result.code, 0, `pgt ${args.join(" ")} ended with ${result.code}:\n${result.err}\n${result.out}`);
    return result;
  }

  async function environment(...options: string[]): Promise<Partial<Record<string, string>>> {
    return JSON.parse((await succeeds(["env", "--format", "json", ...options])).out) as Record<string, string>;
  }

  /** In the data database; the statement goes through stdin. */
  async function asAdministrator(sql: string): Promise<void> {
    const child = stack.start([
      "psql",
      "--database",
      "data",
      "--role",
      "administrator",
      "--",
      "-Xq",
      "-v",
      "ON_ERROR_STOP=1",
    ]);
    child.stdin?.write(`${sql};\n`);
    const { code, err } = await ended(child);
    assert.equal(code, 0, err);
  }

  async function containerIds(): Promise<string[]> {
    const found = await Promise.all(
      stack.topologyNames.map((name) =>
        stack.docker.listContainers({ all: true, filters: { label: [`pgtopology.stack=${name}`] } }),
      ),
    );
    return found
      .flat()
      .map(({ Id }) => Id)
      .sort();
  }
});

async function rows(url: string | undefined, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<{ place: string }>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Sessions of the application's role that are the pooler's: the watcher itself is none of them. */
async function backends(watcher: pg.Client): Promise<number> {
  const { rows: found } = await watcher.query("SELECT count(*)::int AS n FROM pg_stat_activity WHERE usename = 'app'");
  return (found[0] as { n: number }).n;
}

/** Every transaction runs a statement that its client has prepared, on whatever server connection it is given. */
async function insertRows(url: string, client: number): Promise<void> {
  const connection = new pg.Client({ connectionString: url });
  await connection.connect();
  try {
    for (let number = 0; number < TRANSACTIONS; number += 1) {
      await connection.query("BEGIN");
      await connection.query({ name: "serve", text: "INSERT INTO served VALUES ($1, $2)", values: [client, number] });
      await connection.query("COMMIT");
    }
  } finally {
    await connection.end();
  }
}
