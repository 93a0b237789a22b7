import { notConfirmed, readAt } from "../limits/limit.ts";

const PROVIDER = "https://github.com/digitalocean/terraform-provider-digitalocean/blob/main/digitalocean" as const;
const READ = "2026-08-06";

/** Name, engine, project and network of a cluster can't change; region, size, nodes, version and storage can. */
export const CLUSTER_RESOURCE = readAt(`${PROVIDER}/database/resource_database_cluster.go`, READ);
/** Everything but size and storage of a replica makes it anew. */
export const REPLICA_RESOURCE = readAt(`${PROVIDER}/database/resource_database_replica.go`, READ);
/** Every field of a pool makes it anew. */
export const POOL_RESOURCE = readAt(`${PROVIDER}/database/resource_database_connection_pool.go`, READ);
/** Another name is another user. */
export const USER_RESOURCE = readAt(`${PROVIDER}/database/resource_database_user.go`, READ);
/** Another name is another database. */
export const DATABASE_RESOURCE = readAt(`${PROVIDER}/database/resource_database_db.go`, READ);
/** Trusted sources are one list that is written as a whole. */
export const TRUSTED_SOURCES = readAt(`${PROVIDER}/database/resource_database_firewall.go`, READ);
/** A Droplet is powered off to be resized; region, network and image make it anew. */
export const DROPLET_RESOURCE = readAt(`${PROVIDER}/droplet/resource_droplet.go`, READ);
/** A volume grows where it is, and never shrinks; another region makes it anew. */
export const VOLUME_RESOURCE = readAt(`${PROVIDER}/volume/resource_volume.go`, READ);
/** Region and range of a VPC make it anew. */
export const VPC_RESOURCE = readAt(`${PROVIDER}/vpc/resource_vpc.go`, READ);
/** Another region is another bucket. */
export const BUCKET_RESOURCE = readAt(`${PROVIDER}/spaces/resource_spaces_bucket.go`, READ);
/** What is listed in a project, beside the resources themselves. */
export const PROJECT_RESOURCE = readAt(`${PROVIDER}/project/resource_project_resources.go`, READ);
/** Zeros are not sent, and what is removed is only forgotten. */
export const CONFIG_RESOURCE = readAt(`${PROVIDER}/database/resource_database_postgres_config.go`, READ);

/** What can't be resized, and what is kept. */
export const POSTGRESQL_LIMITS = readAt("https://docs.digitalocean.com/products/databases/postgresql/details/limits");

/** The page of what a resize interrupts, which was not read. */
export const RESIZING = notConfirmed(
  "https://docs.digitalocean.com/products/databases/postgresql/how-to/resize/",
  "not read there; the worst that is plausible is taken",
);
