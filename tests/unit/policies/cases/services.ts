import type { PlanCase } from "../plan-case.ts";
import { type SentResource, UNKNOWN_TEXT } from "../policy-rpc.ts";
import { gcp, primary, sent, service, variables } from "./gcp-resources.ts";

function invoker(member: string): readonly SentResource[] {
  const props = { name: "app-x", role: "roles/run.invoker", member };
  return [sent("gcp:cloudrunv2/serviceIamMember:ServiceIamMember", "invoker", props)];
}

/** A service of the API's first version. */
function old(annotations: object, spec: object = {}): SentResource {
  return gcp("oldService", "old", {
    location: "europe-west1",
    metadata: { annotations },
    template: { spec: { serviceAccountName: "old@example.iam.gserviceaccount.com", containers: [], ...spec } },
  });
}

const INTERNAL = { "run.googleapis.com/ingress": "internal" };
/** Without the flag: the cloud takes it from the memory. */
const SMALL = {
  settings: {
    tier: "db-custom-1-3840",
    backupConfiguration: { enabled: true, pointInTimeRecoveryEnabled: true, transactionLogRetentionDays: 7 },
  },
};
const POOL = { name: "DB_POOL_SIZE", value: "5" };
const CANARY = "canary-81f3";

function second(...envs: readonly object[]): SentResource {
  return { ...service(variables(...envs)), name: "second" };
}

const PASSWORD = { name: "PGPASSWORD", valueSource: { secretKeyRef: { secret: "app-password", version: "1" } } };

export const CASES: readonly PlanCase[] = [
  {
    id: "services/no-public-invoker",
    good: invoker("serviceAccount:front@example.iam.gserviceaccount.com"),
    bad: [
      { why: "everybody", resources: invoker("allUsers"), says: /^invoker: got allUsers, want accounts by name/ },
      {
        why: "whoever comes is not asked",
        resources: [service({}, { invokerIamDisabled: true })],
        says: /^app: got everybody, by invokerIamDisabled, want/,
      },
      {
        why: "nor in the first version",
        resources: [old({ ...INTERNAL, "run.googleapis.com/invoker-iam-disabled": "true" })],
        says: /^old: got everybody, by invokerIamDisabled, want/,
      },
    ],
    unknown: [service({}, { invokerIamDisabled: UNKNOWN_TEXT })],
  },
  {
    id: "services/ingress-restricted",
    good: [service(), old(INTERNAL)],
    bad: [
      {
        why: "all",
        resources: [service({}, { ingress: "INGRESS_TRAFFIC_ALL" })],
        says: /^app: got ingress from everywhere/,
      },
      { why: "not said", resources: [service({}, { ingress: undefined })], says: /^app: got ingress from everywhere/ },
      { why: "not said in the first version", resources: [old({})], says: /^old: got ingress from everywhere/ },
    ],
    unknown: [service({}, { ingress: UNKNOWN_TEXT })],
  },
  {
    id: "services/no-plain-secrets",
    good: [service()],
    bad: [
      {
        why: "by its name",
        resources: [service(variables({ name: "DB_PASSWORD", value: CANARY }))],
        says: /^app: got plain text in: DB_PASSWORD(?![\s\S]*canary)/,
      },
      {
        why: "by its value",
        resources: [service(variables({ name: "BACKEND", value: `postgres://app:${CANARY}@db/app` }))],
        says: /^app: got plain text in: BACKEND(?![\s\S]*canary)/,
      },
      {
        why: "in a connection string",
        resources: [service(variables({ name: "BACKEND", value: `host=db user=app password=${CANARY}` }))],
        says: /^app: got plain text in: BACKEND(?![\s\S]*canary)/,
      },
      {
        why: "by its name, though its value is not known",
        resources: [service(variables({ name: "API_TOKEN", value: UNKNOWN_TEXT }))],
        says: /^app: got plain text in: API_TOKEN/,
      },
      {
        why: "in a job",
        resources: [
          gcp("job", "job", {
            location: "europe-west1",
            template: {
              template: { serviceAccount: "j@example.iam", ...variables({ name: "PGPASSWORD", value: CANARY }) },
            },
          }),
        ],
        says: /^job: got plain text in: PGPASSWORD/,
      },
      {
        why: "in the first version",
        resources: [old(INTERNAL, variables({ name: "SECRET_KEY", value: CANARY }))],
        says: /^old: got plain text in: SECRET_KEY/,
      },
    ],
    unknown: [service(variables({ name: "BACKEND", value: UNKNOWN_TEXT }))],
  },
  {
    id: "services/removal-refused",
    good: [service(), service({}, { deletionProtection: undefined })],
    bad: [
      {
        why: "off",
        resources: [service({}, { deletionProtection: false })],
        says: /^app: got deletionProtection false/,
      },
    ],
    unknown: [service({}, { deletionProtection: UNKNOWN_TEXT })],
  },
  {
    id: "services/own-account",
    good: [
      gcp("account", "app-account", { accountId: "app" }),
      service({ serviceAccount: UNKNOWN_TEXT }, {}, { dependencies: { template: ["app-account"] } }),
    ],
    bad: [
      { why: "not said", resources: [service({ serviceAccount: undefined })], says: /^app: got the project's default/ },
      {
        why: "by its address",
        resources: [service({ serviceAccount: "123-compute@developer.gserviceaccount.com" })],
        says: /^app: got the project's default/,
      },
    ],
    unknown: [service({ serviceAccount: UNKNOWN_TEXT })],
  },
  {
    id: "services/fit-max-connections",
    good: [primary(), service()],
    bad: [
      {
        why: "pools are too large",
        resources: [primary(), service({ ...variables(POOL), scaling: { maxInstanceCount: 40 } })],
        says: /^app-primary: got 200 connections, want \d+ at most/,
      },
      {
        why: "one connection each is too much",
        resources: [primary(), service({ ...variables(), scaling: { maxInstanceCount: 300 } })],
        says: /^app-primary: got 300 connections or more/,
      },
      {
        why: "beside a pooler that is not turned on",
        resources: [
          primary({ settings: { ...SMALL.settings, connectionPoolConfigs: [{ flags: [] }] } }),
          service({ ...variables(POOL), scaling: { maxInstanceCount: 40 } }),
        ],
        says: /^app-primary: got 200 connections, want \d+ at most/,
      },
      {
        why: "what the cloud sets by the memory",
        resources: [primary(SMALL), service({ ...variables(POOL), scaling: { maxInstanceCount: 40 } })],
        says: /^app-primary: got 200 connections, want \d+ at most/,
      },
    ],
    unknown: [primary(), service(variables())],
  },
  {
    id: "services/own-user",
    good: [service(), second({ name: "PGUSER", value: "second" }, POOL)],
    bad: [
      {
        why: "one name",
        resources: [service(), second({ name: "PGUSER", value: "app" }, POOL)],
        says: /^app: got the same user as second/,
      },
      { why: "one secret", resources: [second(PASSWORD, POOL), service()], says: /^second: got the same user as app/ },
    ],
    unknown: [service(), second({ name: "PGUSER", value: UNKNOWN_TEXT }, POOL)],
  },
];
