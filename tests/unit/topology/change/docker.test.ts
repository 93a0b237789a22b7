// What single edits of a topology on Docker are told to do. It does not prove that they do it: tests/e2e watches servers.
import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { changesBetween, changeText } from "../../../../topology/change.ts";
import { worst } from "../../../../topology/change-label.ts";
import { labelOfParameter } from "../../../../topology/parameters/change-effect.ts";
import settings17 from "../../../../topology/parameters/settings-17.json" with { type: "json" };
import { resolveTopology } from "../../../../topology/resolve.ts";
import type { ResolvedDocker } from "../../../../topology/resolved-docker.ts";
import type { SpecOf } from "../../../../topology/spec.ts";

type Wish = Omit<SpecOf<"docker">, "target">;

const resolved = (wish: Wish): ResolvedDocker => resolveTopology({ target: "docker", ...wish }, "local");

/** As the engine's state gives it back: without what is undefined, with the names in alphabetical order. */
function fromState<T>(topology: T): T {
  const sorted = (_: string, value: unknown): unknown =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value;
  return JSON.parse(JSON.stringify(topology, sorted)) as T;
}

const changes = (from: Wish, to: Wish): string[] =>
  changesBetween(fromState(resolved(from)), resolved(to)).map(
    ({ path, label, exposure }) => `${label}${exposure ? " + exposure" : ""}: ${path}`,
  );

