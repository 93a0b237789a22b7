// What a topology on Cloud SQL wants of its roles, as data, and the steps of it that are the cloud's to do. It does not prove
// that a server can be made so: tests/integration does, as far as a server that is not the cloud's can.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { ObservedCluster, ObservedMembership, ObservedRole } from "../../../roles/observed.ts";
import { planRoles } from "../../../roles/plan.ts";
import { wantedOnCloudSql } from "../../../roles/wanted-on-cloud-sql.ts";
import { wantedOnDocker } from "../../../roles/wanted-on-docker.ts";
import { resolveTopology } from "../../../topology/resolve.ts";
import type { SpecOf } from "../../../topology/spec.ts";
import { database, object } from "./converged.ts";

const STACK = { project: "example", suffix: "k3x9" };
const IMAGE = `example/shop@sha256:${"a".repeat(64)}`;
const SERVICE_USER = "test-service-k3x9@example.iam";

const access = (spec: Partial<SpecOf<"gcp">> = {}) =>
  wantedOnCloudSql(resolveTopology({ target: "gcp", region: "europe-west1", ...spec }, "test"), STACK);
const withService = (spec: Partial<SpecOf<"gcp">> = {}) => access({ service: { image: IMAGE }, ...spec });
const limits = (spec: Partial<SpecOf<"gcp">>) =>
  Object.fromEntries(access(spec).roles.map(({ key, connectionLimit }) => [key, connectionLimit]));

const WANTED = withService();

/** As the cloud makes it, or, with privileges that a later test takes away, as the plan leaves it. */
function roleOf(name: string, connectionLimit: number): ObservedRole {
  return {
    name,
    superuser: false,
    inherit: true,
    createRole: false,
    createDatabase: false,
    login: true,
    replication: false,
    bypassRls: false,
    connectionLimit,
    validForever: true,
    verifier: null,
  };
}

const member = (role: string, name: string, more: Partial<ObservedMembership> = {}): ObservedMembership => ({
  role,
  member: name,
  grantor: "cloudsqladmin",
  admin: false,
  inherit: true,
  ...more,
});

const CONVERGED: ObservedCluster = {
  roles: WANTED.roles.map(({ connectionLimit, name }) => roleOf(name, connectionLimit)),
  memberships: [
    member("cloudsqlsuperuser", "postgres"),
    ...WANTED.administratorIn.map((name) => member(name, "postgres")),
    member("pg_monitor", "monitor"),
    member("cloudsqliamserviceaccount", SERVICE_USER),
    member("app", SERVICE_USER),
  ],
  settings: [{ role: "app_readonly", database: null, name: "default_transaction_read_only", value: "on" }],
  objects: WANTED.databases.map(({ name, owner, grants }) =>
    object("database", name, owner, grants, { name, schema: null }),
  ),
  slots: [{ name: "replica_old", physical: true, active: false, lost: true }],
};
const APPLICATION = {
  ...database,
  lookups: [],
  objects: database.objects.filter(({ schema }) => schema === "public"),
};

function plan(changes: Partial<ObservedCluster>) {
  return planRoles(WANTED, { cluster: { ...CONVERGED, ...changes }, application: APPLICATION });
}

describe("wanted access on Cloud SQL", () => {
  it("manages the roles that the cloud has passwords of, but the administrator, and the service's user", () => {
    assert.deepEqual(
      access({ database: "shop" }).roles.map(({ name }) => name),
      ["shop_owner", "shop", "shop_readonly", "monitor"],
    );
    assert.deepEqual(
      withService().roles.map(({ name }) => name),
      ["app_owner", "app", "app_readonly", "monitor", SERVICE_USER],
    );
  });

  it("has no user of the service's where it logs in with a password", () => {
    assert.ok(!withService({ access: { login: "password" } }).roles.some(({ key }) => key === "service"));
  });

  it("makes the service a member of who reads and writes, and nobody a member of what may make roles", () => {
    const memberOf = Object.fromEntries(withService().roles.map((role) => [role.key, role.memberOf]));
    assert.deepEqual(memberOf, {
      owner: [],
      readWrite: [],
      readOnly: [],
      monitoring: ["pg_monitor"],
      service: ["app"],
    });
  });

  it("gives the application's roles what they have on Docker", () => {
    const onDocker = wantedOnDocker(resolveTopology({ target: "docker" }, "test"));
    const { application, extensions, owner, readOnly } = access();
    assert.deepEqual(
      { application, extensions, owner, readOnly },
      {
        application: onDocker.application,
        extensions: onDocker.extensions,
        owner: onDocker.owner,
        readOnly: onDocker.readOnly,
      },
    );
    const publicOf = ({ schemas }: ReturnType<typeof access>) => schemas.find(({ name }) => name === "public")?.grants;
    assert.deepEqual(publicOf(access()), publicOf(onDocker));
  });

  it("leaves replication, slots, look-ups and the other databases to the cloud", () => {
    const { databases, lookup, roles, schemas, slots } = withService();
    assert.ok(roles.every(({ replication }) => !replication));
    assert.deepEqual([lookup, slots], [undefined, undefined]);
    assert.deepEqual(
      [databases, schemas].map((list) => list.map(({ name }) => name)),
      [["app"], ["public"]],
    );
  });

  it("makes the administrator no member of the service's user, which would end its password", () => {
    assert.deepEqual(withService().administratorIn, ["app_owner", "app", "app_readonly", "monitor"]);
  });

  it("limits the service as it limits the application, by what the server gives", () => {
    const small = { parameters: { max_connections: 100 }, pooling: { enabled: false } };
    assert.deepEqual(limits(small), { owner: 10, readWrite: 73, readOnly: 73, monitoring: 10 });
    const { readWrite, service } = limits({ ...small, service: { image: IMAGE } });
    assert.deepEqual([readWrite, service], [93, 93], "what five instances may open is more than there is");
  });

  it("sets no limit where no machine has that size, which validation refuses", () => {
    assert.equal(limits({ size: { cpus: 3, memoryGiB: 1000 } }).readWrite, -1);
  });
});

