// Each kind of difference gives exactly these steps. That the steps do what they say is tests/integration's to prove.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { ObservedCluster, ObservedDatabase, ObservedObject } from "../../../roles/observed.ts";
import { planRoles } from "../../../roles/plan.ts";
import { converged, database, object, passwords, wanted } from "./converged.ts";

interface Difference {
  readonly when: string;
  readonly cluster?: (cluster: ObservedCluster) => Partial<ObservedCluster>;
  readonly application?: (application: ObservedDatabase) => Partial<ObservedDatabase>;
  /** `database: summary` and `sql` of each step. */
  readonly plan: readonly (readonly [string, string])[];
}

const tableWith = (grants: ObservedObject["grants"], owner = "app_owner") => ({
  objects: database.objects.map((each) =>
    each.identity === "public.orders" ? { ...each, owner, grants: [...each.grants, ...grants] } : each,
  ),
});
const entry = (grantee: string | null, privilege: string, grantor = "app_owner", grantable = false) => ({
  grantee,
  privilege,
  grantor,
  grantable,
});

const DIFFERENCES: readonly Difference[] = [
  { when: "nothing differs", plan: [] },
  {
    when: "a role has an attribute too many",
    cluster: ({ roles }) => ({
      roles: roles.map((role) => (role.name === "app" ? { ...role, createDatabase: true } : role)),
    }),
    plan: [["postgres: role app: NOCREATEDB", `ALTER ROLE "app" NOCREATEDB`]],
  },
  {
    when: "a role's setting is overridden for a database",
    cluster: ({ settings }) => ({
      settings: [
        ...settings,
        { role: "app_readonly", database: "app", name: "default_transaction_read_only", value: "off" },
      ],
    }),
    plan: [
      [
        "postgres: role app_readonly: reset default_transaction_read_only in database app",
        `ALTER ROLE "app_readonly" IN DATABASE "app" RESET default_transaction_read_only`,
      ],
    ],
  },
  {
    when: "a membership can be handed on",
    cluster: ({ memberships }) => ({ memberships: memberships.map((each) => ({ ...each, admin: true })) }),
    plan: [
      [
        "postgres: take the admin option on pg_monitor from monitor",
        `REVOKE ADMIN OPTION FOR "pg_monitor" FROM "monitor" GRANTED BY "postgres" CASCADE`,
      ],
    ],
  },
  {
    when: "a membership is not wanted",
    cluster: ({ memberships }) => ({
      memberships: [...memberships, { role: "app_owner", member: "app", grantor: "dba", admin: false, inherit: true }],
    }),
    plan: [
      ["postgres: take membership of app_owner from app", `REVOKE "app_owner" FROM "app" GRANTED BY "dba" CASCADE`],
    ],
  },
  {
    when: "a membership gives nothing",
    cluster: ({ memberships }) => ({ memberships: memberships.map((each) => ({ ...each, inherit: false })) }),
    plan: [["postgres: make monitor a member of pg_monitor", `GRANT "pg_monitor" TO "monitor" WITH INHERIT TRUE`]],
  },
  {
    when: "a slot is missing, one is forgotten, one is still used, and one is another's",
    cluster: () => ({
      slots: [
        { name: "debezium", physical: false, active: false, lost: false },
        { name: "replica_gone", physical: true, active: false, lost: false },
        { name: "replica_leaving", physical: true, active: true, lost: false },
      ],
    }),
    plan: [
      [
        "postgres: drop replication slot replica_gone: no planned replica uses it",
        "SELECT pg_drop_replication_slot('replica_gone')",
      ],
      ["postgres: create replication slot replica_a", "SELECT pg_create_physical_replication_slot('replica_a', true)"],
    ],
  },
  {
    when: "a slot lost its WAL",
    cluster: () => ({ slots: [{ name: "replica_a", physical: true, active: false, lost: true }] }),
    plan: [
      [
        "postgres: drop replication slot replica_a: nothing can stream from it any more",
        "SELECT pg_drop_replication_slot('replica_a')",
      ],
      ["postgres: create replication slot replica_a", "SELECT pg_create_physical_replication_slot('replica_a', true)"],
    ],
  },
  {
    when: "privileges are given to roles and to everybody",
    application: () => tableWith([entry("app", "TRUNCATE"), entry("monitor", "SELECT"), entry(null, "SELECT")]),
    plan: [
      [
        "app: revoke TRUNCATE on table public.orders from app",
        `REVOKE TRUNCATE ON TABLE public.orders FROM "app" CASCADE`,
      ],
      [
        "app: revoke SELECT on table public.orders from monitor",
        `REVOKE SELECT ON TABLE public.orders FROM "monitor" CASCADE`,
      ],
      [
        "app: revoke SELECT on table public.orders from PUBLIC",
        `REVOKE SELECT ON TABLE public.orders FROM PUBLIC CASCADE`,
      ],
    ],
  },
  {
    when: "an unmanaged role handed a privilege on to a managed one",
    application: () => tableWith([entry("monitor", "SELECT", "analyst")]),
    plan: [
      [
        "app: revoke the grant option for SELECT on table public.orders from analyst",
        `REVOKE GRANT OPTION FOR SELECT ON TABLE public.orders FROM "analyst" CASCADE`,
      ],
    ],
  },
  {
    when: "a column is granted",
    application: ({ objects }) => ({
      objects: [
        ...objects,
        object("column", "public.orders", "app_owner", { app_readonly: ["UPDATE"] }, { column: `"Note"` }),
      ],
    }),
    plan: [
      [
        `app: revoke UPDATE ("Note") on table public.orders from app_readonly`,
        `REVOKE UPDATE ("Note") ON TABLE public.orders FROM "app_readonly" CASCADE`,
      ],
    ],
  },
  {
    when: "a managed role owns the table: its own rights go with it",
    application: ({ objects }) => ({
      objects: objects.map((each) =>
        each.identity === "public.orders"
          ? object("table", "public.orders", "app", { app_readonly: ["SELECT"] })
          : each,
      ),
    }),
    plan: [
      ["app: give table public.orders from app to app_owner", `ALTER TABLE public.orders OWNER TO "app_owner"`],
      [
        "app: grant SELECT, INSERT, UPDATE, DELETE on table public.orders to app",
        `GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.orders TO "app"`,
      ],
    ],
  },
  {
    when: "others own things, and extensions brought things",
    application: ({ objects }) => ({
      objects: [
        ...objects,
        object("table", "public.theirs", "analyst", { app: ["SELECT"], app_readonly: ["DELETE"] }),
        object(
          "table",
          "public.pg_stat_statements",
          "postgres",
          {},
          { extension: true, grants: [entry(null, "SELECT", "postgres")] },
        ),
      ],
    }),
    plan: [],
  },
  {
    when: "the catalogue is granted",
    application: ({ objects }) => ({
      objects: [...objects, object("table", "pg_authid", "postgres", { app: ["SELECT"] }, { schema: "pg_catalog" })],
    }),
    plan: [["app: revoke SELECT on table pg_authid from app", `REVOKE SELECT ON TABLE pg_authid FROM "app" CASCADE`]],
  },
  {
    when: "the owner has no default privileges of its own for routines",
    application: ({ defaults }) => ({ defaults: defaults.filter(({ kind }) => kind !== "routine") }),
    plan: [
      [
        "app: revoke EXECUTE on new routines of app_owner from PUBLIC",
        `ALTER DEFAULT PRIVILEGES FOR ROLE "app_owner" REVOKE EXECUTE ON ROUTINES FROM PUBLIC CASCADE`,
      ],
      [
        "app: grant EXECUTE on new routines of app_owner to app",
        `ALTER DEFAULT PRIVILEGES FOR ROLE "app_owner" GRANT EXECUTE ON ROUTINES TO "app"`,
      ],
      [
        "app: grant EXECUTE on new routines of app_owner to app_readonly",
        `ALTER DEFAULT PRIVILEGES FOR ROLE "app_owner" GRANT EXECUTE ON ROUTINES TO "app_readonly"`,
      ],
    ],
  },
  {
    when: "default privileges of others are there",
    application: ({ defaults }) => ({
      defaults: [
        ...defaults,
        { creator: "analyst", schema: null, kind: "table", grants: [entry("app", "SELECT", "analyst")] },
        {
          creator: "postgres",
          schema: "Sales",
          kind: "table",
          grants: [entry("app", "DELETE", "postgres"), entry(null, "SELECT", "postgres")],
        },
      ],
    }),
    plan: [
      [
        "app: revoke DELETE on new tables of postgres in schema Sales from app",
        `ALTER DEFAULT PRIVILEGES FOR ROLE "postgres" IN SCHEMA "Sales" REVOKE DELETE ON TABLES FROM "app" CASCADE`,
      ],
    ],
  },
  {
    when: "default privileges of the owner differ in one schema",
    application: ({ defaults }) => ({
      defaults: [
        ...defaults,
        { creator: "app_owner", schema: "sales", kind: "table", grants: [entry(null, "SELECT")] },
      ],
    }),
    plan: [
      [
        "app: revoke SELECT on new tables of app_owner in schema sales from PUBLIC",
        `ALTER DEFAULT PRIVILEGES FOR ROLE "app_owner" IN SCHEMA "sales" REVOKE SELECT ON TABLES FROM PUBLIC CASCADE`,
      ],
    ],
  },
  {
    when: "a routine runs with its owner's rights",
    application: ({ objects }) => ({
      objects: objects.map((each) => (each.identity === "public.total()" ? { ...each, securityDefiner: true } : each)),
    }),
    plan: [
      [
        "app: revoke EXECUTE on routine public.total() from app_readonly",
        `REVOKE EXECUTE ON ROUTINE public.total() FROM "app_readonly" CASCADE`,
      ],
    ],
  },
  {
    when: "the extension is gone",
    application: () => ({ extensions: [] }),
    plan: [["app: create extension pg_stat_statements", `CREATE EXTENSION "pg_stat_statements" SCHEMA public`]],
  },
];

