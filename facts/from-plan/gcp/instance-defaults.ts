import { type CloudSqlEdition, EDITION_LIMITS } from "../../../topology/limits/cloud-sql-editions.ts";
import { isKnown, type Known, UNKNOWN } from "../../../requirements/known.ts";

/**
 * What the provider, or the Cloud SQL API behind it, takes where an instance says nothing; what neither documents is not
 * here, and stays unknown. `page` is the provider's page of the resource, `api` the API's reference.
 * @see https://www.pulumi.com/registry/packages/gcp/api-docs/sql/databaseinstance/ (page)
 * @see https://cloud.google.com/sql/docs/postgres/admin-api/rest/v1/instances (api)
 */
export const INSTANCE_DEFAULTS = {
  /** page: "Defaults to `ZONAL`". */
  availabilityType: "ZONAL",
  /** api: whether there is a public address; a new instance has one unless told otherwise. */
  ipv4Enabled: true,
  /** api: `ALLOW_UNENCRYPTED_AND_ENCRYPTED` where nothing is said. */
  sslMode: "ALLOW_UNENCRYPTED_AND_ENCRYPTED",
  /** api: the authority of the instance's own. */
  serverCaMode: "GOOGLE_MANAGED_INTERNAL_CA",
  /** api: nobody renews it. */
  serverCertificateRotationMode: "NO_AUTOMATIC_ROTATION",
  /** page: "`DISALLOW_DATA_API` (default)". */
  dataApiAccess: "DISALLOW_DATA_API",
  /** api: direct connections are taken. */
  connectorEnforcement: "NOT_REQUIRED",
  /** page: "Defaults to `true`". */
  diskAutoresize: true,
  /** page: "The default value is 0, which specifies that there is no limit". */
  diskAutoresizeLimit: 0,
  /** page: "Defaults to `true`"; it guards against this provider only. */
  deletionProtection: true,
  /** page: "Defaults to `false`"; it guards against everybody. */
  deletionProtectionEnabled: false,
  /** page: the policy that refuses a removal is `PREVENT`; "Defaults to "DELETE"". */
  deletionPolicy: "DELETE",
  /** api: what is not set is off. */
  backupEnabled: false,
  retainBackupsOnDelete: false,
  finalBackupEnabled: false,
  queryInsightsEnabled: false,
  enablePasswordPolicy: false,
  connectionPoolingEnabled: false,
  /** https://docs.cloud.google.com/sql/docs/postgres/managed-connection-pooling: transaction pooling by default. */
  poolMode: "transaction",
} as const;

/** Since this major, an edition that is not named is ENTERPRISE_PLUS: the provider's page, `edition`. */
const PLUS_SINCE = 16;

/** The edition of an instance that names none. */
export function defaultEdition(version: Known<number>): Known<CloudSqlEdition> {
  if (version === UNKNOWN) return UNKNOWN;
  return version >= PLUS_SINCE ? "ENTERPRISE_PLUS" : "ENTERPRISE";
}

/** What of backups follows from the edition, where nothing is said. */
export function defaultBackups(edition: Known<string>): {
  readonly pointInTime: Known<boolean>;
  readonly logDays: Known<number>;
  readonly retained: Known<number>;
  readonly finalDays: Known<number>;
} {
  if (!isKnown(edition) || !isEdition(edition)) {
    return { pointInTime: UNKNOWN, logDays: UNKNOWN, retained: UNKNOWN, finalDays: UNKNOWN };
  }
  const limits = EDITION_LIMITS;
  return {
    pointInTime: limits.isPointInTimeRecoveryDefault[edition],
    logDays: limits.transactionLogRetentionDays[edition].default ?? UNKNOWN,
    retained: limits.retainedBackups[edition].default ?? UNKNOWN,
    finalDays: limits.finalBackupRetentionDays[edition].default ?? UNKNOWN,
  };
}

function isEdition(edition: string): edition is CloudSqlEdition {
  return edition === "ENTERPRISE" || edition === "ENTERPRISE_PLUS";
}
