// The exact arguments of what is managed, of two topologies: one cheap and one with everything. Does not prove that the
// platform takes them: only a run against it does.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { resolveTopology } from "../../../../topology/resolve.ts";
import { type RecordedOptions, type RecordedResource, resourceOf } from "../../../support/planned-resources.ts";
import { planOf, SPLIT, STAGING, typeOf } from "./example-topologies.ts";

/** Options of what can be made again. */
const PLAIN = {
  protect: false,
  retainOnDelete: false,
  deleteBeforeReplace: false,
  ignoreChanges: [],
  createTimeout: "",
};

describe("the managed side of a topology in staging", () => {
  const TOP = "pgtopology-staging";
  const ON_CLUSTER = [`${TOP}-firewall-primary`, `${TOP}-primary`];
  let resources: readonly RecordedResource[];
  before(async () => ({ resources } = await planOf(STAGING)));

  /** The only one of its type, with its arguments and options. */
  const assertMade = (type: string, role: string, props: object, options: Partial<RecordedOptions>): void => {
    const found = resourceOf(resources, typeOf(type), `${TOP}-${role}`);
    assert.deepEqual(found.props, props);
    assert.deepEqual(found.options, { ...PLAIN, parent: TOP, dependsOn: [], ...options });
  };

  it("a private network of its own, that stays as long as what is in it", () => {
    assertMade(
      "Vpc",
      "vpc",
      { name: "staging-vpc-k3x9", region: "nyc3", ipRange: "10.100.0.0/24" },
      { protect: true, retainOnDelete: true, deleteTimeout: "15m" },
    );
  });

  it("one server that grows by itself", () => {
    assertMade(
      "DatabaseCluster",
      "primary",
      {
        name: "staging-primary-k3x9",
        engine: "pg",
        version: "17",
        size: "db-s-1vcpu-1gb",
        nodeCount: 1,
        region: "nyc3",
        privateNetworkUuid: `${TOP}-vpc`,
        storageAutoscale: { enabled: true, thresholdPercent: 80, incrementGib: 10 },
        maintenanceWindows: [{ day: "sunday", hour: "03:00:00" }],
        tags: ["pgtopology-stack:staging", "pgtopology-environment:staging"],
      },
      {
        protect: true,
        retainOnDelete: true,
        ignoreChanges: ["projectId", "storageSizeMib"],
        dependsOn: [`${TOP}-vpc`],
        createTimeout: "1h",
      },
    );
  });

  it("that takes connections from the private network alone", () => {
    assertMade(
      "DatabaseFirewall",
      "firewall-primary",
      { clusterId: `${TOP}-primary`, rules: [{ type: "ip_addr", value: "10.100.0.0/24" }] },
      { retainOnDelete: true, dependsOn: [`${TOP}-primary`] },
    );
  });

  it("the application's database, once nobody else can connect", () => {
    assertMade(
      "DatabaseDb",
      "database",
      { name: "app", clusterId: `${TOP}-primary` },
      { protect: true, retainOnDelete: true, dependsOn: ON_CLUSTER },
    );
  });

  const users = { owner: "app_owner", "read-write": "app", "read-only": "app_readonly", monitoring: "monitor" };
  for (const [role, name] of Object.entries(users)) {
    it(`user ${name}, whose password is the platform's`, () => {
      const options = { protect: true, retainOnDelete: true, dependsOn: ON_CLUSTER };
      assertMade("DatabaseUser", `user-${role}`, { name, clusterId: `${TOP}-primary` }, options);
    });
  }

  it("and no others: the administrator comes with the cluster, and has a name of its own", () => {
    assert.equal(resolveTopology(STAGING, "staging").roles.administrator, "doadmin");
    assert.equal(resolveTopology(SPLIT, "split").dataHost?.server.roles.administrator, "postgres");
    assert.equal(resources.filter(({ type }) => type === typeOf("DatabaseUser")).length, Object.keys(users).length);
  });

  it("a pool of fifteen, that goes before its replacement comes", () => {
    assertMade(
      "DatabaseConnectionPool",
      "pool-writer",
      { name: "app_pool", clusterId: `${TOP}-primary`, mode: "transaction", size: 15, dbName: "app", user: "app" },
      {
        deleteBeforeReplace: true,
        dependsOn: [`${TOP}-database`, `${TOP}-primary`, `${TOP}-user-read-write`],
      },
    );
  });

  it("a time for backups, at no full hour, and an end for forgotten transactions", () => {
    assertMade(
      "DatabasePostgresqlConfig",
      "server-config",
      { clusterId: `${TOP}-primary`, backupHour: 2, backupMinute: 30, idleInTransactionSessionTimeout: 600_000 },
      { dependsOn: ON_CLUSTER },
    );
  });

  it("and nothing else", () => {
    assert.deepEqual(
      resources.map(({ type }) => type.split(":").at(-1)),
      [
        "DatabaseCluster",
        "DatabaseConnectionPool",
        "DatabaseDb",
        "DatabaseFirewall",
        "DatabasePostgresqlConfig",
        ...Object.keys(users).map(() => "DatabaseUser"),
        "Vpc",
        "Topology",
      ],
    );
  });
});

