// The exact arguments of the instances of two topologies, one cheap and one with everything. Does not prove that the cloud
// takes them: only a run against the cloud does.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { type RecordedResource, resourceOf } from "../../../support/planned-resources.ts";
import { INSTANCE } from "../../../support/pretend-cloud.ts";
import { planOf, PROD, STAGING } from "./example-topologies.ts";

const FLAGS = [
  { name: "cloudsql.iam_authentication", value: "on" },
  { name: "log_checkpoints", value: "on" },
  { name: "log_connections", value: "on" },
  { name: "log_disconnections", value: "on" },
  { name: "log_lock_waits", value: "on" },
  { name: "log_statement", value: "ddl" },
];
const INSIGHTS = {
  queryInsightsEnabled: true,
  queryPlansPerMinute: 5,
  queryStringLength: 1024,
  recordApplicationTags: true,
  recordClientAddress: false,
};
const IP = {
  ipv4Enabled: false,
  sslMode: "ENCRYPTED_ONLY",
  serverCaMode: "GOOGLE_MANAGED_CAS_CA",
  serverCertificateRotationMode: "AUTOMATIC_ROTATION_DURING_MAINTENANCE",
};

function pooler(size: string) {
  return [
    {
      connectionPoolingEnabled: true,
      flags: [
        { name: "pool_mode", value: "transaction" },
        { name: "max_pool_size", value: size },
        { name: "max_client_connections", value: "500" },
        { name: "max_prepared_statements", value: "200" },
      ],
    },
  ];
}

describe("the instances of a topology in staging", () => {
  const common = {
    tier: "db-custom-2-8192",
    edition: "ENTERPRISE",
    activationPolicy: "ALWAYS",
    availabilityType: "ZONAL",
    diskType: "PD_SSD",
    diskAutoresize: true,
    diskAutoresizeLimit: 80,
    deletionProtectionEnabled: true,
    connectorEnforcement: "NOT_REQUIRED",
    ipConfiguration: { ...IP, privateNetwork: "pgtopology-staging-network" },
    databaseFlags: FLAGS,
    insightsConfig: INSIGHTS,
    userLabels: { "pgtopology-stack": "staging", "pgtopology-environment": "staging" },
  };
  let resources: readonly RecordedResource[];
  before(async () => ({ resources } = await planOf(STAGING)));

  it("a primary in one zone, with fourteen backups and a week to go back to", () => {
    const primary = resourceOf(resources, INSTANCE, "pgtopology-staging-primary");
    assert.deepEqual(primary.props, {
      name: "staging-primary-k3x9",
      project: "example",
      region: "europe-west1",
      databaseVersion: "POSTGRES_17",
      deletionProtection: true,
      instanceType: "CLOUD_SQL_INSTANCE",
      settings: {
        ...common,
        diskSize: 20,
        backupConfiguration: {
          enabled: true,
          startTime: "02:00",
          pointInTimeRecoveryEnabled: true,
          transactionLogRetentionDays: 7,
          backupRetentionSettings: { retentionUnit: "COUNT", retainedBackups: 14 },
        },
        retainBackupsOnDelete: true,
        finalBackupConfig: { enabled: true, retentionDays: 30 },
        maintenanceWindow: { day: 7, hour: 3, updateTrack: "canary" },
        passwordValidationPolicy: { enablePasswordPolicy: true, minLength: 16 },
      },
    });
    assert.deepEqual(primary.options, {
      parent: "pgtopology-staging",
      protect: false,
      retainOnDelete: false,
      deleteBeforeReplace: false,
      ignoreChanges: ["settings.diskSize"],
      dependsOn: ["pgtopology-staging-network", "pgtopology-staging-services-connection"],
      createTimeout: "",
    });
  });

  it("a replica that follows it, without what is the primary's", () => {
    const replica = resourceOf(resources, INSTANCE, "pgtopology-staging-replica-reports");
    assert.deepEqual(replica.props, {
      name: "staging-replica-reports-k3x9",
      project: "example",
      region: "europe-west1",
      databaseVersion: "POSTGRES_17",
      deletionProtection: true,
      instanceType: "READ_REPLICA_INSTANCE",
      masterInstanceName: "staging-primary-k3x9",
      settings: common,
    });
    assert.deepEqual(replica.options, {
      parent: "pgtopology-staging",
      protect: false,
      retainOnDelete: false,
      deleteBeforeReplace: false,
      ignoreChanges: ["settings.diskSize"],
      dependsOn: ["pgtopology-staging-network", "pgtopology-staging-primary"],
      createTimeout: "6h",
    });
  });
});

