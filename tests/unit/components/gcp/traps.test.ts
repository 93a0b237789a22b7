// What is known to bite with Cloud SQL's resources, by the numbers of the list of traps that the project keeps; 14 and 16
// are about users and databases, and are tested there. Does not prove that the provider still behaves so.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { describe, it } from "mocha";
import type { SpecOf } from "../../../../topology/spec.ts";
import { type RecordedResource, resourceOf } from "../../../support/planned-resources.ts";
import { INSTANCE } from "../../../support/pretend-cloud.ts";
import { planOf, type PlanOptions, PROD, STAGING } from "./example-topologies.ts";

const EVERY_WISH: readonly SpecOf<"gcp">[] = [
  STAGING,
  PROD,
  { ...STAGING, backup: { enabled: false }, protection: { keepData: false, deletion: false } },
  { ...STAGING, access: { path: "socket", login: "password" } },
  {
    ...STAGING,
    access: { certificateAuthority: "per-instance", network: { existing: "projects/h/global/networks/n" } },
  },
  { ...PROD, version: 15, pooling: { enabled: false }, observability: { queryInsights: false } },
];

type Settings = Readonly<Record<string, unknown>> & {
  readonly edition: string;
  readonly tier: string;
  readonly ipConfiguration: Readonly<Record<string, unknown>>;
  readonly backupConfiguration?: Readonly<Record<string, unknown>>;
  readonly insightsConfig: Readonly<Record<string, unknown>>;
};

interface Instance {
  readonly resource: RecordedResource;
  readonly isPrimary: boolean;
  readonly settings: Settings;
}

async function instancesOf(spec: SpecOf<"gcp">, options?: PlanOptions): Promise<Instance[]> {
  const { resources } = await planOf(spec, options);
  return resources
    .filter(({ type }) => type === INSTANCE)
    .map((resource) => ({
      resource,
      isPrimary: resource.props.instanceType === "CLOUD_SQL_INSTANCE",
      settings: resource.props.settings as Settings,
    }));
}

function keysIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => [key, ...keysIn(item)]);
}

