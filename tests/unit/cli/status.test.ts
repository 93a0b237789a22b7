// Status and backups as text, and how the parts are judged, against a stand-in for the Docker client.
import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import type Dockerode from "dockerode";
import Docker from "dockerode";
import { describe, it } from "mocha";
import { backupsText } from "../../../cli/backups-text.ts";
import { statusText } from "../../../cli/status-text.ts";
import { isSound } from "../../../cli/stack/backup-entry.ts";
import { readStatus } from "../../../cli/stack/stack-status.ts";
import type { StackStatus } from "../../../cli/stack/status-shape.ts";
import { EXIT, PgtError } from "../../../kernel/errors.ts";
import { dataName, LABELS } from "../../../topology/names.ts";
import { resolveTopology } from "../../../topology/resolve.ts";

const NOW = new Date("2026-05-04T12:00:00Z");
const IMAGE = "sha256:0123456789abcdef0123456789abcdef";
const topology = resolveTopology({ target: "docker", replicas: { a: {} }, backup: { enabled: false } }, "local");
const { signal } = new AbortController();

/** What a server says of itself that does its work. */
const LOOK = {
  isReplica: false,
  version: "17.6",
  tls: null,
  used: 4,
  limit: 97,
  lsn: "0/3000148",
  streaming: false,
  lagSeconds: null,
  lastWal: "000000010000000000000003",
  archivedAt: "2026-05-04T11:55:00Z",
  failures: 0,
  failing: false,
};
const REPLICA = { ...LOOK, isReplica: true, lsn: "0/3000048", streaming: true, lagSeconds: 0.25, lastWal: null };

/** How psql ends in a container of this name; an answer, or what it says when it fails. */
function saysOfItself(name: string, looks: Readonly<Record<string, object | string>>) {
  const part = name.replace(/^pgtopology-local(_data)?-/, "");
  const look = looks[part] ?? (part.startsWith("replica-") ? REPLICA : LOOK);
  const fails = typeof look === "string";
  const body = Buffer.from(fails ? look : JSON.stringify(look));
  const head = Buffer.alloc(8);
  head.writeUInt8(fails ? 2 : 1, 0);
  head.writeUInt32BE(body.length, 4);
  return {
    start: () => Promise.resolve(new PassThrough().end(Buffer.concat([head, body]))),
    inspect: () => Promise.resolve({ ExitCode: fails ? 2 : 0 }),
  };
}

/** A Docker client that knows the containers of these parts, each with its status line. */
function dockerWith(
  statuses: Readonly<Record<string, string>>,
  looks: Readonly<Record<string, object | string>> = {},
): Dockerode {
  const containers = Object.entries(statuses).map(([name, Status]) => ({
    Id: name,
    Names: [`/${name}`],
    Labels: {
      [LABELS.stack]: name.startsWith("data-") ? dataName(topology.name) : topology.name,
      [LABELS.part]: name.replace(/^data-/, ""),
    },
    State: Status.startsWith("Up") ? "running" : "exited",
    Status,
    Ports: name === "primary" ? [{ IP: "127.0.0.1", PrivatePort: 5432, PublicPort: 5432 }] : [{ PrivatePort: 5432 }],
  }));
  return {
    modem: new Docker().modem,
    listContainers: ({ filters }: { filters: { label: string[] } }) =>
      Promise.resolve(
        containers.filter(({ Labels }) => filters.label.includes(`${LABELS.stack}=${Labels[LABELS.stack]}`)),
      ),
    listVolumes: () => Promise.resolve({ Volumes: [{ Name: `${topology.name}-primary-data` }] }),
    getContainer: (id: string) => ({
      exec: () => Promise.resolve(saysOfItself(id, looks)),
      inspect: () =>
        Promise.resolve({
          Config: { Image: IMAGE },
          State: { Running: statuses[id]?.startsWith("Up"), StartedAt: "2026-05-04T11:00:00Z" },
        }),
    }),
  } as unknown as Dockerode;
}

const HEALTHY = {
  primary: "Up 1 hour (healthy)",
  "replica-a": "Up 1 hour (healthy)",
  pooler: "Up 1 hour (healthy)",
};

/** The status with another last backup of one database. */
function withBackup(
  status: StackStatus,
  of: string,
  lastBackup: StackStatus["databases"][number]["lastBackup"],
): StackStatus {
  return { ...status, databases: status.databases.map((one) => (one.database === of ? { ...one, lastBackup } : one)) };
}

