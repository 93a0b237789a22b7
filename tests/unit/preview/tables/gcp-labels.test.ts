// What edits of planned resources of Google Cloud are told to do, as sources say it. It does not prove that the cloud does it.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { labelPlan } from "../../../../preview/label-plan.ts";
import { type Operation, type PlannedStep, SECRET, type StepProperties } from "../../../../preview/planned-step.ts";

const INSTANCE = "gcp:sql/databaseInstance:DatabaseInstance";
const BUCKET = "gcp:storage/bucket:Bucket";
const USER = "gcp:sql/user:User";
const FIREWALL = "gcp:compute/firewall:Firewall";
const GRANT = "gcp:projects/iAMMember:IAMMember";

/** Inputs in which one property, by its path, has a value. */
function inputs(path: string, value: unknown, around: StepProperties = {}): StepProperties {
  const [first = "", ...rest] = path.split(".");
  if (rest.length === 0) return value === undefined ? around : { ...around, [first]: value };
  return { ...around, [first]: inputs(rest.join("."), value, (around[first] ?? {}) as StepProperties) };
}

function step(type: string, operation: Operation, old?: StepProperties, next?: StepProperties): PlannedStep {
  const state = (given: StepProperties) => ({ inputs: given, outputs: {}, protect: false, retainOnDelete: false });
  return {
    ...{ operation, urn: `urn:pulumi:s::p::${type}::one`, type, name: "one", diffs: [], replacing: [] },
    ...(old && { old: state(old) }),
    ...(next && { next: state(next) }),
  };
}

const said = (one: PlannedStep): string[] =>
  labelPlan([one]).changes.map(
    ({ label, exposure, unknown }) => `${label}${exposure ? " + exposure" : ""}${unknown ? " ?" : ""}`,
  );

const PG17 = { databaseVersion: "POSTGRES_17" };
const ON = { settings: { backupConfiguration: { enabled: true } } };
const IP = "settings.ipConfiguration";
const BACKUP = "settings.backupConfiguration";
const OPEN = [{ value: "0.0.0.0/0" }];
const OFFICE = [{ value: "203.0.113.0/24" }];
const HOST = [{ value: "203.0.113.7/32" }];
const flag = (name: string, value: string) => [{ name, value }];
const rule = (age: number) => [{ action: { type: "Delete" }, condition: { age, withState: "LIVE" } }];

