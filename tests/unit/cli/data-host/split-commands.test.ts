// What commands refuse on DigitalOcean and where psql is sent, before anything is reached; logs and backups from a host's own
// words. That a host says them, tests/integration/data-host shows.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { listExports, listHostBackups, platformBackups } from "../../../../cli/data-host/host-backups.ts";
import { showHostLogs } from "../../../../cli/data-host/host-logs.ts";
import { partsWithLogs } from "../../../../cli/data-host/open-split.ts";
import { splitPsqlTarget } from "../../../../cli/data-host/psql-through-host.ts";
import { requireBackups, requireListed } from "../../../../cli/data-host/split-backups.ts";
import { placeOf } from "../../../../cli/stack/place.ts";
import { EXIT } from "../../../../kernel/errors.ts";
import type { RunOptions, SshSession } from "../../../../ssh/session.ts";
import type { HostWay } from "../../../../verify/run-digitalocean.ts";
import { digitalOceanWorld } from "../../../support/digitalocean-world.ts";
import { listen } from "../../../support/listening-context.ts";

const { context } = listen();
const PLACE = placeOf(context, { stack: "split" });
const world = digitalOceanWorld(PLACE);
const usage = (message: string, fix: readonly string[]) => ({ name: "PgtError", exitCode: EXIT.usage, message, fix });
const DATA = "./pgt backup --stack split --database data makes one of the data database.";

describe("a backup on DigitalOcean", () => {
  it("of the managed primary is refused, saying what there is", () => {
    const message = "the managed primary of stack split is backed up by DigitalOcean, each day, and never on request";
    assert.throws(
      () => requireBackups(world.topology, "primary"),
      usage(message, [
        DATA,
        "On the data host, as root: systemctl start pgtopology-export.service exports it to the bucket now.",
        "./pgt backups --stack split lists the platform's and the exports.",
      ]),
    );
    const short = digitalOceanWorld(PLACE, { backup: { retentionDays: 7 } });
    assert.throws(
      () => requireBackups(short.topology, "primary"),
      usage(message, [DATA, "./pgt backups --stack split lists the platform's."]),
    );
  });

  it("of the data database is refused where there is none, and where none are made", () => {
    assert.equal(requireBackups(world.topology, "data"), world.topology.dataHost);
    const alone = digitalOceanWorld(PLACE, { data: undefined });
    assert.throws(() => requireBackups(alone.topology, "data"), { message: "stack split has no data database" });
    const without = digitalOceanWorld(PLACE, { backup: { enabled: false } });
    assert.throws(() => requireListed(without.topology, "data", false), {
      exitCode: EXIT.usage,
      message: "the data database of stack split makes no backups",
    });
  });

  it("of the platform can't be checked, and exports can", () => {
    const short = digitalOceanWorld(PLACE, { backup: { retentionDays: 7 } });
    requireListed(short.topology, "primary", false);
    requireListed(world.topology, "primary", true);
    assert.throws(
      () => requireListed(short.topology, "primary", true),
      usage("the managed primary of stack split has the platform's backups alone, which nobody can read", [
        "With backup.retentionDays above 7, the data host exports it to a bucket, and can read that.",
        "./pgt backups --stack split --database data --check reads those of the data database.",
      ]),
    );
  });

  it("is listed in the words of whoever made it", async () => {
    const snapshot = {
      short_id: "1a2b3c4d",
      time: "2026-11-21T04:00:01.5Z",
      summary: { backup_end: "2026-11-21T04:00:09Z", total_bytes_processed: 1000, data_added_packed: 300 },
    };
    const check = { endedAt: "2026-11-15T07:00:00Z", status: "ok", errors: [] };
    const exports = await listExports(wayThatSays({ "pgt-exports": [snapshot], sh: check }));
    assert.deepEqual(exports, {
      backups: [
        {
          ...{ label: "1a2b3c4d", type: "export", finishedAt: new Date("2026-11-21T04:00:09Z") },
          ...{ databaseBytes: 1000, repositoryBytes: 300, wal: null, damaged: null },
        },
      ],
      lastCheck: { checkedAt: "2026-11-15T07:00:00Z", status: "ok", errors: [] },
    });
    assert.deepEqual(platformBackups({ backups: [{ created_at: "2026-11-21T02:00:00Z", size_gigabytes: 0.03 }] }), [
      {
        ...{ label: "2026-11-21T02:00:00Z", type: "platform", finishedAt: new Date("2026-11-21T02:00:00Z") },
        ...{ databaseBytes: null, repositoryBytes: 30_000_000, wal: null, damaged: null },
      },
    ]);
    assert.deepEqual(await listHostBackups(wayThatSays({ "pgt-backups": [], sh: "" })), {
      backups: [],
      lastCheck: undefined,
    });
  });

  it("that can't be listed says why", async () => {
    await assert.rejects(listHostBackups(wayThatSays({})), {
      message: "pgt-backups failed on the data host (exit code 55): the bucket does not answer",
    });
  });
});

