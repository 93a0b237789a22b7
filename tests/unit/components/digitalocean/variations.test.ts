// One fact changed at a time: what follows from it, and nothing else. Does not prove that the platform changes it in place.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { SpecOf } from "../../../../topology/spec.ts";
import { planDifference } from "../../../support/plan-difference.ts";
import { planOf, SPLIT, STAGING } from "./example-topologies.ts";

interface Variation {
  readonly base: SpecOf<"digitalocean">;
  readonly change: Partial<SpecOf<"digitalocean">>;
  readonly differs: readonly string[];
}

const PRIMARY = "DatabaseCluster primary";
const REPORTS = "DatabaseReplica replica-reports";
const FAR = "DatabaseReplica replica-far";
const HOST = "Firewall firewall-data-host";

const VARIATIONS: Readonly<Record<string, Variation>> = {
  "high availability is one node more, of a machine that can have a standby": {
    base: STAGING,
    change: { highAvailability: true },
    differs: [`${PRIMARY} nodeCount: 1 → 2`, `${PRIMARY} size: db-s-1vcpu-1gb → db-s-1vcpu-2gb`],
  },
  "another version is the cluster's; its replicas follow by themselves": {
    base: SPLIT,
    change: { version: 16 },
    differs: [`${PRIMARY} version: 17 → 16`],
  },
  "a size is that of the cluster, and of every replica without its own": {
    base: SPLIT,
    change: { size: { tier: "db-s-4vcpu-8gb" } },
    differs: [PRIMARY, REPORTS].map((server) => `${server} size: db-s-2vcpu-4gb → db-s-4vcpu-8gb`),
  },
  "a disk that does not grow by itself is as large as was written": {
    base: SPLIT,
    change: { storage: { diskGiB: 80, autoscale: false } },
    differs: [
      `${PRIMARY} options.ignoreChanges.1: storageSizeMib → (none)`,
      `${PRIMARY} storageAutoscale.enabled: true → false`,
      `${PRIMARY} storageAutoscale.incrementGib: 10 → (none)`,
      `${PRIMARY} storageAutoscale.thresholdPercent: 80 → (none)`,
      ...[REPORTS, FAR].map((replica) => `${replica} options.ignoreChanges.0: storageSizeMib → (none)`),
    ],
  },
  "a larger disk is that of all servers": {
    base: SPLIT,
    change: { storage: { diskGiB: 100 } },
    differs: [PRIMARY, REPORTS, FAR].map((server) => `${server} storageSizeMib: 81920 → 102400`),
  },
  "another window for maintenance has seconds, too": {
    base: STAGING,
    change: { maintenance: { day: "tuesday", hour: 22 } },
    differs: [
      `${PRIMARY} maintenanceWindows.0.day: sunday → tuesday`,
      `${PRIMARY} maintenanceWindows.0.hour: 03:00:00 → 22:00:00`,
    ],
  },
  "another pool replaces the pool": {
    base: STAGING,
    change: { pooling: { mode: "session", writerPoolSize: 7 } },
    differs: [
      "DatabaseConnectionPool pool-writer mode: transaction → session",
      "DatabaseConnectionPool pool-writer size: 15 → 7",
    ],
  },
  "without pooling there is no pool, and no pooler on the data host": {
    base: SPLIT,
    change: { pooling: { enabled: false } },
    differs: [
      "- DatabaseConnectionPool pool-writer",
      `${HOST} inboundRules.1.portRange: 6432 → 22`,
      `${HOST} inboundRules.1.sourceAddresses.0: 10.100.0.0/24 → 198.51.100.0/24`,
      `${HOST} inboundRules.1.sourceAddresses.1: 203.0.113.7/32 → (none)`,
      `${HOST} inboundRules.2.portRange: 22 → (none)`,
      `${HOST} inboundRules.2.protocol: tcp → (none)`,
      `${HOST} inboundRules.2.sourceAddresses.0: 198.51.100.0/24 → (none)`,
    ],
  },
  "without backups there is no bucket, no key of one, and no time": {
    base: SPLIT,
    change: { backup: { enabled: false } },
    differs: [
      "DatabasePostgresqlConfig server-config backupHour: 2 → (none)",
      "DatabasePostgresqlConfig server-config backupMinute: 30 → (none)",
      "- SpacesBucket backups",
      "- SpacesKey backups-key",
      "ProjectResources project-resources options.dependsOn.0: pgtopology-split-backups → pgtopology-split-data",
      "ProjectResources project-resources options.dependsOn.1: pgtopology-split-data → pgtopology-split-data-host",
      "ProjectResources project-resources options.dependsOn.2: pgtopology-split-data-host → pgtopology-split-primary",
      "ProjectResources project-resources options.dependsOn.3: pgtopology-split-primary → (none)",
      "ProjectResources project-resources resources.3: do:space:split-backups-k3x9 → (none)",
    ],
  },
  "without backups no time is set for them": {
    base: STAGING,
    change: { backup: { enabled: false } },
    differs: [
      "DatabasePostgresqlConfig server-config backupHour: 2 → (none)",
      "DatabasePostgresqlConfig server-config backupMinute: 30 → (none)",
    ],
  },
  "a bucket elsewhere is there, and nothing else is": {
    base: SPLIT,
    change: { backup: { ...SPLIT.backup, location: "sfo3" } },
    differs: ["SpacesBucket backups region: nyc3 → sfo3"],
  },
  "a source is let in to every server, and to nothing else": {
    base: SPLIT,
    change: { access: { ...SPLIT.access, sources: ["203.0.113.7/32", "192.0.2.0/28"] } },
    differs: [
      ...["primary", "replica-reports", "replica-far"].flatMap((part) => [
        `DatabaseFirewall firewall-${part} rules.2.type: (none) → ip_addr`,
        `DatabaseFirewall firewall-${part} rules.2.value: (none) → 192.0.2.0/28`,
      ]),
      ...[0, 1].map((rule) => `${HOST} inboundRules.${rule}.sourceAddresses.2: (none) → 192.0.2.0/28`),
    ],
  },
  "somebody else's network is used as it is": {
    base: STAGING,
    change: { access: { network: { existing: "5a7f1d62-0000-4000-8000-00000000a1b2" } } },
    differs: [
      "DatabaseFirewall firewall-primary rules.0.value: 10.100.0.0/24 → 10.77.0.0/20",
      `${PRIMARY} options.dependsOn.0: pgtopology-staging-vpc → (none)`,
      `${PRIMARY} privateNetworkUuid: pgtopology-staging-vpc → 5a7f1d62-0000-4000-8000-00000000a1b2`,
      "- Vpc vpc",
    ],
  },
  "without the replica far away the data host reaches managed servers in the private network alone": {
    base: SPLIT,
    change: { replicas: { reports: {} } },
    differs: [
      `- ${FAR}`,
      "- DatabaseFirewall firewall-replica-far",
      `${HOST} outboundRules.5.destinationAddresses.0: 0.0.0.0/0 → 10.100.0.0/24`,
    ],
  },
  "a larger volume is the volume's": {
    base: SPLIT,
    change: { data: { ...SPLIT.data, diskGiB: 150 } },
    differs: ["Volume data size: 100 → 150"],
  },
  "a smaller machine is the machine's": {
    base: SPLIT,
    change: { data: { ...SPLIT.data, size: { tier: "s-1vcpu-2gb" } } },
    differs: ["Droplet data-host size: s-2vcpu-4gb → s-1vcpu-2gb"],
  },
  "another data database is nothing to any resource": {
    base: SPLIT,
    change: { data: { ...SPLIT.data, database: "history", parameters: { work_mem: "8MB" } } },
    differs: [],
  },
  "nobody to tell is no alert": {
    base: SPLIT,
    change: { observability: { alertEmails: [] } },
    differs: ["data-host", "primary"].flatMap((part) =>
      ["cpu", "memory", "disk"].map((role) => `- MonitorAlert alert-${part}-${role}`),
    ),
  },
  "a project is joined, and replaces nothing": {
    base: STAGING,
    change: { project: "5a7f1d62-0000-4000-8000-00000000d0c5" },
    differs: ["+ ProjectResources project-resources"],
  },
  "without protection the guard is off": {
    base: SPLIT,
    change: { protection: { deletion: false } },
    differs: [
      PRIMARY,
      REPORTS,
      FAR,
      "DatabaseDb database",
      ...["monitoring", "owner", "read-only", "read-write"].map((role) => `DatabaseUser user-${role}`),
      "Droplet data-host",
      HOST,
      "SpacesBucket backups",
      "Volume data",
      "Vpc vpc",
    ].map((kept) => `${kept} options.protect: true → false`),
  },
  "data that may go is left nowhere": {
    base: SPLIT,
    change: { protection: { keepData: false } },
    differs: [PRIMARY, "DatabaseDb database", "SpacesBucket backups", "Volume data", "Vpc vpc"].map(
      (kept) => `${kept} options.retainOnDelete: true → false`,
    ),
  },
  "the mode is nothing to any resource": { base: SPLIT, change: { mode: "single" }, differs: [] },
};

