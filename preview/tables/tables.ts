import type { ResourceTables } from "../resource-table.ts";
import { DIGITALOCEAN_TABLES } from "./digitalocean.ts";
import { DOCKER_TABLES } from "./docker.ts";
import { GCP_TABLES } from "./gcp.ts";

/** What changes of a resource do to a database, by its type. */
export const TABLES: ResourceTables = { ...GCP_TABLES, ...DIGITALOCEAN_TABLES, ...DOCKER_TABLES };
