import type { PlanCase } from "../plan-case.ts";
import { UNKNOWN_TEXT } from "../policy-rpc.ts";
import { gcp, sent } from "./gcp-resources.ts";

function user(change: object = {}) {
  const good = { name: "app", instance: "i", deletionPolicy: "ABANDON", databaseRoles: ["app_role"], passwordWo: "p" };
  return [gcp("user", "user", { ...good, ...change })];
}

function pool(name: string) {
  const props = { clusterId: "c", mode: "transaction", size: 5, dbName: "app", user: name };
  return [sent("digitalocean:index/databaseConnectionPool:DatabaseConnectionPool", "pool", props)];
}

const SERVICE = { type: "CLOUD_IAM_SERVICE_ACCOUNT", databaseRoles: undefined, passwordWo: undefined };

export const CASES: readonly PlanCase[] = [
  {
    id: "users/kept-on-removal",
    good: [...user(), ...user({ deletionPolicy: "PREVENT" })],
    bad: [
      { why: "not said", resources: user({ deletionPolicy: undefined }), says: /^user: got deletionPolicy DELETE/ },
      { why: "said", resources: user({ deletionPolicy: "DELETE" }), says: /^user: got deletionPolicy DELETE/ },
    ],
    unknown: user({ deletionPolicy: UNKNOWN_TEXT }),
  },
  {
    // Whether a value is a secret, the engine does not tell its policies: facts/any-provider.test.ts has the other side.
    id: "users/password-secret",
    good: [...user(), ...user(SERVICE)],
    bad: [],
    unknown: user({ passwordWo: undefined, password: "p" }),
  },
  {
    id: "users/password-write-only",
    good: user(),
    bad: [
      { why: "kept", resources: user({ passwordWo: undefined, password: "p" }), says: /^user: got password, want/ },
    ],
  },
  {
    id: "users/no-superuser",
    good: [...user(), ...user(SERVICE), ...pool("app")],
    bad: [
      { why: "no roles said", resources: user({ databaseRoles: undefined }), says: /^user: got cloudsqlsuperuser/ },
      {
        why: "beside another",
        resources: user({ databaseRoles: ["app_role", "cloudsqlsuperuser"] }),
        says: /^user: got cloudsqlsuperuser/,
      },
      { why: "a pool's", resources: pool("doadmin"), says: /^pool: got doadmin/ },
    ],
    unknown: user({ databaseRoles: [UNKNOWN_TEXT] }),
  },
];
