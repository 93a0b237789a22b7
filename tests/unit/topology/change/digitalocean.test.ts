// What single edits of a topology on DigitalOcean are told to do, as the provider's source and the API's specification
// say. It does not prove that the cloud does it.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { type Change, changesBetween } from "../../../../topology/change.ts";
import { resolveTopology } from "../../../../topology/resolve.ts";
import type { ResolvedDigitalOcean } from "../../../../topology/resolved-digitalocean.ts";
import { DATA_HOST, type DigitalOceanWish, SSH } from "../../../support/digitalocean-cases.ts";

const resolved = (wish: DigitalOceanWish): ResolvedDigitalOcean =>
  resolveTopology({ target: "digitalocean", region: "nyc3", ...wish }, "split");

const between = (from: DigitalOceanWish, to: DigitalOceanWish): Change[] =>
  changesBetween(JSON.parse(JSON.stringify(resolved(from))) as ResolvedDigitalOcean, resolved(to));

const FOUR: DigitalOceanWish = { size: { memoryGiB: 4 } };
const from = (...sources: string[]): DigitalOceanWish => ({ access: { sources } });
const ssh = (...sources: string[]): DigitalOceanWish => ({ data: {}, access: { ssh: { ...SSH, sources } } });
const UNPROTECTED = { protection: { deletion: false } };
const LOST = { protection: { deletion: false, keepData: false } };
const VPC = "5a4981aa-9653-4bd1-bef5-d6bff52042e4";

