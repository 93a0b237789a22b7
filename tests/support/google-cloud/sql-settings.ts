import { type Json, part } from "./area.ts";

/** What the cloud takes for granted of an instance. */
export interface SettingsContext {
  readonly region: string;
  /** Settings of the primary; `undefined` of a primary. */
  readonly primary: Json | undefined;
}

/**
 * The settings that an instance has after it was asked for these: what was not said has the default that the reference
 * tells, in the form of an answer (64-bit numbers are texts, empty lists and texts are left out). A maintenance window and
 * a final backup that nobody asked for are not told of: https://github.com/hashicorp/terraform-provider-google/issues/7422
 * @see https://cloud.google.com/sql/docs/postgres/admin-api/rest/v1beta4/instances#Settings
 */
export function completeSettings(asked: Json, { region, primary }: SettingsContext): Json {
  const isPlus = asked.edition === "ENTERPRISE_PLUS";
  const size = asked.dataDiskSizeGb ?? primary?.dataDiskSizeGb ?? "10";
  return {
    kind: "sql#settings",
    activationPolicy: "ALWAYS",
    authorizedGaeApplications: [],
    connectorEnforcement: "NOT_REQUIRED",
    dataDiskType: "PD_SSD",
    deletionProtectionEnabled: false,
    // For PostgreSQL 16 and newer.
    edition: "ENTERPRISE_PLUS",
    pricingPlan: "PER_USE",
    replicationType: "SYNCHRONOUS",
    retainBackupsOnDelete: false,
    storageAutoResize: true,
    storageAutoResizeLimit: "0",
    ...withoutEmpty(asked),
    availabilityType: asked.availabilityType ?? "ZONAL",
    dataDiskSizeGb: Number(size).toFixed(0),
    backupConfiguration: backup(part(asked, "backupConfiguration"), isPlus),
    insightsConfig: part(asked, "insightsConfig"),
    ipConfiguration: network(part(asked, "ipConfiguration")),
    locationPreference: { kind: "sql#locationPreference", zone: `${region}-b` },
    ...pool(asked),
  };
}

function backup(asked: Json, isPlus: boolean): Json {
  return {
    kind: "sql#backupConfiguration",
    enabled: false,
    startTime: "12:00",
    transactionLogRetentionDays: isPlus ? 14 : 7,
    transactionalLogStorageState: "CLOUD_STORAGE",
    backupTier: "STANDARD",
    ...asked,
    backupRetentionSettings: {
      retentionUnit: "COUNT",
      retainedBackups: isPlus ? 15 : 7,
      ...part(asked, "backupRetentionSettings"),
    },
  };
}

function network(asked: Json): Json {
  const { requireSsl, ...rest } = asked;
  return {
    ipv4Enabled: true,
    authorizedNetworks: [],
    sslMode: "ALLOW_UNENCRYPTED_AND_ENCRYPTED",
    serverCaMode: "GOOGLE_MANAGED_INTERNAL_CA",
    serverCertificateRotationMode: "NO_AUTOMATIC_ROTATION",
    ...rest,
    requireSsl: requireSsl ?? (rest.sslMode !== undefined && rest.sslMode !== "ALLOW_UNENCRYPTED_AND_ENCRYPTED"),
  };
}

/** "If the pooler is off, the block is not returned": https://github.com/hashicorp/terraform-provider-google/issues/27133 */
function pool(asked: Json): Json {
  const wished = part(asked, "connectionPoolConfig");
  return { connectionPoolConfig: wished.connectionPoolingEnabled === true ? { ...wished, poolerCount: 1 } : undefined };
}

function withoutEmpty(object: Json): Json {
  return Object.fromEntries(
    Object.entries(object).filter(([, value]) => value !== "" && !(Array.isArray(value) && value.length === 0)),
  );
}