describe("the managed side of a split in prod", () => {
  const TOP = "pgtopology-split";
  const RULES = [
    { type: "droplet", value: "4711" },
    { type: "ip_addr", value: "203.0.113.7/32" },
  ];
  let resources: readonly RecordedResource[];
  before(async () => ({ resources } = await planOf(SPLIT)));
  const found = (type: string, role: string) => resourceOf(resources, typeOf(type), `${TOP}-${role}`);

  it("a primary with a standby, a disk of the wished size, and members of a project by another way", () => {
    assert.deepEqual(found("DatabaseCluster", "primary").props, {
      name: "split-primary-k3x9",
      engine: "pg",
      version: "17",
      size: "db-s-2vcpu-4gb",
      nodeCount: 2,
      region: "nyc3",
      privateNetworkUuid: `${TOP}-vpc`,
      storageSizeMib: "81920",
      storageAutoscale: { enabled: true, thresholdPercent: 80, incrementGib: 10 },
      maintenanceWindows: [{ day: "sunday", hour: "03:00:00" }],
      tags: ["pgtopology-stack:split", "pgtopology-environment:prod"],
    });
  });

  it("a replica beside it, and one in another region with that region's own network", () => {
    const beside = found("DatabaseReplica", "replica-reports");
    assert.deepEqual(beside.props, {
      name: "split-replica-reports-k3x9",
      clusterId: `${TOP}-primary`,
      region: "nyc3",
      size: "db-s-2vcpu-4gb",
      privateNetworkUuid: `${TOP}-vpc`,
      storageSizeMib: "81920",
    });
    assert.deepEqual(beside.options, {
      ...PLAIN,
      parent: TOP,
      protect: true,
      ignoreChanges: ["storageSizeMib"],
      dependsOn: [`${TOP}-primary`, `${TOP}-vpc`],
    });
    assert.deepEqual(found("DatabaseReplica", "replica-far").props, {
      name: "split-replica-far-k3x9",
      clusterId: `${TOP}-primary`,
      region: "ams3",
      size: "db-s-4vcpu-8gb",
      storageSizeMib: "81920",
    });
  });

  const servers: [string, string][] = [
    ["primary", `${TOP}-primary`],
    ["replica-reports", "uuid of split-replica-reports-k3x9"],
    ["replica-far", "uuid of split-replica-far-k3x9"],
  ];
  for (const [part, clusterId] of servers) {
    it(`${part} takes connections from the data host and the named source alone`, () => {
      assert.deepEqual(found("DatabaseFirewall", `firewall-${part}`).props, { clusterId, rules: RULES });
    });
  }

  it("parameters beside the time of backups", () => {
    assert.deepEqual(found("DatabasePostgresqlConfig", "server-config").props, {
      clusterId: `${TOP}-primary`,
      backupHour: 2,
      backupMinute: 30,
      idleInTransactionSessionTimeout: 600_000,
      workMem: 8,
      trackIoTiming: "on",
    });
  });

  const watched: [string, string, Record<string, [string, number, string]>][] = [
    [
      "primary",
      `${TOP}-primary`,
      {
        cpu: ["v1/dbaas/alerts/cpu_alerts", 85, "30m"],
        memory: ["v1/dbaas/alerts/memory_utilization_alerts", 90, "30m"],
        disk: ["v1/dbaas/alerts/disk_utilization_alerts", 85, "10m"],
      },
    ],
    [
      "data-host",
      "4711",
      {
        cpu: ["v1/insights/droplet/cpu", 85, "30m"],
        memory: ["v1/insights/droplet/memory_utilization_percent", 90, "30m"],
        disk: ["v1/insights/droplet/disk_utilization_percent", 85, "10m"],
      },
    ],
  ];
  for (const [part, id, alerts] of watched) {
    for (const [role, [type, value, window]] of Object.entries(alerts)) {
      it(`an alert when ${role} of ${part} runs out`, () => {
        assert.deepEqual(found("MonitorAlert", `alert-${part}-${role}`).props, {
          type,
          compare: "GreaterThan",
          value,
          window,
          enabled: true,
          entities: [id],
          description: `split-${part}-k3x9: ${role} above ${value} % for ${window}`,
          alerts: { emails: ["ops@example.test"] },
        });
      });
    }
  }

  it("everything that a project can have, in the project", () => {
    assert.deepEqual(found("ProjectResources", "project-resources").props, {
      project: SPLIT.project,
      resources: [
        "do:dbaas:split-primary-k3x9",
        "do:droplet:split-data-host-k3x9",
        "do:volume:split-data-k3x9",
        "do:space:split-backups-k3x9",
      ],
    });
  });
});