/** An edit, and everything that follows from it; `never` is what no permission allows. The labels of a plan are held against them, too. */
export const EDITS: readonly (readonly [
  title: string,
  from: DigitalOceanWish,
  to: DigitalOceanWish,
  expected: readonly string[],
])[] = [
  ["nothing", { ...DATA_HOST, replicas: { a: {} } }, { ...DATA_HOST, replicas: { a: {} } }, []],
  ["another region (trap 35)", {}, { region: "fra1" }, ["replace: region"]],
  ["another region, with data that goes with its server", LOST, { ...LOST, region: "fra1" }, ["data loss: region"]],
  [
    "another region with a replica and a data host",
    { ...DATA_HOST, replicas: { a: {} } },
    { ...DATA_HOST, replicas: { a: {} }, region: "fra1" },
    ["replace: region", "never rebuild: replicas.a.region", "never data loss: dataHost.bucketRegion"],
  ],
  ["another VPC (trap 34)", {}, { access: { network: { existing: VPC } } }, ["replace: network.existing"]],
  ["another range", {}, { access: { network: { subnetCidr: "10.9.0.0/24" } } }, ["replace: network.cidr"]],
  ["another project (trap 34)", {}, { project: VPC }, ["none: project"]],
  ["a newer major (trap 36)", {}, { version: 18 }, ["failover: version"]],
  ["an older major", { version: 18 }, {}, ["never data loss: version"]],
  [
    "another database",
    {},
    { database: "shop" },
    ["replace: database", "none: roles.owner", "none: roles.readWrite", "none: roles.readOnly"],
  ],
  ["a larger machine", {}, FOUR, ["failover: primary.slug"]],
  ["a smaller machine (trap 40)", FOUR, {}, ["never data loss: primary.slug"]],
  [
    "a machine with fewer processors (trap 40)",
    { size: { tier: "db-s-4vcpu-8gb" } },
    { size: { tier: "gd-2vcpu-8gb" } },
    ["never data loss: primary.slug"],
  ],
  ["a standby", FOUR, { ...FOUR, highAvailability: true }, ["none: nodeCount"]],
  ["no standby", { ...FOUR, highAvailability: true }, FOUR, ["none: nodeCount"]],
  ["a replica", {}, { replicas: { a: {} } }, ["none: application.useReadReplica", "none: replicas.a"]],
  ["one replica less", { replicas: { a: {}, b: {} } }, { replicas: { a: {} } }, ["never rebuild: replicas.b"]],
  [
    "one replica less in prod, which is always protected",
    { environment: "prod", replicas: { a: {}, b: {} } },
    { environment: "prod", replicas: { a: {} } },
    ["rebuild + exposure: replicas.b"],
  ],
  [
    "one replica less of what is not protected",
    { ...UNPROTECTED, replicas: { a: {}, b: {} } },
    { ...UNPROTECTED, replicas: { a: {} } },
    ["rebuild: replicas.b"],
  ],
  [
    "a replica elsewhere (trap 41)",
    { replicas: { a: {} } },
    { replicas: { a: { region: "fra1" } } },
    ["never rebuild: replicas.a.region"],
  ],
  [
    "a larger machine for a replica",
    { replicas: { a: {} } },
    { replicas: { a: { size: { cpus: 4 } } } },
    ["restart: replicas.a.slug"],
  ],
  [
    "a smaller machine for a replica (trap 40)",
    { replicas: { a: { size: { cpus: 4 } } } },
    { replicas: { a: {} } },
    ["never data loss: replicas.a.slug"],
  ],
  ["a size of the disk, which grows by itself", {}, { storage: { diskGiB: 20 } }, ["none: storage.diskGiB"]],
  [
    "a smaller disk that does not grow by itself",
    { storage: { diskGiB: 20, autoscale: false } },
    { storage: { diskGiB: 10, autoscale: false } },
    ["failover: storage.diskGiB"],
  ],
  [
    "a larger disk that does not grow by itself",
    { storage: { diskGiB: 20, autoscale: false } },
    { storage: { diskGiB: 30, autoscale: false } },
    ["none: storage.diskGiB"],
  ],
  ["a disk that no longer grows (trap 38)", {}, { storage: { autoscale: false } }, ["none: storage.autoscale"]],
  ["a larger pool (trap 29)", {}, { pooling: { writerPoolSize: 16 } }, ["restart: pooling.writerPoolSize"]],
  ["another pool mode (trap 29)", {}, { pooling: { mode: "session" } }, ["restart: pooling.mode"]],
  [
    "a larger pool of both databases",
    DATA_HOST,
    { ...DATA_HOST, pooling: { writerPoolSize: 16 } },
    ["restart: pooling.writerPoolSize"],
  ],
  [
    "a larger pool of readers",
    DATA_HOST,
    { ...DATA_HOST, pooling: { readerPoolSize: 16 } },
    ["reload: dataHost.server.pooling.readerPoolSize"],
  ],
  ["no pooler", {}, { pooling: { enabled: false } }, ["restart: pooling"]],
  ["a pooler", { pooling: { enabled: false } }, {}, ["none: pooling"]],
  ["a source more", from("203.0.113.7/32"), from("203.0.113.7/32", "198.51.100.7/32"), ["none + exposure: sources"]],
  ["a source less", from("203.0.113.7/32", "198.51.100.7/32"), from("203.0.113.7/32"), ["none: sources"]],
  ["a wider source", from("203.0.113.7/32"), from("203.0.113.0/24"), ["none + exposure: sources"]],
  ["a narrower source", from("203.0.113.0/24"), from("203.0.113.7/32"), ["none: sources"]],
  ["SSH from elsewhere", ssh("203.0.113.7/32"), ssh("198.51.100.7/32"), ["none + exposure: dataHost.sshSources"]],
  [
    "another SSH key",
    DATA_HOST,
    { data: {}, access: { ssh: { ...SSH, keys: ["12"] } } },
    ["none + exposure: dataHost.sshKeys"],
  ],
  [
    "a parameter",
    { parameters: { work_mem: "8MB" } },
    { parameters: { work_mem: "16MB" } },
    ["reload: parameters.work_mem"],
  ],
  ["a parameter less (trap 32)", { parameters: { work_mem: "8MB" } }, {}, ["none: parameters.work_mem"]],
  [
    "a parameter that only a start reads",
    {},
    { parameters: { max_worker_processes: 16, shared_buffers_percentage: 30 } },
    ["restart: parameters.max_worker_processes", "restart: parameters.shared_buffers_percentage"],
  ],
  [
    "a parameter that can't be lowered (trap 32)",
    { parameters: { max_wal_senders: 30 } },
    { parameters: { max_wal_senders: 20 } },
    ["never restart: parameters.max_wal_senders"],
  ],
  [
    "a larger Droplet",
    DATA_HOST,
    { ...DATA_HOST, data: { size: { cpus: 2 } } },
    [
      "restart: dataHost.slug",
      "reload: dataHost.server.parameters.effective_cache_size",
      "restart: dataHost.server.parameters.shared_buffers",
    ],
  ],
  ["a larger volume", DATA_HOST, { ...DATA_HOST, data: { diskGiB: 60 } }, ["none: dataHost.diskGiB"]],
  ["a smaller volume", DATA_HOST, { ...DATA_HOST, data: { diskGiB: 40 } }, ["never data loss: dataHost.diskGiB"]],
  [
    "another data database",
    DATA_HOST,
    { ...DATA_HOST, data: { database: "facts" } },
    [
      "replace: dataHost.server.database",
      "none: dataHost.server.roles.owner",
      "none: dataHost.server.roles.readWrite",
      "none: dataHost.server.roles.readOnly",
    ],
  ],
  [
    "a parameter of the data database",
    DATA_HOST,
    { ...DATA_HOST, data: { parameters: { work_mem: "8MB", max_connections: 120 } } },
    ["restart: dataHost.server.parameters.max_connections", "reload: dataHost.server.parameters.work_mem"],
  ],
  [
    "older TLS for the data database",
    DATA_HOST,
    { ...DATA_HOST, tls: { minProtocolVersion: "TLSv1.2" } },
    ["reload + exposure: dataHost.server.tls.minProtocolVersion"],
  ],
  ["single mode", DATA_HOST, { ...DATA_HOST, mode: "single" }, ["none: mode"]],
  [
    "another place of the bucket",
    DATA_HOST,
    { ...DATA_HOST, backup: { location: "ams3" } },
    ["never data loss: dataHost.bucketRegion"],
  ],
  [
    "fewer days of backups",
    DATA_HOST,
    { ...DATA_HOST, backup: { retentionDays: 10 } },
    ["data loss: backup.retentionDays"],
  ],
  ["more days of backups", DATA_HOST, { ...DATA_HOST, backup: { retentionDays: 60 } }, ["none: backup.retentionDays"]],
  ["another time of the backup", {}, { backup: { schedule: "05:30" } }, ["none: backup.schedule"]],
  [
    "no backups",
    { ...DATA_HOST, environment: "local" },
    { ...DATA_HOST, environment: "local", backup: { enabled: false } },
    [
      "restart + exposure: backup",
      "restart: dataHost.server.parameters.archive_mode",
      "reload: dataHost.server.parameters.archive_timeout",
      "none + exposure: dataHost.bucketRegion",
    ],
  ],
  [
    "no backups without a data host",
    { environment: "local" },
    { environment: "local", backup: { enabled: false } },
    ["none + exposure: backup"],
  ],
  [
    "another window (trap 37)",
    {},
    { maintenance: { day: "monday", hour: 4 } },
    ["none: maintenance.day", "none: maintenance.hour"],
  ],
  ["no protection", {}, UNPROTECTED, ["none + exposure: protection.deletion"]],
  ["somebody to tell", {}, { observability: { alertEmails: ["a@example.com"] } }, ["none: observability.alertEmails"]],
];

