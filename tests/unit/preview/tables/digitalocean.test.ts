// What single edits of resources on DigitalOcean are told to do. It does not prove that the platform does it.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { type PlannedStep, SECRET, type StepProperties } from "../../../../preview/planned-step.ts";
import { DIGITALOCEAN_TABLES } from "../../../../preview/tables/digitalocean.ts";
import { UNKNOWN } from "../../../../requirements/known.ts";
import { labelsOf, stepBetween } from "../../../support/hand-made-steps.ts";
import { judgeInputs, judgeRules } from "../../../support/judged-tables.ts";

const typeOf = (name: string): string => `digitalocean:index/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`;

const LIST = (...values: string[]) => values.map((value) => ({ type: "ip_addr", value }));
const IN = (...sourceAddresses: string[]) => [{ protocol: "tcp", portRange: "5432", sourceAddresses }];
const AGE = (days: number, prefix = "") => [{ prefix, enabled: true, expiration: { days } }];

type Row = readonly [name: string, property: string, from: unknown, to: unknown, expected: string];

/** One property of an update. */
const UPDATES: readonly Row[] = [
  ["DatabaseCluster", "size", "db-s-1vcpu-2gb", "db-s-2vcpu-4gb", "failover"],
  ["DatabaseCluster", "size", "db-s-2vcpu-4gb", "db-s-1vcpu-2gb", "data loss"],
  ["DatabaseCluster", "size", "db-s-2vcpu-4gb", "gd-large", "data loss (unknown)"],
  ["DatabaseCluster", "version", "16", "17", "failover"],
  ["DatabaseCluster", "version", "17", "16", "data loss"],
  ["DatabaseCluster", "nodeCount", 1, 2, "none"],
  ["DatabaseCluster", "nodeCount", 2, 1, "none"],
  ["DatabaseCluster", "region", "nyc3", "ams3", "failover"],
  ["DatabaseCluster", "storageSizeMib", "61440", "81920", "none"],
  ["DatabaseCluster", "storageSizeMib", "81920", "61440", "failover"],
  ["DatabaseCluster", "storageSizeMib", "81920", UNKNOWN, "failover (unknown)"],
  ["DatabaseCluster", "storageAutoscale", { enabled: true }, { enabled: false }, "none"],
  ["DatabaseCluster", "maintenanceWindows", [{ day: "monday" }], [{ day: "friday" }], "none"],
  ["DatabaseCluster", "somethingNew", 1, 2, "restart (unknown)"],
  ["DatabaseReplica", "size", "db-s-1vcpu-2gb", "db-s-2vcpu-4gb", "restart"],
  ["DatabaseUser", "mysqlAuthPlugin", "caching_sha2_password", "mysql_native_password", "restart + exposure"],
  ["DatabaseFirewall", "rules", LIST("10.0.0.0/8"), LIST("10.1.0.0/16"), "none"],
  ["DatabaseFirewall", "rules", LIST("10.1.0.0/16"), LIST("10.0.0.0/8"), "none + exposure"],
  ["DatabaseFirewall", "rules", LIST("10.1.0.0/16"), [], "none + exposure"],
  ["DatabaseFirewall", "rules", undefined, LIST("10.1.0.0/16"), "none"],
  ["DatabaseFirewall", "rules", LIST("10.1.0.0/16"), [{ type: "tag", value: "app" }], "none + exposure"],
  ["DatabaseFirewall", "rules", LIST("10.1.0.0/16"), UNKNOWN, "none + exposure (unknown)"],
  ["DatabasePostgresqlConfig", "workMem", 4, 8, "reload"],
  ["DatabasePostgresqlConfig", "workMem", 4, undefined, "none"],
  ["DatabasePostgresqlConfig", "maxWalSenders", 20, 30, "restart"],
  ["DatabasePostgresqlConfig", "sharedBuffersPercentage", 20, 30, "restart"],
  ["DatabasePostgresqlConfig", "backupHour", 2, 3, "none"],
  ["DatabaseOnlineMigration", "disableSsl", false, true, "data loss + exposure"],
  ["Droplet", "size", "s-1vcpu-2gb", "s-2vcpu-4gb", "restart"],
  ["Droplet", "backups", true, false, "none + exposure"],
  ["Droplet", "ipv6", false, true, "none + exposure"],
  ["Droplet", "tags", ["a"], ["a", "b"], "none + exposure"],
  ["Droplet", "volumeIds", ["a", "b"], ["a"], "restart"],
  ["Volume", "size", 10, 20, "none"],
  ["Volume", "size", 20, 10, "data loss"],
  ["Firewall", "inboundRules", IN("10.0.0.0/8"), IN("10.0.0.5"), "none"],
  ["Firewall", "inboundRules", IN("10.0.0.5"), IN("0.0.0.0/0"), "none + exposure"],
  ["Firewall", "inboundRules", IN("10.0.0.5"), IN("10.0.0.5", "::/0"), "none + exposure"],
  ["Firewall", "dropletIds", [1, 2], [1], "none + exposure"],
  ["VpcPeering", "vpcIds", ["a", "b"], ["a", "c"], "restart + exposure"],
  ["ReservedIp", "dropletId", 1, 2, "restart + exposure"],
  ["SpacesBucket", "acl", "private", "public-read", "none + exposure"],
  ["SpacesBucket", "acl", "public-read", "private", "none"],
  ["SpacesBucket", "versioning", { enabled: true }, { enabled: false }, "none + exposure"],
  ["SpacesBucket", "lifecycleRules", AGE(30), AGE(7), "data loss"],
  ["SpacesBucket", "lifecycleRules", AGE(7), AGE(30), "none"],
  ["SpacesBucket", "lifecycleRules", AGE(7, "a"), AGE(7), "data loss"],
  ["SpacesBucket", "forceDestroy", false, true, "none + exposure"],
  ["SpacesBucketPolicy", "policy", "{}", '{"a":1}', "none + exposure"],
  [
    "SpacesKey",
    "grants",
    [{ bucket: "a", permission: "read" }],
    [{ bucket: "a", permission: "readwrite" }],
    "none + exposure",
  ],
  ["MonitorAlert", "enabled", true, false, "none"],
  ["App", "spec", { databases: [{ name: "dev" }] }, { databases: [] }, "data loss: spec.databases"],
];

