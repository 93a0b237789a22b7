// What single edits of resources on Docker are told to do. It does not prove that they do it: tests/e2e watches servers.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { type PlannedStep, SECRET, type StepProperties } from "../../../../preview/planned-step.ts";
import { DOCKER_TABLES } from "../../../../preview/tables/docker.ts";
import { UNKNOWN } from "../../../../requirements/known.ts";
import { labelsOf, stepBetween } from "../../../support/hand-made-steps.ts";
import { judgeInputs, judgeRules } from "../../../support/judged-tables.ts";

const typeOf = (name: string): string => `docker:index/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`;
const CONTAINER = typeOf("Container");

const part = (value: string) => ({ labels: [{ label: "pgtopology.part", value }] });
const on = (source: string, target = "/var/lib/postgresql/data") => ({ mounts: [{ type: "volume", source, target }] });
const port = (ip: string | undefined, external = 5432) => ({ ports: [{ internal: 5432, external, ip }] });
const file = (name: string, content: unknown) => ({ uploads: [{ file: `/etc/pgtopology/${name}`, content }] });

const PRIMARY = { ...part("primary"), ...on("primary-data") };
const REPLICA = { ...part("replica-a"), ...on("replica-a-data") };
const POSTGRES = { image: "postgres:17", ...on("data") };
const POOLER = { image: "edoburu/pgbouncer:1.23" };

type Row = readonly [title: string, old: StepProperties, next: StepProperties, expected: readonly string[]];

/** Containers that are made anew. */
const MADE_ANEW: readonly Row[] = [
  ["the primary with more processors", { ...PRIMARY, cpus: "1.0" }, { ...PRIMARY, cpus: "2.0" }, ["restart"]],
  ["the primary with another image", { ...PRIMARY, image: "a" }, { ...PRIMARY, image: "b" }, ["restart"]],
  ["the primary on another volume", PRIMARY, { ...PRIMARY, ...on("other") }, ["replace"]],
  ["the primary on a volume that is not known yet", PRIMARY, { ...PRIMARY, mounts: UNKNOWN }, ["data loss"]],
  ["the primary without a volume", part("primary"), { ...part("primary"), cpus: "2" }, ["data loss"]],
  ["a replica", { ...REPLICA, cpus: "1" }, { ...REPLICA, cpus: "2" }, ["restart"]],
  ["a replica on another volume", REPLICA, { ...REPLICA, ...on("other") }, ["rebuild"]],
  ["a replica without a volume", part("replica-a"), { ...part("replica-a"), cpus: "2" }, ["rebuild"]],
  ["the pooler", { ...part("pooler"), cpus: "1" }, { ...part("pooler"), cpus: "2" }, ["restart"]],
  ["the scheduler", { ...part("scheduler"), command: ["a"] }, { ...part("scheduler"), command: ["b"] }, ["none"]],
  [
    "the scheduler with another secret file",
    { ...part("scheduler"), ...file("pgbackrest.conf", SECRET) },
    { ...part("scheduler"), ...file("pgbackrest.conf", SECRET) },
    ["data loss"],
  ],
  ["anybody's server", POSTGRES, { ...POSTGRES, cpus: "2" }, ["restart"]],
  ["anybody's server of another major", POSTGRES, { ...POSTGRES, image: "postgres:18" }, ["replace"]],
  ["anybody's server without a volume", { image: "postgres:17" }, { image: "postgres:17", cpus: "2" }, ["data loss"]],
  [
    "MySQL on its volume",
    { image: "mysql:8", ...on("data", "/var/lib/mysql") },
    { image: "mysql:9", ...on("data", "/var/lib/mysql") },
    ["replace"],
  ],
  ["anybody's PgBouncer", POOLER, { ...POOLER, cpus: "2" }, ["restart"]],
  ["a web server", { image: "nginx:1" }, { image: "nginx:2" }, []],
  [
    "ports that others reach",
    { ...PRIMARY, ...port("127.0.0.1") },
    { ...PRIMARY, ...port("0.0.0.0") },
    ["restart", "restart + exposure: ports"],
  ],
  [
    "ports without an address",
    { ...PRIMARY, ...port("127.0.0.1") },
    { ...PRIMARY, ...port(undefined) },
    ["restart", "restart + exposure: ports"],
  ],
  [
    "another port of the same address",
    { ...PRIMARY, ...port("0.0.0.0") },
    { ...PRIMARY, ...port("0.0.0.0", 6000) },
    ["restart"],
  ],
  ["ports that fewer reach", { ...PRIMARY, ...port("0.0.0.0") }, { ...PRIMARY, ...port("127.0.0.1") }, ["restart"]],
  [
    "all ports published",
    PRIMARY,
    { ...PRIMARY, publishAllPorts: true },
    ["restart", "restart + exposure: publishAllPorts"],
  ],
  ["all rights", PRIMARY, { ...PRIMARY, privileged: true }, ["restart", "restart + exposure: privileged"]],
  ["the host's network", PRIMARY, { ...PRIMARY, networkMode: "host" }, ["restart", "restart + exposure: networkMode"]],
  [
    "one more network",
    { ...PRIMARY, networksAdvanced: [{ name: "a" }] },
    { ...PRIMARY, networksAdvanced: [{ name: "a" }, { name: "b" }] },
    ["restart", "restart + exposure: networksAdvanced"],
  ],
  [
    "a password in the open",
    { ...POSTGRES, envs: ["A=1"] },
    { ...POSTGRES, envs: ["A=1", "POSTGRES_PASSWORD=secret"] },
    ["restart", "restart + exposure: envs.POSTGRES_PASSWORD"],
  ],
  [
    "an older TLS",
    { ...PRIMARY, ...file("postgresql.conf", "ssl_min_protocol_version = 'TLSv1.3'\n") },
    { ...PRIMARY, ...file("postgresql.conf", "ssl_min_protocol_version = 'TLSv1.2'\n") },
    ["restart + exposure"],
  ],
  [
    "a newer TLS",
    { ...PRIMARY, ...file("postgresql.conf", "ssl_min_protocol_version = 'TLSv1.2'\n") },
    { ...PRIMARY, ...file("postgresql.conf", "ssl_min_protocol_version = 'TLSv1.3'\n") },
    ["restart"],
  ],
  [
    "a line that lets somebody in",
    { ...PRIMARY, ...file("pg_hba.conf", "hostssl all all all scram-sha-256\n") },
    { ...PRIMARY, ...file("pg_hba.conf", "hostssl all all all scram-sha-256\nhost all all all trust\n") },
    ["restart + exposure"],
  ],
];

