// What single edits of a topology on Cloud SQL are told to do, as its pages and the provider's source say. It does not
// prove that the cloud does it.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { type Change, changesBetween } from "../../../../topology/change.ts";
import { labelOfCloudSqlFlag } from "../../../../topology/parameters/cloud-sql-flags.ts";
import { labelOfContext } from "../../../../topology/parameters/change-effect.ts";
import { MAJORS, settingOf } from "../../../../topology/parameters/server-settings.ts";
import settings15 from "../../../../topology/parameters/settings-15.json" with { type: "json" };
import settings18 from "../../../../topology/parameters/settings-18.json" with { type: "json" };
import { resolveTopology } from "../../../../topology/resolve.ts";
import type { ResolvedGcp } from "../../../../topology/resolved-gcp.ts";
import type { SpecOf } from "../../../../topology/spec.ts";

type Wish = Omit<SpecOf<"gcp">, "target">;

const resolved = (wish: Wish): ResolvedGcp =>
  resolveTopology({ target: "gcp", region: "europe-west4", ...wish }, "prod");

const between = (from: Wish, to: Wish): Change[] =>
  changesBetween(JSON.parse(JSON.stringify(resolved(from))) as ResolvedGcp, resolved(to));

const PLUS = { edition: "enterprise-plus" } as const;
const COPY = { location: "europe-west1" };
const service = { image: "registry.example/app@sha256:1" };
const sidecar = { kind: "sidecar", image: `registry.example/pgbouncer@sha256:${"0".repeat(64)}` } as const;
const network = { existing: "projects/p/global/networks/n" };
const key = "projects/p/locations/europe-west1/keyRings/r/cryptoKeys/k";

