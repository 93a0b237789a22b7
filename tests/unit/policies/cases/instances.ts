import type { PlanCase } from "../plan-case.ts";
import { UNKNOWN_TEXT } from "../policy-rpc.ts";
import { alone, flag, primary } from "./planned-instances.ts";

const IP = "settings.ipConfiguration";
const BACKUP = "settings.backupConfiguration";
const OPEN = [{ name: "office", value: "192.0.2.0/24", expirationTime: "2027-01-01T00:00:00Z" }];

/** One instance by itself: who reaches it, what survives, and when it is worked on. */
export const CASES: readonly PlanCase[] = [
  alone(
    "instances/no-public-address",
    `${IP}.ipv4Enabled`,
    ["asked for", { [`${IP}.ipv4Enabled`]: true }, /^db: got a public address/, ["instances/connectors-or-private"]],
    ["not refused", { [`${IP}.ipv4Enabled`]: undefined }, /^db: got a public/, ["instances/connectors-or-private"]],
  ),
  alone("instances/no-authorized-networks", `${IP}.authorizedNetworks`, [
    "one network",
    { [`${IP}.authorizedNetworks`]: OPEN },
    /^db: want no authorized networks, got: 192\.0\.2\.0\/24/,
  ]),
  alone(
    "instances/encrypted-only",
    `${IP}.sslMode`,
    ["not set", { [`${IP}.sslMode`]: undefined }, /^db: got sslMode ALLOW_UNENCRYPTED_AND_ENCRYPTED/],
    ["both allowed", { [`${IP}.sslMode`]: "ALLOW_UNENCRYPTED_AND_ENCRYPTED" }, /^db: got sslMode ALLOW_/],
  ),
  alone("instances/names-in-certificates", `${IP}.serverCaMode`, [
    "not set",
    { [`${IP}.serverCaMode`]: undefined },
    /got serverCaMode GOOGLE_MANAGED_INTERNAL_CA \(verify-ca\)/,
  ]),
  alone("instances/no-sql-over-api", "settings.dataApiAccess", [
    "allowed",
    { "settings.dataApiAccess": "ALLOW_DATA_API" },
    /^db: got dataApiAccess ALLOW_DATA_API/,
  ]),
  alone(
    "instances/no-default-network",
    `${IP}.privateNetwork`,
    ["its full name", { [`${IP}.privateNetwork`]: "projects/p/global/networks/default" }, /got the network default/],
    ["its short name", { [`${IP}.privateNetwork`]: "default" }, /got the network default/],
  ),
  alone(
    "instances/authorized-networks-named",
    `${IP}.authorizedNetworks`,
    [
      "without an end",
      { [`${IP}.authorizedNetworks`]: [{ name: "office", value: "192.0.2.0/24" }] },
      /^db: want a name and an expirationTime/,
      ["instances/no-authorized-networks"],
    ],
    [
      "without a name",
      { [`${IP}.authorizedNetworks`]: [{ value: "192.0.2.0/24", expirationTime: "2027-01-01T00:00:00Z" }] },
      /for: 192\.0\.2\.0\/24/,
      ["instances/no-authorized-networks"],
    ],
  ),
  alone("instances/connectors-or-private", "settings.connectorEnforcement", [
    "a public address for everybody",
    { [`${IP}.ipv4Enabled`]: true, "settings.connectorEnforcement": "NOT_REQUIRED" },
    /^db: got direct connections to a public address/,
    ["instances/no-public-address"],
  ]),
  alone("instances/certificates-renewed", `${IP}.serverCertificateRotationMode`, [
    "not set",
    { [`${IP}.serverCertificateRotationMode`]: undefined },
    /got serverCertificateRotationMode NO_AUTOMATIC_ROTATION/,
  ]),
  alone(
    "instances/highly-available",
    "settings.availabilityType",
    ["not set", { "settings.availabilityType": undefined }, /^db: got availabilityType ZONAL/],
    ["one zone", { "settings.availabilityType": "ZONAL" }, /^db: got availabilityType ZONAL/],
  ),
  alone(
    "instances/disk-grows-to-limit",
    "settings.diskAutoresizeLimit",
    ["does not grow", { "settings.diskAutoresize": false }, /got a disk that does not grow/],
    ["no limit", { "settings.diskAutoresizeLimit": undefined }, /got no limit of growth/],
  ),
  alone(
    "backup/enabled",
    `${BACKUP}.enabled`,
    ["off", { [`${BACKUP}.enabled`]: false }, /got no backups/],
    ["nothing said", { [BACKUP]: undefined }, /got no backups/],
  ),
  alone("backup/retention", `${BACKUP}.backupRetentionSettings`, [
    "not set",
    { [`${BACKUP}.backupRetentionSettings`]: undefined },
    /got 15 days, want 30 or more/,
  ]),
  alone(
    "instances/point-in-time",
    `${BACKUP}.pointInTimeRecoveryEnabled`,
    ["off", { [`${BACKUP}.pointInTimeRecoveryEnabled`]: false }, /got no point-in-time recovery, want 7/],
    ["too few days", { [`${BACKUP}.transactionLogRetentionDays`]: 3 }, /got 3 days, want 7/],
  ),
  alone("instances/backups-cover-log", `${BACKUP}.backupRetentionSettings.retainedBackups`, [
    "as many as days",
    { [`${BACKUP}.backupRetentionSettings.retainedBackups`]: 30, [`${BACKUP}.transactionLogRetentionDays`]: 30 },
    /got 30 backups for 30 days of the log/,
  ]),
  alone("instances/log-days-possible", `${BACKUP}.transactionLogRetentionDays`, [
    "more than the edition keeps",
    { [`${BACKUP}.transactionLogRetentionDays`]: 36 },
    /got 36 days in ENTERPRISE_PLUS, want from 1 to 35/,
    ["instances/backups-cover-log"],
  ]),
  alone(
    "instances/backups-outlive-instance",
    "settings.retainBackupsOnDelete",
    ["they go", { "settings.retainBackupsOnDelete": undefined }, /got retainBackupsOnDelete off/],
    ["no last one", { "settings.finalBackupConfig": undefined }, /got finalBackupConfig off/],
  ),
  alone(
    "instances/deletion-protected",
    "settings.deletionProtectionEnabled",
    ["not set", { "settings.deletionProtectionEnabled": undefined }, /got deletionProtectionEnabled false/],
    ["off", { "settings.deletionProtectionEnabled": false }, /got deletionProtectionEnabled false/],
  ),
  alone("instances/provider-refuses-removal", "deletionProtection", [
    "off",
    { deletionProtection: false },
    /^db: got deletionProtection false, want true/,
  ]),
  alone(
    "instances/no-restore-left-in",
    undefined,
    ...["restoreBackupContext", "pointInTimeRestoreContext", "clone"].map(
      (block) => [block, { [block]: { any: 1 } }, new RegExp(`want no restore in an instance, got: ${block}`)] as const,
    ),
    ["backupdrBackup", { backupdrBackup: "b" }, /got: backupdrBackup/],
  ),
  alone(
    "instances/maintenance-window",
    "settings.maintenanceWindow.day",
    ["none", { "settings.maintenanceWindow": undefined }, /^db: got no maintenance window/],
    ["first of all", { "settings.maintenanceWindow.updateTrack": "canary" }, /got the canary track/],
  ),
  alone("instances/backup-apart-from-maintenance", "settings.maintenanceWindow.hour", [
    "in one hour",
    { [`${BACKUP}.startTime`]: "04:30" },
    /got both at 04:00 UTC/,
  ]),
  alone("instances/backup-off-peak", `${BACKUP}.startTime`, [
    "at noon",
    { [`${BACKUP}.startTime`]: "12:00" },
    /got a backup at 12:00 UTC, want it from 22:00 UTC to 06:00 UTC/,
  ]),
  alone("instances/maintenance-off-peak", "settings.maintenanceWindow.hour", [
    "at noon",
    { "settings.maintenanceWindow.hour": 12 },
    /got maintenance at 12:00 UTC/,
  ]),
  {
    id: "instances/updates-seen-first",
    environment: "staging",
    good: [primary({ "settings.maintenanceWindow.updateTrack": "canary" })],
    bad: [{ why: "with production", resources: [primary()], says: /^db: got the stable track, want canary/ }],
    unknown: [primary({ "settings.maintenanceWindow.updateTrack": UNKNOWN_TEXT })],
  },
  {
    ...alone("instances/freeze-possible", "settings.denyMaintenancePeriod.endDate", [
      "too long",
      { "settings.denyMaintenancePeriod": freeze("2026-12-01", "2027-4-01") },
      /want from 1 to 90 days, got: 2026-12-01 to 2027-04-01/,
    ]),
    good: [primary({ "settings.denyMaintenancePeriod": freeze("12-20", "01-05") })],
    unknown: [primary({ "settings.denyMaintenancePeriod": { ...freeze("12-20", "01-05"), endDate: UNKNOWN_TEXT } })],
  },
  alone("instances/query-insights", "settings.insightsConfig", [
    "none",
    { "settings.insightsConfig": undefined },
    /^db: got none, want them on/,
  ]),
  {
    id: "settings/shared-buffers",
    good: [primary(flag("shared_buffers", "262144"))],
    bad: [{ why: "most of the memory", resources: [primary(flag("shared_buffers", "1835008"))], says: /MiB at most/ }],
    unknown: [primary({ ...flag("shared_buffers", "262144"), "settings.tier": UNKNOWN_TEXT })],
  },
];

function freeze(startDate: string, endDate: string): object {
  return { startDate, endDate, time: "00:00:00" };
}