/** Resources that change in place, come or go. */
const OTHERS: readonly (readonly [
  title: string,
  type: string,
  old: StepProperties | undefined,
  next: StepProperties | undefined,
  kept: boolean,
  expected: readonly string[],
])[] = [
  ["more memory", CONTAINER, { ...PRIMARY, memory: 512 }, { ...PRIMARY, memory: 1024 }, false, ["none: memory"]],
  [
    "a longer wait",
    CONTAINER,
    { ...PRIMARY, waitTimeout: 1 },
    { ...PRIMARY, waitTimeout: 2 },
    false,
    ["none: waitTimeout"],
  ],
  ["what nobody knows", CONTAINER, PRIMARY, { ...PRIMARY, news: 1 }, false, ["restart (unknown): news"]],
  ["a replica that comes", CONTAINER, undefined, REPLICA, false, ["none"]],
  ["a replica that goes", CONTAINER, REPLICA, undefined, false, ["rebuild"]],
  ["a primary that goes", CONTAINER, PRIMARY, undefined, false, ["replace"]],
  ["a primary that goes with its data", CONTAINER, part("primary"), undefined, false, ["data loss"]],
  ["a pooler that goes", CONTAINER, part("pooler"), undefined, false, ["restart"]],
  ["a scheduler that goes", CONTAINER, part("scheduler"), undefined, false, ["none + exposure"]],
  ["a volume that goes", typeOf("Volume"), part("primary-data"), undefined, false, ["data loss"]],
  ["a volume that stays", typeOf("Volume"), part("primary-data"), undefined, true, ["replace"]],
  ["a replica's volume that goes", typeOf("Volume"), part("replica-a-data"), undefined, false, ["rebuild"]],
  ["backups that go", typeOf("Volume"), part("backups"), undefined, false, ["data loss"]],
  ["a socket that goes", typeOf("Volume"), part("socket"), undefined, false, ["none"]],
  ["anybody's volume that goes", typeOf("Volume"), {}, undefined, false, ["data loss"]],
  ["a network that goes", typeOf("Network"), { name: "a" }, undefined, false, ["restart"]],
  ["an image", typeOf("RemoteImage"), { name: "postgres:17" }, undefined, false, ["none"]],
];

const TYPICAL: readonly unknown[] = [
  ...[1, 2, "host", "bridge", true, false, "active", "", [], ["a"], ["a", "b"], [{ name: "a" }], [{ name: "b" }]],
  ...[port("127.0.0.1").ports, port("0.0.0.0").ports, { containerSpec: { mounts: [1] } }, { containerSpec: {} }],
];

describe("the tables of Docker", () => {
  for (const [title, old, next, expected] of MADE_ANEW) {
    it(`take ${title} for ${expected.length === 0 ? "nothing" : expected.join(", ")}`, () => {
      assert.deepEqual(labelsOf(madeAnew(old, next)), expected);
    });
  }

  for (const [title, type, old, next, retainOnDelete, expected] of OTHERS) {
    it(`take ${title} for ${expected.join(", ")}`, () => {
      assert.deepEqual(labelsOf(stepBetween(type, old, next, { retainOnDelete })), expected);
    });
  }

  it("have a row for every input, and none for another", () => {
    judgeInputs("docker", DOCKER_TABLES, [
      ...["Container", "Volume", "Network", "Image", "RemoteImage", "RegistryImage", "Service"],
    ]);
  }).timeout(120_000);

  it("never throw, whatever a value is, and never say worse than their worst", () => {
    judgeRules(DOCKER_TABLES, TYPICAL, ["POSTGRES_PASSWORD", "A"]);
  }).timeout(60_000);
});

function madeAnew(old: StepProperties, next: StepProperties): PlannedStep {
  const changed = [...new Set([...Object.keys(old), ...Object.keys(next)])].filter((key) => old[key] !== next[key]);
  const step = stepBetween(CONTAINER, old, next, { operation: "replace", replacing: changed });
  return { ...step, diffs: changed.map((path) => ({ path, replaces: true, ofInputs: true })) };
}
