import { createHash } from "node:crypto";
import type {
  ObservedDatabase,
  ObservedDefault,
  ObservedGrant,
  ObservedObject,
  ObservedRoles,
} from "../../../roles/observed.ts";
import type { Passwords } from "../../../roles/plan-accounts.ts";
import { scramVerifier } from "../../../roles/scram.ts";
import { LOOKUP_IDENTITY, lookupDefinition } from "../../../roles/user-lookup.ts";
import type { Grants } from "../../../roles/wanted.ts";
import { wantedOnDocker } from "../../../roles/wanted-on-docker.ts";
import { resolveTopology } from "../../../topology/resolve.ts";

/** A topology with one replica, `a`. */
export const wanted = wantedOnDocker(resolveTopology({ target: "docker", replicas: { a: {} } }, "test"));

const saltOf = (password: string): Buffer => createHash("sha256").update(password).digest().subarray(0, 16);

/** One iteration only: a plan is asked for often here, and each stored verifier is computed. */
export const passwords: Passwords = {
  of: {
    owner: "owner-secret",
    readWrite: "readWrite-secret",
    readOnly: "readOnly-secret",
    replication: "replication-secret",
    monitoring: "monitoring-secret",
    pooler: "pooler-secret",
  },
  verifierOf: (password) => scramVerifier(password, saltOf(password), 1),
};

/** An object with nothing special about it. */
export function object(
  kind: ObservedObject["kind"],
  identity: string,
  owner: string,
  grants: Grants,
  more: Partial<ObservedObject> = {},
): ObservedObject {
  const plain = { column: null, schema: "public", name: null, extension: false, linked: false, securityDefiner: false };
  return { ...plain, kind, identity, owner, grants: grantsFrom(owner, grants), ...more };
}

/** What an owner granted, as the server lists it. */
function grantsFrom(grantor: string, grants: Grants): ObservedGrant[] {
  return Object.entries(grants).flatMap(([grantee, privileges]) =>
    privileges.map((privilege) => ({ grantee, grantor, privilege, grantable: false })),
  );
}

/** The application's database as wanted, with a table, a sequence and a routine in `public`. */
export const database: ObservedDatabase = {
  objects: [
    ...wanted.schemas.map(({ name, owner, grants }) => object("schema", name, owner, grants, { name, schema: name })),
    object("table", "public.orders", wanted.owner, wanted.application.table),
    object("sequence", "public.numbers", wanted.owner, wanted.application.sequence),
    object("routine", "public.total()", wanted.owner, wanted.application.routine),
    object("routine", LOOKUP_IDENTITY, wanted.administrator, { pooler: ["EXECUTE"] }, { schema: "pgbouncer" }),
  ],
  defaults: (["schema", "table", "sequence", "routine"] as const).map((kind): ObservedDefault => ({
    creator: wanted.owner,
    schema: null,
    kind,
    grants: grantsFrom(wanted.owner, wanted.application[kind]),
  })),
  lookups: [
    {
      identity: LOOKUP_IDENTITY,
      owner: wanted.administrator,
      definition: lookupDefinition(wanted.lookup?.pooled ?? []),
    },
  ],
  extensions: ["pg_stat_statements", "plpgsql"],
};

/** A server that has everything. */
export const converged: ObservedRoles = {
  cluster: {
    roles: wanted.roles.map((role) => ({
      name: role.name,
      superuser: false,
      inherit: true,
      createRole: false,
      createDatabase: false,
      login: role.login,
      replication: role.replication,
      bypassRls: false,
      connectionLimit: role.connectionLimit,
      validForever: true,
      verifier: role.key === "service" ? null : passwords.verifierOf(passwords.of[role.key]),
    })),
    memberships: [{ role: "pg_monitor", member: "monitor", grantor: "postgres", admin: false, inherit: true }],
    settings: [{ role: "app_readonly", database: null, name: "default_transaction_read_only", value: "on" }],
    objects: wanted.databases.map(({ name, owner, grants }) =>
      object("database", name, owner, grants, { name, schema: null }),
    ),
    slots: [{ name: "replica_a", physical: true, active: true, lost: false }],
  },
  application: database,
};