describe("one fact of a topology changed", () => {
  const plans = new Map<SpecOf<"digitalocean">, Awaited<ReturnType<typeof planOf>>>();
  before(async () => {
    // The mocks are global: one at a time.
    for (const base of [STAGING, SPLIT]) plans.set(base, await planOf(base));
  });

  for (const [title, { base, change, differs }] of Object.entries(VARIATIONS)) {
    it(title, async () => {
      const before = plans.get(base) ?? (await planOf(base));
      const after = await planOf({ ...base, ...change });
      assert.deepEqual(planDifference(before.resources, after.resources).sort(), [...differs].sort());
    });
  }
});

describe("a data host that is added to what is there", () => {
  it("is added, and is whom the primary trusts from then on", async () => {
    const [before, after] = [
      await planOf(STAGING),
      await planOf({ ...STAGING, data: {}, access: { ssh: { keys: ["12345"], sources: ["198.51.100.0/24"] } } }),
    ];
    assert.deepEqual(planDifference(before.resources, after.resources).sort(), [
      "+ Droplet data-host",
      "+ Firewall firewall-data-host",
      "+ SpacesBucket backups",
      "+ SpacesKey backups-key",
      "+ Volume data",
      "+ VolumeAttachment data-attachment",
      "DatabaseFirewall firewall-primary options.dependsOn.0: pgtopology-staging-primary → pgtopology-staging-data-host",
      "DatabaseFirewall firewall-primary options.dependsOn.1: (none) → pgtopology-staging-primary",
      "DatabaseFirewall firewall-primary rules.0.type: ip_addr → droplet",
      "DatabaseFirewall firewall-primary rules.0.value: 10.100.0.0/24 → 4711",
    ]);
  });
});
