// A whole topology in containers: replication, access, the pooler, secrets. Does not prove what Pulumi makes of it, nor
// performance; what verify asks of a running topology is proven with verify.
import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import type pg from "pg";
import { waitUntil } from "../../../kernel/wait-until.ts";
import { containersOf } from "../../../rendering/containers.ts";
import { startTopology, testImage, type RunningTopology } from "../../support/running-topology.ts";

const SLOW_MS = 120_000;

describe("a running topology", function () {
  this.timeout(10 * 60_000);
  let running: RunningTopology;
  before(async () => {
    running = await startTopology({ replicas: { a: {} } });
  });
  after(async () => {
    await running.remove();
  });

  async function value(part: string, sql: string, ...more: [role?: "readWrite", config?: pg.ClientConfig]) {
    const { rows } = await running.query(part, sql, ...more);
    return Object.values(rows[0] as Record<string, unknown>)[0];
  }

  it("replicates what is written on the primary", async () => {
    await running.query("primary", "CREATE TABLE replicated AS SELECT 42 AS answer");
    const read = () => value("replica-a", "SELECT answer FROM replicated");
    assert.equal(await waitUntil(read, { name: "the row on the replica", timeoutMs: SLOW_MS }), 42);
    assert.equal(await value("replica-a", "SELECT pg_is_in_recovery()"), true);
    assert.equal(await value("primary", "SELECT active FROM pg_replication_slots WHERE slot_name = 'replica_a'"), true);
  });

  it("runs with data checksums and with every setting of its file", async () => {
    for (const part of ["primary", "replica-a"]) {
      assert.equal(await value(part, "SHOW data_checksums"), "on");
      const { rows } = await running.query(part, "SELECT name, error FROM pg_file_settings WHERE NOT applied");
      assert.deepEqual(rows, [], part);
      const hba = await running.query(part, "SELECT * FROM pg_hba_file_rules WHERE error IS NOT NULL");
      assert.deepEqual(hba.rows, [], part);
    }
  });

  it("refuses plain text, a strange CA, and a name that is not in the certificate", async () => {
    for (const part of ["primary", "replica-a"]) {
      await assert.rejects(running.connect(part, "administrator", { ssl: false }), /rejects connection.*no encryption/);
    }
    await assert.rejects(running.connect("pooler", "readWrite", { ssl: false }), /SSL required/);
    for (const part of ["primary", "replica-a", "pooler"]) {
      await assert.rejects(running.connect(part, "readWrite", { ssl: { servername: "localhost" } }), /certificate/);
      const ssl = { ca: running.secrets.caCertificate, servername: "elsewhere" };
      await assert.rejects(running.connect(part, "readWrite", { ssl }), /altnames/i);
    }
  });

  it("keeps the replication role to replication, and replication to that role", async () => {
    const rejects = /pg_hba.conf rejects/;
    await assert.rejects(running.connect("primary", "replication"), rejects);
    await assert.rejects(running.connect("primary", "replication", { database: running.topology.database }), rejects);
    const replication = { replication: "true" } as pg.ClientConfig;
    await assert.rejects(running.connect("primary", "administrator", replication), rejects);
    const client = await running.connect("primary", "replication", replication);
    await client.end();
  });

  it("pools sessions to the writer and to the readers, looked up in the database", async () => {
    const readers = { database: running.topology.pooling?.readerPool ?? "" };
    assert.equal(await value("pooler", "SELECT pg_is_in_recovery()", "readWrite"), false);
    assert.equal(await value("pooler", "SELECT pg_is_in_recovery()", "readWrite", readers), true);
    await assert.rejects(running.connect("pooler", "administrator"), /no such user/);
    const client = await running.connect("pooler", "pooler", { database: "pgbouncer" });
    await client.end();
  });

  it("serves a prepared statement from different server sessions", async () => {
    const clients = await Promise.all([1, 2, 3].map(() => running.connect("pooler", "readWrite")));
    const twice = { name: "twice", text: "SELECT $1::int * 2 AS result" };
    for (const round of [1, 2]) {
      // At the same time, so that one server session is not enough; each client then meets another's.
      const results = await Promise.all(clients.map((client) => client.query(twice, [round])));
      for (const { rows } of results) assert.deepEqual(rows, [{ result: round * 2 }]);
    }
    await Promise.all(clients.map((client) => client.end()));
  });

  it("keeps a server's sessions when an orphan in the container dies by a signal", async () => {
    const client = await running.connect("primary");
    const orphan = ["sh", "-c", "setsid --fork sh -c 'echo $$ >/tmp/orphan; kill -KILL $$'"];
    assert.equal((await running.exec("primary", orphan)).exitCode, 0);
    const gone = async () =>
      (await running.exec("primary", ["sh", "-c", '[ -s /tmp/orphan ] && ! [ -e "/proc/$(cat /tmp/orphan)" ]']))
        .exitCode === 0;
    await waitUntil(gone, { name: "the orphan to be collected", timeoutMs: SLOW_MS });
    await client.query("SELECT 1");
    await client.end();
    assert.doesNotMatch(await running.log("primary"), /terminated by signal|reinitializing/);
  });

  it("finds the primary again when it comes back, wherever that is", async () => {
    const { docker, topology } = running;
    const ask = () => value("pooler", "SELECT pg_is_in_recovery()", "readWrite");
    assert.equal(await ask(), false);
    await running.container("primary").stop();
    // Somebody else takes the address that the primary had.
    const other = await docker.createContainer({
      Image: testImage(),
      Cmd: ["sleep", "infinity"],
      HostConfig: { NetworkMode: topology.name },
    });
    try {
      await other.start();
      await running.container("primary").start();
      await running.waitHealthy("primary");
      const answer = async () => (await ask()) === false;
      await waitUntil(answer, { name: "the pooler to find the primary", timeoutMs: SLOW_MS });
      await Promise.all(["replica-a", "pooler"].map((part) => running.waitHealthy(part)));
    } finally {
      await other.remove({ force: true, v: true });
    }
  });

  it("ends a pooler that is alive without answering, and starts it anew", async () => {
    const started = async () => (await running.container("pooler").inspect()).State.StartedAt;
    const before = await started();
    const stop = await running.exec("pooler", ["sh", "-c", "kill -STOP $(pgrep -x pgbouncer)"]);
    assert.equal(stop.exitCode, 0, stop.stderr);
    const anew = async () => (await started()) !== before;
    await waitUntil(anew, { name: "the pooler to be started anew", timeoutMs: SLOW_MS });
    await running.waitHealthy("pooler");
    assert.match(await running.log("pooler"), /PgBouncer has not answered 3 times: ending it/);
  });

  it("ends every container by itself when it is asked to", async () => {
    for (const { part } of [...containersOf(running.topology)].reverse()) {
      await running.container(part).stop();
      const { State } = await running.container(part).inspect();
      assert.equal(State.ExitCode, 0, part);
    }
    for (const { part } of containersOf(running.topology)) await running.container(part).start();
    await Promise.all(containersOf(running.topology).map(({ part }) => running.waitHealthy(part)));
    assert.match(await running.log("primary"), /database system was shut down at/);
  });

  it("shows no secret in what Docker knows, in command lines, or in logs", async () => {
    for (const { part } of containersOf(running.topology)) {
      const inspected = JSON.stringify(await running.container(part).inspect());
      const processes = JSON.stringify(await running.container(part).top({ ps_args: "-eo pid,args" }));
      const log = await running.log(part);
      for (const secret of [...Object.values(running.secrets.passwords), running.secrets.repositoryPassphrase]) {
        assert(!`${inspected}${processes}${log}`.includes(secret), `a secret shows in ${part}`);
      }
      assert(!log.includes("SCRAM-SHA-256$"), `a verifier shows in the log of ${part}`);
    }
  });
});