describe("the plan of roles", () => {
  for (const { when, cluster, application, plan } of DIFFERENCES) {
    it(`is exactly this when ${when}`, () => {
      const observed = {
        cluster: { ...converged.cluster, ...cluster?.(converged.cluster) },
        application: { ...database, ...application?.(database) },
      };
      const steps = planRoles(wanted, observed, passwords);
      assert.deepEqual(
        steps.map((step) => [`${step.database}: ${step.summary}`, step.sql]),
        plan,
      );
    });
  }

  it("makes everything on an empty server, the database after its owner and before what lies in it", () => {
    const empty = { roles: [], memberships: [], settings: [], objects: [], slots: [] };
    const steps = planRoles(wanted, { cluster: empty, application: undefined }, passwords);
    const at = (summary: string) => steps.findIndex((step) => step.summary === summary);
    assert.ok(0 <= at("create role app_owner") && at("create role app_owner") < at("create database app"));
    assert.ok(at("create database app") < at("create schema pgbouncer"));
    assert.ok(at("create schema pgbouncer") < at("create function pgbouncer.user_lookup(text)"));
    const alone = steps.filter((step) => step.alone).map((step) => step.summary);
    assert.deepEqual(alone, ["create database app", "create replication slot replica_a"]);
  });

  it("sends a changed password as a verifier beside the statement, and says nothing of it", () => {
    const changed = { ...passwords, of: { ...passwords.of, readWrite: "marker-of-a-secret" } };
    const steps = planRoles(wanted, converged, changed);
    assert.deepEqual(
      steps.map((step) => step.summary),
      ["set the password of app"],
    );
    assert.equal(steps[0]?.secret, passwords.verifierOf("marker-of-a-secret"));
    assert.doesNotMatch(JSON.stringify(steps), /marker-of-a-secret/);
    assert.doesNotMatch(steps[0].sql + steps[0].summary, /SCRAM-SHA-256/);
    assert.deepEqual(planRoles(wanted, converged), [], "without passwords they are not looked at");
  });

  it("warns when it drops a slot", () => {
    const slots = [...converged.cluster.slots, { name: "replica_gone", physical: true, active: false, lost: false }];
    const [step] = planRoles(wanted, { ...converged, cluster: { ...converged.cluster, slots } }, passwords);
    assert.equal(step?.warning, true);
  });

  it("quotes names that a statement could be hidden in", () => {
    const role = `x"; DROP TABLE orders; --`;
    const memberships = [
      ...converged.cluster.memberships,
      { role, member: "app", grantor: "postgres", admin: false, inherit: true },
    ];
    const [step] = planRoles(wanted, { ...converged, cluster: { ...converged.cluster, memberships } }, passwords);
    assert.equal(step?.sql, `REVOKE "x""; DROP TABLE orders; --" FROM "app" GRANTED BY "postgres" CASCADE`);
  });
});
