import { quoteIdentifier, quoteLiteral } from "../../roles/step.ts";
import { roleNames } from "../../topology/names.ts";
import type { Provider } from "./cloud-sql-server.ts";

/**
 * The roles of a cluster on DigitalOcean: a superuser that nobody gets, `doadmin`, and users that `doadmin` has made. It
 * is not documented which roles the platform has for itself, nor what `doadmin` has over users that the platform made.
 */
export const DIGITALOCEAN: Provider = {
  superuser: "postgres",
  replication: "_doreplica",
  administrator: "doadmin",
  rolesOf: ({ database }, passwords) => {
    const names = roleNames(database);
    const users = (["owner", "readWrite", "readOnly", "monitoring"] as const).map(
      (key) => `CREATE ROLE ${quoteIdentifier(names[key])} LOGIN PASSWORD ${quoteLiteral(passwords[key])};`,
    );
    return [
      "CREATE ROLE _dodb LOGIN SUPERUSER;",
      "CREATE ROLE _doreplica LOGIN REPLICATION;",
      `CREATE ROLE doadmin LOGIN CREATEDB CREATEROLE PASSWORD ${quoteLiteral(passwords.administrator)};`,
      "GRANT pg_monitor TO doadmin WITH ADMIN OPTION;",
      `ALTER DATABASE ${quoteIdentifier(database)} OWNER TO doadmin;`,
      "CREATE EXTENSION pg_stat_statements SCHEMA public;",
      "SET ROLE doadmin;",
      ...users,
      "RESET ROLE;",
    ].join("\n");
  },
};
