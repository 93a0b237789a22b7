import { CLOUD_SQL_DOCS, notConfirmed, readAt } from "../../../topology/limits/limit.ts";

/** The provider's own words for each property, as its SDK carries them. */
export const INSTANCE_PAGE = readAt("https://www.pulumi.com/registry/packages/gcp/api-docs/sql/databaseinstance/");

/** Who may come in by a public address: nobody, where none is named. */
export const AUTHORIZED = notConfirmed(
  `${CLOUD_SQL_DOCS}/authorize-networks`,
  "it says that a client's address has to be in the list; that an empty one lets nobody in follows, and was not read there",
);

/** That an instance restarts when it gets a private address. */
export const PRIVATE_ADDRESS = notConfirmed(
  `${CLOUD_SQL_DOCS}/configure-private-ip`,
  "the page says how; that the instance restarts was not read there",
);

/** What the fields of a user mean, and which make another one. */
export const USER_RESOURCE = readAt(
  "https://github.com/hashicorp/terraform-provider-google-beta/blob/main/google-beta/services/sql/resource_sql_user.go",
);

/** What the fields of a bucket mean, and which make another one. */
export const BUCKET_RESOURCE = readAt(
  "https://github.com/hashicorp/terraform-provider-google-beta/blob/main/google-beta/services/storage/resource_storage_bucket.go",
);

/** What a destroyed version of a key takes with it. */
export const DESTROYED_KEYS = readAt("https://docs.cloud.google.com/kms/docs/destroy-restore");

/** What can't be read while a version of a key is off. */
export const DISABLED_KEYS = readAt("https://docs.cloud.google.com/kms/docs/enable-disable");

/** What is known of a part of the platform from its design, by the page where it should stand. */
export const PAGES = {
  iam: notRead("https://docs.cloud.google.com/iam/docs/overview"),
  buckets: notRead("https://docs.cloud.google.com/storage/docs/buckets"),
  firewall: notRead("https://docs.cloud.google.com/firewall/docs/firewalls"),
  network: notRead("https://docs.cloud.google.com/vpc/docs/vpc"),
  peering: notRead("https://docs.cloud.google.com/vpc/docs/configure-private-services-access"),
  endpoints: notRead("https://docs.cloud.google.com/vpc/docs/private-service-connect"),
  names: notRead("https://docs.cloud.google.com/dns/docs/records"),
  secrets: notRead("https://docs.cloud.google.com/secret-manager/docs/overview"),
  run: notRead("https://docs.cloud.google.com/run/docs/overview/what-is-cloud-run"),
  alerts: notRead("https://docs.cloud.google.com/monitoring/alerts"),
  logs: notRead("https://docs.cloud.google.com/logging/docs/overview"),
  timers: notRead("https://docs.cloud.google.com/scheduler/docs"),
  backupDr: notRead("https://docs.cloud.google.com/backup-disaster-recovery/docs"),
  alloyDb: notRead("https://docs.cloud.google.com/alloydb/docs/overview"),
  machines: notRead("https://docs.cloud.google.com/compute/docs/instances"),
  users: notRead(`${CLOUD_SQL_DOCS}/users`),
} as const;

function notRead(page: Parameters<typeof notConfirmed>[0]) {
  return notConfirmed(page, "known from the product's design, not read there");
}