/** A host whose commands print this as JSON; the others fail. */
function wayThatSays(said: Readonly<Record<string, unknown>>): HostWay {
  return {
    forward: () => Promise.reject(new Error("nothing is forwarded")),
    execute: ([name = ""]) => {
      const body = said[name];
      if (body === undefined)
        return Promise.resolve({ exitCode: 55, stdout: "", stderr: "the bucket does not answer\n" });
      return Promise.resolve({ exitCode: 0, stdout: body === "" ? "" : JSON.stringify(body), stderr: "" });
    },
  };
}

describe("the target of pgt psql on DigitalOcean", () => {
  const choice = { database: "primary", pooled: false, role: "readWrite" } as const;

  it("is the managed primary unless told, by its private name, checked by that name", () => {
    assert.deepEqual(splitPsqlTarget(world, choice), {
      name: "pgtopology-split",
      host: "private-split.db.example",
      port: 25_060,
      serverName: "private-split.db.example",
      database: "app",
      user: "app",
      password: "managed-readWrite",
      caCertificate: "the cluster's CA",
    });
  });

  it("is the pool of the one role that has it", () => {
    const { database, port } = splitPsqlTarget(world, { ...choice, pooled: true });
    assert.deepEqual([database, port], ["app_pool", 25_061]);
    assert.throws(
      () => splitPsqlTarget(world, { ...choice, pooled: true, role: "owner" }),
      usage("the pool of the managed primary is app's alone, and --role is owner", [
        "Leave --pooled out: every role reaches the server.",
      ]),
    );
  });

  it("is the data database at its host's loopback, by a name that its certificate has", () => {
    assert.deepEqual(splitPsqlTarget(world, { ...choice, database: "data", role: "owner" }), {
      name: "pgtopology-split_data",
      host: "127.0.0.1",
      port: 5432,
      serverName: "primary",
      database: "data",
      user: "data_owner",
      password: "data-owner",
      caCertificate: "the stack's CA",
    });
    const pooled = splitPsqlTarget(world, { ...choice, database: "data", pooled: true });
    assert.deepEqual([pooled.serverName, pooled.port, pooled.database], ["pooler", 6432, "data"]);
  });

  it("is a replica that there is", () => {
    const replicas = digitalOceanWorld(PLACE, { replicas: { a: {} } });
    const reader = { host: "private-a.db.example", port: 25_060 };
    const made = { ...replicas, outputs: { ...replicas.outputs, readers: { a: reader } } };
    assert.equal(splitPsqlTarget(made, { ...choice, replica: true }).host, reader.host);
    assert.throws(
      () => splitPsqlTarget(made, { ...choice, replica: "b" }),
      usage('stack split has no replica "b"', ["Its replicas are a."]),
    );
    assert.throws(() => splitPsqlTarget(replicas, { ...choice, replica: "a" }), {
      message: "stack split has not made this replica",
    });
    assert.throws(() => splitPsqlTarget(world, { ...choice, replica: true }), {
      message: "stack split has no replica",
    });
    assert.throws(() => splitPsqlTarget(world, { ...choice, replica: true, database: "data" }), {
      message: "the data database of stack split has no replica",
    });
    assert.throws(() => splitPsqlTarget(world, { ...choice, replica: true, pooled: true }), { exitCode: EXIT.usage });
  });

  it("is refused of a data database that there is not", () => {
    const alone = digitalOceanWorld(PLACE, { data: undefined });
    assert.throws(() => splitPsqlTarget(alone, { ...choice, database: "data" }), {
      message: "stack split has no data database",
    });
  });
});