type Row = readonly [type: string, path: string, from: unknown, to: unknown, said: string, around?: StepProperties];
const EDITS: readonly Row[] = [
  [INSTANCE, "settings.tier", "db-custom-2-8192", "db-custom-4-16384", "restart"],
  [INSTANCE, "settings.edition", "ENTERPRISE", "ENTERPRISE_PLUS", "restart"],
  [INSTANCE, "settings.availabilityType", "REGIONAL", "ZONAL", "restart"],
  [INSTANCE, "settings.availabilityType", undefined, "ZONAL", "none"],
  [INSTANCE, "settings.availabilityType", 7, { a: 1 }, "restart ?"],
  [INSTANCE, "settings.activationPolicy", "ALWAYS", "NEVER", "restart"],
  [INSTANCE, "settings.diskSize", 10, 20, "none"],
  [INSTANCE, "settings.diskSize", 20, 10, "none"],
  [INSTANCE, "settings.diskSize", 20, 10, "data loss", { settings: { diskAutoresize: false } }],
  [INSTANCE, "settings.diskAutoresizeLimit", 100, 0, "none"],
  [INSTANCE, "settings.diskType", "PD_HDD", "PD_SSD", "restart"],
  [INSTANCE, "settings.databaseFlags", flag("work_mem", "1"), flag("work_mem", "2"), "reload", PG17],
  [INSTANCE, "settings.databaseFlags", [], flag("max_connections", "200"), "restart", PG17],
  [INSTANCE, "settings.databaseFlags", [], flag("own.flag", "1"), "restart ?", PG17],
  [INSTANCE, "settings.databaseFlags", flag("work_mem", "1"), flag("work_mem", "2"), "restart ?"],
  [INSTANCE, "databaseVersion", "POSTGRES_17", "POSTGRES_18", "restart"],
  [INSTANCE, "databaseVersion", "POSTGRES_18", "POSTGRES_17", "data loss"],
  [INSTANCE, "databaseVersion", "MYSQL_8_0", "MYSQL_8_4", "data loss ?"],
  [INSTANCE, "masterInstanceName", "main", undefined, "failover"],
  [INSTANCE, "maintenanceVersion", "a", "b", "restart"],
  [INSTANCE, "restoreBackupContext", undefined, { backupRunId: 7 }, "data loss"],
  [INSTANCE, "restoreBackupContext", { backupRunId: 7 }, undefined, "none"],
  [INSTANCE, "clone", undefined, { sourceInstanceName: "a" }, "none"],
  [INSTANCE, "deletionProtection", true, false, "none + exposure"],
  [INSTANCE, "deletionProtection", undefined, true, "none"],
  [INSTANCE, "deletionPolicy", "PREVENT", undefined, "none + exposure"],
  [INSTANCE, "settings.deletionProtectionEnabled", true, undefined, "none + exposure"],
  [INSTANCE, `${BACKUP}.enabled`, true, false, "data loss + exposure"],
  [INSTANCE, `${BACKUP}.pointInTimeRecoveryEnabled`, true, false, "data loss + exposure"],
  [INSTANCE, `${BACKUP}.pointInTimeRecoveryEnabled`, false, true, "restart"],
  [INSTANCE, `${BACKUP}.transactionLogRetentionDays`, 7, 3, "data loss", ON],
  [INSTANCE, `${BACKUP}.transactionLogRetentionDays`, 3, 7, "none", ON],
  [INSTANCE, `${BACKUP}.backupRetentionSettings.retainedBackups`, 30, 7, "data loss", ON],
  [INSTANCE, `${BACKUP}.location`, "eu", "us", "none"],
  [INSTANCE, "settings.retainBackupsOnDelete", true, false, "none + exposure"],
  [INSTANCE, "settings.finalBackupConfig.retentionDays", 30, 7, "none + exposure"],
  [INSTANCE, `${IP}.ipv4Enabled`, false, true, "restart + exposure"],
  [INSTANCE, `${IP}.authorizedNetworks`, OFFICE, OPEN, "none + exposure"],
  [INSTANCE, `${IP}.authorizedNetworks`, OFFICE, HOST, "none"],
  [INSTANCE, `${IP}.authorizedNetworks`, HOST, OFFICE, "none + exposure"],
  [INSTANCE, `${IP}.authorizedNetworks`, OFFICE, [], "none"],
  [INSTANCE, `${IP}.authorizedNetworks`, OFFICE, "all", "none + exposure ?"],
  [INSTANCE, `${IP}.sslMode`, "ENCRYPTED_ONLY", "ALLOW_UNENCRYPTED_AND_ENCRYPTED", "restart + exposure"],
  [INSTANCE, `${IP}.sslMode`, undefined, "ENCRYPTED_ONLY", "restart"],
  [INSTANCE, `${IP}.privateNetwork`, undefined, "n", "restart"],
  [INSTANCE, `${IP}.privateNetwork`, "n", "m", "replace"],
  [INSTANCE, "settings.dataApiAccess", undefined, "ALLOW_DATA_API", "none + exposure"],
  [INSTANCE, "settings.connectorEnforcement", "REQUIRED", "NOT_REQUIRED", "none + exposure"],
  [INSTANCE, "settings.passwordValidationPolicy.minLength", 16, 8, "none + exposure"],
  [INSTANCE, "settings.userLabels", { a: "b" }, {}, "none"],
  [INSTANCE, "settings.another", 1, 2, "restart ?"],
  [USER, "password", SECRET, "plain", "none + exposure ?"],
  [USER, "password", undefined, "plain", "none + exposure"],
  [USER, "databaseRoles", ["a"], ["a", "b"], "none + exposure"],
  [USER, "databaseRoles", ["a", "b"], ["a"], "none"],
  [BUCKET, "publicAccessPrevention", "enforced", "inherited", "none + exposure"],
  [BUCKET, "uniformBucketLevelAccess", true, false, "none + exposure"],
  [BUCKET, "forceDestroy", false, true, "none + exposure"],
  [BUCKET, "versioning.enabled", true, false, "none + exposure"],
  [BUCKET, "retentionPolicy.retentionPeriod", "864000", "86400", "data loss"],
  [BUCKET, "lifecycleRules", rule(30), rule(7), "data loss"],
  [BUCKET, "lifecycleRules", rule(7), rule(30), "none"],
  [BUCKET, "softDeletePolicy.retentionDurationSeconds", 604800, 0, "none + exposure"],
  [BUCKET, "encryption.defaultKmsKeyName", "k", undefined, "none + exposure"],
  [FIREWALL, "sourceRanges", ["10.0.0.0/8"], ["0.0.0.0/0"], "none + exposure"],
  [FIREWALL, "sourceRanges", ["10.0.0.0/8"], ["10.1.0.0/16"], "restart"],
  [FIREWALL, "sourceRanges", ["10.0.0.0/8"], ["10.1.0.0/16"], "none + exposure", { denies: [{ protocol: "all" }] }],
  ["gcp:kms/cryptoKeyVersion:CryptoKeyVersion", "state", "ENABLED", "DISABLED", "restart"],
  ["gcp:cloudrunv2/service:Service", "template", { a: 1 }, { a: 2 }, "none"],
  [
    "gcp:cloudrunv2/service:Service",
    "ingress",
    "INGRESS_TRAFFIC_INTERNAL_ONLY",
    "INGRESS_TRAFFIC_ALL",
    "none + exposure",
  ],
  ["gcp:cloudscheduler/job:Job", "paused", false, true, "none + exposure"],
];

