import { POOLER_SCHEMA, type RoleKey } from "../topology/names.ts";
import type { ResolvedTopology } from "../topology/resolved.ts";
import { LOOKUP_IDENTITY } from "./user-lookup.ts";

/** Role name → privileges, as GRANT names them. */
export type Grants = Readonly<Record<string, readonly string[]>>;

/** A role that the plan manages: exactly so, and no more. Nobody is superuser, makes databases or roles, or bypasses RLS. */
export interface WantedRole {
  readonly key: Exclude<RoleKey, "administrator">;
  readonly name: string;
  readonly login: boolean;
  readonly replication: boolean;
  /** Connections at once, for each server; -1 for no limit. */
  readonly connectionLimit: number;
  /** Exact: a membership that is not named here is taken away. */
  readonly memberOf: readonly string[];
  /** Other settings of the role are left alone. */
  readonly settings: Readonly<Record<string, string>>;
}

/** An object that the plan knows by name; nobody else, PUBLIC included, has a privilege on it. */
export interface WantedObject {
  readonly name: string;
  readonly owner: string;
  readonly grants: Grants;
}

/** Kinds of objects that the owner makes by migrations. */
type ApplicationKind = "schema" | "table" | "sequence" | "routine";

/** Who may do what in a topology. Plain data: the plan enforces it, verification reads it. */
export interface WantedAccess {
  /** Runs the plan, owns what it makes for itself, and is not managed by it. */
  readonly administrator: string;
  readonly database: string;
  readonly owner: string;
  readonly roles: readonly WantedRole[];
  readonly databases: readonly WantedObject[];
  readonly schemas: readonly WantedObject[];
  /** On everything that the owner owns, now and later. "table" is also a view. */
  readonly application: Readonly<Record<ApplicationKind, Grants>>;
  /** Not granted on routines that run with their owner's rights: such a routine may write. */
  readonly readOnly: string;
  /** Roles that can log in through the pooler. */
  readonly pooled: readonly string[];
  /** May read verifiers of {@link pooled}, by the look-up function only. */
  readonly pooler: string;
  readonly extensions: readonly string[];
  /** Physical replication slots, one for each replica. */
  readonly slots: readonly string[];
}

/** Where the cluster's own steps run. */
export const MAINTENANCE_DATABASE = "postgres";

/** Connections that stay free for migrations, monitoring and the pooler's look-ups, when there are that many. */
const KEPT_FREE = 20;
const SMALL_LIMIT = 10;

/** What a topology wants of roles, grants, the application's database and slots. */
export function wantedAccess(topology: ResolvedTopology): WantedAccess {
  const { roles: names, database } = topology;
  return {
    administrator: names.administrator,
    database,
    owner: names.owner,
    roles: wantedRoles(topology),
    databases: [
      {
        name: database,
        owner: names.owner,
        grants: grantAll([names.readWrite, names.readOnly, names.monitoring, names.pooler], ["CONNECT"]),
      },
      {
        name: MAINTENANCE_DATABASE,
        owner: names.administrator,
        grants: grantAll([names.monitoring], ["CONNECT"]),
      },
      { name: "template1", owner: names.administrator, grants: {} },
    ],
    schemas: [
      {
        name: "public",
        owner: names.owner,
        // Monitoring reads pg_stat_statements, which lies here.
        grants: grantAll([names.readWrite, names.readOnly, names.monitoring], ["USAGE"]),
      },
      { name: POOLER_SCHEMA, owner: names.administrator, grants: grantAll([names.pooler], ["USAGE"]) },
    ],
    application: {
      schema: grantAll([names.readWrite, names.readOnly], ["USAGE"]),
      table: { [names.readWrite]: ["SELECT", "INSERT", "UPDATE", "DELETE"], [names.readOnly]: ["SELECT"] },
      sequence: { [names.readWrite]: ["USAGE", "SELECT", "UPDATE"], [names.readOnly]: ["SELECT"] },
      routine: grantAll([names.readWrite, names.readOnly], ["EXECUTE"]),
    },
    readOnly: names.readOnly,
    pooled: [names.owner, names.readWrite, names.readOnly],
    pooler: names.pooler,
    extensions: ["pg_stat_statements"],
    slots: topology.replicas.map((replica) => replica.slot),
  };
}

/** The look-up function's own grants: the pooler executes it, nobody else. */
export function wantedLookup(wanted: WantedAccess): WantedObject {
  return { name: LOOKUP_IDENTITY, owner: wanted.administrator, grants: grantAll([wanted.pooler], ["EXECUTE"]) };
}

function wantedRoles({ roles: names, parameters, pooling }: ResolvedTopology): WantedRole[] {
  const usable = Number(parameters.max_connections ?? 100) - Number(parameters.superuser_reserved_connections ?? 3);
  // Without a replica both pools lead to the primary.
  const pooled = pooling === undefined ? 0 : pooling.writerPoolSize + pooling.readerPoolSize;
  // A runaway application must not lock out migrations and monitoring; but what the pools may open, it may have.
  const applicationLimit = Math.min(usable, Math.max(Math.ceil(usable / 2), usable - KEPT_FREE, pooled));
  const plain = { login: true, replication: false, memberOf: [], settings: {} };
  return [
    { ...plain, key: "owner", name: names.owner, connectionLimit: SMALL_LIMIT },
    { ...plain, key: "readWrite", name: names.readWrite, connectionLimit: applicationLimit },
    {
      ...plain,
      key: "readOnly",
      name: names.readOnly,
      connectionLimit: applicationLimit,
      settings: { default_transaction_read_only: "on" },
    },
    // max_wal_senders is its limit.
    { ...plain, key: "replication", name: names.replication, replication: true, connectionLimit: -1 },
    {
      ...plain,
      key: "monitoring",
      name: names.monitoring,
      connectionLimit: SMALL_LIMIT,
      memberOf: ["pg_monitor"],
    },
    {
      ...plain,
      key: "pooler",
      name: names.pooler,
      login: pooling !== undefined,
      // Look-ups have a pool of their own beside each of the two pools.
      connectionLimit: pooled,
    },
  ];
}

function grantAll(names: readonly string[], privileges: readonly string[]): Grants {
  return Object.fromEntries(names.map((name) => [name, privileges]));
}
