import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { issueText } from "../../../topology/issue.ts";
import { resolveTopology } from "../../../topology/resolve.ts";
import type { TopologySpec } from "../../../topology/spec.ts";
import { validateTopology } from "../../../topology/validate.ts";

function issuesOf(wish: Omit<TopologySpec, "target">): string[] {
  const spec: TopologySpec = { target: "docker", ...wish };
  return validateTopology(spec, resolveTopology(spec, "local")).map(issueText);
}

const CASES: readonly {
  title: string;
  good: Omit<TopologySpec, "target">;
  bad: Omit<TopologySpec, "target">;
  text: string;
}[] = [
  {
    title: "a database name that is taken",
    good: { database: "shop" },
    bad: { database: "postgres" },
    text: `database
    got: postgres
    want: a name of the application's own
    because: that name is taken by PostgreSQL, PgBouncer or a role of the topology
    fix: choose another name, such as app`,
  },
  {
    title: "a replica name that is too long",
    good: { replicas: { ["a".repeat(40)]: {} } },
    bad: { replicas: { ["a".repeat(41)]: {} } },
    text: `replicas.${"a".repeat(41)}
    got: a name of 41 characters
    want: at most 40 characters, and none of primary, pooler, scheduler
    because: it becomes part of host names and of the replication slot's name (at most 63 characters)
    fix: choose a shorter name of its own`,
  },
  {
    title: "two parts on one port",
    good: { ports: { primary: 6000, pooler: 6001 } },
    bad: { ports: { primary: 6000, pooler: 6000 } },
    text: `ports.pooler
    got: 6000
    want: a port that no other part of the topology has
    because: ports.primary has it
    fix: give ports.pooler another port`,
  },
  {
    title: "an address that is none",
    good: { ports: { address: "0.0.0.0" } },
    bad: { ports: { address: "127.0.0.256" } },
    text: `ports.address
    got: 127.0.0.256
    want: an IPv4 address of this machine
    fix: use 127.0.0.1, or 0.0.0.0 to be reachable from other machines`,
  },
  {
    title: "a parameter that the topology decides",
    good: { parameters: { work_mem: "8MB" } },
    bad: { parameters: { archive_mode: false } },
    text: `parameters.archive_mode
    got: false
    want: not to be set here: the topology decides it
    because: backup.enabled
    fix: remove it, and set backup.enabled`,
  },
  {
    title: "a parameter that would lose data",
    good: { parameters: { synchronous_commit: "on" } },
    bad: { parameters: { fsync: false } },
    text: `parameters.fsync
    got: false
    want: not to be set here: the topology decides it
    because: always on: without it a crash loses the database
    fix: remove it`,
  },
  {
    title: "a parameter whose name can't be one",
    good: { parameters: { "auto_explain.log_analyze": true } },
    bad: { parameters: { "work mem": 1 } },
    text: `parameters.work mem
    got: work mem
    want: a parameter's name, in lower case
    fix: see the names in pg_settings`,
  },
  {
    title: "a value that would become a second line",
    good: { parameters: { application_name: "a" } },
    bad: { parameters: { application_name: "a\nfsync = off" } },
    text: `parameters.application_name
    got: more than one line
    want: one line
    fix: remove the line break`,
  },
  {
    title: "a count with a unit",
    good: { parameters: { max_connections: 120 } },
    bad: { parameters: { max_connections: "120MB" } },
    text: `parameters.max_connections
    got: 120MB
    want: a whole number
    fix: give a number without a unit`,
  },
  {
    title: "pools that don't fit the server",
    good: { replicas: { a: {} }, pooling: { writerPoolSize: 43 } },
    bad: { replicas: { a: {} }, pooling: { writerPoolSize: 44 } },
    text: `parameters.max_connections
    got: 97 connections after the reserved ones
    want: at least 98
    because: 2 users × 44 pooled connections on a server + 10 for administration
    fix: raise parameters.max_connections to 101, or lower the pool sizes`,
  },
  {
    title: "fewer slots than replicas",
    good: { replicas: { a: {}, b: {} }, parameters: { max_replication_slots: 2 } },
    bad: { replicas: { a: {}, b: {} }, parameters: { max_replication_slots: 1 } },
    text: `parameters.max_replication_slots
    got: 1
    want: at least 2, one for each replica
    fix: raise it to 3, or remove it`,
  },
  {
    title: "fewer senders than replicas need",
    good: { replicas: { a: {} }, parameters: { max_wal_senders: 2 } },
    bad: { replicas: { a: {} }, parameters: { max_wal_senders: 1 } },
    text: `parameters.max_wal_senders
    got: 1
    want: at least 2, two for each replica
    because: a base copy needs one beside the stream
    fix: raise it to 6, or remove it`,
  },
  {
    title: "staging without backups",
    good: { backup: { enabled: false } },
    bad: { backup: { enabled: false }, environment: "staging" },
    text: `backup.enabled
    got: false
    want: true in staging
    because: a database without backups can be lost as a whole
    fix: remove backup.enabled`,
  },
];

describe("validateTopology", () => {
  for (const { title, good, bad, text } of CASES) {
    it(`names ${title}`, () => {
      assert.deepEqual(issuesOf(good), []);
      assert.deepEqual(issuesOf(bad), [text]);
    });
  }

  it("finds every mistake at once", () => {
    assert.equal(issuesOf({ database: "postgres", ports: { address: "x" }, parameters: { fsync: false } }).length, 3);
  });
});