const REPLICA = { masterInstanceName: "main", deletionProtection: false };
const WHOLES: readonly (readonly [type: string, operation: Operation, given: StepProperties, said: string])[] = [
  [INSTANCE, "create", {}, "none"],
  [INSTANCE, "delete", {}, "data loss"],
  [INSTANCE, "delete", { deletionPolicy: "ABANDON" }, "replace"],
  [INSTANCE, "delete", REPLICA, "rebuild"],
  [INSTANCE, "replace", {}, "data loss"],
  [INSTANCE, "replace", REPLICA, "rebuild"],
  ["gcp:sql/database:Database", "delete", {}, "data loss"],
  ["gcp:sql/database:Database", "delete", { deletionPolicy: "ABANDON" }, "none"],
  [BUCKET, "delete", {}, "data loss + exposure"],
  ["gcp:kms/cryptoKey:CryptoKey", "delete", {}, "data loss"],
  [GRANT, "create", { member: "allUsers", role: "roles/viewer" }, "none + exposure"],
  [GRANT, "create", { member: "user:a@example.com", role: "roles/viewer" }, "none"],
  [FIREWALL, "create", { allows: [{ protocol: "tcp" }] }, "none + exposure"],
];

describe("the tables of Google Cloud, edit by edit", () => {
  for (const [type, path, from, to, expected, around] of EDITS) {
    it(`${type.split(":")[2] ?? ""} ${path}: ${JSON.stringify(from)} → ${JSON.stringify(to)} is ${expected}`, () => {
      assert.deepEqual(said(step(type, "update", inputs(path, from, around), inputs(path, to, around))), [expected]);
    });
  }

  for (const [type, operation, given, expected] of WHOLES) {
    it(`${operation} of ${type.split(":")[2] ?? ""} with ${JSON.stringify(given)} is ${expected}`, () => {
      const [old, next] = [operation === "create" ? undefined : given, operation === "delete" ? undefined : given];
      assert.deepEqual(said(step(type, operation, old, next)), [expected]);
    });
  }

  it("take a secret that becomes another one for no exposure", () => {
    const before = step(USER, "update", { password: SECRET }, { password: SECRET });
    assert.deepEqual(said({ ...before, diffs: [{ path: "password", replaces: false, ofInputs: true }] }), ["none"]);
  });
});
