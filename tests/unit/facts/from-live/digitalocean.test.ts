// Two sides of the triangle on DigitalOcean: what a wish promises is what the platform tells of a stack that was made as
// wished. Does not prove that the platform answers so: its answers are made up, by its OpenAPI description.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
  backupsAnswer,
  clusterAnswer,
  configAnswer,
  type DigitalOceanApi,
  dropletAnswer,
  firewallsAnswer,
  poolsAnswer,
  replicasAnswer,
  sourcesAnswer,
  usersAnswer,
  vpcAnswer,
} from "../../../../facts/from-live/digitalocean/digitalocean-answers.ts";
import { configDifferences } from "../../../../facts/from-live/digitalocean/config.ts";
import { readExports } from "../../../../facts/from-live/digitalocean/exports.ts";
import { poolDifferences } from "../../../../facts/from-live/digitalocean/pooling.ts";
import { factsFromPlatform } from "../../../../facts/from-live/digitalocean/read-platform-facts.ts";
import { newestSegment, repositoryLook } from "../../../../facts/from-live/repository-look.ts";
import { factsFromDigitalOceanSpec } from "../../../../facts/from-spec-digitalocean.ts";
import { PgtError } from "../../../../kernel/errors.ts";
import { isKnown, Missing } from "../../../../requirements/known.ts";
import { resolveTopology } from "../../../../topology/resolve.ts";
import type { ResolvedDigitalOcean } from "../../../../topology/resolved-digitalocean.ts";
import type { SpecOf } from "../../../../topology/spec.ts";
import { answersOf } from "../../../support/digitalocean-answers.ts";
import { DIGITALOCEAN_SPEC, serversOf } from "../../requirements/good-digitalocean-facts.ts";

const NOW = new Date("2026-11-21T12:00:00Z");
const PLACE = { clusterId: "c1", replicaIds: { reader: "r1" }, dropletId: "4711" };
const WELL = { status: "ok", errors: 0, ageSeconds: 3600 };
const OWN: SpecOf<"digitalocean"> = {
  ...DIGITALOCEAN_SPEC,
  access: { ...DIGITALOCEAN_SPEC.access, network: undefined },
};

function apiOf(answers: ReadonlyMap<string, unknown>): DigitalOceanApi {
  const at = (path: string): Promise<unknown> => Promise.resolve(answers.get(path));
  return {
    cluster: async (id) => clusterAnswer.parse(await at(`databases/${id}`)).database,
    autoscales: () => Promise.resolve(true),
    config: async (id) => configAnswer.parse(await at(`databases/${id}/config`)).config,
    sources: async (id) => sourcesAnswer.parse(await at(`databases/${id}/firewall`)).rules ?? [],
    pools: async (id) => poolsAnswer.parse(await at(`databases/${id}/pools`)).pools ?? [],
    replicas: async (id) => replicasAnswer.parse(await at(`databases/${id}/replicas`)).replicas ?? [],
    users: async (id) => usersAnswer.parse(await at(`databases/${id}/users`)).users ?? [],
    backups: async (id) => backupsAnswer.parse(await at(`databases/${id}/backups`)),
    vpc: async (id) => vpcAnswer.parse(await at(`vpcs/${id}`)).vpc,
    droplet: async (id) => dropletAnswer.parse(await at(`droplets/${id}`)).droplet,
    firewallsOf: async (id) => firewallsAnswer.parse(await at(`droplets/${id}/firewalls`)).firewalls ?? [],
  };
}

async function toldOf(topology: ResolvedDigitalOcean, more: Partial<DigitalOceanApi> = {}) {
  const api = { ...apiOf(answersOf(topology, PLACE, NOW)), ...more };
  const signal = new AbortController().signal;
  const passwords = { administrator: "", owner: "", readWrite: "", readOnly: "", monitoring: "" };
  const reached = { passwords, other: undefined, probeConnections: 1, dial: "not tried" };
  const exports = { days: 30, lastExport: WELL, lastExportCheck: WELL };
  const { host, primary } = await factsFromPlatform(
    { topology, place: PLACE, api, signal, now: NOW, ...reached },
    exports,
  );
  return { host, primary: await primary };
}

