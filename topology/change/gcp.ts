import type { ResolvedGcp } from "../resolved-gcp.ts";
import { EVERY_TARGET } from "./every-target.ts";
import { GCP_ACCESS } from "./gcp-access.ts";
import { GCP_BACKUP } from "./gcp-backup.ts";
import { ACCESS_EFFECTS } from "./gcp-effects.ts";
import { GCP_SERVERS } from "./gcp-servers.ts";
import type { Rules } from "./rule.ts";

const NEW_USER = ACCESS_EFFECTS.newUser;

/** What each edit of a topology on Cloud SQL does. */
export const GCP_RULES: Rules<ResolvedGcp> = {
  ...EVERY_TARGET,
  ...GCP_SERVERS,
  ...GCP_ACCESS,
  ...GCP_BACKUP,
  database: ACCESS_EFFECTS.otherDatabase,
  "roles.administrator": NEW_USER,
  "roles.owner": NEW_USER,
  "roles.readWrite": NEW_USER,
  "roles.readOnly": NEW_USER,
  "roles.replication": NEW_USER,
  "roles.monitoring": NEW_USER,
  "roles.pooler": NEW_USER,
};
