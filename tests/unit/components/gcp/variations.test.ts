// One fact changed at a time: what follows from it, and nothing else. Does not prove that the cloud changes it in place.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { SpecOf } from "../../../../topology/spec.ts";
import { planOf, type PlanOptions, PROD, serversOf, STAGING } from "./example-topologies.ts";
import { planDifference } from "../../../support/plan-difference.ts";

interface Variation {
  readonly base: SpecOf<"gcp">;
  readonly change: Partial<SpecOf<"gcp">>;
  readonly options?: PlanOptions;
  readonly differs: readonly string[];
}

const PRIMARY = "DatabaseInstance primary";
const REPORTS = "DatabaseInstance replica-reports";
const WEST = "DatabaseInstance replica-west";
const both = (text: string): string[] => [`${PRIMARY} ${text}`, `${REPORTS} ${text}`];
const all = (text: string): string[] => [...both(text), `${WEST} ${text}`];

/** The socket knows no other authority, so that a change to it alone begins here. */
const OWN_AUTHORITY: SpecOf<"gcp"> = { ...STAGING, access: { certificateAuthority: "per-instance" } };

const VARIATIONS: Readonly<Record<string, Variation>> = {
  "high availability adds a second zone to the primary": {
    base: STAGING,
    change: { highAvailability: true },
    differs: [`${PRIMARY} settings.availabilityType: ZONAL → REGIONAL`],
  },
  "another version is that of all instances": {
    base: STAGING,
    change: { version: 16 },
    differs: both("databaseVersion: POSTGRES_17 → POSTGRES_16"),
  },
  "a size is that of all instances": {
    base: STAGING,
    change: { size: { cpus: 4 } },
    differs: both("settings.tier: db-custom-2-8192 → db-custom-4-16384"),
  },
  "a larger disk is the primary's, and a limit that of all": {
    base: STAGING,
    change: { storage: { diskGiB: 50 } },
    differs: [
      `${PRIMARY} settings.diskAutoresizeLimit: 80 → 200`,
      `${PRIMARY} settings.diskSize: 20 → 50`,
      `${REPORTS} settings.diskAutoresizeLimit: 80 → 200`,
    ],
  },
  "a disk that turns is one on all instances": {
    base: STAGING,
    change: { storage: { diskType: "hdd" } },
    differs: both("settings.diskType: PD_SSD → PD_HDD"),
  },
  "a machine of a newer series has that series' disk": {
    base: PROD,
    change: { size: { tier: "db-c4a-highmem-4" } },
    differs: [PRIMARY, REPORTS, WEST].flatMap((instance) => [
      `${instance} settings.diskType: PD_SSD → HYPERDISK_BALANCED`,
      `${instance} settings.tier: db-perf-optimized-N-2 → db-c4a-highmem-4`,
    ]),
  },
  "without backups there is nothing of them, and it is said": {
    base: STAGING,
    change: { backup: { enabled: false } },
    differs: [
      `${PRIMARY} settings.backupConfiguration.backupRetentionSettings.retainedBackups: 14 → (none)`,
      `${PRIMARY} settings.backupConfiguration.backupRetentionSettings.retentionUnit: COUNT → (none)`,
      `${PRIMARY} settings.backupConfiguration.enabled: true → false`,
      `${PRIMARY} settings.backupConfiguration.pointInTimeRecoveryEnabled: true → false`,
      `${PRIMARY} settings.backupConfiguration.startTime: 02:00 → (none)`,
      `${PRIMARY} settings.backupConfiguration.transactionLogRetentionDays: 7 → (none)`,
    ],
  },
  "an authority of each instance has no names, so that none are made": {
    base: STAGING,
    change: { access: { certificateAuthority: "per-instance" } },
    differs: [
      ...[PRIMARY, REPORTS].flatMap((instance) => [
        `${instance} settings.ipConfiguration.serverCaMode: GOOGLE_MANAGED_CAS_CA → GOOGLE_MANAGED_INTERNAL_CA`,
        `${instance} settings.ipConfiguration.serverCertificateRotationMode: AUTOMATIC_ROTATION_DURING_MAINTENANCE → NO_AUTOMATIC_ROTATION`,
      ]),
      "- ManagedZone zone-primary",
      "- ManagedZone zone-replica-reports",
      "- RecordSet record-primary",
      "- RecordSet record-replica-reports",
    ],
  },
  "an authority of one's own is named by its pool": {
    base: STAGING,
    change: {
      access: { certificateAuthority: "customer", certificateAuthorityPool: "projects/p/locations/l/caPools/c" },
    },
    differs: [PRIMARY, REPORTS].flatMap((instance) => [
      `${instance} settings.ipConfiguration.serverCaMode: GOOGLE_MANAGED_CAS_CA → CUSTOMER_MANAGED_CAS_CA`,
      `${instance} settings.ipConfiguration.serverCaPool: (none) → projects/p/locations/l/caPools/c`,
    ]),
  },
  "a service that comes through the socket keeps nobody from the address, whom connectors alone would": {
    base: OWN_AUTHORITY,
    change: { access: { certificateAuthority: "per-instance", path: "socket" } },
    differs: [],
  },
  "an existing VPC is used as it is": {
    base: STAGING,
    change: { access: { network: { existing: "projects/host/global/networks/shared" } } },
    differs: [
      "- Connection services-connection",
      `${PRIMARY} options.dependsOn.0: pgtopology-staging-network → (none)`,
      `${PRIMARY} options.dependsOn.1: pgtopology-staging-services-connection → (none)`,
      `${PRIMARY} settings.ipConfiguration.privateNetwork: pgtopology-staging-network → projects/host/global/networks/shared`,
      `${REPORTS} options.dependsOn.0: pgtopology-staging-network → pgtopology-staging-primary`,
      `${REPORTS} options.dependsOn.1: pgtopology-staging-primary → (none)`,
      `${REPORTS} settings.ipConfiguration.privateNetwork: pgtopology-staging-network → projects/host/global/networks/shared`,
      "- GlobalAddress services-range",
      ...["primary", "replica-reports"].flatMap((part) => [
        `ManagedZone zone-${part} options.dependsOn.0: pgtopology-staging-network → pgtopology-staging-${part}`,
        `ManagedZone zone-${part} options.dependsOn.1: pgtopology-staging-${part} → (none)`,
        `ManagedZone zone-${part} privateVisibilityConfig.networks.0.networkUrl: pgtopology-staging-network → projects/host/global/networks/shared`,
      ]),
      "- Network network",
      "- Subnetwork subnet",
    ],
  },
  "other addresses are the subnet's": {
    base: STAGING,
    change: { access: { network: { subnetCidr: "10.9.0.0/26" } } },
    differs: ["Subnetwork subnet ipCidrRange: 10.100.0.0/24 → 10.9.0.0/26"],
  },
  "without replicas there are none, nor their names": {
    base: STAGING,
    change: { replicas: {} },
    differs: [`- ${REPORTS}`, "- ManagedZone zone-replica-reports", "- RecordSet record-replica-reports"],
  },
  "a parameter is a flag of all instances": {
    base: STAGING,
    change: { parameters: { work_mem: 8192 } },
    differs: both("settings.databaseFlags.6.name: (none) → work_mem").flatMap((line) => [
      line,
      line.replace(/name: .*/, "value: (none) → 8192"),
    ]),
  },
  "without query insights they are off everywhere": {
    base: STAGING,
    change: { observability: { queryInsights: false } },
    differs: [PRIMARY, REPORTS].flatMap((instance) => [
      `${instance} settings.insightsConfig.queryInsightsEnabled: true → false`,
      `${instance} settings.insightsConfig.queryPlansPerMinute: 5 → (none)`,
      `${instance} settings.insightsConfig.queryStringLength: 1024 → (none)`,
      `${instance} settings.insightsConfig.recordApplicationTags: true → (none)`,
      `${instance} settings.insightsConfig.recordClientAddress: false → (none)`,
    ]),
  },
  "data that may go leaves no backups behind": {
    base: STAGING,
    change: { protection: { keepData: false } },
    differs: [
      `${PRIMARY} settings.finalBackupConfig.enabled: true → false`,
      `${PRIMARY} settings.finalBackupConfig.retentionDays: 30 → (none)`,
      `${PRIMARY} settings.retainBackupsOnDelete: true → false`,
    ],
  },
  "without protection all three guards are off": {
    base: PROD,
    change: { protection: { deletion: false } },
    differs: [PRIMARY, REPORTS, WEST].flatMap((instance) => [
      `${instance} deletionProtection: true → false`,
      `${instance} options.protect: true → false`,
      `${instance} settings.deletionProtectionEnabled: true → false`,
    ]),
  },
  "without a pooler nothing is said of one": {
    base: PROD,
    change: { pooling: { enabled: false } },
    differs: all("settings.connectionPoolConfigs.0").flatMap((start) => {
      const size = start.startsWith(REPORTS) ? "15" : "20";
      const flags = { pool_mode: "transaction", max_pool_size: size, max_client_connections: "500" };
      return [
        `${start}.connectionPoolingEnabled: true → (none)`,
        ...Object.entries({ ...flags, max_prepared_statements: "200" }).flatMap(([name, value], at) => [
          `${start}.flags.${at}.name: ${name} → (none)`,
          `${start}.flags.${at}.value: ${value} → (none)`,
        ]),
      ];
    }),
  },
  "a pooler in the service is nothing to the instances": {
    base: STAGING,
    change: { pooling: { kind: "sidecar", image: `example/pgbouncer@sha256:${"0a".repeat(32)}` } },
    differs: [],
  },
  "sessions that keep their connections are the poolers'": {
    base: PROD,
    change: { pooling: { mode: "session" } },
    differs: all("settings.connectionPoolConfigs.0.flags.0.value: transaction → session"),
  },
  "a day for maintenance is the primary's": {
    base: PROD,
    change: { maintenance: { day: "monday", freeze: [{ from: "2027-11-20", to: "2027-12-01" }] } },
    differs: [
      `${PRIMARY} settings.denyMaintenancePeriod.endDate: 2027-1-09 → 2027-12-01`,
      `${PRIMARY} settings.denyMaintenancePeriod.startDate: 2027-1-05 → 2027-11-20`,
      `${PRIMARY} settings.maintenanceWindow.day: 7 → 1`,
    ],
  },
  "a designated replica is the primary's to know": {
    base: PROD,
    change: {},
    options: { designatedReplica: "west" },
    differs: [`${PRIMARY} replicationCluster.failoverDrReplicaName: (none) → example:prod-replica-west-k3x9`],
  },
  "another database is nothing to the instances": { base: PROD, change: { database: "orders" }, differs: [] },
};

describe("one fact of a topology changed", () => {
  const plans = new Map<SpecOf<"gcp">, ReturnType<typeof planOf>>();
  before(async () => {
    for (const base of [STAGING, PROD, OWN_AUTHORITY]) {
      const plan = planOf(base);
      plans.set(base, plan);
      // The mocks are global: one at a time.
      await plan;
    }
  });

  for (const [title, { base, change, options, differs }] of Object.entries(VARIATIONS)) {
    it(title, async () => {
      const before = await plans.get(base);
      const after = await planOf({ ...base, ...change }, options);
      assert.deepEqual(
        planDifference(serversOf(before?.resources ?? []), serversOf(after.resources)).sort(),
        [...differs].sort(),
      );
    });
  }
});