type Whole = readonly [
  title: string,
  name: string,
  old: StepProperties | undefined,
  next: StepProperties | undefined,
  kept: boolean,
  expected: readonly string[],
];

/** Resources that come, go, and are made anew. */
const WHOLES: readonly Whole[] = [
  ["cluster", "DatabaseCluster", { name: "a" }, { name: "b" }, false, ["data loss"]],
  ["cluster that is kept", "DatabaseCluster", { name: "a" }, { name: "b" }, true, ["replace"]],
  ["cluster that goes", "DatabaseCluster", { name: "a" }, undefined, false, ["data loss"]],
  ["cluster that goes and is kept", "DatabaseCluster", { name: "a" }, undefined, true, ["replace"]],
  ["cluster that comes", "DatabaseCluster", undefined, { name: "a" }, false, ["none"]],
  ["replica", "DatabaseReplica", { region: "a" }, { region: "b" }, false, ["rebuild"]],
  ["pool", "DatabaseConnectionPool", { size: 5 }, { size: 6 }, false, ["restart"]],
  ["database", "DatabaseDb", { name: "a" }, { name: "b" }, false, ["data loss"]],
  ["database that is kept", "DatabaseDb", { name: "a" }, undefined, true, ["replace"]],
  ["user that goes and stays", "DatabaseUser", { name: "a" }, undefined, true, ["none"]],
  ["list that goes", "DatabaseFirewall", { clusterId: "a" }, undefined, false, ["none + exposure"]],
  ["list that is only forgotten", "DatabaseFirewall", { clusterId: "a" }, undefined, true, ["none"]],
  ["machine", "Droplet", { image: "a" }, { image: "b" }, false, ["data loss"]],
  [
    "data host, with another key",
    "Droplet",
    { sshKeys: ["1"], tags: ["pgtopology-stack:split"] },
    { sshKeys: ["1", "2"], tags: ["pgtopology-stack:split"] },
    false,
    ["replace", "replace + exposure: sshKeys"],
  ],
  ["volume", "Volume", { region: "a" }, { region: "b" }, false, ["data loss"]],
  ["attachment", "VolumeAttachment", { dropletId: 1 }, { dropletId: 2 }, false, ["restart"]],
  ["snapshot that goes", "VolumeSnapshot", { name: "a" }, undefined, false, ["data loss"]],
  ["firewall that goes", "Firewall", { name: "a" }, undefined, false, ["none + exposure"]],
  ["peering that comes", "VpcPeering", undefined, { vpcIds: ["a", "b"] }, false, ["none + exposure"]],
  ["bucket", "SpacesBucket", { region: "a" }, { region: "b" }, false, ["data loss"]],
  ["application without data", "App", { spec: {} }, undefined, false, ["none"]],
  ["application with data", "App", { spec: { databases: [{ name: "dev" }] } }, undefined, false, ["data loss"]],
];

