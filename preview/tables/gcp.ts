import { GCP_TYPES } from "../../facts/from-plan/gcp/resource-types.ts";
import type { ResourceTables } from "../resource-table.ts";
import { BUCKET_TABLES } from "./gcp/bucket.ts";
import { CERTIFICATE, DATABASE, SCRIPT_RUN, USER } from "./gcp/database.ts";
import { FIREWALL_TABLES } from "./gcp/firewall.ts";
import { GRANT_TABLES } from "./gcp/grants.ts";
import { INSTANCE, SOURCE_INSTANCE } from "./gcp/instance.ts";
import { ACCOUNT_TABLES, KEY_TABLES, SECRET_TABLES } from "./gcp/keys-and-secrets.ts";
import { NETWORK_TABLES } from "./gcp/network.ts";
import { OPERATION_TABLES } from "./gcp/operation.ts";
import { OTHER_DATABASE_TABLES } from "./gcp/other-databases.ts";
import { RUN_TABLES } from "./gcp/run.ts";

/** What changes of resources of this provider do to a database. */
export const GCP_TABLES: ResourceTables = {
  [GCP_TYPES.instance]: INSTANCE,
  [GCP_TYPES.database]: DATABASE,
  [GCP_TYPES.user]: USER,
  "gcp:sql/sslCert:SslCert": CERTIFICATE,
  "gcp:sql/provisionScript:ProvisionScript": SCRIPT_RUN,
  "gcp:sql/sourceRepresentationInstance:SourceRepresentationInstance": SOURCE_INSTANCE,
  ...NETWORK_TABLES,
  ...FIREWALL_TABLES,
  ...RUN_TABLES,
  ...BUCKET_TABLES,
  ...KEY_TABLES,
  ...SECRET_TABLES,
  ...ACCOUNT_TABLES,
  ...GRANT_TABLES,
  ...OPERATION_TABLES,
  ...OTHER_DATABASE_TABLES,
};