describe("status", () => {
  it("is healthy when every part runs and does its work", async () => {
    const status = await readStatus(dockerWith(HEALTHY), topology, signal);
    assert.equal(status.healthy, true);
    assert.deepEqual(status.parts[0], {
      part: "primary",
      state: "running",
      health: "healthy",
      image: IMAGE,
      addresses: ["127.0.0.1:5432"],
      since: "2026-05-04T11:00:00Z",
      lastRun: null,
      nextRun: null,
    });
    assert.deepEqual([status.target, status.unseen], ["docker", []]);
  });

  it("asks every server by SQL, and says how far replicas are behind", async () => {
    const { databases } = await readStatus(dockerWith(HEALTHY), topology, signal);
    assert.deepEqual(databases, [
      {
        database: "app",
        healthy: true,
        servers: [
          {
            part: "primary",
            reachable: true,
            why: null,
            role: "primary",
            version: "17.6",
            tls: null,
            connections: { used: 4, limit: 97 },
            replication: null,
          },
          {
            part: "replica-a",
            reachable: true,
            why: null,
            role: "replica",
            version: "17.6",
            tls: null,
            connections: { used: 4, limit: 97 },
            replication: { streaming: true, lagSeconds: 0.25, lagBytes: 256 },
          },
        ],
        pool: {
          part: "pooler",
          name: "app",
          mode: "transaction",
          size: topology.pooling?.writerPoolSize,
          reachable: true,
          why: null,
        },
        archive: null,
        lastBackup: null,
        lastExport: null,
      },
    ]);
  });

  it("does not know what a replica lacks that does not stream, nor one's bytes whose primary is away", async () => {
    const looks = {
      primary: "FATAL:  the database system is starting up",
      "replica-a": { ...REPLICA, streaming: false },
    };
    const status = await readStatus(dockerWith(HEALTHY, looks), topology, signal);
    const [database] = status.databases;
    assert.equal(status.healthy, false);
    assert.equal(database?.servers[0]?.why, "FATAL:  the database system is starting up");
    assert.deepEqual(database.servers[1]?.replication, { streaming: false, lagSeconds: null, lagBytes: null });
    assert.match(
      statusText(status, NOW),
      /^app +primary +not reached +-.*\n^app +replica-a +replica +17\.6 +own socket +4 of 97 +does not stream\n[^]*^not reached +primary: FATAL: {2}the database system is starting up$/m,
    );
  });

  it("tells how WAL gets into the archive", async () => {
    const archiving = resolveTopology({ target: "docker" }, "local");
    const { parts, ...status } = await readStatus(
      dockerWith({ primary: HEALTHY.primary, pooler: HEALTHY.pooler, scheduler: "Up 1 hour (healthy)" }),
      archiving,
      signal,
    );
    const [database] = status.databases;
    assert.ok(database);
    const { lastWal, archivedAt } = LOOK;
    assert.deepEqual(database.archive, { lastWal, archivedAt, failures: 0, failing: false });
    const failing = { lastWal, archivedAt, failures: 2, failing: true };
    assert.match(
      statusText({ ...status, parts, databases: [{ ...database, archive: failing }] }, NOW),
      /^archive +000000010000000000000003, 5 min ago; the newest attempt has failed$/m,
    );
  });

  for (const [name, statuses] of [
    ["a part is starting", { ...HEALTHY, pooler: "Up 2 seconds (health: starting)" }],
    ["a part is unhealthy", { ...HEALTHY, pooler: "Up 1 hour (unhealthy)" }],
    ["a part has ended", { ...HEALTHY, "replica-a": "Exited (1) 3 minutes ago" }],
    ["a part is started again and again", { ...HEALTHY, "replica-a": "Restarting (2) 14 seconds ago" }],
    ["a part has no container", { primary: HEALTHY.primary, pooler: HEALTHY.pooler }],
  ] as const) {
    it(`is not healthy when ${name}`, async () => {
      assert.equal((await readStatus(dockerWith(statuses), topology, signal)).healthy, false);
    });
  }

  it("can't be told when nothing is there, and names the volumes that are kept", async () => {
    await assert.rejects(
      readStatus(dockerWith({}), topology, signal),
      (error) =>
        error instanceof PgtError &&
        error.exitCode === EXIT.couldNotCheck &&
        error.message.includes("pgtopology-local-primary-data"),
    );
  });

  it("is a table for a person", async () => {
    const status = await readStatus(dockerWith({ ...HEALTHY, "replica-a": "Exited (1) 1 hour ago" }), topology, signal);
    assert.equal(
      statusText(withBackup(status, "app", { label: "20260504-110000F", type: "full", finishedAt: NOW }), NOW),
      `part       state             published       up for  image
primary    running, healthy  127.0.0.1:5432  1 h     0123456789ab
replica-a  exited            -               -       0123456789ab
pooler     running, healthy  -               1 h     0123456789ab

database  server     role     version  TLS         connections  behind
app       primary    primary  17.6     own socket  4 of 97      -
app       replica-a  replica  17.6     own socket  4 of 97      0.3 s, 256 B

volumes      pgtopology-local-primary-data
pool         app: transaction, 20 connections, reached
last backup  20260504-110000F (full), 0 s ago`,
    );
  });

  it("says why the last backup is not known", async () => {
    const status = await readStatus(dockerWith(HEALTHY), topology, signal);
    assert.match(
      statusText(withBackup(status, "app", { unknown: "no such container" }), NOW),
      /unknown: no such container$/,
    );
  });

  it("is of both databases of a split: one that does not work makes the stack unhealthy, and says which", async () => {
    const split = resolveTopology({ target: "docker", data: {}, backup: { enabled: false } }, "local");
    const data = { "data-primary": "Up 1 hour (unhealthy)", "data-pooler": "Up 1 hour (healthy)" };
    const status = await readStatus(dockerWith({ ...HEALTHY, ...data }), split, signal);
    assert.equal(status.healthy, false);
    assert.deepEqual(
      status.databases.map(({ database, healthy }) => [database, healthy]),
      [
        ["app", true],
        ["data", false],
      ],
    );
    assert.deepEqual(
      status.parts.map(({ part, health }) => [part, health]),
      [
        ["primary", "healthy"],
        ["pooler", "healthy"],
        ["data-primary", "unhealthy"],
        ["data-pooler", "healthy"],
      ],
    );
    const text = statusText(withBackup(status, "data", { unknown: "no such container" }), NOW);
    assert.match(text, /\nlast backup of app +none\npool of data .*\nlast backup of data +unknown: no such container$/);
  });
});

