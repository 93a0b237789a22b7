import type { ManagedPooling, ResolvedMaintenance } from "./resolved-gcp.ts";

// The wish in the words of the Cloud SQL Admin API: https://cloud.google.com/sql/docs/postgres/admin-api/rest/v1/instances

/** Where PostgreSQL listens on every instance. */
export const CLOUD_SQL_PORT = 5432;

/** Where managed pooling listens: https://cloud.google.com/sql/docs/postgres/managed-connection-pooling */
export const CLOUD_SQL_POOLER_PORT = 6432;

/** The only superuser, which nobody but the cloud is: https://cloud.google.com/sql/docs/postgres/users */
export const CLOUD_ADMINISTRATOR = "cloudsqladmin";

/** `settings.ipConfiguration.serverCaMode`: who signs the servers' certificates. */
export const SERVER_CA_MODES = {
  "per-instance": "GOOGLE_MANAGED_INTERNAL_CA",
  shared: "GOOGLE_MANAGED_CAS_CA",
  customer: "CUSTOMER_MANAGED_CAS_CA",
} as const;

/** `settings.maintenanceWindow.day`. */
export const MAINTENANCE_DAYS: Readonly<Record<ResolvedMaintenance["day"], number>> = {
  monday: 1,
  tuesday: 2,
  wednesday: 3,
  thursday: 4,
  friday: 5,
  saturday: 6,
  sunday: 7,
};

/** The flag without which no IAM user can log in: https://cloud.google.com/sql/docs/postgres/iam-authentication */
export const IAM_FLAG = "cloudsql.iam_authentication";

/** `settings.ipConfiguration.sslMode`; plain text is never accepted. Certificates of clients are not asked for: see capabilities. */
export const SSL_MODE = "ENCRYPTED_ONLY";

/** `settings.connectionPoolConfig.flags` of an instance: https://cloud.google.com/sql/docs/postgres/configure-mcp */
export function managedPoolFlags(pooling: ManagedPooling, poolSize: number): Readonly<Record<string, string>> {
  return {
    pool_mode: pooling.mode,
    max_pool_size: String(poolSize),
    max_client_connections: String(pooling.maxClients),
    max_prepared_statements: String(pooling.maxPreparedStatements),
  };
}
