import type { DatabaseCluster } from "@pulumi/digitalocean/databaseCluster.js";
import { DatabaseConnectionPool } from "@pulumi/digitalocean/databaseConnectionPool.js";
import { DatabaseDb } from "@pulumi/digitalocean/databaseDb.js";
import { DatabasePostgresqlConfig } from "@pulumi/digitalocean/databasePostgresqlConfig.js";
import { DatabaseUser } from "@pulumi/digitalocean/databaseUser.js";
import type * as pulumi from "@pulumi/pulumi";
import type { ResolvedClusterPooling } from "../../topology/resolved-digitalocean.ts";
import type { CloudPlace } from "./cloud-place.ts";
import { backupTimeArgs, parameterArgs } from "./server-config-args.ts";

/** Roles that are made here. The administrator comes with the cluster; replicas and pools need none of their own. */
const USER_KEYS = ["owner", "readWrite", "readOnly", "monitoring"] as const;

/** What stands in the cluster. */
export interface ClusterContents {
  readonly users: Readonly<Record<(typeof USER_KEYS)[number], DatabaseUser>>;
  /** `undefined` without pooling. */
  readonly writerPool: DatabaseConnectionPool | undefined;
}

/** Database, users, pool and parameters, once nobody else can reach the cluster. */
export function createClusterContents(
  place: CloudPlace,
  cluster: DatabaseCluster,
  trusted: pulumi.Resource,
): ClusterContents {
  const { topology, childName, dataOptions } = place;
  const database = new DatabaseDb(
    childName("database"),
    { name: topology.database, clusterId: cluster.id },
    // To rename it makes an empty one and drops the other.
    { ...dataOptions, dependsOn: [trusted] },
  );
  const users = createUsers(place, cluster, trusted);
  createServerConfig(place, cluster, trusted);
  const { pooling } = topology;
  return {
    users,
    writerPool: pooling && createWriterPool(place, pooling, { cluster, database, user: users.readWrite }),
  };
}

/**
 * The roles that clients log in as. Their passwords are the platform's. They are of the kind that may do nothing yet: what
 * each may do is SQL's to say.
 */
function createUsers(
  { topology, childName, guardedOptions }: CloudPlace,
  cluster: DatabaseCluster,
  trusted: pulumi.Resource,
): ClusterContents["users"] {
  const users = USER_KEYS.map((key) => [
    key,
    new DatabaseUser(
      childName(`user-${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`),
      { name: topology.roles[key], clusterId: cluster.id },
      // One that owns tables can't be removed, which would stop the removal of everything else. It goes with its cluster.
      // Guarded, because one that is there and not in the state can't be made again.
      { ...guardedOptions, retainOnDelete: true, dependsOn: [trusted] },
    ),
  ]);
  return Object.fromEntries(users) as ClusterContents["users"];
}

interface PooledParts {
  readonly cluster: DatabaseCluster;
  readonly database: DatabaseDb;
  readonly user: DatabaseUser;
}

/** Any change replaces it, its size too; for a moment there is none then, because its name is in every client's URL. */
function createWriterPool(
  { childName, options }: CloudPlace,
  { mode, writerPool, writerPoolSize }: ResolvedClusterPooling,
  { cluster, database, user }: PooledParts,
): DatabaseConnectionPool {
  return new DatabaseConnectionPool(
    childName("pool-writer"),
    { name: writerPool, clusterId: cluster.id, mode, size: writerPoolSize, dbName: database.name, user: user.name },
    { ...options, deleteBeforeReplace: true },
  );
}

/** What was set stays set when it is removed here: the provider only forgets it. */
function createServerConfig(
  { topology, childName, options }: CloudPlace,
  cluster: DatabaseCluster,
  trusted: pulumi.Resource,
): void {
  const config = { ...parameterArgs(topology), ...backupTimeArgs(topology.backup) };
  if (Object.keys(config).length === 0) return;
  new DatabasePostgresqlConfig(
    childName("server-config"),
    { ...config, clusterId: cluster.id },
    { ...options, dependsOn: [trusted] },
  );
}
