import type { types } from "@pulumi/gcp";
import type { DatabaseInstanceArgs } from "@pulumi/gcp/sql/databaseInstance.js";
import type * as pulumi from "@pulumi/pulumi";
import { MAINTENANCE_DAYS } from "../../topology/cloud-sql-words.ts";
import { CLOUD_LABELS } from "../../topology/names.ts";
import type {
  ResolvedCloudBackup,
  ResolvedCloudReplica,
  ResolvedInstance,
  ResolvedMaintenance,
} from "../../topology/resolved-gcp.ts";
import type { CloudPlace } from "./cloud-place.ts";
import { commonSettings, connectionPoolConfigs } from "./instance-settings.ts";

/**
 * Shortest password that an instance takes. No more is asked for: the ones that are made here are random letters, digits,
 * `-` and `_`, and one in some thousands has a short name of a role in it.
 */
const PASSWORD_LENGTH = 16;

/** What an instance needs beside the topology. */
export interface InstanceWiring {
  readonly networkId: pulumi.Input<string>;
}

/**
 * The primary. It is never made from a backup nor as a clone: `restoreBackupContext` would restore over the data that it
 * has, and `clone` does nothing later on. The administrator's password is a user's, not `rootPassword`: to change that
 * would be a change of the instance.
 */
export function primaryArgs(
  place: CloudPlace,
  { networkId }: InstanceWiring,
  designated: ResolvedCloudReplica | undefined,
): DatabaseInstanceArgs {
  const { topology, project, name } = place;
  const { primary, backup, maintenance, keepData, protection, pooling } = topology;
  return {
    ...identity(place, primary),
    instanceType: "CLOUD_SQL_INSTANCE",
    // In the form that the cloud gives back, or it would differ for ever.
    replicationCluster: designated && { failoverDrReplicaName: `${project}:${name(designated.part)}` },
    settings: {
      ...commonSettings(place, primary, networkId),
      availabilityType: topology.highAvailability ? "REGIONAL" : "ZONAL",
      diskSize: topology.storage.diskGiB,
      backupConfiguration: backupConfiguration(backup),
      // Otherwise the backups go with the instance.
      retainBackupsOnDelete: keepData,
      finalBackupConfig: keepData ? { enabled: true, retentionDays: protection.finalBackupDays } : { enabled: false },
      maintenanceWindow: {
        day: MAINTENANCE_DAYS[maintenance.day],
        hour: maintenance.hour,
        updateTrack: maintenance.track,
      },
      denyMaintenancePeriod: denyPeriod(maintenance),
      passwordValidationPolicy: { enablePasswordPolicy: true, minLength: PASSWORD_LENGTH },
      connectionPoolConfigs: connectionPoolConfigs(pooling, ({ writerPoolSize }) => writerPoolSize),
    },
  };
}

/**
 * A replica. Backups, maintenance and password policy are the primary's, and the cloud refuses them here. Its disk is as
 * large as the primary's is by then, and its pools are a writer's where it has to take over.
 */
export function replicaArgs(
  place: CloudPlace,
  replica: ResolvedCloudReplica,
  { networkId, primaryName }: InstanceWiring & { readonly primaryName: pulumi.Input<string> },
): DatabaseInstanceArgs {
  const takesOver = replica.purpose === "disaster-recovery";
  return {
    ...identity(place, replica),
    instanceType: "READ_REPLICA_INSTANCE",
    masterInstanceName: primaryName,
    settings: {
      ...commonSettings(place, replica, networkId),
      // Nothing else tells a plan's reader that it is in another region on purpose.
      ...(takesOver && { userLabels: { ...place.labels, [CLOUD_LABELS.purpose]: replica.purpose } }),
      availabilityType: "ZONAL",
      connectionPoolConfigs: connectionPoolConfigs(place.topology.pooling, ({ writerPoolSize, readerPoolSize }) =>
        takesOver ? writerPoolSize : readerPoolSize,
      ),
    },
  };
}

/** What an instance is; to change name, project or region replaces it. */
function identity(
  { topology, project, name }: CloudPlace,
  { part, region }: ResolvedInstance,
): Pick<DatabaseInstanceArgs, "databaseVersion" | "deletionProtection" | "name" | "project" | "region"> {
  return {
    name: name(part),
    project,
    region,
    databaseVersion: `POSTGRES_${topology.version}`,
    // Guards Pulumi's own removal only; it has to be turned off and applied before one.
    deletionProtection: topology.protection.deletion,
  };
}

/** Days of the log are always written: what the cloud takes for them does not fit every edition. */
function backupConfiguration(
  backup: ResolvedCloudBackup | undefined,
): types.input.sql.DatabaseInstanceSettingsBackupConfiguration {
  if (backup === undefined) return { enabled: false, pointInTimeRecoveryEnabled: false };
  return {
    enabled: true,
    startTime: backup.schedule,
    location: backup.location,
    pointInTimeRecoveryEnabled: true,
    transactionLogRetentionDays: backup.pointInTimeDays,
    // One backup a day.
    backupRetentionSettings: { retentionUnit: "COUNT", retainedBackups: backup.retentionDays },
  };
}

/** The provider has room for one; that there is no more than one, validation says. */
function denyPeriod({
  freeze: [period],
}: ResolvedMaintenance): types.input.sql.DatabaseInstanceSettingsDenyMaintenancePeriod | undefined {
  return period && { startDate: cloudDate(period.from), endDate: cloudDate(period.to), time: "00:00:00" };
}

/** `2027-01-05` as `2027-1-05`: a month has no leading zero there. */
function cloudDate(day: string): string {
  return day.replace(/0(\d-\d\d)$/, "$1");
}
