import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { issueText } from "../../../topology/issue.ts";
import { resolveTopology } from "../../../topology/resolve.ts";
import type { SpecOf } from "../../../topology/spec.ts";
import { validateTopology } from "../../../topology/validate.ts";

function issuesOf(wish: Omit<SpecOf<"docker">, "target">): string[] {
  const spec: SpecOf<"docker"> = { target: "docker", ...wish };
  return validateTopology(spec, resolveTopology(spec, "local")).map(issueText);
}

const CASES: readonly {
  title: string;
  good: Omit<SpecOf<"docker">, "target">;
  bad: Omit<SpecOf<"docker">, "target">;
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
    want: a whole number from 1 to 262143
    fix: write a number without a unit`,
  },
  {
    title: "a parameter that PostgreSQL does not have",
    good: { parameters: { random_page_cost: 1.1 } },
    bad: { parameters: { random_page_cots: 1.1 } },
    text: `parameters.random_page_cots
    got: 1.1
    want: a parameter of PostgreSQL 17
    fix: did you mean random_page_cost?`,
  },
  {
    title: "a database whose role PostgreSQL would refuse",
    good: { database: "pgshop" },
    bad: { database: "pg_shop" },
    text: `database
    got: pg_shop
    want: a name of the application's own
    because: PostgreSQL keeps roles that begin with pg_
    fix: choose another name, such as app`,
  },
  {
    title: "a data database of the first one's name",
    good: { data: { database: "facts" } },
    bad: { database: "shop", data: { database: "shop" } },
    text: `data.database
    got: shop
    want: a name from which no role of shop is made
    because: both databases would have shop_owner, shop, shop_readonly: a line for one could be taken for the other's
    fix: choose another name, such as data`,
  },
  {
    title: "a data database named as a role of the first one",
    good: { data: { database: "app_data" } },
    bad: { data: { database: "app_owner" } },
    text: `data.database
    got: app_owner
    want: a name from which no role of app is made
    because: both databases would have app_owner: a line for one could be taken for the other's
    fix: choose another name, such as data`,
  },
  {
    title: "a data database whose role PostgreSQL would refuse",
    good: { data: {} },
    bad: { data: { database: "pg_data" } },
    text: `data.database
    got: pg_data
    want: a name of the application's own
    because: PostgreSQL keeps roles that begin with pg_
    fix: choose another name, such as app`,
  },
  {
    title: "a mode without a second database",
    good: { data: {}, mode: "single" },
    bad: { mode: "single" },
    text: `mode
    got: single
    want: not to be set without data
    because: there is one database, and applications are told of it
    fix: set data, or remove it`,
  },
  {
    title: "a port that both databases would have",
    good: { data: { ports: { primary: 5500 } } },
    bad: { data: { ports: { primary: 6432 } } },
    text: `data.ports.primary
    got: 6432
    want: a port that no other part of the topology has
    because: ports.pooler has it
    fix: give data.ports.primary another port`,
  },
  {
    title: "a parameter of the data database that PostgreSQL does not have",
    good: { data: { parameters: { work_mem: "8MB" } } },
    bad: { data: { parameters: { random_page_cots: 1.1 } } },
    text: `data.parameters.random_page_cots
    got: 1.1
    want: a parameter of PostgreSQL 17
    fix: did you mean random_page_cost?`,
  },
  {
    title: "pools that don't fit the server",
    good: { replicas: { a: {} }, pooling: { writerPoolSize: 43 } },
    bad: { replicas: { a: {} }, pooling: { writerPoolSize: 44 } },
    text: `pooling.writerPoolSize
    got: primary: 88 needed, 87 left
    want: no more connections than are left after the reserved and the administrative ones
    because:
        place              gives  reserved  administrative  left  needed  free  needed for
        primary            100    3         10              87    88      -1    writer pool: 2 users × 44 writerPoolSize
        replica-a          100    3         10              87    30      57    reader pool: 2 users × 15 readerPoolSize
        clients of pooler  500    0         0               500   85      415   writer: 1 process × (20 poolSize + 30 maxOverflow); reader: 1 process × (15 replicaPoolSize + 20 replicaMaxOverflow)
    fix: set pooling.writerPoolSize to 43, or raise parameters.max_connections to 101`,
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
  {
    title: "a window for restores that is longer than backups are kept",
    good: { backup: { retentionDays: 14, pointInTimeDays: 14 } },
    bad: { backup: { retentionDays: 14, pointInTimeDays: 15 } },
    text: `backup.pointInTimeDays
    got: 15
    want: at most 14, which is backup.retentionDays
    because: WAL is kept as long as the backups that it belongs to
    fix: raise backup.retentionDays to 15, or remove it`,
  },
];

describe("validateTopology", () => {
  for (const { title, good, bad, text } of CASES) {
    it(`names ${title}`, () => {
      assert.deepEqual(issuesOf(good), []);
      assert.deepEqual(issuesOf(bad), [text]);
    });
  }

  it("says first what the target lacks", () => {
    const issues = issuesOf({ highAvailability: true, database: "postgres" });
    assert.deepEqual(
      issues.map((text) => text.split("\n")[0]),
      ["highAvailability", "database"],
    );
  });

  it("finds every mistake at once", () => {
    assert.equal(issuesOf({ database: "postgres", ports: { address: "x" }, parameters: { fsync: false } }).length, 3);
  });
});
