import { z } from "zod";

// What is read of the Cloud SQL Admin API's answers; what else is in them is passed over.
// https://cloud.google.com/sql/docs/postgres/admin-api/rest/v1beta4/instances

const flags = z.array(z.object({ name: z.string(), value: z.string().optional() }));
/** 64-bit numbers are texts in JSON. */
const wide = z.union([z.string().regex(/^\d+$/), z.int()]).transform(Number);

const settings = z.object({
  tier: z.string().optional(),
  edition: z.string().optional(),
  availabilityType: z.string().optional(),
  storageAutoResize: z.boolean().optional(),
  storageAutoResizeLimit: wide.optional(),
  deletionProtectionEnabled: z.boolean().optional(),
  retainBackupsOnDelete: z.boolean().optional(),
  finalBackupConfig: z.object({ enabled: z.boolean().optional(), retentionDays: z.int().optional() }).optional(),
  dataApiAccess: z.string().optional(),
  ipConfiguration: z
    .object({
      ipv4Enabled: z.boolean().optional(),
      privateNetwork: z.string().optional(),
      authorizedNetworks: z.array(z.object({ value: z.string() })).optional(),
      sslMode: z.string().optional(),
      serverCaMode: z.string().optional(),
    })
    .optional(),
  backupConfiguration: z
    .object({
      enabled: z.boolean().optional(),
      location: z.string().optional(),
      startTime: z.string().optional(),
      pointInTimeRecoveryEnabled: z.boolean().optional(),
      transactionLogRetentionDays: z.int().optional(),
      backupRetentionSettings: z
        .object({ retainedBackups: z.int().optional(), retentionUnit: z.string().optional() })
        .optional(),
    })
    .optional(),
  maintenanceWindow: z
    .object({ day: z.int().optional(), hour: z.int().optional(), updateTrack: z.string().optional() })
    .optional(),
  denyMaintenancePeriods: z.array(z.object({ startDate: z.string(), endDate: z.string() })).optional(),
  insightsConfig: z.object({ queryInsightsEnabled: z.boolean().optional() }).optional(),
  databaseFlags: flags.optional(),
  connectionPoolConfig: z
    .object({
      connectionPoolingEnabled: z.boolean().optional(),
      flags: flags.optional(),
      poolerCount: z.int().optional(),
    })
    .optional(),
});

/** One instance, as `instances.get` tells it. */
export const instanceAnswer = z.object({
  name: z.string(),
  createTime: z.iso.datetime({ offset: true }).optional(),
  state: z.string().optional(),
  databaseVersion: z.string().optional(),
  region: z.string().optional(),
  instanceType: z.string().optional(),
  /** `project:instance` */
  masterInstanceName: z.string().optional(),
  replicationCluster: z.object({ failoverDrReplicaName: z.string().optional() }).optional(),
  ipAddresses: z.array(z.object({ type: z.string().optional(), ipAddress: z.string().optional() })).optional(),
  dnsNames: z
    .array(z.object({ name: z.string(), connectionType: z.string().optional(), dnsScope: z.string().optional() }))
    .optional(),
  serverCaCert: z.object({ cert: z.string().optional() }).optional(),
  settings,
});

/** Backups of an instance, the newest first, as `backupRuns.list` tells them. */
export const backupRunsAnswer = z.object({
  items: z
    .array(z.object({ status: z.string().optional(), endTime: z.iso.datetime({ offset: true }).optional() }))
    .default([]),
});

/** See {@link instanceAnswer}. */
export type InstanceAnswer = z.infer<typeof instanceAnswer>;

/** What the cloud says of its instances. Whoever asks names the instance without its project. */
export interface CloudSqlApi {
  /**
   * `undefined`: there is no instance of that name.
   * @throws {PgtError} exit code 3 where the caller may not ask; else for a reason that is another in a moment
   */
  getInstance(name: string): Promise<InstanceAnswer | undefined>;
  /** The end of the newest backup that succeeded; `undefined` when none did. @throws as `getInstance` */
  newestBackup(instance: string): Promise<Date | undefined>;
}
