import { notConfirmed } from "../limits/limit.ts";
import type { ResolvedGcp } from "../resolved-gcp.ts";
import { EVERY_TARGET } from "./every-target.ts";
import { GCP_ACCESS } from "./gcp-access.ts";
import { GCP_BACKUP } from "./gcp-backup.ts";
import { GCP_SERVERS } from "./gcp-servers.ts";
import type { Effect, Rules } from "./rule.ts";

const DATABASES = notConfirmed(
  "https://registry.terraform.io/providers/hashicorp/google-beta/latest/docs/resources/sql_database",
  "known from the provider's source: the name of a database, and of a user, can't be changed",
);

const NEW_USER: Effect = {
  label: "none",
  what: "a user of the new name is made; the old one stays, and can still log in",
  source: DATABASES,
};

/** What each edit of a topology on Cloud SQL does. */
export const GCP_RULES: Rules<ResolvedGcp> = {
  ...EVERY_TARGET,
  ...GCP_SERVERS,
  ...GCP_ACCESS,
  ...GCP_BACKUP,
  database: {
    label: "data loss",
    what: "an empty database is made beside the old one, and the application no longer reaches its rows",
    source: DATABASES,
  },
  "roles.administrator": NEW_USER,
  "roles.owner": NEW_USER,
  "roles.readWrite": NEW_USER,
  "roles.readOnly": NEW_USER,
  "roles.replication": NEW_USER,
  "roles.monitoring": NEW_USER,
  "roles.pooler": NEW_USER,
};
