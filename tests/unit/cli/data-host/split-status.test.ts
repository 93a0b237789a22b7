// What is made of the platform's answers, of systemd's, and of a data host that nobody reaches. What SQL says of real servers,
// and a real systemd, tests/integration/verify/digitalocean and tests/integration/data-host show.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { hostPartsOf } from "../../../../cli/data-host/host-parts.ts";
import { deliveryOf } from "../../../../cli/data-host/delivery.ts";
import { readSplitStatus } from "../../../../cli/data-host/split-status.ts";
import { readUnitStates } from "../../../../cli/data-host/unit-states.ts";
import { placeOf } from "../../../../cli/stack/place.ts";
import { type StackStatus, statusExit } from "../../../../cli/stack/status-shape.ts";
import { statusText } from "../../../../cli/status-text.ts";
import type { DigitalOceanApi } from "../../../../facts/from-live/digitalocean/digitalocean-answers.ts";
import { EXIT, PgtError } from "../../../../kernel/errors.ts";
import type { HostWay } from "../../../../verify/run-digitalocean.ts";
import { digitalOceanWorld } from "../../../support/digitalocean-world.ts";
import { listen } from "../../../support/listening-context.ts";

const NOW = new Date("2026-11-21T12:00:00Z");
const CLOSED = { closed: "no SSH session with root@203.0.113.9:22: timed out" };
const { context } = listen();
const world = digitalOceanWorld(placeOf(context, { stack: "split" }));
const { place, server } = deliveryOf(world, "/clone", NOW);
const units = hostPartsOf(server, place);

const API = {
  cluster: () => Promise.resolve({ id: "c1", status: "online" }),
  replicas: () => Promise.resolve([]),
  pools: () => Promise.resolve([{ name: "app_pool", mode: "transaction", size: 10, db: "app" }]),
  backups: () => Promise.resolve({ backups: [{ created_at: "2026-11-21T02:00:00Z", size_gigabytes: 0.03 }] }),
  droplet: () => Promise.resolve({ id: 4711, status: "active" }),
} as unknown as DigitalOceanApi;

function look(api: () => DigitalOceanApi = () => API): Promise<StackStatus> {
  return readSplitStatus({ world, units, api, way: CLOSED, signal: new AbortController().signal });
}

/** A host on which every command says this. */
function wayThatSays(stdout: string, exitCode = 0): HostWay {
  return {
    forward: () => Promise.reject(new Error("nothing is forwarded")),
    execute: () => Promise.resolve({ exitCode, stdout, stderr: exitCode === 0 ? "" : "no such bus" }),
  };
}

/** A unit as `systemctl show` has it. */
function unit(id: string, properties: Readonly<Record<string, string>>): string {
  const all = { Id: id, LoadState: "loaded", ActiveState: "active", Result: "success", ...properties };
  return Object.entries(all)
    .map(([name, value]) => `${name}=${value}`)
    .join("\n");
}

