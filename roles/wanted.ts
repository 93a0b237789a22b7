import type { RoleKey } from "../topology/names.ts";
import { LOOKUP_IDENTITY } from "./user-lookup.ts";

/** Role name → privileges, as GRANT names them. */
export type Grants = Readonly<Record<string, readonly string[]>>;

/** A role that the plan manages: exactly so, and no more. Nobody is superuser, makes databases or roles, or bypasses RLS. */
export interface WantedRole {
  readonly key: Exclude<RoleKey, "administrator"> | "service";
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

/** An object that the plan knows by name; no other managed role, and not PUBLIC, has a privilege on it. */
export interface WantedObject {
  readonly name: string;
  readonly owner: string;
  readonly grants: Grants;
  /** What PUBLIC may keep; nothing unless told. */
  readonly left?: readonly string[];
}

/** Kinds of objects that the owner makes by migrations. */
type ApplicationKind = "schema" | "table" | "sequence" | "routine";

/** Who may do what in a topology. Plain data: the plan enforces it, verification reads it. */
export interface WantedAccess {
  /** Runs the plan, owns what it makes for itself, and is not managed by it. */
  readonly administrator: string;
  /**
   * Who makes roles and sets their passwords: the plan, by SQL as a superuser, or the cloud, through its API. The
   * administrator of a cloud is no superuser, and reads no stored password.
   */
  readonly accounts: "sql" | "cloud";
  /** Roles whose objects the administrator can work on by membership alone; none for a superuser. */
  readonly administratorIn: readonly string[];
  readonly database: string;
  readonly owner: string;
  readonly roles: readonly WantedRole[];
  readonly databases: readonly WantedObject[];
  readonly schemas: readonly WantedObject[];
  /** On everything that the owner owns, now and later. "table" is also a view. */
  readonly application: Readonly<Record<ApplicationKind, Grants>>;
  /** Not granted on routines that run with their owner's rights: such a routine may write. */
  readonly readOnly: string;
  /** `undefined` where no pooler looks users up. */
  readonly lookup: WantedLookup | undefined;
  readonly extensions: readonly string[];
  /** Physical replication slots, one for each replica; `undefined` where they are not ours. */
  readonly slots: readonly string[] | undefined;
}

/** Who looks up whose stored password, by the look-up function only. */
export interface WantedLookup {
  readonly pooler: string;
  /** Roles that can log in through the pooler. */
  readonly pooled: readonly string[];
}

/** Where the cluster's own steps run. */
export const MAINTENANCE_DATABASE = "postgres";

/** The look-up function's own grants: the pooler executes it, nobody else. */
export function wantedLookup({ administrator }: WantedAccess, { pooler }: WantedLookup): WantedObject {
  return { name: LOOKUP_IDENTITY, owner: administrator, grants: { [pooler]: ["EXECUTE"] } };
}