describe("what DigitalOcean tells of a stack", () => {
  it("is what was wished, of every managed server and of the host", async () => {
    const topology = resolveTopology(OWN, "unit");
    const { host, primary } = await toldOf(topology);
    const wished = factsFromDigitalOceanSpec(topology, { cidr: topology.network.cidr, dataHostId: "4711" });
    for (const [at, server] of serversOf(wished.primary).entries()) {
      const found = serversOf(primary)[at];
      for (const [name, value] of Object.entries(server)) {
        const got: unknown = found?.[name as keyof typeof server];
        if (isKnown(value) && isKnown(got)) assert.deepEqual(got, value, `${server.part}: ${name}`);
      }
      assert.deepEqual([found?.differences, found?.sourceDifferences], [[], []], server.part);
    }
    assert.deepEqual([host?.differences, host?.inboundDifferences], [[], []]);
    assert.deepEqual(primary.places, wished.primary.places);
    assert.deepEqual(primary.backup.lastBackupAgeSeconds, 6 * 3600);
  });

  it("is compared with the disk that may grow, and with the one that may not", async () => {
    const disk = async (autoscale: boolean, diskGiB: number) => {
      const { primary } = await toldOf(resolveTopology({ ...OWN, storage: { autoscale, diskGiB } }, "unit"));
      const differences = serversOf(primary)[0]?.differences;
      assert.ok(differences !== undefined && isKnown(differences));
      return differences.filter(({ name }) => name === "disk");
    };
    // The answer has 30 GiB.
    assert.deepEqual(await disk(true, 20), []);
    assert.deepEqual(await disk(false, 30), []);
    assert.equal((await disk(false, 20)).length, 1);
    assert.equal((await disk(true, 40)).length, 1);
  });

  it("is no difference in an hour or a minute that the provider does not send", async () => {
    const times = async (schedule: string, backup_hour: number, backup_minute: number) => {
      const topology = resolveTopology({ ...OWN, backup: { schedule } }, "unit");
      const answer = { backups: [], scheduled_backup_time: { backup_hour, backup_minute } };
      const { primary } = await toldOf(topology, { backups: () => Promise.resolve(answer) });
      const differences = serversOf(primary)[0]?.differences;
      assert.ok(differences !== undefined && isKnown(differences));
      return differences.map(({ got, want }) => `${got} ${want}`);
    };
    assert.deepEqual(await times("02:00", 2, 47), []);
    assert.deepEqual(await times("00:30", 17, 30), []);
    assert.deepEqual(await times("02:30", 2, 29), ["02:29 02:30"]);
    assert.deepEqual(await times("02:00", 3, 0), ["03:00 02:00"]);
  });

  it("is compared with the parameters that the platform holds, in its own units, those alone that were asked for", async () => {
    const wished: Record<string, string | number> = {
      log_min_duration_statement: "1s",
      temp_file_limit: "10GB",
      track_functions: "ALL",
      work_mem: "8MB",
    };
    const differences = async (config: Record<string, unknown>, by: Partial<DigitalOceanApi> = {}) => {
      const topology = resolveTopology({ ...OWN, parameters: wished }, "unit");
      const own = answersOf(topology, PLACE, NOW).get("databases/c1/config") as { config: Record<string, unknown> };
      const held = { ...own.config, ...config };
      const { primary } = await toldOf(topology, { config: () => Promise.resolve(held), ...by });
      return serversOf(primary)[0]?.differences;
    };
    assert.deepEqual(await differences({}), []);
    // What the provider has dropped or the console has changed: a zero, nothing, another word.
    assert.deepEqual(
      await differences({ log_min_duration_statement: 0, track_functions: "none", work_mem: undefined, jit: false }),
      [
        ["log_min_duration_statement", "1000", "0"],
        ["track_functions", "all", '"none"'],
        ["work_mem", "8", "nothing"],
      ].map(([name, want, got]) => ({ where: "primary", name: `${String(name)} at the platform`, want, got })),
    );
    const topology = resolveTopology({ ...OWN, parameters: wished }, "unit");
    // SQL tells it of the server itself: one name for one breakage.
    assert.deepEqual(
      configDifferences(topology, { work_mem: 4, temp_file_limit: 1 }, new Set(["work_mem"])).map(({ name }) => name),
      // The first is a default of every cluster's.
      [
        "idle_in_transaction_session_timeout",
        ...["log_min_duration_statement", "temp_file_limit", "track_functions"],
      ].map((name) => `${name} at the platform`),
    );
    const silent = await differences({}, { config: () => Promise.reject(new PgtError("status 500")) });
    assert.ok(silent instanceof Missing && silent.status === "unknown");
    assert.match(silent.reason, /could not ask for the parameters: .*status 500/);
  });

  it("leaves unknown what the platform did not answer, and no more", async () => {
    const broken = () => Promise.reject(new PgtError("the DigitalOcean API did not answer: status 500"));
    const { host, primary } = await toldOf(resolveTopology(OWN, "unit"), { sources: broken, firewallsOf: broken });
    const [cluster] = serversOf(primary);
    assert.ok(cluster?.sources instanceof Missing && cluster.sources.status === "unknown");
    assert.match(cluster.sources.reason, /could not ask for the sources of primary: .*status 500/);
    assert.equal(cluster.state, "online");
    assert.ok(host?.firewalls instanceof Missing && host.state === "active");
  });
});

