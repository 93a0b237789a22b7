// What planned Cloud SQL instances of anybody's program are judged by: what is set, what the provider takes where nothing
// is, and what nobody knows. Does not prove that the provider's defaults are these: their sources are beside them.
import fc from "fast-check";
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { factsOfInstances } from "../../../facts/from-plan/gcp/instances.ts";
import { GCP_TYPES } from "../../../facts/from-plan/gcp/resource-types.ts";
import type { PlannedResource } from "../../../facts/from-plan/planned-resource.ts";
import { judgeResource, judgeWhole } from "../../../policies/judge-plan.ts";
import type { InstanceFacts } from "../../../requirements/facts/instances.ts";
import { isKnown, UNKNOWN } from "../../../requirements/known.ts";
import { CLOUD_SQL_FLAG_DEFAULTS } from "../../../topology/parameters/cloud-sql-flag-defaults.ts";
import { cloudSqlStanding } from "../../../topology/parameters/cloud-sql-flags.ts";
import { MAJORS, settingOf } from "../../../topology/parameters/server-settings.ts";

const NOW = new Date("2026-11-21T12:00:00Z");

function planned(name: string, props: object, more: Partial<PlannedResource> = {}): PlannedResource {
  return { type: GCP_TYPES.instance, urn: `urn:${name}`, name, props: props as PlannedResource["props"], ...more };
}

function factsOf(...resources: readonly PlannedResource[]) {
  return factsOfInstances(resources, { now: NOW });
}

function instances(...resources: readonly PlannedResource[]): readonly InstanceFacts[] {
  const { instances: list } = factsOf(...resources).instances;
  assert.ok(isKnown(list));
  return list;
}

function only(props: object, more: Partial<PlannedResource> = {}): InstanceFacts {
  const [instance] = instances(planned("db", props, more));
  assert.ok(instance);
  return instance;
}

/** Some facts of an instance. */
function pick(instance: InstanceFacts, names: readonly (keyof InstanceFacts)[]): object {
  return Object.fromEntries(names.map((name) => [name, instance[name]]));
}

