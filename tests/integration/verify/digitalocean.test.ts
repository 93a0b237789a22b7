// A verification of DigitalOcean against a server of this machine that speaks the API's shapes, real servers whose
// administrator is no superuser, and a real SSH server that leads to them. The data database is that of the image, in
// containers: commands run there in the part that has them, which stands for the one host. Does not prove that the platform
// answers so, nor what roles it has for itself; that of the host's own files the host's test proves.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "mocha";
import type { DigitalOceanWorld } from "../../../cli/stack/open-digitalocean.ts";
import type { DigitalOceanPlace } from "../../../facts/from-live/digitalocean/platform-access.ts";
import { EXIT } from "../../../kernel/errors.ts";
import { wantedOnDigitalOcean } from "../../../roles/wanted-on-digitalocean.ts";
import { openSession, type SshSession } from "../../../ssh/session.ts";
import { resolveTopology } from "../../../topology/resolve.ts";
import type { ResolvedDigitalOcean } from "../../../topology/resolved-digitalocean.ts";
import type { SpecOf } from "../../../topology/spec.ts";
import { exitCodeOf, lineName, type VerifyReport } from "../../../verify/report.ts";
import { type HostWay, verifyDigitalOcean, type VerifyDigitalOceanOptions } from "../../../verify/run-digitalocean.ts";
import { type CloudSqlServers, startCloudSqlServers } from "../../support/cloud-sql-server.ts";
import { ANSWERED_PASSWORD, answersOf } from "../../support/digitalocean-answers.ts";
import { DIGITALOCEAN } from "../../support/digitalocean-servers.ts";
import { type PretendDigitalOcean, startPretendDigitalOcean } from "../../support/pretend-digitalocean-api.ts";
import { type RunningTopology, startTopology } from "../../support/running-topology.ts";
import { startSshServer, type TestSshServer } from "../../support/ssh-server.ts";
import { describeStatus, worldOf } from "./digitalocean-status.ts";

const MINUTE = 60_000;
const HOUR_MS = 60 * MINUTE;
const TOKEN = "dop_v1_marker8d20";
const PLACE: DigitalOceanPlace = {
  clusterId: "9cc10173-e9ea-4176-9dbc-a4cee4c4ff30",
  replicaIds: { reader: "adfe81a8-0fa1-4e2d-973f-06aa5af19b44" },
  dropletId: "4711",
};
const CLUSTER = `databases/${PLACE.clusterId}`;
/** Small, so that a crowd in front of it is small too. */
const POOL_SIZE = 3;
const WISH: SpecOf<"digitalocean"> = {
  target: "digitalocean",
  // The floors of a busy machine.
  environment: "local",
  region: "nyc3",
  replicas: { reader: {} },
  pooling: { writerPoolSize: POOL_SIZE },
  backup: { schedule: "02:30", retentionDays: 7 },
  parameters: { work_mem: "8MB", idle_in_transaction_session_timeout: "1min" },
  data: {},
  access: { sources: ["198.51.100.7/32"], ssh: { keys: ["12345"], sources: ["203.0.113.0/24"] } },
  expected: { schemas: ["shop"], tables: ["shop.orders"] },
};

let topology: ResolvedDigitalOcean;
let api: PretendDigitalOcean;
let servers: CloudSqlServers;
let data: RunningTopology;
let ssh: TestSshServer;
let session: SshSession;

/** In the part that has what a command needs: on a host, one machine has all of it. */
function onHost(command: readonly string[]): ReturnType<HostWay["execute"]> {
  if (command[0] === "systemctl") return Promise.resolve({ exitCode: 0, stdout: "", stderr: "" });
  return data.exec(command[0] === "cut" ? "pooler" : "scheduler", command);
}

function worldNow(): DigitalOceanWorld {
  return worldOf({ topology, servers, data, place: PLACE });
}

const way: HostWay = {
  forward: (host, port) => session.forward(host, port),
  execute: (command) => onHost(command),
};

function verify(more: Partial<VerifyDigitalOceanOptions> = {}): Promise<VerifyReport> {
  return verifyDigitalOcean({
    topology,
    place: PLACE,
    outputs: worldNow().outputs,
    passwords: servers.passwords,
    dataSecrets: data.secrets,
    api: { token: TOKEN, baseUrl: api.baseUrl },
    way,
    signal: AbortSignal.timeout(3 * MINUTE),
    ...more,
  });
}

function told({ judged }: VerifyReport, ...statuses: string[]): string[] {
  return judged
    .filter(({ status }) => statuses.includes(status))
    .map((line) => `${lineName(line)}${line.message === "" ? "" : `: ${line.message}`}`);
}