/** An edit, and everything that follows from it; `never` is what no permission allows. */
const EDITS: readonly (readonly [title: string, from: Wish, to: Wish, expected: readonly string[]])[] = [
  ["nothing", { replicas: { a: {} }, service }, { replicas: { a: {} }, service }, []],
  ["another region", {}, { region: "europe-west1" }, ["data loss: region"]],
  [
    "another region with a replica",
    { replicas: { a: {} } },
    { region: "europe-west1", replicas: { a: {} } },
    ["data loss: region", "never rebuild: replicas.a.region"],
  ],
  ["a newer major", {}, { version: 18 }, ["restart: version"]],
  ["an older major", { version: 18 }, { version: 17 }, ["data loss: version"]],
  [
    "another database",
    {},
    { database: "shop" },
    ["data loss: database", "none: roles.owner", "none: roles.readWrite", "none: roles.readOnly"],
  ],
  [
    "the better edition on the same machine, without pooling",
    { pooling: { enabled: false }, size: { tier: "db-perf-optimized-N-2" } },
    { ...PLUS, pooling: { enabled: false }, size: { tier: "db-perf-optimized-N-2" } },
    ["restart: edition"],
  ],
  ["the better edition", {}, PLUS, ["restart: edition", "restart: primary.tier", "restart: pooling"]],
  ["the cheaper edition", PLUS, {}, ["restart: edition", "restart: primary.tier", "restart: pooling"]],
  ["high availability", {}, { highAvailability: true }, ["restart: highAvailability"]],
  ["no high availability", { highAvailability: true }, {}, ["restart: highAvailability"]],
  ["a larger machine", {}, { size: { cpus: 4 } }, ["restart: primary.tier"]],
  [
    "a larger machine for a replica",
    { replicas: { a: {} } },
    { replicas: { a: { size: { cpus: 4 } } } },
    ["restart: replicas.a.tier"],
  ],
  ["a larger disk", {}, { storage: { diskGiB: 50, maxDiskGiB: 80 } }, ["none: storage.diskGiB"]],
  [
    "a smaller disk",
    { storage: { maxDiskGiB: 80 } },
    { storage: { diskGiB: 10, maxDiskGiB: 80 } },
    ["none: storage.diskGiB"],
  ],
  ["a larger limit of the disk", {}, { storage: { maxDiskGiB: 500 } }, ["none: storage.maxDiskGiB"]],
  ["another kind of disk", {}, { storage: { diskType: "hdd" } }, ["restart: storage.diskType"]],
  ["a replica", {}, { replicas: { a: {} } }, ["none: application.useReadReplica", "none: replicas.a"]],
  ["one replica less", { replicas: { a: {}, b: {} } }, { replicas: { a: {} } }, ["never rebuild: replicas.b"]],
  [
    "one replica less, and its protection in the same update",
    { replicas: { a: {}, b: {} } },
    { replicas: { a: {} }, protection: { deletion: false } },
    ["never rebuild: replicas.b", "none + exposure: protection.deletion"],
  ],
  [
    "one replica less, after its protection",
    { replicas: { a: {}, b: {} }, protection: { deletion: false } },
    { replicas: { a: {} } },
    ["rebuild: replicas.b", "none: protection.deletion"],
  ],
  [
    "one replica less in prod",
    { environment: "prod", replicas: { a: {}, b: {} } },
    { environment: "prod", replicas: { a: {} } },
    ["rebuild + exposure: replicas.b"],
  ],
  [
    "a replica in another region",
    { replicas: { a: { purpose: "disaster-recovery", region: "europe-west1" } } },
    { replicas: { a: { purpose: "disaster-recovery", region: "europe-west3" } } },
    ["never rebuild: replicas.a.region"],
  ],
  [
    "a replica's purpose",
    { replicas: { a: { region: "europe-west1" } } },
    { replicas: { a: { region: "europe-west1", purpose: "disaster-recovery" } } },
    ["none: application.useReadReplica", "restart: replicas.a.purpose"],
  ],
  ["the stack's own network instead of one that is there", { access: { network } }, {}, ["replace: network.existing"]],
  ["a network that is there", {}, { access: { network } }, ["replace: network.existing"]],
  [
    "another way into the network",
    {},
    { access: { network: { connection: "private-service-connect" } } },
    ["replace: network.connection"],
  ],
  ["another subnet", {}, { access: { network: { subnetCidr: "10.1.0.0/24" } } }, ["none: network.subnetCidr"]],
  [
    "an authority whose certificates carry no name",
    {},
    { access: { certificateAuthority: "per-instance" } },
    ["restart + exposure: access.certificateAuthority"],
  ],
  [
    "an authority whose certificates carry a name",
    { access: { certificateAuthority: "per-instance" } },
    {},
    ["restart: access.certificateAuthority"],
  ],
  [
    "the way through the socket, which knows one authority",
    {},
    { access: { path: "socket" } },
    ["none: access.path", "restart: access.certificateAuthority"],
  ],
  [
    "the way by the address",
    { access: { path: "socket" } },
    {},
    ["none: access.path", "restart: access.certificateAuthority"],
  ],
  [
    "a job that verifies",
    {},
    { access: { verification: { image: "registry.example/pgtopology@sha256:1" } } },
    ["none: access.verification"],
  ],
  [
    "another image of the job that verifies",
    { access: { verification: { image: "registry.example/pgtopology@sha256:1" } } },
    { access: { verification: { image: "registry.example/pgtopology@sha256:2" } } },
    ["none: access.verification.image"],
  ],
  [
    "no job that verifies",
    { access: { verification: { image: "registry.example/pgtopology@sha256:1" } } },
    {},
    ["none: access.verification"],
  ],
  ["the service's login", {}, { access: { login: "password" } }, ["none: access.login"]],
  ["managed pooling", { ...PLUS, pooling: { enabled: false } }, PLUS, ["restart: pooling"]],
  ["a managed pool's size", PLUS, { ...PLUS, pooling: { writerPoolSize: 30 } }, ["restart: pooling.writerPoolSize"]],
  ["a sidecar", {}, { pooling: sidecar }, ["none: access.login", "none: pooling"]],
  [
    "a sidecar's pool size",
    { pooling: sidecar },
    { pooling: { ...sidecar, writerPoolSize: 9 } },
    ["none: pooling.writerPoolSize"],
  ],
  ["backups, and with them the WAL", { backup: { enabled: false } }, {}, ["restart: backup"]],
  ["no backups", {}, { backup: { enabled: false } }, ["data loss + exposure: backup"]],
  ["backups for longer", {}, { backup: { retentionDays: 60 } }, ["none: backup.retentionDays"]],
  ["backups for a shorter time", {}, { backup: { retentionDays: 7 } }, ["data loss: backup.retentionDays"]],
  ["a shorter window", {}, { backup: { pointInTimeDays: 3 } }, ["data loss: backup.pointInTimeDays"]],
  ["a longer window", { backup: { pointInTimeDays: 3 } }, {}, ["none: backup.pointInTimeDays"]],
  ["another place for backups", {}, { backup: { location: "eu" } }, ["none: backup.location"]],
  ["a second copy", {}, { backup: { secondCopy: COPY } }, ["none: backup.secondCopy"]],
  ["no second copy", { backup: { secondCopy: COPY } }, {}, ["data loss + exposure: backup.secondCopy"]],
  [
    "another place for the second copy",
    { backup: { secondCopy: COPY } },
    { backup: { secondCopy: { location: "europe-west3" } } },
    ["never data loss: backup.secondCopy.location"],
  ],
  [
    "a shorter time to bring an export back",
    { backup: { secondCopy: COPY } },
    { backup: { secondCopy: { ...COPY, softDeleteDays: 7 } } },
    ["none + exposure: backup.secondCopy.softDeleteDays"],
  ],
  [
    "no key of one's own",
    { backup: { secondCopy: { ...COPY, encryptionKey: key } } },
    { backup: { secondCopy: COPY } },
    ["none + exposure: backup.secondCopy.encryptionKey"],
  ],
  [
    "the window of maintenance",
    {},
    { maintenance: { day: "monday", hour: 4 } },
    ["none: maintenance.day", "none: maintenance.hour"],
  ],
  [
    "a freeze",
    {},
    { maintenance: { freeze: [{ from: "2026-12-20", to: "2027-01-05" }] } },
    ["none: maintenance.freeze"],
  ],
  ["no guard against removal", {}, { protection: { deletion: false } }, ["none + exposure: protection.deletion"]],
  ["a guard against removal", { protection: { deletion: false } }, {}, ["none: protection.deletion"]],
  [
    "a shorter last backup",
    {},
    { protection: { finalBackupDays: 7 } },
    ["none + exposure: protection.finalBackupDays"],
  ],
  ["no query insights", {}, { observability: { queryInsights: false } }, ["none: observability.queryInsights"]],
  ["a label", {}, { observability: { labels: { owner: "a" } } }, ["none: observability.labels.owner"]],
  ["a service", {}, { service }, ["none: service"]],
  [
    "the service's image",
    { service },
    { service: { image: "registry.example/app@sha256:2" } },
    ["none: service.image"],
  ],
  [
    "a service for the internet",
    { service },
    { service: { ...service, public: true } },
    ["none + exposure: service.public"],
  ],
  ["a flag that is reloaded", {}, { parameters: { work_mem: "8MB" } }, ["reload: parameters.work_mem"]],
  ["a flag that restarts", {}, { parameters: { max_connections: 200 } }, ["restart: parameters.max_connections"]],
  [
    "a flag that restarts by the cloud's own rule",
    {},
    { parameters: { "cloudsql.enable_pgaudit": "on" } },
    ["restart: parameters.cloudsql.enable_pgaudit"],
  ],
  ["a flag that nothing is known of", {}, { parameters: { "own.flag": "on" } }, ["restart: parameters.own.flag"]],
];