/** An edit, and everything that follows from it. The labels of a plan are held against them, too. */
export const EDITS: readonly (readonly [title: string, from: Wish, to: Wish, expected: readonly string[]])[] = [
  ["nothing", { replicas: { a: {} } }, { replicas: { a: {} } }, []],
  ["what is the default anyway", {}, { database: "app", tls: { minProtocolVersion: "TLSv1.3" } }, []],
  [
    "another database",
    {},
    { database: "shop" },
    ["replace: database", "none: roles.owner", "none: roles.readWrite", "none: roles.readOnly"],
  ],
  ["another major", {}, { version: 18 }, ["replace: version"]],
  ["a stricter environment", { environment: "staging" }, { environment: "prod" }, ["none: environment"]],
  ["a looser environment", { environment: "prod" }, { environment: "staging" }, ["none + exposure: environment"]],
  ["data that is not kept", {}, { protection: { keepData: false } }, ["none + exposure: keepData"]],
  ["data that is kept", { protection: { keepData: false } }, {}, ["none: keepData"]],
  ["a budget", {}, { budget: { monthlyUsd: 100 } }, ["none: budget.monthlyUsd"]],
  ["an objective", {}, { objectives: { rtoSeconds: 600 } }, ["none: objectives.rtoSeconds"]],
  ["a pool of the application", {}, { application: { poolSize: 5 } }, ["none: application.poolSize"]],
  ["ports that others reach", {}, { ports: { address: "0.0.0.0" } }, ["restart + exposure: address"]],
  ["ports of one more network", {}, { ports: { address: "10.0.0.5" } }, ["restart + exposure: address"]],
  [
    "ports of one network only",
    { ports: { address: "0.0.0.0" } },
    { ports: { address: "10.0.0.5" } },
    ["restart: address"],
  ],
  ["ports for nobody else", { ports: { address: "0.0.0.0" } }, {}, ["restart: address"]],
  [
    "more memory",
    {},
    { size: { memoryGiB: 2 } },
    ["restart: size.memoryMiB", "restart: parameters.effective_cache_size", "restart: parameters.shared_buffers"],
  ],
  ["more processors", {}, { size: { cpus: 2 } }, ["restart: size.cpus"]],
  ["the primary's port", {}, { ports: { primary: 5500 } }, ["restart: primary.port"]],
  ["a replica's port", { replicas: { a: {} } }, { replicas: { a: { port: 5500 } } }, ["restart: replicas.a.port"]],
  ["the first replica", {}, { replicas: { a: {} } }, ["none: application.useReadReplica", "restart: replicas.a"]],
  ["a second replica", { replicas: { a: {} } }, { replicas: { a: {}, b: {} } }, ["restart: replicas.b"]],
  [
    "a second replica, without a pooler that has to find it",
    { replicas: { a: {} }, pooling: { enabled: false } },
    { replicas: { a: {}, b: {} }, pooling: { enabled: false } },
    ["none: replicas.b"],
  ],
  [
    "a third replica, which needs another slot",
    { replicas: { a: {}, b: {} } },
    { replicas: { a: {}, b: {}, c: {} } },
    ["restart: replicas.c", "restart: parameters.max_replication_slots"],
  ],
  [
    "the first replica, without a pooler",
    { pooling: { enabled: false } },
    { replicas: { a: {} }, pooling: { enabled: false } },
    ["none: application.useReadReplica", "none: replicas.a"],
  ],
  ["one replica less", { replicas: { a: {}, b: {} } }, { replicas: { a: {} } }, ["rebuild: replicas.b"]],
  [
    "a replica by another name",
    { replicas: { a: { port: 5500 } } },
    { replicas: { b: { port: 5500 } } },
    ["restart: replicas.b", "rebuild: replicas.a"],
  ],
  ["no pooler", {}, { pooling: { enabled: false } }, ["restart: pooling"]],
  ["a pooler", { pooling: { enabled: false } }, {}, ["none: pooling"]],
  ["the pooler's port", {}, { ports: { pooler: 6500 } }, ["restart: pooling.port"]],
  ["the pooler's mode", {}, { pooling: { mode: "session" } }, ["restart: pooling.mode"]],
  ["a pool's size", {}, { pooling: { writerPoolSize: 10 } }, ["restart: pooling.writerPoolSize"]],
  [
    "no backups",
    {},
    { backup: { enabled: false } },
    ["restart + exposure: backup", "restart: parameters.archive_mode", "restart: parameters.archive_timeout"],
  ],
  [
    "no backups, and none kept",
    { protection: { keepData: false } },
    { protection: { keepData: false }, backup: { enabled: false } },
    ["data loss + exposure: backup", "restart: parameters.archive_mode", "restart: parameters.archive_timeout"],
  ],
  [
    "backups",
    { backup: { enabled: false } },
    {},
    ["restart: backup", "restart: parameters.archive_mode", "restart: parameters.archive_timeout"],
  ],
  ["another hour of backups", {}, { backup: { schedule: "04:00" } }, ["none: backup.schedule"]],
  ["backups for longer", {}, { backup: { retentionDays: 60 } }, ["restart: backup.retentionDays"]],
  ["backups for a shorter time", {}, { backup: { retentionDays: 7 } }, ["data loss: backup.retentionDays"]],
  [
    "another time until WAL is archived",
    {},
    { backup: { archiveTimeoutSeconds: 300 } },
    ["restart: backup.archiveTimeoutSeconds", "restart: parameters.archive_timeout"],
  ],
  ["an older TLS", {}, { tls: { minProtocolVersion: "TLSv1.2" } }, ["restart + exposure: tls.minProtocolVersion"]],
  ["a newer TLS", { tls: { minProtocolVersion: "TLSv1.2" } }, {}, ["restart: tls.minProtocolVersion"]],
  ["a parameter that PostgreSQL reloads", {}, { parameters: { work_mem: "8MB" } }, ["restart: parameters.work_mem"]],
  ["a parameter that is taken back", { parameters: { work_mem: "8MB" } }, {}, ["restart: parameters.work_mem"]],
  [
    "the WAL that is kept for a replica",
    {},
    { storage: { maxSlotWalKeepMiB: 64 } },
    ["restart: parameters.max_slot_wal_keep_size"],
  ],
  ["a data database", {}, { data: {} }, ["none: mode", "none: data"]],
  ["no data database", { data: {} }, {}, ["none: mode", "replace: data"]],
  [
    "no data database, and nothing of it kept",
    { data: {}, protection: { keepData: false } },
    { protection: { keepData: false } },
    ["none: mode", "data loss: data"],
  ],
  ["the mode alone", { data: {} }, { data: {}, mode: "single" }, ["none: mode"]],
  ["the mode back", { data: {}, mode: "single" }, { data: {} }, ["none: mode"]],
  [
    "another data database",
    { data: {} },
    { data: { database: "facts" } },
    ["replace: data.database", "none: data.roles.owner", "none: data.roles.readWrite", "none: data.roles.readOnly"],
  ],
  ["the data database's port", { data: {} }, { data: { ports: { primary: 5500 } } }, ["restart: data.primary.port"]],
  ["its pooler's port", { data: {} }, { data: { ports: { pooler: 6500 } } }, ["restart: data.pooling.port"]],
  ["its processors", { data: {} }, { data: { size: { cpus: 2 } } }, ["restart: data.size.cpus"]],
  ["its parameter", { data: {} }, { data: { parameters: { work_mem: "8MB" } } }, ["restart: data.parameters.work_mem"]],
  [
    "what both databases have is told of once",
    { data: {} },
    { data: {}, version: 18, pooling: { writerPoolSize: 9 }, protection: { keepData: false } },
    ["replace: version", "none + exposure: keepData", "restart: pooling.writerPoolSize"],
  ],
  [
    "no backups of either database",
    { data: {} },
    { data: {}, backup: { enabled: false } },
    ["restart + exposure: backup", "restart: parameters.archive_mode", "restart: parameters.archive_timeout"],
  ],
];

