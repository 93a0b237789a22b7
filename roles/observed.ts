/** A role as pg_authid, or pg_roles, has it. */
export interface ObservedRole {
  readonly name: string;
  readonly superuser: boolean;
  readonly inherit: boolean;
  readonly createRole: boolean;
  readonly createDatabase: boolean;
  readonly login: boolean;
  readonly replication: boolean;
  readonly bypassRls: boolean;
  readonly connectionLimit: number;
  /** False when the password runs out some day. */
  readonly validForever: boolean;
  /** Sensitive: the stored verifier; null also where nobody may read it. */
  readonly verifier: string | null;
}

/** One row of pg_auth_members. */
export interface ObservedMembership {
  readonly role: string;
  readonly member: string;
  readonly grantor: string;
  readonly admin: boolean;
  readonly inherit: boolean;
}

/** A setting of a role, for every database (`database` is null) or for one. */
export interface ObservedSetting {
  readonly role: string;
  readonly database: string | null;
  readonly name: string;
  readonly value: string;
}

/** One entry of an access control list. */
export interface ObservedGrant {
  /** Null is PUBLIC. */
  readonly grantee: string | null;
  readonly grantor: string;
  readonly privilege: string;
  readonly grantable: boolean;
}

/** Something that has an owner and privileges. */
export interface ObservedObject {
  readonly kind: "database" | "parameter" | "schema" | "table" | "sequence" | "routine" | "column";
  /** Quoted where needed, ready for SQL. Of a column: its table's. */
  readonly identity: string;
  /** Of a column: its name, quoted where needed. */
  readonly column: string | null;
  /** Unquoted name of its schema, or of the schema itself; null for what lies in none. */
  readonly schema: string | null;
  /** Unquoted name of the database or schema; null for other kinds. */
  readonly name: string | null;
  readonly owner: string;
  /** It came with an extension, which says who may use it. */
  readonly extension: boolean;
  /** A sequence of a table's column: it follows the table's owner. */
  readonly linked: boolean;
  /** A routine that runs with its owner's rights. */
  readonly securityDefiner: boolean;
  /** To PUBLIC and to managed roles; its owner's own are left out. */
  readonly grants: readonly ObservedGrant[];
}

/** One row of pg_default_acl: what objects get that `creator` will make. */
export interface ObservedDefault {
  readonly creator: string;
  /** Null is every schema. */
  readonly schema: string | null;
  readonly kind: "table" | "sequence" | "routine" | "schema";
  readonly grants: readonly ObservedGrant[];
}

/** A function with the look-up function's name. */
export interface ObservedLookup {
  /** With its arguments, ready for SQL. */
  readonly identity: string;
  readonly owner: string;
  /** Everything that CREATE FUNCTION says, in one line each. */
  readonly definition: string;
}

/** A replication slot that is not temporary. */
export interface ObservedSlot {
  readonly name: string;
  readonly physical: boolean;
  readonly active: boolean;
  /** Its WAL is gone: nothing can stream from it again. */
  readonly lost: boolean;
}

/** What a server has in common for all databases. */
export interface ObservedCluster {
  readonly roles: readonly ObservedRole[];
  readonly memberships: readonly ObservedMembership[];
  readonly settings: readonly ObservedSetting[];
  /** Databases, and parameters that somebody was granted. */
  readonly objects: readonly ObservedObject[];
  readonly slots: readonly ObservedSlot[];
}

/** What the application's database has. */
export interface ObservedDatabase {
  readonly objects: readonly ObservedObject[];
  readonly defaults: readonly ObservedDefault[];
  readonly lookups: readonly ObservedLookup[];
  readonly extensions: readonly string[];
}

/** What a server has of roles, grants and slots. */
export interface ObservedRoles {
  readonly cluster: ObservedCluster;
  /** Undefined when there is no such database yet. */
  readonly application: ObservedDatabase | undefined;
}

const UNREMARKABLE = { column: null, extension: false, linked: false, securityDefiner: false };

/** A database made from template0, as the plan makes it. */
export const FRESH_DATABASE: ObservedDatabase = {
  objects: [
    {
      ...UNREMARKABLE,
      kind: "schema",
      identity: "public",
      schema: "public",
      name: "public",
      owner: "pg_database_owner",
      grants: [{ grantee: null, grantor: "pg_database_owner", privilege: "USAGE", grantable: false }],
    },
  ],
  defaults: [],
  lookups: [],
  extensions: [],
};

/** The entry of a database that is about to be made, with PostgreSQL's own default privileges. */
export function freshDatabaseObject(name: string, identity: string, owner: string): ObservedObject {
  const toPublic = { grantee: null, grantor: owner, grantable: false };
  return {
    ...UNREMARKABLE,
    kind: "database",
    identity,
    schema: null,
    name,
    owner,
    grants: [
      { ...toPublic, privilege: "CONNECT" },
      { ...toPublic, privilege: "TEMPORARY" },
    ],
  };
}