describe("a planned Cloud SQL instance", () => {
  it("that says the least is what the provider makes of it", () => {
    const bare = only({ databaseVersion: "POSTGRES_16", settings: { tier: "db-perf-optimized-N-4" } });
    const want = {
      part: "db",
      role: "primary",
      follows: undefined,
      version: 16,
      edition: "ENTERPRISE_PLUS",
      cpus: 4,
      memoryMiB: 32_768,
      availability: "ZONAL",
      publicAddress: true,
      authorizedNetworks: [],
      network: undefined,
      sslMode: "ALLOW_UNENCRYPTED_AND_ENCRYPTED",
      certificateAuthority: "GOOGLE_MANAGED_INTERNAL_CA",
      dataApi: false,
      diskGrows: true,
      diskLimitGiB: 0,
      backupsOutlive: false,
      finalBackupDays: 0,
      deletionProtected: false,
      maintenance: undefined,
      freezes: [],
      queryInsights: false,
      flags: {},
      pooling: false,
      editionSaid: false,
      labels: [],
      leastPassword: 0,
      ownKey: false,
      connectorsOnly: false,
      guarded: true,
      restores: [],
      upgradesReplicas: false,
      // A resource that no engine has read carries no options.
      region: UNKNOWN,
      diskSizeIgnored: UNKNOWN,
      removedFirst: UNKNOWN,
      createSeconds: UNKNOWN,
    };
    assert.deepEqual(pick(bare, Object.keys(want) as (keyof InstanceFacts)[]), want);
    assert.ok(isKnown(bare.versionDaysLeft) && bare.versionDaysLeft > 700);
  });

  const DEFAULTED: readonly (readonly [string, object, Partial<InstanceFacts>])[] = [
    ["the edition before 16", { databaseVersion: "POSTGRES_15" }, { edition: "ENTERPRISE" }],
    ["the edition of a version not known yet", { databaseVersion: UNKNOWN }, { edition: UNKNOWN, version: UNKNOWN }],
    [
      "days, backups and log of ENTERPRISE",
      settings({ edition: "ENTERPRISE", backupConfiguration: { enabled: true } }),
      { pointInTime: false, logDays: 7, retainedBackups: 7, backupStart: undefined, backupLocation: undefined },
    ],
    [
      "days, backups and log of ENTERPRISE_PLUS",
      settings({ edition: "ENTERPRISE_PLUS", backupConfiguration: { enabled: true } }),
      { pointInTime: true, logDays: 14, retainedBackups: 15 },
    ],
    ["a last backup", settings({ finalBackupConfig: { enabled: true } }), { finalBackupDays: 30 }],
    ["a window without a day is none", settings({ maintenanceWindow: { hour: 3 } }), { maintenance: undefined }],
    [
      "a window",
      settings({ maintenanceWindow: { day: "1", hour: 3 } }),
      { maintenance: { day: 1, hour: 3, track: "not set" } },
    ],
    [
      "a time without maintenance, in the words of a wish",
      settings({ denyMaintenancePeriod: { startDate: "2027-1-05", endDate: "2027-1-09" } }),
      { freezes: ["2027-01-05 to 2027-01-09"] },
    ],
    ["a policy that prevents a removal", { deletionProtection: false, deletionPolicy: "PREVENT" }, { guarded: true }],
    ["no guard", { deletionProtection: false }, { guarded: false }],
    ["a guard that may be a policy", { deletionProtection: false, deletionPolicy: UNKNOWN }, { guarded: UNKNOWN }],
    [
      "flags, whatever their values are written as",
      settings({ databaseFlags: [{ name: "work_mem", value: 4096 }, { name: "jit", value: false }, { name: "x" }] }),
      { flags: { work_mem: "4096", jit: "off", x: "" } },
    ],
    [
      "flags of which one is not known",
      settings({ databaseFlags: [{ name: "work_mem", value: UNKNOWN }] }),
      { flags: UNKNOWN },
    ],
    [
      "the VPC by its full name",
      settings({
        ipConfiguration: { privateNetwork: "https://www.googleapis.com/compute/v1/projects/p/global/networks/n" },
      }),
      { network: "projects/p/global/networks/n" },
    ],
    ["a machine that is in no table", settings({ tier: "db-new-1" }), { tier: "db-new-1", cpus: UNKNOWN }],
    ["a block that is no block", settings({ ipConfiguration: ["x"] }), { publicAddress: UNKNOWN, sslMode: UNKNOWN }],
    ["settings that are not known", { settings: UNKNOWN }, { sslMode: UNKNOWN, pooling: UNKNOWN, labels: UNKNOWN }],
    [
      "nothing by the empty values of a state",
      { restoreBackupContext: null, clone: [], backupdrBackup: "", encryptionKeyName: "", masterInstanceName: "" },
      { restores: [], ownKey: false, role: "primary" },
    ],
    ["a restore that is not known yet", { restoreBackupContext: UNKNOWN }, { restores: ["restoreBackupContext"] }],
  ];
  for (const [title, props, want] of DEFAULTED) {
    it(`has ${title}`, () => {
      const instance = only({ databaseVersion: "POSTGRES_17", ...props });
      assert.deepEqual(pick(instance, Object.keys(want) as (keyof InstanceFacts)[]), want);
    });
  }

  it("has the region of its provider where it says none, and options where the engine tells of them", () => {
    const provider = { type: "pulumi:providers:gcp", name: "p", props: { region: "us-east1" } };
    const instance = only(
      { databaseVersion: "POSTGRES_17" },
      {
        provider,
        deleteBeforeReplace: false,
        ignoreChanges: ["settings"],
        timeouts: { create: 0, update: 0, delete: 0 },
      },
    );
    assert.deepEqual(pick(instance, ["region", "diskSizeIgnored", "removedFirst", "createSeconds"]), {
      region: "us-east1",
      diskSizeIgnored: true,
      removedFirst: false,
      createSeconds: undefined,
    });
  });

  it("of another engine is left alone", () => {
    assert.deepEqual(
      instances(
        planned("m", { databaseVersion: "MYSQL_8_4" }),
        planned("s", { databaseVersion: "SQLSERVER_2022_WEB" }),
      ),
      [],
    );
  });
});

