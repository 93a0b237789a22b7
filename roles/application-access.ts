import type { RoleKey } from "../topology/names.ts";
import type { ResolvedCommon } from "../topology/resolved.ts";
import type { Grants, WantedAccess, WantedRole } from "./wanted.ts";

/** What every target needs to say of a topology. */
export interface AccessNeeds extends Pick<ResolvedCommon, "roles" | "database"> {
  readonly connections: ServerConnections;
}

/** Connections of one server. */
export interface ServerConnections {
  /** What it gives to all who are no superusers. */
  readonly usable: number;
  /** What pools and application may open there at most. */
  readonly pooled: number;
}

/** The part of {@link WantedAccess} that is the same on every target. */
export interface ApplicationAccess extends Pick<
  WantedAccess,
  "administrator" | "database" | "owner" | "application" | "readOnly" | "extensions"
> {
  readonly roles: Readonly<Record<"owner" | "readWrite" | "readOnly" | "monitoring", WantedRole>>;
  /** On the schema `public`. */
  readonly publicSchema: Grants;
}

/** Connections that stay free for migrations, monitoring and the pooler's look-ups, when there are that many. */
const KEPT_FREE = 20;
const SMALL_LIMIT = 10;

/** A role that logs in and can do nothing by itself. */
export const PLAIN_ROLE = { login: true, replication: false, memberOf: [], settings: {} } as const;

/** Who may do what with the application's database, on any target. */
export function applicationAccess(needs: AccessNeeds): ApplicationAccess {
  const { database, roles: names } = needs;
  return {
    administrator: names.administrator,
    database,
    owner: names.owner,
    roles: applicationRoles(needs),
    // Monitoring reads pg_stat_statements, which lies here.
    publicSchema: grantAll([names.readWrite, names.readOnly, names.monitoring], ["USAGE"]),
    application: {
      schema: grantAll([names.readWrite, names.readOnly], ["USAGE"]),
      table: { [names.readWrite]: ["SELECT", "INSERT", "UPDATE", "DELETE"], [names.readOnly]: ["SELECT"] },
      sequence: { [names.readWrite]: ["USAGE", "SELECT", "UPDATE"], [names.readOnly]: ["SELECT"] },
      routine: grantAll([names.readWrite, names.readOnly], ["EXECUTE"]),
    },
    readOnly: names.readOnly,
    extensions: ["pg_stat_statements"],
  };
}

/** A runaway application must not lock out migrations and monitoring; but what the pools may open, it may have. */
export function applicationLimit({ usable, pooled }: ServerConnections): number {
  return Math.min(usable, Math.max(Math.ceil(usable / 2), usable - KEPT_FREE, pooled));
}

/** The same privileges for each of them. */
export function grantAll(names: readonly string[], privileges: readonly string[]): Grants {
  return Object.fromEntries(names.map((name) => [name, privileges]));
}

function applicationRoles({ connections, roles: names }: AccessNeeds): ApplicationAccess["roles"] {
  const named = (key: Exclude<RoleKey, "administrator">, connectionLimit: number): WantedRole => ({
    ...PLAIN_ROLE,
    key,
    name: names[key],
    connectionLimit,
  });
  const limit = applicationLimit(connections);
  return {
    owner: named("owner", SMALL_LIMIT),
    readWrite: named("readWrite", limit),
    readOnly: { ...named("readOnly", limit), settings: { default_transaction_read_only: "on" } },
    monitoring: { ...named("monitoring", SMALL_LIMIT), memberOf: ["pg_monitor"] },
  };
}