const TYPICAL: readonly unknown[] = [
  ...[1, 2, 100, true, false, "true", "", "10", "db-s-1vcpu-2gb", "db-s-2vcpu-4gb", "private", "public-read"],
  ...[[], ["a"], ["a", "b"], LIST("10.0.0.0/8"), LIST("0.0.0.0/0"), IN("10.0.0.0/8"), IN("0.0.0.0/0"), AGE(3), AGE(30)],
  ...[{ enabled: true }, { enabled: false }, [{ name: "dev" }], [{ name: "dev", production: true }]],
];

describe("the tables of DigitalOcean", () => {
  for (const [name, property, from, to, expected] of UPDATES) {
    it(`take ${name}.${property} from ${shown(from)} to ${shown(to)} for ${expected}`, () => {
      const step = stepBetween(typeOf(name), { [property]: from }, { [property]: to });
      assert.deepEqual(labelsOf(step), [expected.includes(":") ? expected : `${expected}: ${property}`]);
    });
  }

  for (const [title, name, old, next, kept, expected] of WHOLES) {
    it(`take a ${title} for ${expected.join(", ")}`, () => {
      const step = old && next ? madeAnew(name, old, next, kept) : went(name, old, next, kept);
      assert.deepEqual(labelsOf(step), expected);
    });
  }

  it("take a password that is no longer secret for an exposure", () => {
    const step = stepBetween(typeOf("DatabaseOnlineMigration"), { source: SECRET }, { source: { password: "a" } });
    assert.deepEqual(labelsOf(step), ["data loss + exposure: source"]);
  });

  it("have a row for every input of what holds data or lets somebody in, and none for another", () => {
    judgeInputs("digitalocean", DIGITALOCEAN_TABLES, [
      ...["DatabaseCluster", "DatabaseReplica", "DatabaseConnectionPool", "DatabaseDb", "DatabaseUser"],
      ...[
        "DatabaseFirewall",
        "DatabasePostgresqlConfig",
        "DatabaseAdvancedPostgresqlConfig",
        "DatabaseOnlineMigration",
      ],
      ...[
        "Droplet",
        "Volume",
        "VolumeAttachment",
        "VolumeSnapshot",
        "DropletSnapshot",
        "Firewall",
        "Vpc",
        "VpcPeering",
      ],
      ...["SpacesBucket", "SpacesBucketPolicy", "SpacesKey", "SpacesBucketCorsConfiguration"],
      ...["SpacesBucketLogging", "Project", "ProjectResources", "SshKey", "Tag", "Certificate"],
      ...["UptimeAlert", "UptimeCheck", "MonitorAlert", "DatabaseLogsinkRsyslog"],
    ]);
  }).timeout(120_000);

  it("never throw, whatever a value is, and never say worse than their worst", () => {
    judgeRules(DIGITALOCEAN_TABLES, TYPICAL, ["work_mem", "max_connections"]);
  }).timeout(60_000);
});

function madeAnew(name: string, old: StepProperties, next: StepProperties, retainOnDelete: boolean): PlannedStep {
  const replacing = Object.keys(next).filter((key) => old[key] !== next[key]);
  return stepBetween(typeOf(name), old, next, { operation: "replace", replacing, retainOnDelete });
}

function went(
  name: string,
  old: StepProperties | undefined,
  next: StepProperties | undefined,
  retainOnDelete: boolean,
): PlannedStep {
  return stepBetween(typeOf(name), old, next, { retainOnDelete });
}

function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  return typeof value === "symbol" ? "what is not known yet" : JSON.stringify(value);
}