function names(report: VerifyReport, ...statuses: string[]): string[] {
  return report.judged.filter(({ status }) => statuses.includes(status)).map(lineName);
}

/** Changes one answer of the API; undone after the test. */
function answer(path: string, body: unknown): void {
  api.answers.set(path, body);
}

function answered(path: string): unknown {
  return structuredClone(api.answers.get(path));
}

function tellAll(): void {
  api.answers.clear();
  for (const [path, body] of answersOf(topology, PLACE, new Date())) api.answers.set(path, body);
}

describe("a verification of DigitalOcean", function () {
  this.timeout(6 * MINUTE);

  before(async () => {
    const wished = resolveTopology(WISH, "local");
    const wanted = wantedOnDigitalOcean(wished);
    const { parameters } = wished;
    [servers, data, api, ssh] = await Promise.all([
      startCloudSqlServers({
        ...{ database: "app", parameters, poolSize: POOL_SIZE, wanted },
        ...{ provider: DIGITALOCEAN, pools: ["app_pool"] },
      }),
      startTopology({ database: "data", pooling: { writerPoolSize: POOL_SIZE, readerPoolSize: POOL_SIZE } }),
      startPretendDigitalOcean(),
      startSshServer(),
    ]);
    for (const command of [["pgt-backup", "full"], ["pgt-check-repository"]]) {
      const { exitCode, stderr, stdout } = await data.exec("scheduler", command);
      assert.equal(exitCode, 0, `${stdout}${stderr}`);
    }
    const { backup, replicas: _none, ...server } = data.topology;
    assert.ok(wished.dataHost && backup);
    const repository = { type: "bucket", region: "nyc3" } as const;
    topology = {
      ...wished,
      dataHost: { ...wished.dataHost, server: { ...server, replicas: [], backup: { ...backup, repository } } },
    };
    session = await openSession(
      { host: "127.0.0.1", port: ssh.port, user: "root", login: { privateKey: ssh.userKey }, hostKey: undefined },
      new AbortController().signal,
    );
    tellAll();
  });
  after(async () => {
    // Undefined where the start failed.
    (session as SshSession | undefined)?.end();
    (api as PretendDigitalOcean | undefined)?.end();
    await (ssh as TestSshServer | undefined)?.[Symbol.asyncDispose]();
    await (servers as CloudSqlServers | undefined)?.remove();
    await (data as RunningTopology | undefined)?.remove();
  });
  afterEach(() => {
    api.next.length = 0;
    tellAll();
  });

  it("passes what is as asked, of either database, and leaves nothing unknown", async () => {
    const report = await verify();
    assert.deepEqual(told(report, "fail", "unknown"), []);
    assert.equal(exitCodeOf(report), EXIT.ok);
    const passed = names(report, "pass");
    for (const name of [
      "app: access/no-unplanned-privileges",
      "app: access/read-write-can-do-its-work-only",
      "app: backup/recent",
      "app: clusters/as-asked",
      "app: clusters/online",
      "app: clusters/sources-as-asked",
      "app: clusters/sources-named",
      "app: connections/all-opened",
      "app: encryption/plaintext-refused",
      "app: encryption/verify-full-accepted",
      "app: encryption/wrong-ca-refused",
      "app: pooling/as-asked",
      "app: pooling/crowd-served",
      "app: pooling/prepared-statement-works",
      "app: replication/row-arrives",
      "app: schema/expected-tables",
      "app: settings/as-asked",
      "data: access/read-write-can-do-its-work-only",
      "data: backup/encrypted",
      "data: backup/recent",
      "data: backup/repository-sound",
      "data: backup/scheduled",
      "data: backup/wal-archived",
      "data: encryption/plaintext-refused",
      "data: encryption/verify-full-accepted",
      "data: host/active",
      "data: host/inbound-as-asked",
      "data: pooling/crowd-served",
      "data: protection/checksums",
      "data: settings/as-asked",
    ]) {
      assert.ok(passed.includes(name), `${name}: ${told(report, "not-applicable").join("\n")}`);
    }
  });

  it("without a way says so of what SQL proves, passes the rest, and ends with exit code 3", async () => {
    const report = await verify({ way: { closed: "no SSH session with root@198.51.100.77:22: timed out" } });
    assert.deepEqual(told(report, "fail"), []);
    assert.equal(exitCodeOf(report), EXIT.couldNotCheck);
    assert.ok(
      told(report, "unknown").every((line) => /no SSH session.*access\.ssh\.sources.*--vantage inside/.test(line)),
    );
    const unknown = names(report, "unknown");
    for (const name of ["app: encryption/plaintext-refused", "data: backup/wal-archived"])
      assert.ok(unknown.includes(name));
    const passed = names(report, "pass");
    for (const name of ["app: access/no-unplanned-roles", "app: pooling/mode", "data: host/no-world-open-port"]) {
      assert.ok(passed.includes(name), name);
    }
  });

  describeStatus(() => ({
    world: worldNow(),
    api,
    way,
    cluster: CLUSTER,
    token: TOKEN,
    secrets: [...Object.values(servers.passwords), ...Object.values(data.secrets.passwords), TOKEN],
  }));

  it("tells no secret", async () => {
    const text = JSON.stringify(await verify());
    const secrets = [...Object.values(servers.passwords), ...Object.values(data.secrets.passwords)];
    for (const secret of [...secrets, TOKEN, ANSWERED_PASSWORD]) assert.ok(!text.includes(secret));
  });

  it("could not check where the API does not take the token", async () => {
    api.next.push(...Array.from({ length: 12 }, () => ({ status: 401 })));
    await assert.rejects(verify(), { name: "PgtError", exitCode: EXIT.couldNotCheck, message: /token/ });
  });

  describe("names what the API shows", () => {
    const closed = { way: { closed: "not tried" } };
    const failures = async () => told(await verify(closed), "fail");

    it("a firewall that was emptied, on the cluster and on a replica, once each", async () => {
      answer(`${CLUSTER}/firewall`, { rules: [] });
      assert.deepEqual(await failures(), [
        "app: clusters/sources-named: primary: got no trusted source, want one or more",
      ]);
      tellAll();
      answer(`databases/${String(PLACE.replicaIds.reader)}/firewall`, {});
      assert.deepEqual(await failures(), [
        "app: clusters/sources-named: replica-reader: got no trusted source, want one or more",
      ]);
    });

    it("an address that nobody asked for, and the whole world", async () => {
      const { rules } = answered(`${CLUSTER}/firewall`) as { rules: object[] };
      answer(`${CLUSTER}/firewall`, { rules: [...rules, { type: "ip_addr", value: "203.0.113.9" }] });
      assert.deepEqual(await failures(), [
        "app: clusters/sources-as-asked: primary: not as asked: ip_addr 203.0.113.9 got let in, want refused",
      ]);
      answer(`${CLUSTER}/firewall`, { rules: [...rules, { type: "ip_addr", value: "0.0.0.0/0" }] });
      assert.ok(
        (await failures()).includes(
          "app: clusters/no-world-open-source: primary: open to everybody: ip_addr 0.0.0.0/0",
        ),
      );
    });

    it("a pool of the other mode, of another size, and one that nobody asked for", async () => {
      const { pools } = answered(`${CLUSTER}/pools`) as { pools: { mode: string; size: number }[] };
      const [pool] = pools;
      answer(`${CLUSTER}/pools`, { pools: [{ ...pool, mode: "session" }] });
      assert.deepEqual(await failures(), ["app: pooling/mode: pooler: got pool_mode session, want transaction"]);
      answer(`${CLUSTER}/pools`, {
        pools: [
          { ...pool, size: 9 },
          { ...pool, name: "other", size: 5 },
        ],
      });
      assert.deepEqual(await failures(), [
        "app: pooling/as-asked: not as asked: pooler: size of app_pool got 9, want 3, pooler: pool other got one of 5, want none",
      ]);
      answer(`${CLUSTER}/pools`, { pools: [] });
      assert.deepEqual(await failures(), [
        "app: pooling/as-asked: not as asked: pooler: pool app_pool got none, want there",
      ]);
    });

    it("a cluster that is another than was asked for, or would get other parameters", async () => {
      answer(`${CLUSTER}/config`, { config: { work_mem: 4, idle_in_transaction_session_timeout: 60_000 } });
      assert.match((await failures())[0] ?? "", /^app: clusters\/as-asked: .*work_mem at the platform got 4/);
      tellAll();
      const { database } = answered(CLUSTER) as { database: Record<string, unknown> };
      const change = { size: "db-s-2vcpu-4gb", version: "16", maintenance_window: { day: "monday", hour: "14:00" } };
      answer(CLUSTER, { database: { ...database, ...change } });
      assert.deepEqual(
        await failures(),
        [
          "app: clusters/as-asked: primary: not as asked: version got 16, want 17, " +
            `size got db-s-2vcpu-4gb, want ${topology.primary.slug}, maintenance got monday 14:00, want sunday 03:00`,
          "app: clusters/replica-as-large: replica-reader: got db-s-1vcpu-1gb, want db-s-2vcpu-4gb or more",
        ].sort((a, b) => (a.includes("as-large") ? -1 : b.includes("as-large") ? 1 : 0)),
      );
    });

    it("a cluster, a replica, a data host that is not there", async () => {
      answer(`${CLUSTER}/replicas`, { replicas: [] });
      assert.deepEqual(await failures(), ["app: clusters/online: replica-reader: it is not there, want it made"]);
      api.answers.delete("droplets/4711");
      assert.deepEqual((await failures()).at(-1), "data: host/active: data host: it is not there, want it made");
    });

    it("a data host behind no firewall, or behind one that lets too much in", async () => {
      answer("droplets/4711/firewalls", { firewalls: [] });
      assert.deepEqual(await failures(), ["data: host/firewalled: data host: got no firewall, want one"]);
      tellAll();
      const found = answered("droplets/4711/firewalls") as { firewalls: { inbound_rules: object[] }[] };
      found.firewalls[0]?.inbound_rules.push({ protocol: "tcp", ports: "22", sources: { addresses: ["::/0"] } });
      answer("droplets/4711/firewalls", found);
      assert.deepEqual(await failures(), [
        "data: host/no-world-open-port: data host: open to everybody: tcp 22",
        "data: host/inbound-as-asked: not as asked: data host: tcp 22 from ::/0 got let in, want refused",
      ]);
    });

    it("a backup that is old; of a young cluster, that there is none yet", async () => {
      const { database } = answered(CLUSTER) as { database: Record<string, unknown> };
      const made = (hoursAgo: number) => new Date(Date.now() - hoursAgo * HOUR_MS).toISOString();
      answer(`${CLUSTER}/backups`, { backups: [{ created_at: made(9 * 24), size_gigabytes: 1 }] });
      assert.match((await failures()).join("\n"), /^app: backup\/recent: backups: got an age of 216\.0 h/);
      answer(`${CLUSTER}/backups`, { backups: [] });
      answer(CLUSTER, { database: { ...database, created_at: made(30 * 24) } });
      assert.match((await failures()).join("\n"), /^app: backup\/recent: backups: got no complete backup/);
      answer(CLUSTER, { database: { ...database, created_at: made(3) } });
      const report = await verify(closed);
      assert.deepEqual(told(report, "fail"), []);
      assert.match(told(report, "not-applicable").join("\n"), /^app: backup\/recent: not yet: the primary was made/m);
    });

    it("a user that nobody asked for", async () => {
      const { users } = answered(`${CLUSTER}/users`) as { users: object[] };
      answer(`${CLUSTER}/users`, { users: [...users, { name: "eve", role: "normal" }] });
      assert.deepEqual(await failures(), ["app: access/no-unplanned-roles: got also: eve"]);
    });
  });

  describe("names what SQL shows", () => {
    it("an application that may do too much", async () => {
      await servers.sql("GRANT CREATE ON SCHEMA public TO app");
      try {
        assert.deepEqual(told(await verify(), "fail"), [
          "app: access/no-unplanned-privileges: to be undone: revoke CREATE on schema public from app",
        ]);
      } finally {
        await servers.sql("REVOKE CREATE ON SCHEMA public FROM app");
      }
    });

    it("a managed server that takes plain text", async () => {
      const hba = "/tmp/pgdata/pg_hba.conf";
      await servers.shell(`echo 'hostnossl all all all scram-sha-256' >> ${hba}`);
      await servers.sql("SELECT pg_reload_conf()");
      try {
        assert.deepEqual(names(await verify(), "fail"), ["app: encryption/plaintext-refused"]);
      } finally {
        await servers.shell(`cp /tmp/files/pg_hba.conf ${hba}`);
        await servers.sql("SELECT pg_reload_conf()");
      }
    });

    it("an authority that is not the cluster's", async () => {
      const { strangerCa } = await import("../../../verify/stranger-ca.ts");
      const other = await strangerCa();
      const outputs = { writer: { host: "localhost", port: servers.portOf("primary", 5432) }, readers: {} };
      const report = await verify({
        outputs: { ...outputs, pooled: undefined, caCertificate: other, data: undefined },
      });
      assert.ok(
        names(report, "fail").includes("app: encryption/verify-full-accepted"),
        told(report, "fail").join("\n"),
      );
    });

    it("a role of the data database that may do too much, and a setting by hand there", async () => {
      const query = (sql: string) => data.query("primary", sql, "administrator", { database: "data" });
      await query("GRANT CREATE ON SCHEMA public TO data");
      await query("ALTER SYSTEM SET work_mem = '1MB'");
      await query("SELECT pg_reload_conf()");
      try {
        assert.deepEqual(names(await verify(), "fail"), [
          "data: access/no-unplanned-privileges",
          "data: settings/as-asked",
        ]);
      } finally {
        await query("REVOKE CREATE ON SCHEMA public FROM data");
        await query("ALTER SYSTEM RESET work_mem");
        await query("SELECT pg_reload_conf()");
      }
    });
  });
});