describe("the status of a split that nobody reaches", () => {
  it("has what the platform says, and says what could not be seen", async () => {
    const found = await look();
    assert.deepEqual([found.healthy, found.unseen, statusExit(found)], [false, [CLOSED.closed], EXIT.couldNotCheck]);
    assert.equal(
      statusText(found, NOW),
      `part                     state             published                       up for
primary                  online, unknown   private-split.db.example:25060  -
pooler                   made, unknown     private-split.db.example:25061  -
data-host                active, unknown   203.0.113.9:22                  -
data-primary             unknown, unknown  10.100.0.3:5432                 -
data-pooler              unknown, unknown  10.100.0.3:6432                 -
data-backup-full         unknown, unknown  -                               -
data-backup-incremental  unknown, unknown  -                               -
data-check-repository    unknown, unknown  -                               -
data-export              unknown, unknown  -                               -
data-check-exports       unknown, unknown  -                               -

database  server        role         version  TLS  connections  behind
app       primary       not reached  -        -    -            -
data      data-primary  not reached  -        -    -            -

pool of app          app_pool: transaction, 15 connections, not reached
last backup of app   2026-11-21T02:00:00Z (platform), 10 h ago
last export of app   unknown
pool of data         data: transaction, 15 connections, not reached
archive of data      unknown
last backup of data  unknown
not seen             no SSH session with root@203.0.113.9:22: timed out`,
    );
  });

  it("is one shape of JSON with that of containers", async () => {
    const [managed, data] = (await look()).databases;
    const unseen = { unknown: CLOSED.closed };
    const server = { reachable: false, why: CLOSED.closed, role: null, version: null, tls: null };
    assert.deepEqual(managed, {
      database: "app",
      healthy: false,
      servers: [{ part: "primary", ...server, connections: null, replication: null }],
      pool: { part: "pooler", name: "app_pool", mode: "transaction", size: 15, reachable: false, why: CLOSED.closed },
      archive: null,
      lastBackup: { label: "2026-11-21T02:00:00Z", type: "platform", finishedAt: new Date("2026-11-21T02:00:00Z") },
      lastExport: unseen,
    });
    assert.deepEqual(data, {
      database: "data",
      healthy: false,
      servers: [{ part: "data-primary", ...server, connections: null, replication: null }],
      pool: { part: "data-pooler", name: "data", mode: "transaction", size: 15, reachable: false, why: CLOSED.closed },
      archive: unseen,
      lastBackup: unseen,
      lastExport: null,
    });
  });

  it("is unhealthy, not unknown, where the platform says that something is off or gone", async () => {
    const off = { ...API, droplet: () => Promise.resolve({ id: 4711, status: "off" }) };
    assert.equal(statusExit(await look(() => off)), EXIT.failed);
    const gone = await look(() => ({ ...API, cluster: () => Promise.resolve(undefined) }));
    assert.deepEqual([gone.parts[0]?.state, gone.parts[0]?.health, statusExit(gone)], ["missing", "none", EXIT.failed]);
  });

  it("says once why the platform was not asked", async () => {
    const { parts, unseen } = await look(() => {
      throw new PgtError("could not ask the DigitalOcean API: there is no token", { exitCode: EXIT.couldNotCheck });
    });
    assert.deepEqual(unseen, ["could not ask the DigitalOcean API: there is no token", CLOSED.closed]);
    assert.equal(parts[0]?.state, "unknown");
  });
});

describe("the units of a data host", () => {
  const [postgres, , full] = units;
  const shown = [
    unit("pgtopology-postgres.service", { ActiveEnterTimestamp: "@1795262400", ExecMainExitTimestamp: "" }),
    unit("pgtopology-backup-full.timer", {
      ActiveEnterTimestamp: "@1795262400",
      NextElapseUSecRealtime: "Sun 2026-11-22 02:30:00 UTC",
    }),
    unit("pgtopology-backup-full.service", { ActiveState: "inactive", ExecMainExitTimestamp: "@1795228260" }),
  ];

  it("are named as users call them, each with its service and its timer", () => {
    assert.deepEqual(postgres, { name: "data-primary", service: "pgtopology-postgres.service", timer: undefined });
    assert.deepEqual(full, {
      name: "data-backup-full",
      service: "pgtopology-backup-full.service",
      timer: "pgtopology-backup-full.timer",
    });
  });

  it("run, or wait for their time", async () => {
    const states = await readUnitStates(wayThatSays(`${shown.join("\n\n")}\n`), units);
    assert.deepEqual(states.get("data-primary"), {
      state: "active",
      sound: true,
      since: "2026-11-21T12:00:00.000Z",
      lastRun: null,
      nextRun: null,
    });
    assert.deepEqual(states.get("data-backup-full"), {
      state: "active",
      sound: true,
      since: "2026-11-21T12:00:00.000Z",
      lastRun: "2026-11-21T02:31:00.000Z",
      nextRun: "2026-11-22T02:30:00.000Z",
    });
    assert.equal(states.get("data-pooler")?.state, "missing");
  });

  it("are not sound whose work failed, though their timer goes on", async () => {
    const failed = shown.map((text) =>
      text.replace("ActiveState=inactive\nResult=success", "ActiveState=failed\nResult=timeout"),
    );
    const { sound, state } =
      (await readUnitStates(wayThatSays(failed.join("\n\n")), units)).get("data-backup-full") ?? {};
    assert.deepEqual([state, sound], ["failed (timeout)", false]);
  });

  it("are unknown where systemd can't be asked", async () => {
    await assert.rejects(readUnitStates(wayThatSays("", 1), units), { message: "no such bus" });
  });
});