describe("an edit of a topology on DigitalOcean", () => {
  for (const [title, old, next, expected] of EDITS) {
    it(title, () => {
      const texts = between(old, next).map(
        ({ path, label, exposure, instead }) =>
          `${instead === undefined ? "" : "never "}${label}${exposure ? " + exposure" : ""}: ${path}`,
      );
      assert.deepEqual(texts, expected);
    });
  }

  it("to a split, and back, touches no row of the cluster's, and tells who the cluster then trusts", () => {
    const text = (changes: readonly Change[]) =>
      changes.map(({ path, label, exposure, what }) => [path, label, exposure, what]);
    const host = between(DATA_HOST, {}).find(({ path }) => path === "dataHost");
    assert.equal(host?.label, "replace");
    assert.equal(host.exposure, true);
    assert.match(host.what, /volume and bucket stay, unused and paid for; the cluster then trusts the whole VPC$/);
    const lost = between({ ...DATA_HOST, ...LOST }, LOST).find(({ path }) => path === "dataHost");
    assert.equal(lost?.label, "data loss");
    assert.deepEqual(
      text(between({}, DATA_HOST)).map(([path, label]) => [path, label]),
      [
        ["backup.retentionDays", "none"],
        ["dataHost", "none"],
      ],
    );
  });

  it("to the other mode of a split names no server", () => {
    for (const { label, what } of between(DATA_HOST, { ...DATA_HOST, mode: "single" })) {
      assert.equal(label, "none");
      assert.match(what, /^no server changes/);
    }
  });

  it("says what to do instead of what would end half-way", () => {
    const [smaller] = between(FOUR, {});
    assert.equal(smaller?.instead, "make a stack of the smaller size, and move the data into it");
    const [gone] = between({ replicas: { a: {}, b: {} } }, { replicas: { a: {} } });
    assert.equal(gone?.instead, "set protection.deletion: false and run `pgt up`, then remove replicas.b");
  });
});
