// What a server does with the volumes that it finds. Does not prove what a disk does that loses power.
import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { waitUntil } from "../../../kernel/wait-until.ts";
import { putFiles } from "../../support/container-files.ts";
import { runOnce, type RunOnce } from "../../support/run-once.ts";
import { prepareTopology, type RunningTopology } from "../../support/running-topology.ts";

const SLOW_MS = 180_000;
const DATA = "/var/lib/postgresql/data";
/** As a command that was killed in the middle leaves it. */
const LEAVE_HALF = ["sh", "-c", `mkdir ${DATA}/pgdata.new && echo 17 >${DATA}/pgdata.new/PG_VERSION`];

describe("a server and its data volume", function () {
  this.timeout(10 * 60_000);
  let running: RunningTopology;
  before(async () => {
    const without = { pooling: { enabled: false }, backup: { enabled: false } };
    running = await prepareTopology({ replicas: { a: {} }, ...without });
  });
  after(async () => {
    await running.remove();
  });

  async function onData(volume: string, ...command: string[]): Promise<RunOnce> {
    return runOnce(running, command, { [volume]: DATA });
  }

  async function logged(part: string, what: RegExp): Promise<void> {
    const seen = async () => what.test(await running.log(part));
    await waitUntil(seen, { name: `${part} to log ${what.source}`, timeoutMs: SLOW_MS });
  }

  it("make a cluster and a copy anew when a first attempt was killed, and wait for role and slot", async () => {
    for (const volume of ["primary-data", "replica-a-data"]) {
      assert.equal((await onData(volume, ...LEAVE_HALF)).exitCode, 0);
    }
    await running.make("primary");
    await running.waitHealthy("primary");
    await running.make("replica-a");
    await logged("replica-a", /not yet: pg_basebackup: error: .*"replicator"/);
    await running.applyRoles();
    await running.waitHealthy("replica-a");
    const log = await running.log("replica-a");
    assert(log.split("not yet: ").length <= 3, `each reason is given once:\n${log}`);
    for (const volume of ["primary-data", "replica-a-data"]) {
      assert.equal((await onData(volume, "test", "-e", `${DATA}/pgdata.new`)).exitCode, 1);
    }
  });

  it("refuse a second server on the same volume", async () => {
    const { exitCode, log } = await onData("primary-data", "pgt-primary");
    assert.equal(exitCode, 1, log);
    assert.match(log, /another container runs a server on this data volume/);
    await running.query("primary", "SELECT 1");
  });

  it("refuse what belongs to another kind of server, or is no cluster", async () => {
    await running.container("replica-a").stop();
    const replica = await onData("replica-a-data", "pgt-primary");
    assert.equal(replica.exitCode, 1);
    assert.match(replica.log, /belongs to a replica: refusing to start it as the primary/);
    await running.container("replica-a").start();

    await running.container("primary").stop();
    const primary = await onData("primary-data", "pgt-replica");
    assert.equal(primary.exitCode, 1);
    assert.match(primary.log, /belongs to a primary, or to a replica that was promoted/);
    await running.container("primary").start();

    await onData("other-data", "sh", "-c", `mkdir ${DATA}/pgdata && echo mine >${DATA}/pgdata/file`);
    const other = await onData("other-data", "pgt-primary");
    assert.equal(other.exitCode, 1);
    assert.match(other.log, /holds something that is no database cluster/);
    assert.equal((await onData("other-data", "cat", `${DATA}/pgdata/file`)).log.includes("mine"), true);
    await Promise.all(["primary", "replica-a"].map((part) => running.waitHealthy(part)));
  });

  it("give the administrator the password that the file has at the start", async () => {
    const container = running.container("primary");
    const path = "/etc/pgtopology/secrets/administrator-password";
    const file = (content: string) => putFiles(container, [{ path, content, secret: true, permissions: "0600" }]);
    const restart = async () => {
      await container.restart();
      await running.waitHealthy("primary");
    };
    const password = "secret-other: 'quoted' \\ \" $(id)";
    await file(`${password}\n`);
    await restart();
    const client = await running.connect("primary", "administrator", { password });
    await client.end();
    await assert.rejects(running.connect("primary"), /password authentication failed/);
    await file(`${running.secrets.passwords.administrator}\n`);
    await restart();
    await running.query("primary", "SELECT 1");
    assert(!(await running.log("primary")).includes("secret-other"));
  });

  it("start a replica with the limits that its WAL needs, and lower them when the primary has", async () => {
    const parameters = { ...running.topology.parameters, max_connections: "60" };
    await running.make("replica-a", { parameters });
    await logged("replica-a", /starting with higher limits than configured.*max_connections=100/);
    await running.waitHealthy("replica-a");
    await running.make("primary", { parameters });
    await running.waitHealthy("primary");
    const lowered = async () => {
      const { rows } = await running.query("replica-a", "SHOW max_connections");
      return (rows[0] as { max_connections: string }).max_connections === "60";
    };
    await waitUntil(lowered, { name: "the replica to take on the lower limit", timeoutMs: SLOW_MS });
    await running.waitHealthy("replica-a");
  });
});