describe("traps of Cloud SQL's resources", () => {
  const every: Instance[] = [];
  const planned: RecordedResource[] = [];
  before(async () => {
    for (const spec of EVERY_WISH) {
      every.push(...(await instancesOf(spec)));
      planned.push(...(await planOf(spec)).resources);
    }
  });

  const eachInstance = (title: string, check: (instance: Instance) => void): void => {
    it(title, () => {
      assert.ok(every.length > EVERY_WISH.length);
      for (const instance of every) check(instance);
    });
  };
  /** Arguments that must not be there at all. */
  const never = (title: string, ...names: string[]): void => {
    it(title, () => {
      const there = planned.flatMap(({ name, props }) =>
        keysIn(props)
          .filter((key) => names.includes(key))
          .map((key) => `${name} ${key}`),
      );
      assert.deepEqual(there, []);
    });
  };

  it("1, 2: the provider is one in which updates of settings arrive (from 9.36.1 on)", () => {
    const { version } = createRequire(import.meta.url)("@pulumi/gcp/package.json") as { version: string };
    const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number);
    assert.ok(major * 1e6 + minor * 1e3 + patch >= 9_036_001, version);
  });

  eachInstance("3: the edition is written, and the machine is one of it", ({ settings }) => {
    const isPlus = settings.tier.startsWith("db-perf-optimized-");
    assert.equal(settings.edition, isPlus ? "ENTERPRISE_PLUS" : "ENTERPRISE");
  });

  eachInstance("4: the days of the log are written wherever there are backups", ({ isPrimary, settings }) => {
    const backup = settings.backupConfiguration;
    assert.equal(backup !== undefined, isPrimary);
    if (backup?.enabled === true) assert.equal(typeof backup.transactionLogRetentionDays, "number");
  });

  eachInstance("5: plain text is refused in so many words", ({ settings: { ipConfiguration } }) => {
    assert.equal(ipConfiguration.sslMode, "ENCRYPTED_ONLY");
    assert.equal(ipConfiguration.ipv4Enabled, false);
  });

  eachInstance("6: there is a private network from the first day", ({ settings: { ipConfiguration } }) => {
    assert.match(String(ipConfiguration.privateNetwork), /network/);
  });

  it("7: name, project and region follow from the stack and the user's names alone", async () => {
    const places = async (spec: SpecOf<"gcp">): Promise<Map<string, string>> =>
      new Map(
        (await instancesOf(spec)).map(({ resource: { name, props } }) => [
          name,
          `${String(props.name)} ${String(props.project)} ${String(props.region)}`,
        ]),
      );
    const before = await places(STAGING);
    const after = await places({
      ...STAGING,
      version: 18,
      database: "other",
      size: { cpus: 8 },
      replicas: { another: {}, reports: {} },
    });
    for (const [name, place] of before) assert.equal(after.get(name), place);
  });

  eachInstance("8: a disk that has grown is no change", ({ isPrimary, resource, settings }) => {
    assert.equal(settings.diskAutoresize, true);
    assert.equal(settings.diskSize !== undefined, isPrimary);
    assert.deepEqual(resource.options.ignoreChanges, ["settings.diskSize"]);
  });

  it("9: the primary waits for the peering, and the replicas for the primary", async () => {
    const { resources } = await planOf(PROD);
    const primary = resourceOf(resources, INSTANCE, "pgtopology-prod-primary");
    assert.ok(primary.options.dependsOn.includes("pgtopology-prod-services-connection"));
    for (const key of ["reports", "west"]) {
      const replica = resourceOf(resources, INSTANCE, `pgtopology-prod-replica-${key}`);
      assert.ok(replica.options.dependsOn.includes("pgtopology-prod-primary"));
    }
  });

  it("10: no peering is left behind that nobody manages, and none of somebody else's VPC is touched", async () => {
    const connections = planned.filter(({ type }) => type === "gcp:servicenetworking/connection:Connection");
    for (const { props } of connections) assert.equal(props.deletionPolicy, "DELETE");
    const { resources } = await planOf({ ...PROD, access: { network: { existing: "projects/h/global/networks/n" } } });
    const others = resources.filter(({ type }) => /^gcp:(compute|servicenetworking)\//.test(type));
    assert.deepEqual(others, []);
  });

  it("11: in prod three guards stand before a removal, elsewhere the two of the cloud and the provider", async () => {
    for (const [spec, protect] of [[PROD, true] as const, [STAGING, false] as const]) {
      for (const { resource, settings } of await instancesOf(spec)) {
        assert.equal(resource.props.deletionProtection, true);
        assert.equal(settings.deletionProtectionEnabled, true);
        assert.equal(resource.options.protect, protect);
      }
    }
  });

  it("12: backups outlive the instance, and a last one is made", async () => {
    const [primary] = (await instancesOf(PROD)).filter(({ isPrimary }) => isPrimary);
    assert.equal(primary?.settings.retainBackupsOnDelete, true);
    assert.deepEqual(primary.settings.finalBackupConfig, { enabled: true, retentionDays: 30 });
  });

  it("13: a name that is held back is no obstacle: with another suffix each name is another", async () => {
    const names = async (suffix: string): Promise<string[]> =>
      (await instancesOf(PROD, { suffix })).map(({ resource }) => String(resource.props.name));
    const [first, second] = [await names("aaaa"), await names("bbbb")];
    assert.deepEqual(
      first.filter((name) => second.includes(name)),
      [],
    );
  });

  never("15: no password is an argument of an instance", "rootPassword", "rootPasswordWo", "rootPasswordWoVersion");

  it("17: point-in-time recovery and the pooler are there from the first day, and the query length is written", async () => {
    for (const { isPrimary, settings } of await instancesOf(PROD)) {
      if (isPrimary) assert.equal(settings.backupConfiguration?.pointInTimeRecoveryEnabled, true);
      assert.equal((settings.connectionPoolConfigs as unknown[]).length, 1);
      assert.equal(settings.insightsConfig.queryStringLength, 1024);
    }
  });
  never("17: the cloud chooses its own version of maintenance", "maintenanceVersion");

  eachInstance("18: maintenance is the primary's", ({ isPrimary, settings }) => {
    assert.equal(settings.maintenanceWindow !== undefined, isPrimary);
    if (!isPrimary) assert.equal(settings.denyMaintenancePeriod, undefined);
  });

  eachInstance("19: a pooler is either on or not spoken of, and only where the edition has one", ({ settings }) => {
    const configs = settings.connectionPoolConfigs as { connectionPoolingEnabled: boolean }[] | undefined;
    if (settings.edition === "ENTERPRISE") assert.equal(configs, undefined);
    for (const config of configs ?? []) assert.equal(config.connectionPoolingEnabled, true);
  });

  never("20: no zone is preferred, so that none differs after a failover", "locationPreference");

  it("21: a pair is designated in the cloud's own form, and only once that is declared", async () => {
    const clusterOf = async (options?: PlanOptions): Promise<unknown> =>
      (await instancesOf(PROD, options)).find(({ isPrimary }) => isPrimary)?.resource.props.replicationCluster;
    assert.equal(await clusterOf(), undefined);
    assert.deepEqual(await clusterOf({ designatedReplica: "west" }), {
      failoverDrReplicaName: "example:prod-replica-west-k3x9",
    });
  });
  eachInstance("21: no instance changes its side", ({ isPrimary, resource: { props } }) => {
    assert.equal(props.instanceType, isPrimary ? "CLOUD_SQL_INSTANCE" : "READ_REPLICA_INSTANCE");
    assert.equal(props.masterInstanceName !== undefined, !isPrimary);
  });
  never("21: the list of replicas is the cloud's", "replicaNames");

  never(
    "22: nothing is ever restored over an instance, or cloned into one",
    "restoreBackupContext",
    "pointInTimeRestoreContext",
    "backupdrBackup",
    "clone",
  );

  eachInstance("23: what a failed creation leaves can be found by its name, and a copy has time", (instance) => {
    assert.equal(typeof instance.resource.props.name, "string");
    assert.equal(instance.resource.options.createTimeout, instance.isPrimary ? "" : "6h");
  });

  never("24: no SQL comes in past the network", "dataApiAccess");
  it("24: and no script runs through it", () => {
    assert.deepEqual(
      planned.filter(({ type }) => type.includes("provisionScript")),
      [],
    );
  });

  never("25: no replica remakes itself", "replicationLagMaxSeconds");
});