describe("the plan of roles on Cloud SQL", () => {
  it("is empty when nothing differs, whatever slots there are", () => {
    assert.deepEqual(plan({}), []);
  });

  it("has the cloud take users out of its group, the service's user only out of what lets nobody in", () => {
    const memberships = [
      ...CONVERGED.memberships,
      member("cloudsqlsuperuser", "app"),
      member("cloudsqlsuperuser", SERVICE_USER),
    ];
    assert.deepEqual(
      plan({ memberships }).map(({ byCloud, found, summary }) => ({ byCloud, found, summary })),
      [
        {
          byCloud: { user: "app", memberOf: [], exact: true },
          found: "unplanned",
          summary: "take membership of cloudsqlsuperuser from app",
        },
        {
          byCloud: { user: SERVICE_USER, memberOf: ["app", "cloudsqliamserviceaccount"], exact: true },
          found: "unplanned",
          summary: `take membership of cloudsqlsuperuser from ${SERVICE_USER}`,
        },
      ],
    );
  });

  it("has the cloud make members, the administrator first, once for each user", () => {
    const memberships = [member("cloudsqlsuperuser", "postgres"), member("app", "postgres", { inherit: false })];
    assert.deepEqual(
      plan({ memberships }).map(({ alone, byCloud }) => ({ alone, byCloud })),
      [
        { alone: true, byCloud: { user: "postgres", memberOf: WANTED.administratorIn, exact: false } },
        { alone: true, byCloud: { user: "monitor", memberOf: ["pg_monitor"], exact: false } },
        { alone: true, byCloud: { user: SERVICE_USER, memberOf: ["app"], exact: false } },
      ],
    );
  });

  it("takes nothing from the administrator", () => {
    const memberships = [...CONVERGED.memberships, member("pg_read_all_data", "postgres")];
    assert.deepEqual(plan({ memberships }), []);
  });

  it("makes no role, and plans nothing for one that is not there", () => {
    const roles = CONVERGED.roles.filter(({ name }) => name !== "monitor");
    const memberships = CONVERGED.memberships.filter(({ member: name, role }) => ![name, role].includes("monitor"));
    assert.ok(plan({ roles, memberships }).every(({ sql }) => !sql.includes("CREATE ROLE")));
    assert.ok(plan({ roles, memberships }).every(({ byCloud }) => byCloud === undefined));
  });

  it("leaves everybody the way in, and nothing else", () => {
    const [app] = CONVERGED.objects;
    assert.ok(app);
    const toPublic = (privilege: string) => ({ grantee: null, grantor: app.owner, privilege, grantable: false });
    const grants = [...app.grants, toPublic("CONNECT"), toPublic("TEMPORARY")];
    assert.deepEqual(
      plan({ objects: [{ ...app, grants }] }).map(({ summary }) => summary),
      ["revoke TEMPORARY on database app from PUBLIC"],
    );
  });

  it("changes attributes and limits by SQL, as they are found", () => {
    const roles = CONVERGED.roles.map((role) =>
      role.name === "app" ? { ...role, createRole: true, connectionLimit: -1 } : role,
    );
    assert.deepEqual(
      plan({ roles }).map(({ byCloud, sql }) => [byCloud, sql]),
      [
        [undefined, 'ALTER ROLE "app" NOCREATEROLE'],
        [undefined, `ALTER ROLE "app" CONNECTION LIMIT ${String(WANTED.roles[1]?.connectionLimit)}`],
      ],
    );
  });
});