describe("planned instances together", () => {
  const version = { databaseVersion: "POSTGRES_17" };
  const primary = (name: string, region: string) => planned(name, { ...version, name: `${name}-1`, region });

  it("follow by the cloud's name, by the project's before it, and by the resource where the name is not known yet", () => {
    const of = (masterInstanceName: unknown, more: Partial<PlannedResource> = {}) =>
      instances(primary("db", "r"), planned("reader", { ...version, masterInstanceName }, more))[1]?.follows;
    assert.equal(of("db-1"), "db");
    assert.equal(of("p:db-1"), "db");
    assert.equal(of("elsewhere"), "elsewhere");
    assert.equal(of(UNKNOWN), UNKNOWN);
    const dependencies = { masterInstanceName: [{ type: GCP_TYPES.instance, urn: "urn:db", name: "db" }] };
    assert.equal(of(UNKNOWN, { dependencies }), "db");
  });

  it("a replica without a primary's name is no primary", () => {
    const replica = only({ ...version, instanceType: "READ_REPLICA_INSTANCE" });
    assert.deepEqual(pick(replica, ["role", "follows"]), { role: "read", follows: UNKNOWN });
  });

  it("each replica is beside its own primary, and not another's", () => {
    const resources = [
      primary("a", "europe-west1"),
      primary("b", "us-east1"),
      planned("reader-of-b", { ...version, region: "us-east1", masterInstanceName: "b-1" }),
    ];
    const told = judgeWhole(resources, {}, NOW).flatMap(({ judged }) => judged);
    const verdictOf = (id: string) => told.find(({ requirement }) => requirement.id === id)?.verdict;
    assert.equal(verdictOf("places/read-replicas-aligned")?.status, "pass");
    const count = verdictOf("instances/replica-count");
    assert.ok(count?.status === "fail");
    assert.deepEqual(count.findings, [{ where: "a", message: "got 0 replicas, want 1 or more" }]);
  });

  it("replicas that follow each other in a ring end nowhere, and nothing hangs", () => {
    const ring = [
      planned("x", { ...version, name: "x-1", masterInstanceName: "y-1" }),
      planned("y", { ...version, name: "y-1", masterInstanceName: "x-1" }),
    ];
    assert.ok(judgeWhole(ring, {}, NOW).length > 0);
  });
});

describe("a plan of odd values", function () {
  this.timeout(60_000);

  const names = ["databaseVersion", "region", "name", "masterInstanceName", "instanceType", "settings", "nodeCount"];
  const blocks = [
    ...[
      "tier",
      "edition",
      "databaseFlags",
      "ipConfiguration",
      "backupConfiguration",
      "maintenanceWindow",
      "userLabels",
    ],
    ...["denyMaintenancePeriod", "connectionPoolConfigs", "readPoolAutoScaleConfig", "locationPreference", "diskSize"],
    ...["passwordValidationPolicy", "insightsConfig", "finalBackupConfig", "diskAutoresizeLimit"],
  ];
  const inner = [
    "enabled",
    "name",
    "value",
    "startTime",
    "day",
    "hour",
    "startDate",
    "endDate",
    "sslMode",
    "minLength",
  ];
  const some = (keys: readonly string[], value: fc.Arbitrary<unknown>) =>
    fc.dictionary(fc.constantFrom(...keys), value);
  const leaf = fc.oneof(
    fc.anything(),
    fc.constantFrom(UNKNOWN, null, "", "POSTGRES_17", "ENTERPRISE", "READ_POOL_INSTANCE", "db-f1-micro", -1, "3:00"),
  );
  const block = fc.oneof(leaf, some(inner, leaf), fc.array(some(inner, leaf)));
  const props = some(names, fc.oneof(leaf, some(blocks, block)));

  it("has a verdict or is not known: nothing throws", () => {
    fc.assert(
      fc.property(fc.array(props, { minLength: 1, maxLength: 3 }), (all) => {
        const resources = all.map((one, at) => planned(`db${at}`, { databaseVersion: "POSTGRES_17", ...one }));
        for (const resource of resources) judgeResource(resource, {}, NOW);
        judgeWhole(resources, {}, NOW);
      }),
      { numRuns: 200 },
    );
  });
});

describe("the flags that Cloud SQL has where nobody sets them", () => {
  it("are flags that can be set, with PostgreSQL's own value where they are PostgreSQL's", () => {
    for (const { flag, value } of CLOUD_SQL_FLAG_DEFAULTS) {
      assert.equal(cloudSqlStanding(flag), "settable", flag);
      if (flag.startsWith("cloudsql.")) continue;
      // Since 18, log_connections is a list of words, of which none is off.
      for (const major of MAJORS) {
        const boot = settingOf(major, flag)?.boot;
        assert.equal(boot === "" ? "off" : boot, value, `${flag} of ${major}`);
      }
    }
  });
});

function settings(values: object): object {
  return { settings: values };
}