describe("the pools of a cluster", () => {
  const topology = resolveTopology(OWN, "unit");
  const pool = { name: "app_pool", mode: "transaction", size: 15, db: "app", user: "app" };
  const texts = (wished: ResolvedDigitalOcean, ...found: (typeof pool)[]) =>
    poolDifferences(wished, found).map(({ got, name, want }) => `${name}: ${got}, want ${want}`);

  it("are as asked, or named", () => {
    assert.deepEqual(texts(topology, pool), []);
    assert.deepEqual(texts(topology, { ...pool, db: "defaultdb", user: "doadmin" }), [
      "database of app_pool: defaultdb, want app",
      "user of app_pool: doadmin, want app",
    ]);
    assert.deepEqual(texts({ ...topology, pooling: undefined }, pool), ["pool app_pool: one of 15, want none"]);
  });

  it("of another mode than transaction are left to pooling/mode", () => {
    const session = { ...topology, pooling: topology.pooling && { ...topology.pooling, mode: "session" as const } };
    assert.deepEqual(texts(topology, { ...pool, mode: "statement" }), []);
    assert.deepEqual(texts(session, pool), ["mode of app_pool: transaction, want session"]);
  });
});

describe("the exports of a managed database", () => {
  const { dataHost } = resolveTopology(OWN, "unit");
  assert.ok(dataHost);
  const see = (stdout: string | Error, exitCode = 0) =>
    readExports(
      {
        now: NOW,
        signal: new AbortController().signal,
        execute: () =>
          stdout instanceof Error ? Promise.reject(stdout) : Promise.resolve({ exitCode, stdout, stderr: "no sh" }),
      },
      dataHost,
    );
  const record = (status: string, errors: string[]) =>
    JSON.stringify({ endedAt: "2026-11-21T11:00:00Z", status, errors, bytes: 4096 });
  const printed = (...parts: string[]) => parts.join("\n-----pgt-----\n");

  it("are told with their age, and what came of the last", async () => {
    assert.deepEqual(await see(printed("30", record("ok", []), record("error", ["a pack", "another"]))), {
      days: 30,
      lastExport: WELL,
      lastExportCheck: { status: "error", errors: 2, ageSeconds: 3600 },
    });
  });

  it("that were never made, or that the host was told nothing of, are none", async () => {
    for (const [text, days] of [
      [printed("30", "", ""), 30],
      [printed("", record("ok", []), record("ok", [])), 0],
    ] as const) {
      const seen = await see(text);
      assert.deepEqual([seen.days, seen.lastExport], [days, undefined]);
      assert.ok(seen.lastExportCheck instanceof Missing && seen.lastExportCheck.status === "not-applicable");
    }
  });

  it("are unknown where nobody could look, or where a record is none", async () => {
    for (const seen of [await see(new Error("reset")), await see("", 1), await see(printed("30", "{}", ""))]) {
      for (const fact of Object.values(seen)) assert.ok(fact instanceof Missing && fact.status === "unknown");
    }
  });
});

describe("a repository in a bucket", () => {
  it("is looked at by pgBackRest itself, and shows no key", () => {
    const look = repositoryLook({ type: "bucket", region: "nyc3" });
    assert.match(look, /pgbackrest repo-get --raw backup\/main\/backup\.info/);
    assert.match(look, /grep -vE 'cipher-pass\|-key'/);
    assert.doesNotMatch(look, /find /);
  });

  it("has the newest segment of all its archives, or none", () => {
    const archive = [{ max: "000000010000000000000009" }, { max: "00000002000000000000000A" }, { max: null }];
    assert.equal(newestSegment(JSON.stringify([{ archive }])), "00000002000000000000000A");
    assert.equal(newestSegment(JSON.stringify([{ archive: [] }, {}])), "");
  });
});
