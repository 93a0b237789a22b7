import type { Fact } from "../known.ts";

/** One thing that a role was made to try. */
export interface RoleAttempt {
  /** As in "insert into a table of the application". */
  readonly action: string;
  readonly allowed: boolean;
  readonly wanted: boolean;
}

/** The roles that verification logs in as, to see what they can do. */
export type TriedRole = "owner" | "readWrite" | "readOnly" | "monitoring" | "pooler" | "replication";

/** Who may connect, how they prove who they are, and what they may do. */
export interface AccessFacts {
  /** Authentication methods, in pg_hba.conf, of every line that lets a network connection in. */
  readonly networkMethods: Fact<readonly string[]>;
  /** Authentication methods of connections through the unix socket. */
  readonly localMethods: Fact<readonly string[]>;
  /** Databases, as in pg_hba.conf, that the replication role may connect to: `replication` only, if all is well. */
  readonly replicationRoleDatabases: Fact<readonly string[]>;
  /** `password_encryption`. */
  readonly passwordEncryption: Fact<string>;
  /** The role that is meant to be the only superuser. */
  readonly administrator: Fact<string>;
  readonly superusers: Fact<readonly string[]>;
  /** Planned roles that PostgreSQL does not have. */
  readonly missingRoles: Fact<readonly string[]>;
  /** Login roles that nobody planned. */
  readonly unplannedRoles: Fact<readonly string[]>;
  /** Attributes, memberships and grants that nobody planned, one sentence each. */
  readonly unplannedPrivileges: Fact<readonly string[]>;
  /** Planned attributes, memberships and grants that are missing, one sentence each. */
  readonly missingPrivileges: Fact<readonly string[]>;
  /** Roles with a password that is not stored as scram-sha-256. */
  readonly rolesWithoutScram: Fact<readonly string[]>;
  /** Live only: a login with another password than the role's own is refused. */
  readonly wrongPasswordRefused: Fact<boolean>;
  /**
   * Live: roles of this database whose passwords the stack's other database takes, each with the place, as in
   * `app at primary of data`. In a plan: files with passwords that the other database is given, too.
   */
  readonly takenElsewhere: Fact<readonly string[]>;
  readonly attempts: Fact<Readonly<Record<TriedRole, Fact<readonly RoleAttempt[]>>>>;
}