describe("changes on Cloud SQL", () => {
  for (const [title, from, to, expected] of EDITS) {
    it(`of ${title} are ${expected.length === 0 ? "none" : expected.join(", ")}`, () => {
      const lines = between(from, to).map(
        ({ path, label, exposure, instead }) =>
          `${instead === undefined ? "" : "never "}${label}${exposure ? " + exposure" : ""}: ${path}`,
      );
      assert.deepEqual(lines, expected);
    });
  }

  it("name instances anew with the stack, and lose what the old ones hold", () => {
    const next = resolveTopology({ target: "gcp", region: "europe-west4" }, "prod-b");
    assert.deepEqual(
      changesBetween(resolved({}), next).map(({ path, label }) => `${label}: ${path}`),
      ["data loss: name"],
    );
  });

  it("say how long a machine is away, by the edition", () => {
    const what = (wish: Wish): string | undefined =>
      between({ ...wish, size: { cpus: 2 } }, { ...wish, size: { cpus: 4 } })[0]?.what;
    assert.equal(what({}), "the primary restarts on another machine, for up to a few minutes");
    assert.equal(what(PLUS), "the primary moves to another machine: sessions end, and come back in about a second");
  });

  it("state the order for a limit that a replica must not be below its primary in", () => {
    const replicas = { a: {} };
    const [change] = between(
      { replicas, parameters: { max_connections: 200 } },
      { replicas, parameters: { max_connections: 300 } },
    );
    assert.equal(
      change?.what,
      "the primary restarts, and each replica with it: raise max_connections from 200 to 300 on every replica first, then on the primary: a replica that is below its primary stops replaying",
    );
  });

  it("of a flag cost what Cloud SQL says, and otherwise what the server's own table says, for every major", () => {
    const names = [...Object.keys(settings15.settings), ...Object.keys(settings18.settings)];
    let byContext = 0;
    for (const version of MAJORS) {
      for (const name of new Set(names)) {
        const old = { ...resolved({}), version };
        const [change] = changesBetween(old, { ...old, parameters: { ...old.parameters, [name]: "another" } });
        const setting = settingOf(version, name);
        assert.equal(change?.label, labelOfCloudSqlFlag(version, name) ?? "restart", `${name} of ${version}`);
        if (setting !== undefined && change.label === labelOfContext(setting.context)) byContext += 1;
      }
    }
    assert.ok(byContext > 1000, `${byContext} are as their context says`);
  });
});
