import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { after, before, describe, it } from "mocha";
import { showHostLogs } from "../../../cli/data-host/host-logs.ts";
import { partsOnHost, partsWithLogs, splitStatus, withHost } from "../../../cli/data-host/open-split.ts";
import { runPsqlThroughHost } from "../../../cli/data-host/psql-through-host.ts";
import { backUpData, checkSplitBackups, listSplitBackups } from "../../../cli/data-host/split-backups.ts";
import type { StackStatus } from "../../../cli/stack/status-shape.ts";
import { statusText } from "../../../cli/status-text.ts";
import { EXIT } from "../../../kernel/errors.ts";
import { waitUntil } from "../../../kernel/wait-until.ts";
import type { DataHost } from "../../support/data-host/running-host.ts";
import { type SplitOnHost, splitOnHost } from "../../support/data-host/split-on-host.ts";
import { withArgumentsSeen } from "../../support/processes.ts";

const WAIT_MS = 60_000;
const ALL = { tail: "all", since: undefined, follow: false } as const;

/** What pgt's commands see and do on a data host, over SSH to its OpenSSH. */
export function describeCommands(hostOf: () => DataHost): void {
  describe("the commands of pgt, over SSH", () => {
    let host: DataHost;
    let split: SplitOnHost;

    before(async () => {
      host = hostOf();
      split = await splitOnHost(host);
      // What the tests before have made fail on purpose.
      await host.machine.run("systemctl reset-failed 'pgtopology-*'; systemctl start pgtopology-export.service");
      // A server that was killed begins its statistics anew.
      await host.query("SELECT pg_logical_emit_message(true, 'test', ''), pg_switch_wal()");
      const archived = async () =>
        (await host.query("SELECT FROM pg_stat_archiver WHERE last_archived_wal IS NOT NULL")).rowCount === 1;
      await waitUntil(archived, { name: "WAL to be archived", timeoutMs: WAIT_MS });
    });
    after(() => split.end());

    const status = (): Promise<StackStatus> => splitStatus(split.contextWith(), split.world);
    const notHealthy = ({ parts }: StackStatus) =>
      parts
        .filter(({ health }) => health !== "healthy")
        .map(({ health, part, state }) => `${part}: ${state}, ${health}`);

    it("status: both databases by SQL over TLS, the units, the WAL archive, backups and exports", async () => {
      const found = await status();
      assert.deepEqual([notHealthy(found), found.unseen, found.healthy], [[], [], true]);
      assert.deepEqual(
        found.parts.map(({ part }) => part),
        [
          ...["primary", "data-host", "data-primary", "data-pooler", "data-backup-full", "data-backup-incremental"],
          ...["data-check-repository", "data-export", "data-check-exports"],
        ],
      );
      const [managed, data] = found.databases;
      for (const [database, part] of [[managed, "primary"] as const, [data, "data-primary"] as const]) {
        const [server] = database?.servers ?? [];
        assert.ok(server?.connections);
        const { connections, version, ...more } = server;
        assert.deepEqual(more, {
          part,
          reachable: true,
          why: null,
          role: "primary",
          tls: "TLSv1.3",
          replication: null,
        });
        assert.match(version ?? "", /^17\.\d+$/);
        assert.ok(connections.used > 0 && connections.used < connections.limit, JSON.stringify(connections));
      }
      assert.deepEqual([managed?.pool, data?.pool?.reachable, data?.pool?.why], [null, true, null]);
      assert.ok(data?.archive && "lastWal" in data.archive);
      assert.match(data.archive.lastWal ?? "", /^[0-9A-F]{24}/);
      assert.ok(data.lastBackup && "type" in data.lastBackup);
      assert.match(data.lastBackup.label, /^\d{8}-\d{6}F/);
      assert.ok(managed?.lastExport && "endedAt" in managed.lastExport);
      assert.equal(managed.lastExport.status, "ok");
      assert.ok(Date.now() - Date.parse(managed.lastExport.endedAt) < WAIT_MS);
      assert.ok(managed.lastBackup && "type" in managed.lastBackup);
      assert.equal(managed.lastBackup.type, "platform");
      const job = found.parts.find(({ part }) => part === "data-export");
      assert.ok(job?.lastRun && job.nextRun && job.since, JSON.stringify(job));
      assert.ok(Date.now() - Date.parse(job.lastRun) < WAIT_MS && Date.parse(job.nextRun) > Date.now());
      assert.match(statusText(found, new Date()), /^data +data-primary +primary +17\.\d+ +TLSv1\.3 +\d+ of \d+ +-$/m);
    });

    it("status: names a unit that was stopped, and work that failed", async () => {
      await host.machine.run("systemctl stop pgtopology-pooler.service pgtopology-backup-full.timer");
      const conf = "/etc/pgtopology/pgbackrest.conf";
      const failing = `mv ${conf} ${conf}.away; systemctl start pgtopology-check-repository || true; mv ${conf}.away ${conf}`;
      await host.machine.run(failing);
      try {
        const found = await status();
        assert.deepEqual(notHealthy(found), [
          "data-pooler: inactive, unhealthy",
          "data-backup-full: inactive, unhealthy",
          "data-check-repository: failed (exit-code), unhealthy",
        ]);
        assert.deepEqual([found.healthy, found.databases.map(({ healthy }) => healthy)], [false, [true, false]]);
        assert.equal(found.databases[1]?.pool?.reachable, false);
      } finally {
        await host.machine.run("systemctl start pgtopology-pooler.service pgtopology-backup-full.timer");
        await host.machine.run("systemctl reset-failed 'pgtopology-*'");
      }
    });

    it("status: says what could not be seen where nobody may log in", async () => {
      const { dataHost } = split.world.delivery;
      assert.ok(dataHost);
      const gone = { ...split.world, hostKey: "SHA256:another" };
      const found = await splitStatus(split.contextWith(), gone);
      assert.equal(found.healthy, false);
      assert.match(found.unseen.join("\n"), /shows the key SHA256:\S+, and showed SHA256:another before/);
      assert.deepEqual(
        found.parts.filter(({ health }) => health !== "unknown"),
        [],
      );
      assert.equal(found.parts[0]?.state, "online");
    });

    it("psql: on either database, its certificate checked, its password in no argument", async function () {
      if (!hasPsql()) this.skip();
      const { contextWith, folder, world } = split;
      const run = async (choice: { database: "primary" | "data"; pooled: boolean }, sql: string) => {
        const file = path.join(folder, "said");
        const args = ["-X", "-A", "-t", "-o", file, "-c", sql];
        const call = { args, env: process.env };
        const code = await runPsqlThroughHost(contextWith(), world, { ...choice, role: "readWrite" }, call);
        return [code, code === EXIT.ok ? readFileSync(file, "utf8").trim() : ""];
      };
      const sql =
        "SELECT current_database(), current_user, ssl, pg_sleep(0.3) IS NULL FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
      const [told, seen] = await withArgumentsSeen(() => run({ database: "data", pooled: false }, sql));
      assert.deepEqual(told, [EXIT.ok, "data|data|t|f"]);
      assert.ok(
        seen.some((command) => command.includes("current_database()")),
        "psql was not seen",
      );
      for (const secret of host.secretTexts)
        assert.deepEqual(
          seen.filter((command) => command.includes(secret)),
          [],
        );
      assert.deepEqual(await run({ database: "data", pooled: true }, "SELECT current_user"), [EXIT.ok, "data"]);
      const monitor = { database: "primary", pooled: false, role: "monitoring" } as const;
      const file = path.join(folder, "managed");
      const args = ["-X", "-A", "-t", "-o", file, "-c", "SELECT current_database(), current_user"];
      assert.equal(
        await runPsqlThroughHost(contextWith(), managedByName(world), monitor, { args, env: process.env }),
        EXIT.ok,
      );
      assert.equal(readFileSync(file, "utf8").trim(), "app|monitor");
    });

    it("backup: one of the data database, listed with those before", async () => {
      const made = await backUpData(split.contextWith(), split.world, "diff");
      const { backups } = await listSplitBackups(split.contextWith(), split.world, "data");
      assert.equal(made?.type, "diff");
      assert.deepEqual(backups.at(-1), made);
      assert.equal(backups[0]?.type, "full");
    });

    it("backup: goes on when it is interrupted here", async () => {
      const count = async () => (await listSplitBackups(split.contextWith(), split.world, "data")).backups.length;
      const before = await count();
      const interruption = new AbortController();
      const backup = backUpData(split.contextWith(interruption.signal), split.world, "incr");
      const begun = async () =>
        (await host.machine.run("systemctl list-units --no-legend 'pgtopology-on-request-*'")) !== "";
      await waitUntil(begun, { name: "the backup to begin", timeoutMs: WAIT_MS, intervalMs: 50 });
      interruption.abort();
      await assert.rejects(backup);
      await waitUntil(async () => (await count()) > before, { name: "the backup to be made", timeoutMs: WAIT_MS });
    });

    it("backup: what fails says why, in the words of the host", async () => {
      const gone = { ...split.world, hostKey: undefined };
      await host.machine.run("mv /etc/pgtopology/pgbackrest.conf /etc/pgtopology/pgbackrest.conf.away");
      try {
        await assert.rejects(backUpData(split.contextWith(), gone, "full"), {
          name: "PgtError",
          message: /^pgt-backup full failed on the data host \(exit code \d+\):\n[^]*ERROR: \[055\]/,
        });
      } finally {
        await host.machine.run("mv /etc/pgtopology/pgbackrest.conf.away /etc/pgtopology/pgbackrest.conf");
      }
    });

    it("backups: the platform's and the exports of the managed primary in one list; what is checked says so", async () => {
      const context = split.contextWith();
      await checkSplitBackups(context, split.world, "primary");
      const { backups, lastCheck } = await listSplitBackups(context, split.world, "primary");
      assert.equal(lastCheck?.status, "ok");
      assert.ok(Date.now() - Date.parse(lastCheck.checkedAt) < WAIT_MS);
      const kinds = backups.map(({ type }) => type);
      assert.deepEqual([kinds.slice(0, 2), new Set(kinds.slice(2))], [["platform", "platform"], new Set(["export"])]);
      const newest = backups.at(-1);
      assert.ok((newest?.databaseBytes ?? 0) > 0 && newest?.wal === null);
    });

    it("logs: of one unit as it wrote them, of all in the order of time, and as they come", async () => {
      const context = split.contextWith();
      const read = async (part: string | undefined, more: object = {}): Promise<string[]> => {
        const lines: string[] = [];
        const parts = partsWithLogs(context, split.world, part);
        const request = { ...ALL, ...more, parts, signal: context.signal, show: (line: string) => lines.push(line) };
        await withHost(context, split.world, (session) => showHostLogs(session, request));
        return lines;
      };
      assert.match((await read("data-primary")).join("\n"), /database system is ready to accept connections/);
      const last = await read(undefined, { tail: 2 });
      assert.ok(last.length > 4 && last.length <= 2 * partsOnHost(context, split.world).length, last.join("\n"));
      assert.ok(
        last.every((line) => /^data-[a-z-]+ +\| /.test(line)),
        last.join("\n"),
      );
      assert.deepEqual(await read("data-primary", { since: Math.floor(Date.now() / 1000) + 3600 }), []);

      const interruption = new AbortController();
      const followed: string[] = [];
      const following = withHost(split.contextWith(interruption.signal), split.world, (session) =>
        showHostLogs(session, {
          ...{ ...ALL, tail: 0, follow: true, signal: interruption.signal, show: (line) => followed.push(line) },
          parts: partsWithLogs(context, split.world, "data-primary"),
        }),
      );
      await sleep(1000);
      await host.query("DO $$ BEGIN RAISE LOG 'a line that was followed'; END $$");
      const arrived = () => followed.some((line) => line.includes("a line that was followed"));
      await waitUntil(arrived, { name: "the line to arrive", timeoutMs: WAIT_MS });
      interruption.abort();
      await following;
    });

    it("tell no secret", () => {
      for (const secret of host.secretTexts) assert.ok(!split.said.join("\n").includes(secret));
    });
  });
}

/** libpq looks for a name in a certificate; the platform's servers have one, and this one has these. */
function managedByName(world: SplitOnHost["world"]): SplitOnHost["world"] {
  return { ...world, outputs: { ...world.outputs, writer: { host: "localhost", port: 5432 } } };
}

function hasPsql(): boolean {
  return (process.env.PATH ?? "").split(path.delimiter).some((folder) => existsSync(path.join(folder, "psql")));
}
