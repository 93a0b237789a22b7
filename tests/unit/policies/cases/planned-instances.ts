import { GCP_TYPES } from "../../../../facts/from-plan/gcp/resource-types.ts";
import type { BrokenSide, PlanCase } from "../plan-case.ts";
import { type SentResource, UNKNOWN_TEXT } from "../policy-rpc.ts";

/** By path of an input, as `settings.tier`: another value, or `undefined` for none. */
export type Change = Readonly<Record<string, unknown>>;

const SETTINGS = {
  tier: "db-perf-optimized-N-2",
  edition: "ENTERPRISE_PLUS",
  diskAutoresize: true,
  diskAutoresizeLimit: 100,
  deletionProtectionEnabled: true,
  userLabels: { owner: "payments" },
  insightsConfig: { queryInsightsEnabled: true },
  ipConfiguration: {
    ipv4Enabled: false,
    privateNetwork: "projects/p/global/networks/n",
    sslMode: "ENCRYPTED_ONLY",
    serverCaMode: "GOOGLE_MANAGED_CAS_CA",
    serverCertificateRotationMode: "AUTOMATIC_ROTATION_DURING_MAINTENANCE",
  },
  databaseFlags: [
    { name: "cloudsql.iam_authentication", value: "on" },
    { name: "cloudsql.enable_pgaudit", value: "on" },
    { name: "idle_in_transaction_session_timeout", value: "600000" },
    { name: "log_checkpoints", value: "on" },
    { name: "log_connections", value: "on" },
    { name: "log_disconnections", value: "on" },
    { name: "log_lock_waits", value: "on" },
    { name: "log_statement", value: "ddl" },
    { name: "log_temp_files", value: "0" },
  ],
};

/** An instance that no requirement has anything to say of. Nothing of it is this project's. */
const PRIMARY: SentResource = {
  type: GCP_TYPES.instance,
  name: "db",
  props: {
    name: "shop-1",
    databaseVersion: "POSTGRES_17",
    region: "europe-west1",
    deletionProtection: true,
    includeReplicasForMajorVersionUpgrade: true,
    settings: {
      ...SETTINGS,
      availabilityType: "REGIONAL",
      diskSize: 20,
      backupConfiguration: {
        enabled: true,
        startTime: "02:00",
        pointInTimeRecoveryEnabled: true,
        transactionLogRetentionDays: 14,
        backupRetentionSettings: { retainedBackups: 30 },
      },
      retainBackupsOnDelete: true,
      finalBackupConfig: { enabled: true, retentionDays: 30 },
      maintenanceWindow: { day: 7, hour: 4, updateTrack: "stable" },
      passwordValidationPolicy: { enablePasswordPolicy: true, minLength: 16 },
    },
  },
  ignoreChanges: ["settings.diskSize"],
};

/** A replica of it. */
const REPLICA: SentResource = {
  type: GCP_TYPES.instance,
  name: "reader",
  props: {
    name: "shop-2",
    databaseVersion: "POSTGRES_17",
    region: "europe-west1",
    deletionProtection: true,
    instanceType: "READ_REPLICA_INSTANCE",
    masterInstanceName: "shop-1",
    settings: SETTINGS,
  },
  timeouts: { create: 21_600 },
};

type Options = Partial<Omit<SentResource, "type" | "props">>;

/** The primary with other inputs and options. */
export function primary(change: Change = {}, options: Options = {}): SentResource {
  return { ...changed(PRIMARY, change), ...options };
}

/** The replica with other inputs and options. */
export function replica(change: Change = {}, options: Options = {}): SentResource {
  return { ...changed(REPLICA, change), ...options };
}

/** The flags of both, with another one; `undefined`: without. */
export function flag(name: string, value?: string): Change {
  const others = SETTINGS.databaseFlags.filter((one) => one.name !== name);
  return { "settings.databaseFlags": value === undefined ? others : [...others, { name, value }] };
}

/** How a primary by itself breaks a requirement: what is wrong, the change, and the words that tell it. */
export type Side = readonly [why: string, change: Change, says: RegExp, also?: readonly string[]];

/** A requirement about one instance by itself. @param unknown path of what it needs */
export function alone(id: string, unknown: string | undefined, ...sides: readonly Side[]): PlanCase {
  return {
    id,
    good: [primary()],
    bad: sides.map(([why, change, says, also]): BrokenSide => ({
      why,
      resources: [primary(change)],
      says,
      ...(also !== undefined && { also }),
    })),
    ...(unknown !== undefined && { unknown: [primary({ [unknown]: UNKNOWN_TEXT })] }),
  };
}

function changed(resource: SentResource, change: Change): SentResource {
  const props = structuredClone(resource.props) as Record<string, unknown>;
  for (const [path, value] of Object.entries(change)) {
    const names = path.split(".");
    const last = names.pop() ?? "";
    let block = props;
    for (const name of names) block = (block[name] ??= {}) as Record<string, unknown>;
    if (value === undefined) Reflect.deleteProperty(block, last);
    else block[last] = value;
  }
  return { ...resource, props };
}
