import type { Issue } from "../issue.ts";
import type { ResolvedTopology } from "../resolved.ts";

const TAKEN = new Set(["postgres", "template0", "template1", "pgbouncer", "monitor", "replicator", "pooler"]);
/** PostgreSQL refuses roles that begin with it, and a role has the database's name.
 * @see https://www.postgresql.org/docs/17/sql-createrole.html */
const POSTGRESQL_PREFIX = "pg_";
/** Databases and roles of the service itself. @see https://docs.cloud.google.com/sql/docs/postgres/users */
const CLOUD_SQL_PREFIX = "cloudsql";
/** Database and administrator of every cluster; neither can be deleted.
 * @see https://docs.digitalocean.com/products/databases/postgresql/details/limits */
const DIGITALOCEAN_NAMES = new Set(["defaultdb", "doadmin"]);

/** What is wrong with the name of the first database. */
export function databaseNameIssues({ database, target }: ResolvedTopology): Issue[] {
  return nameIssues("database", database, target);
}

/** What is wrong with the name of a database, which is a role's name, too. */
export function nameIssues(where: string, database: string, target: ResolvedTopology["target"]): Issue[] {
  const because = reason(database, target);
  if (because === undefined) return [];
  return [
    {
      where,
      got: database,
      want: "a name of the application's own",
      because,
      fix: "choose another name, such as app",
    },
  ];
}

function reason(database: string, target: ResolvedTopology["target"]): string | undefined {
  if (TAKEN.has(database)) return "that name is taken by PostgreSQL, PgBouncer or a role of the topology";
  if (database.startsWith(POSTGRESQL_PREFIX)) return `PostgreSQL keeps roles that begin with ${POSTGRESQL_PREFIX}`;
  if (target === "gcp" && database.startsWith(CLOUD_SQL_PREFIX)) {
    return `Cloud SQL keeps names that begin with ${CLOUD_SQL_PREFIX}`;
  }
  if (target === "digitalocean" && DIGITALOCEAN_NAMES.has(database)) return "every cluster has one of that name";
  return undefined;
}
