import type { InstanceFacts, MaintenanceFacts } from "../../../requirements/facts/instances.ts";
import type { PlannedInstanceFacts } from "../../../requirements/facts/planned-instance.ts";
import { type Fact, Missing } from "../../../requirements/known.ts";
import { parseTier } from "../../../topology/limits/cloud-sql-tiers.ts";
import { NOT_A_REPLICAS, WITHOUT_BACKUPS } from "../../cloud-sql-facts.ts";
import { versionDaysLeft } from "../../version-days.ts";
import type { InstanceAnswer } from "./cloud-sql-api.ts";

/** What reading an answer needs beside it. */
export interface AnswerContext {
  readonly now: Date;
  /** The part of the topology that an instance is, as the API names it; else the name itself. */
  readonly partOf: (name: string) => string;
}

type Found = Omit<InstanceFacts, "part" | "role" | "differences" | "flagDifferences" | keyof PlannedInstanceFacts>;

/**
 * An instance as the cloud tells of it. What is not in the answer is unknown, unless the API's reference says what then
 * holds: a default in words, or "Optional" for a block that is not set.
 * @see https://cloud.google.com/sql/docs/postgres/admin-api/rest/v1beta4/instances
 */
export function foundInstance(answer: InstanceAnswer, role: InstanceFacts["role"], context: AnswerContext): Found {
  const { settings } = answer;
  const network = settings.ipConfiguration;
  const pool = settings.connectionPoolConfig;
  const version = told("databaseVersion", majorOf(answer.databaseVersion));
  const machine = settings.tier === undefined ? undefined : parseTier(settings.tier);
  return {
    state: told("state", answer.state),
    region: told("region", answer.region),
    version,
    versionDaysLeft: versionDaysLeft(version, context.now),
    edition: told("settings.edition", settings.edition),
    tier: told("settings.tier", settings.tier),
    cpus: told("a tier that is known", machine?.cpus),
    memoryMiB: told("a tier that is known", machine?.memoryMiB),
    availability: told("settings.availabilityType", settings.availabilityType),
    publicAddress: told("ipConfiguration.ipv4Enabled", network?.ipv4Enabled),
    // An empty list is left out of JSON.
    authorizedNetworks: told(
      "ipConfiguration",
      network && (network.authorizedNetworks ?? []).map(({ value }) => value),
    ),
    network: told("ipConfiguration", network && { name: network.privateNetwork }, ({ name }) => fullNameOf(name)),
    sslMode: told("ipConfiguration.sslMode", network?.sslMode),
    certificateAuthority: told("ipConfiguration.serverCaMode", network?.serverCaMode),
    // "Not allowed by default."
    dataApi: settings.dataApiAccess === "ALLOW_DATA_API",
    // "The default value is true"; "the default value is 0, which specifies that there is no limit".
    diskGrows: settings.storageAutoResize ?? true,
    diskLimitGiB: settings.storageAutoResizeLimit ?? 0,
    deletionProtected: told("settings.deletionProtectionEnabled", settings.deletionProtectionEnabled),
    queryInsights: told("insightsConfig.queryInsightsEnabled", settings.insightsConfig?.queryInsightsEnabled),
    flags: flagsOf(settings.databaseFlags),
    // "Optional": without the block there is no pooler.
    pooling:
      pool === undefined ? false : told("connectionPoolConfig.connectionPoolingEnabled", pool.connectionPoolingEnabled),
    poolFlags: flagsOf(pool?.flags),
    follows: followed(answer, context),
    ...(role === "primary" ? ofThePrimary(settings) : NOT_A_REPLICAS),
  };
}

function ofThePrimary(settings: InstanceAnswer["settings"]): Pick<Found, keyof typeof NOT_A_REPLICAS & keyof Found> {
  const backup = settings.backupConfiguration;
  const retained = backup?.backupRetentionSettings;
  const final = settings.finalBackupConfig;
  return {
    ...(backup?.enabled === false
      ? WITHOUT_BACKUPS
      : {
          pointInTime: told("backupConfiguration.pointInTimeRecoveryEnabled", backup?.pointInTimeRecoveryEnabled),
          logDays: told("backupConfiguration.transactionLogRetentionDays", backup?.transactionLogRetentionDays),
          // COUNT is the only unit that there is.
          retainedBackups: told("backupRetentionSettings.retainedBackups", retained?.retainedBackups),
          backupLocation: told(
            "backupConfiguration",
            backup && { location: backup.location },
            ({ location }) => location,
          ),
          backupStart: told("backupConfiguration.startTime", backup?.startTime),
        }),
    // Both "Optional".
    backupsOutlive: settings.retainBackupsOnDelete ?? false,
    finalBackupDays: final?.enabled === true ? told("finalBackupConfig.retentionDays", final.retentionDays) : 0,
    maintenance: told("settings.maintenanceWindow", settings.maintenanceWindow, maintenanceOf),
    freezes: (settings.denyMaintenancePeriods ?? []).map(
      ({ endDate, startDate }) => `${dayOf(startDate)} to ${dayOf(endDate)}`,
    ),
  };
}

/** Day 0, or none, is an instance without a window: https://cloud.google.com/sql/docs/postgres/maintenance */
function maintenanceOf({
  day,
  hour,
  updateTrack,
}: NonNullable<InstanceAnswer["settings"]["maintenanceWindow"]>): MaintenanceFacts | undefined {
  if (day === undefined || day === 0) return undefined;
  return { day, hour: hour ?? 0, track: updateTrack ?? "not set" };
}

function followed(
  { instanceType, masterInstanceName }: InstanceAnswer,
  { partOf }: AnswerContext,
): Fact<string | undefined> {
  if (masterInstanceName !== undefined) return partOf(masterInstanceName);
  if (instanceType === "CLOUD_SQL_INSTANCE") return undefined;
  return told("masterInstanceName", masterInstanceName);
}

/** The API writes it with a slash or an address before it: `/projects/p/global/networks/n`. */
function fullNameOf(network: string | undefined): string | undefined {
  return network?.replace(/^.*?(?=projects\/)/, "");
}

function majorOf(databaseVersion: string | undefined): number | undefined {
  const major = /^POSTGRES_(\d+)/.exec(databaseVersion ?? "")?.[1];
  return major === undefined ? undefined : Number(major);
}

/** The API writes months and days without a leading zero, too. */
function dayOf(date: string): string {
  return date
    .split("-")
    .map((part) => part.padStart(2, "0"))
    .join("-");
}

/** A flag that takes no value has none. */
function flagsOf(list: InstanceAnswer["settings"]["databaseFlags"] = []): Readonly<Record<string, string>> {
  return Object.fromEntries(list.map(({ name, value }) => [name, value ?? ""]));
}

function told<T>(field: string, value: T | undefined): T | Missing;
function told<T, R>(field: string, value: T | undefined, read: (value: T) => R): R | Missing;
function told<T>(field: string, value: T | undefined, read: (value: T) => unknown = (same) => same): unknown {
  return value === undefined ? new Missing("unknown", `the cloud's answer has no ${field}`) : read(value);
}