describe("the list of backups", () => {
  const entry = {
    label: "20260504-110000F",
    type: "full",
    finishedAt: new Date("2026-05-04T11:00:00Z"),
    databaseBytes: 31_457_280,
    repositoryBytes: 4_194_304,
    wal: { first: "000000010000000000000002", last: "000000010000000000000003" },
    damaged: false,
  } as const;
  const lastCheck = { checkedAt: "2026-05-04T09:00:00Z", status: "ok", errors: [] };

  it("is a table for a person", () => {
    assert.equal(
      backupsText({ backups: [entry], lastCheck }, NOW),
      `backup            type  age  database  in repository  WAL from                  WAL to
20260504-110000F  full  1 h  30.0 MiB  4.0 MiB        000000010000000000000002  000000010000000000000003

last check  ok, 3 h ago`,
    );
    assert.equal(backupsText({ backups: [], lastCheck: undefined }, NOW), "no backups yet\n\nlast check  never");
  });

  it("shows what the last check found", () => {
    const failed = { ...lastCheck, status: "error", errors: ["  a file is missing"] };
    assert.match(
      backupsText({ backups: [], lastCheck: failed }, NOW),
      /last check {2}error, 3 h ago\n {2}a file is missing$/,
    );
  });

  it("is sound only after a check that found nothing", () => {
    assert.equal(isSound({ backups: [entry], lastCheck }), true);
    assert.equal(isSound({ backups: [entry], lastCheck: undefined }), false);
    assert.equal(isSound({ backups: [entry], lastCheck: { ...lastCheck, status: "error" } }), false);
    assert.equal(isSound({ backups: [{ ...entry, damaged: true }], lastCheck }), false);
  });

  it("has what the platform and exports leave out as a dash", () => {
    const platform = {
      label: "2026-05-04T02:00:00Z",
      type: "platform",
      finishedAt: new Date("2026-05-04T02:00:00Z"),
      databaseBytes: null,
      repositoryBytes: 30_000_000,
      wal: null,
      damaged: null,
    } as const;
    assert.equal(
      backupsText({ backups: [platform], lastCheck: undefined }, NOW),
      `backup                type      age   database  in repository  WAL from  WAL to
2026-05-04T02:00:00Z  platform  10 h  -         28.6 MiB       -         -

last check  never`,
    );
  });
});