describe("the logs of a data host", () => {
  const journal: Readonly<Record<string, readonly object[]>> = {
    "pgtopology-postgres.service": [
      { __REALTIME_TIMESTAMP: "1795262400000001", MESSAGE: "first" },
      { __REALTIME_TIMESTAMP: "1795262400000300", MESSAGE: [116, 104, 105, 114, 100] },
    ],
    "pgtopology-pooler.service": [{ __REALTIME_TIMESTAMP: "1795262400000020", MESSAGE: "second" }],
  };
  const commands: string[] = [];

  /** A host that prints in pieces of a few characters. */
  function sessionWith(code = 0): SshSession {
    return {
      hostKey: "SHA256:host",
      forward: () => Promise.reject(new Error("nothing is forwarded")),
      end: () => undefined,
      run: (command: string, { show }: RunOptions) => {
        commands.push(command);
        const unit = /--unit=([a-z.-]+)/.exec(command)?.[1] ?? "";
        const text = (journal[unit] ?? []).map((entry) => `${JSON.stringify(entry)}\n`).join("");
        for (let at = 0; at < text.length; at += 7) show?.(text.slice(at, at + 7));
        return Promise.resolve({ code, stdout: "", stderr: code === 0 ? "" : "no journal files were found\n" });
      },
    };
  }

  const read = async (part: string | undefined, code?: number): Promise<string[]> => {
    const lines: string[] = [];
    await showHostLogs(sessionWith(code), {
      parts: partsWithLogs(context, world, part),
      ...{ tail: 5, since: 1_795_262_000, follow: false, signal: context.signal },
      show: (line) => lines.push(line),
    });
    return lines;
  };

  it("are of all its units in the order of time, with the part before each line", async () => {
    const width = "data-backup-incremental".length;
    assert.deepEqual(await read(undefined), [
      `${"data-primary".padEnd(width)} | first`,
      `${"data-pooler".padEnd(width)} | second`,
      `${"data-primary".padEnd(width)} | third`,
    ]);
  });

  it("are of one unit as it wrote them, of the lines that are asked for", async () => {
    assert.deepEqual(await read("data-primary"), ["first", "third"]);
    assert.match(commands.at(-1) ?? "", /'--unit=pgtopology-postgres\.service' '--lines=5' '--since=@1795262000'$/);
  });

  it("say why they can't be read", async () => {
    await assert.rejects(read("data-export", 1), {
      message: "the log of data-export could not be read on the data host: no journal files were found",
    });
  });

  it("of the managed servers are the platform's, and what is no part has none", () => {
    const known =
      "The parts on the data host are data-primary, data-pooler, data-backup-full, data-backup-incremental, " +
      "data-check-repository, data-export, data-check-exports.";
    assert.throws(
      () => partsWithLogs(context, world, "primary"),
      usage("primary of stack split is a managed server, whose log the platform keeps", [
        "It is in DigitalOcean's console: the cluster's page, Logs & Queries.",
        known,
      ]),
    );
    assert.throws(
      () => partsWithLogs(context, world, "scheduler"),
      usage('stack split has no part "scheduler" with a log', [known]),
    );
  });
});
