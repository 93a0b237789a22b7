import { CLOUD_SQL_DOCS, notConfirmed, readAt } from "../limits/limit.ts";

/** Which properties replace an instance: region, name, a disk that shrinks without growing by itself, no more network. */
export const INSTANCE_RESOURCE = readAt(
  "https://github.com/hashicorp/terraform-provider-google-beta/blob/main/google-beta/services/sql/resource_sql_database_instance.go",
);

/** Planned operations, and how long they interrupt. */
export const AVAILABILITY = readAt("https://docs.cloud.google.com/sql/docs/availability");

/** The page of what can be changed, which does not say what each change interrupts. */
export const UNSAID = notConfirmed(
  `${CLOUD_SQL_DOCS}/instance-settings`,
  "no page says what a change interrupts; the worst that is plausible is taken",
);

/** The service in front of the database gets a new revision; the database is not part of it. */
export const REVISIONS = notConfirmed(
  "https://docs.cloud.google.com/run/docs/managing/revisions",
  "known from the product's design, not read there",
);
