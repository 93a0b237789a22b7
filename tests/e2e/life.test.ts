// The life of one stack with the real engine, real containers and real servers, by the commands that a user runs.
// It does not prove anything about other targets, about large databases, or about another machine than this one.
import assert from "node:assert/strict";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { after, before, describe, it } from "mocha";
import pg from "pg";
import { freePorts } from "../support/free-ports.ts";
import { type Ended, TestStack } from "../support/test-stack.ts";

interface VerifyJson {
  readonly judged: readonly { readonly id: string; readonly status: string; readonly message?: string }[];
}

describe("the life of a stack", function () {
  let stack: TestStack;
  let environment: NodeJS.Dict<string>;

  before(async () => {
    const [a, b] = (await freePorts(2)) as [number, number];
    stack = await TestStack.create({ replicas: { a: { port: a }, b: { port: b } } });
  });

  after(() => stack.remove());

  it("up ends with a verified topology", async () => {
    const up = await succeeds(["up"]);
    assert.match(up.out, /Verified by SQL: \d+ pass, 0 fail, 0 unknown/);
    assert.match(up.out, /\.\/pgt psql/);
    assert.match(up.out, new RegExp(`127\\.0\\.0\\.1:${stack.spec.ports?.primary ?? 0}`));
  });

  it("a second up finds nothing to change", async () => {
    const before = await containerIds();
    const up = await succeeds(["up"]);
    assert.match(up.out, /No resource changed, no role or grant\./);
    assert.deepEqual(await containerIds(), before);
  });

  it("the engine's own preview is empty, by the plain CLI", async function () {
    const state = await stack.run(["pulumi", "--", "stack", "--show-ids"]);
    assert.equal(state.code, 0, state.err);
    assert.match(state.out, /docker:index\/container:Container/);
  });

  it("verify gives stable JSON, and status names every part as healthy", async () => {
    const report = JSON.parse((await succeeds(["verify", "--json"])).out) as VerifyJson;
    assert.ok(report.judged.filter(({ status }) => status === "pass").length >= 20);
    assert.deepEqual(
      report.judged.filter(({ status }) => status === "fail" || status === "unknown"),
      [],
    );
    const status = await succeeds(["status"]);
    for (const part of ["primary", "replica-a", "replica-b", "pooler", "scheduler"]) {
      assert.match(status.out, new RegExp(`${part}[^\\n]*healthy`));
    }
  });

  it("env gives what an application needs: with it, it connects over verified TLS and writes", async () => {
    await succeeds(["psql", "--role", "owner", "--", "-qc", "CREATE TABLE notes (text text)"]);
    environment = parseEnv((await succeeds(["env"])).out);
    assert.equal(environment.DB_POOL_SIZE, "20");
    assert.equal(environment.USE_READ_REPLICA, "true");
    const client = new pg.Client({
      host: environment.POSTGRES_HOST,
      port: Number(environment.POSTGRES_PORT),
      user: environment.POSTGRES_USER,
      password: environment.POSTGRES_PASSWORD,
      database: environment.POSTGRES_DATABASE,
      ssl: { ca: await readFile(environment.PGSSLROOTCERT ?? "", "utf8"), rejectUnauthorized: true },
    });
    await client.connect();
    try {
      await client.query("INSERT INTO notes VALUES ('written')");
      assert.deepEqual((await client.query("SELECT text FROM notes")).rows, [{ text: "written" }]);
    } finally {
      await client.end();
    }
  });

  it("psql reaches primary, replica and pooler", async () => {
    const ask = async (...options: string[]): Promise<string> =>
      (await succeeds(["psql", ...options, "--", "-Atc", "SELECT pg_is_in_recovery()"])).out.trim();
    assert.equal(await ask(), "f");
    assert.equal(await ask("--replica"), "t");
    assert.equal(await ask("--pooled"), "f");
    const readers = ["psql", "--pooled", "--", "-d", "app_readers", "-Atc", "SELECT pg_is_in_recovery()"];
    assert.equal((await succeeds(readers)).out.trim(), "t");
  });

  it("backups lists the first full backup, and backup makes another", async () => {
    const first = await backups();
    assert.deepEqual(
      first.map(({ type }) => type),
      ["full"],
    );
    await succeeds(["backup"]);
    assert.equal((await backups()).length, 2);
  });

  it("no secret lies in plain text in the state directory, in docker inspect, or in logs", async () => {
    const secrets = await plainSecrets();
    // Seven passwords, the repository's passphrase, and the keys of authority, servers and pooler.
    assert.ok(secrets.length >= 12);
    const places = new Map<string, string>();
    for (const file of await filesBelow(stack.stateDir)) places.set(file, await readFile(file, "utf8"));
    for (const id of await containerIds()) {
      places.set(`inspect ${id}`, JSON.stringify(await stack.docker.getContainer(id).inspect()));
      const log = await stack.docker.getContainer(id).logs({ stdout: true, stderr: true });
      places.set(`log ${id}`, log.toString("latin1"));
    }
    assert.ok(places.size > 10);
    for (const [place, text] of places) {
      for (const secret of secrets) assert.equal(text.includes(secret), false, place);
    }
  });

  it("what holds secrets is readable by its owner only", async () => {
    assert.equal((await stat(stack.stateDir)).mode & 0o077, 0);
    for (const file of ["passphrase", `stacks/Pulumi.${stack.name}.yaml`]) {
      assert.equal((await stat(join(stack.stateDir, file))).mode & 0o777, 0o600, file);
    }
  });

  it("roles says what drifted, and mends it", async () => {
    await asAdministrator("GRANT app_owner TO app_readonly");
    const drift = await stack.run(["roles"]);
    assert.equal(drift.code, 1, drift.err);
    assert.match(drift.out, /differs: .*app_owner/);
    await succeeds(["roles", "--apply"]);
    assert.match((await succeeds(["roles"])).out, /as planned/);
  });

  it("a parameter that changes is in force after the next up, and the data is still there", async () => {
    await asAdministrator("CREATE TABLE kept (n int); INSERT INTO kept VALUES (42)");
    await stack.write({ ...stack.spec, parameters: { max_connections: 120 } });
    const up = await succeeds(["up"]);
    assert.match(up.out, /0 fail, 0 unknown/);
    assert.equal(await asAdministrator("SHOW max_connections"), "120");
    assert.equal(await asAdministrator("SELECT n FROM kept"), "42");
  });

  it("down keeps data and backups, and the next up brings both back", async () => {
    const down = await succeeds(["down", "--yes"]);
    assert.match(down.out, /Kept, with the secrets that open them: /);
    assert.deepEqual(await left("containers"), []);
    assert.deepEqual(await left("networks"), []);
    assert.equal((await left("volumes")).length, 4);
    await succeeds(["up"]);
    assert.equal(await asAdministrator("SELECT n FROM kept"), "42");
    assert.equal((await backups()).length, 2);
  });

  it("data and backups go on their own flags, and then nothing is left", async () => {
    await succeeds(["down", "--yes", "--delete-data"]);
    assert.deepEqual(await left("volumes"), [`${stack.topologyName}-backups`]);
    await succeeds(["down", "--yes", "--delete-backups"]);
    for (const kind of ["containers", "networks", "volumes"] as const) assert.deepEqual(await left(kind), []);
    await succeeds(["down", "--yes"]);
  });

  async function succeeds(args: readonly string[]): Promise<Ended> {
    const result = await stack.run(args);
    assert.equal(result.code, 0, `pgt ${args.join(" ")} ended with ${result.code}:\n${result.err}\n${result.out}`);
    return result;
  }

  async function asAdministrator(sql: string): Promise<string> {
    const { out } = await succeeds(["psql", "--role", "administrator", "--", "-qAtc", sql]);
    return out.trim();
  }

  async function backups(): Promise<{ type: string }[]> {
    return (JSON.parse((await succeeds(["backups", "--json"])).out) as { backups: { type: string }[] }).backups;
  }

  async function containerIds(): Promise<string[]> {
    const filters = { label: [`pgtopology.stack=${stack.topologyName}`] };
    return (await stack.docker.listContainers({ all: true, filters })).map(({ Id }) => Id).sort();
  }

  async function left(kind: "containers" | "networks" | "volumes"): Promise<string[]> {
    const filters = { label: [`pgtopology.stack=${stack.topologyName}`] };
    if (kind === "containers") return (await stack.docker.listContainers({ all: true, filters })).map(({ Id }) => Id);
    if (kind === "networks") return (await stack.docker.listNetworks({ filters })).map(({ Name }) => Name);
    return (await stack.docker.listVolumes({ filters })).Volumes.map(({ Name }) => Name);
  }

  /** Every decrypted password, and the passphrase of the repository. */
  async function plainSecrets(): Promise<string[]> {
    const { out } = await succeeds(["pulumi", "--", "config", "--show-secrets", "--json"]);
    const all = JSON.parse(out) as Record<string, { value: string; secret: boolean }>;
    assert.equal(all["pgtopology:secrets"]?.secret, true);
    const values = Object.values(JSON.parse(all["pgtopology:secrets"].value) as Record<string, string>);
    return values.map((value) => (value.includes("BEGIN") ? (value.split("\n")[1] ?? value) : value));
  }

  async function filesBelow(folder: string): Promise<string[]> {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && entry.name !== "passphrase")
      .map((entry) => join(entry.parentPath, entry.name));
  }
});