describe("the instances of a topology in prod", () => {
  const common = {
    tier: "db-perf-optimized-N-2",
    edition: "ENTERPRISE_PLUS",
    activationPolicy: "ALWAYS",
    diskType: "PD_SSD",
    diskAutoresize: true,
    diskAutoresizeLimit: 80,
    dataCacheConfig: { dataCacheEnabled: true },
    deletionProtectionEnabled: true,
    connectorEnforcement: "NOT_REQUIRED",
    ipConfiguration: { ...IP, privateNetwork: "pgtopology-prod-network" },
    databaseFlags: FLAGS,
    insightsConfig: INSIGHTS,
    userLabels: { owner: "payments", "pgtopology-stack": "prod", "pgtopology-environment": "prod" },
  };
  let resources: readonly RecordedResource[];
  before(async () => ({ resources } = await planOf(PROD)));

  it("a primary in two zones, with thirty backups, a freeze and the cloud's pooler", () => {
    const primary = resourceOf(resources, INSTANCE, "pgtopology-prod-primary");
    assert.deepEqual(primary.props, {
      name: "prod-primary-k3x9",
      project: "example",
      region: "europe-west1",
      databaseVersion: "POSTGRES_17",
      deletionProtection: true,
      instanceType: "CLOUD_SQL_INSTANCE",
      settings: {
        ...common,
        availabilityType: "REGIONAL",
        diskSize: 20,
        backupConfiguration: {
          enabled: true,
          startTime: "02:00",
          location: "eu",
          pointInTimeRecoveryEnabled: true,
          transactionLogRetentionDays: 14,
          backupRetentionSettings: { retentionUnit: "COUNT", retainedBackups: 30 },
        },
        retainBackupsOnDelete: true,
        finalBackupConfig: { enabled: true, retentionDays: 30 },
        maintenanceWindow: { day: 7, hour: 3, updateTrack: "stable" },
        denyMaintenancePeriod: { startDate: "2027-1-05", endDate: "2027-1-09", time: "00:00:00" },
        passwordValidationPolicy: { enablePasswordPolicy: true, minLength: 16 },
        connectionPoolConfigs: pooler("20"),
      },
    });
    assert.equal(primary.options.protect, true);
  });

  const replicas: [string, string, string][] = [
    ["reports", "europe-west1", "15"],
    ["west", "europe-west4", "20"],
  ];
  for (const [key, region, poolSize] of replicas) {
    it(`replica ${key} in ${region}, with pools of ${poolSize}`, () => {
      const replica = resourceOf(resources, INSTANCE, `pgtopology-prod-replica-${key}`);
      assert.deepEqual(replica.props, {
        name: `prod-replica-${key}-k3x9`,
        project: "example",
        region,
        databaseVersion: "POSTGRES_17",
        deletionProtection: true,
        instanceType: "READ_REPLICA_INSTANCE",
        masterInstanceName: "prod-primary-k3x9",
        settings: {
          ...common,
          availabilityType: "ZONAL",
          connectionPoolConfigs: pooler(poolSize),
          // Who reads the plan sees by this that it is elsewhere on purpose.
          ...(key === "west" && {
            userLabels: { ...common.userLabels, "pgtopology-purpose": "disaster-recovery" },
          }),
        },
      });
      assert.equal(replica.options.protect, true);
    });
  }
});