describe("changes on Docker", () => {
  for (const [title, from, to, expected] of EDITS) {
    it(`of ${title} are ${expected.length === 0 ? "none" : expected.join(", ")}`, () => {
      assert.deepEqual(changes(from, to), expected);
    });
  }

  it("of the stack's name start anew on empty volumes, once", () => {
    const old = resolved({});
    const next = resolveTopology({ target: "docker" }, "local-b");
    const lines = changesBetween(old, next).map(changeText);
    assert.deepEqual(lines, [
      "replace: name: pgtopology-local → pgtopology-local-b: servers start anew on empty volumes of another name; the old volumes stay, unused",
    ]);
    const [unkept] = changesBetween({ ...old, keepData: false }, { ...next, keepData: false });
    assert.equal(unkept?.label, "data loss");
  });

  it("say when the pooler restarts to find a replica, or to read from the primary", () => {
    const says = (from: Wish, to: Wish): (string | undefined)[] =>
      changesBetween(resolved(from), resolved(to))
        .filter(({ path }) => path.startsWith("replicas."))
        .map(({ what }) => /; the pooler restarts.*/.exec(what)?.[0]);
    const restarts = "; the pooler restarts, and sessions through it end";
    assert.deepEqual(says({ replicas: {} }, { replicas: { a: {} } }), [restarts]);
    assert.deepEqual(says({ replicas: { a: {} } }, { replicas: { a: {}, b: {} } }), [restarts]);
    assert.deepEqual(says({ replicas: { a: {}, b: {} } }, { replicas: { a: {} } }), [undefined]);
    assert.deepEqual(says({ replicas: { a: {} } }, { replicas: {} }), [restarts]);
  });

  it("say what becomes of a replica's volume, by what was kept when it was made", () => {
    const two = { replicas: { a: {}, b: {} } };
    const one = { replicas: { a: {} } };
    const says = (keepData: boolean): string | undefined =>
      changesBetween({ ...resolved(two), keepData }, { ...resolved(one), keepData })[0]?.what;
    const goesOn = "a later one of its name goes on from it as far as WAL is kept";
    assert.equal(says(true), `the replica goes, and its volume stays: ${goesOn}`);
    assert.equal(says(false), "the replica goes, and its volume is deleted: a later one copies the primary anew");
  });

  it("to another target lose everything that was on this one", () => {
    const cloud = resolveTopology({ target: "gcp", region: "europe-west4" }, "local");
    assert.deepEqual(changesBetween(resolved({}), cloud).map(changeText), [
      "data loss: target: docker → gcp: servers are made anew and empty in another place, and those that run are removed: no data moves",
    ]);
  });

  it("of a parameter are a restart at least, because its file is part of the container", () => {
    for (const name of Object.keys(settings17.settings)) {
      const old = resolved({});
      const next = { ...old, parameters: { ...old.parameters, [name]: "another" } };
      const [change, ...more] = changesBetween(old, next);
      assert.equal(more.length, 0);
      assert.equal(change?.label, worst(["restart", labelOfParameter(17, name) ?? "none"]), name);
    }
  });

  it("are none between equal topologies, whatever they are, and the same fields there and back", () => {
    const wish: fc.Arbitrary<Wish> = fc.record(
      {
        database: fc.constantFrom("app", "shop"),
        environment: fc.constantFrom("local", "staging", "prod"),
        size: fc.record({ cpus: fc.integer({ min: 1, max: 8 }), memoryGiB: fc.integer({ min: 1, max: 8 }) }),
        replicas: fc.dictionary(fc.constantFrom("a", "b", "c"), fc.constant({}), { maxKeys: 3 }),
        pooling: fc.record({ enabled: fc.boolean(), writerPoolSize: fc.integer({ min: 1, max: 20 }) }),
        backup: fc.record({ enabled: fc.boolean(), retentionDays: fc.integer({ min: 1, max: 60 }) }),
        protection: fc.record({ keepData: fc.boolean() }),
        data: fc.record({ database: fc.constantFrom("data", "facts"), size: fc.record({ cpus: fc.constant(2) }) }),
        mode: fc.constantFrom("single", "split"),
        parameters: fc.dictionary(fc.constantFrom("work_mem", "jit"), fc.constantFrom("on", "off", "1MB")),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(wish, wish, (one, other) => {
        const [a, b] = [resolved(one), resolved(other)];
        assert.deepEqual(changesBetween(fromState(a), a), []);
        const paths = (from: ResolvedDocker, to: ResolvedDocker): string[] =>
          changesBetween(from, to)
            .map(({ path }) => path)
            .sort();
        assert.deepEqual(paths(a, b), paths(fromState(b), a));
      }),
    );
  });
});
