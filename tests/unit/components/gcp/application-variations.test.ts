// One fact changed at a time: what follows from it for the service, its secrets and the exports, and nothing else. Does
// not prove that the cloud changes it in place.
import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import type { SpecOf } from "../../../../topology/spec.ts";
import { applicationOf, planOf, PROD_SERVICE, STAGING_SERVICE } from "./example-topologies.ts";
import { withNamedParts } from "./named-parts.ts";
import { planDifference } from "../../../support/plan-difference.ts";

interface Variation {
  readonly base: SpecOf<"gcp">;
  readonly change: Partial<SpecOf<"gcp">>;
  readonly differs: readonly string[];
}

const CA = "sslmode=verify-full&sslrootcert=%2Fetc%2Fpgtopology%2Ftls%2Fserver-ca.pem";
const CA_WITHOUT_NAME = CA.replace("verify-full", "verify-ca");
const IMAGE = `example/pgbouncer@sha256:${"0a".repeat(32)}`;
const KEY = "projects/keys/locations/europe-north1/keyRings/ring/cryptoKeys/exports";
const EXAMPLE = STAGING_SERVICE.service?.image ?? "";

const primary = "staging-primary-k3x9";
const reports = "staging-replica-reports-k3x9";
const named = (instance: string): string => `${instance}.europe-west1.sql.test`;
const app = (path: string): string => `Service service template.containers.application.${path}`;
const env = (name: string, change: string): string => app(`envs.${name}.value: ${change}`);
const kept = (name: string, secret: string): string[] => [
  app(`envs.${name}.valueSource.secretKeyRef.secret: (none) → staging-${secret}-k3x9`),
  app(`envs.${name}.valueSource.secretKeyRef.version: (none) → 7`),
];
const secret = (name: string): string[] => [
  `+ Secret secret-${name}`,
  `+ SecretIamMember secret-${name}-reader`,
  `+ SecretVersion secret-${name}-version`,
];
const volume = (name: string, file: string, isNew: boolean): string[] => {
  const change = (value: string): string => (isNew ? `(none) → ${value}` : `${value} → (none)`);
  const path = `Service service template.volumes.${name}.secret`;
  return [
    `${path}.items.0.path: ${change(file)}`,
    `${path}.items.0.version: ${change("7")}`,
    `${path}.secret: ${change(`staging-${name}-k3x9`)}`,
  ];
};

const iamLine = (instance: string): string =>
  `postgresql://staging-service-k3x9%40example.iam@${named(instance)}:5432/app?${CA}`;
const socketLine = (instance: string): string =>
  `postgresql://staging-service-k3x9%40example.iam@/app?host=%2Fcloudsql%2Fexample%3Aeurope-west1%3A${instance}&port=5432`;
const migration = (host: string, query: string): string =>
  `postgresql://app_owner:marker-of-owner-5e1f@${host}:5432/app?${query}`;
const migrationByAddress = `SecretVersion secret-migration-url-version secretData: ${migration(named(primary), CA)} → ${migration(`address of ${primary}`, CA_WITHOUT_NAME)}`;
const onlyNames = (...instances: readonly string[]): string =>
  `resource.service == "sqladmin.googleapis.com" && (${instances.map((name) => `resource.name == "projects/example/instances/${name}"`).join(" || ")})`;

/** A password instead of a token: no grant, no user of its own, and everything that holds it by reference. */
const PASSWORD_LOGIN = [
  "- IAMMember service-instance-user",
  "- User user-service",
  ...["reader-url", "service-password", "writer-url"].flatMap(secret),
  env("DATABASE_REPLICA_URL", `${iamLine(reports)} → (none)`),
  ...kept("DATABASE_REPLICA_URL", "reader-url"),
  env("DATABASE_URL", `${iamLine(primary)} → (none)`),
  ...kept("DATABASE_URL", "writer-url"),
  ...kept("POSTGRES_PASSWORD", "service-password"),
  env("POSTGRES_USER", "staging-service-k3x9@example.iam → app"),
];

const VARIATIONS: Readonly<Record<string, Variation>> = {
  "a socket is mounted for each server, and no authority is": {
    base: STAGING_SERVICE,
    change: { access: { path: "socket", certificateAuthority: "per-instance" } },
    differs: [
      "- SecretIamMember secret-server-ca-reader",
      migrationByAddress,
      env("DATABASE_REPLICA_URL", `${iamLine(reports)} → ${socketLine(reports)}`),
      env("DATABASE_URL", `${iamLine(primary)} → ${socketLine(primary)}`),
      env("PGSSLMODE", "verify-full → (none)"),
      env("PGSSLROOTCERT", "/etc/pgtopology/tls/server-ca.pem → (none)"),
      env("POSTGRES_HOST", `${named(primary)} → /cloudsql/example:europe-west1:${primary}`),
      env("POSTGRES_REPLICA_HOST", `${named(reports)} → /cloudsql/example:europe-west1:${reports}`),
      app("volumeMounts.cloudsql.mountPath: (none) → /cloudsql"),
      app("volumeMounts.server-ca.mountPath: /etc/pgtopology/tls → (none)"),
      ...[primary, reports].map(
        (name, index) =>
          `Service service template.volumes.cloudsql.cloudSqlInstance.instances.${index}: (none) → example:europe-west1:${name}`,
      ),
      ...volume("server-ca", "server-ca.pem", false),
    ],
  },
  "a password is kept, read by reference, and needs no role of IAM": {
    base: STAGING_SERVICE,
    change: { access: { login: "password" } },
    differs: ["- IAMMember service-client", ...PASSWORD_LOGIN],
  },
  "a sidecar stands between the application and the servers, with its files kept": {
    base: STAGING_SERVICE,
    change: { pooling: { kind: "sidecar", image: IMAGE } },
    differs: [
      "- IAMMember service-client",
      ...PASSWORD_LOGIN,
      ...["pgbouncer-config", "pgbouncer-users"].flatMap(secret),
      app("dependsOns.0: (none) → pgbouncer"),
      env("POSTGRES_POOLED_DATABASE", "(none) → app"),
      env("POSTGRES_POOLED_HOST", "(none) → 127.0.0.1"),
      env("POSTGRES_POOLED_PORT", "(none) → 6432"),
      env("POSTGRES_POOLED_REPLICA_DATABASE", "(none) → app_readers"),
      env("POSTGRES_POOLED_REPLICA_HOST", "(none) → 127.0.0.1"),
      env("POSTGRES_POOLED_REPLICA_PORT", "(none) → 6432"),
      env("POSTGRES_POOLED_SSLMODE", "(none) → disable"),
      ...[
        "args.0: (none) → /etc/pgtopology/pgbouncer/pgbouncer.ini",
        "commands.0: (none) → pgbouncer",
        `image: (none) → ${IMAGE}`,
        "resources.limits.cpu: (none) → 500m",
        "resources.limits.memory: (none) → 256Mi",
        "startupProbe.failureThreshold: (none) → 30",
        "startupProbe.periodSeconds: (none) → 2",
        "startupProbe.tcpSocket.port: (none) → 6432",
        "startupProbe.timeoutSeconds: (none) → 1",
        "volumeMounts.pgbouncer-config.mountPath: (none) → /etc/pgtopology/pgbouncer",
        "volumeMounts.pgbouncer-users.mountPath: (none) → /etc/pgtopology/users",
        "volumeMounts.server-ca.mountPath: (none) → /etc/pgtopology/tls",
      ].map((line) => `Service service template.containers.pgbouncer.${line}`),
      ...volume("pgbouncer-config", "pgbouncer.ini", true),
      ...volume("pgbouncer-users", "userlist.txt", true),
    ],
  },
  "a public service takes requests from everybody": {
    base: STAGING_SERVICE,
    change: { service: { image: EXAMPLE, public: true } },
    differs: [
      "+ ServiceIamMember service-public",
      "Service service ingress: INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER → INGRESS_TRAFFIC_ALL",
    ],
  },
  "the service's size, port and health path are its containers'": {
    base: STAGING_SERVICE,
    change: {
      service: {
        image: EXAMPLE,
        cpus: 0.5,
        concurrency: 1,
        memoryMiB: 256,
        port: 3000,
        healthPath: "/up",
        maxInstances: 3,
      },
    },
    differs: [
      app("livenessProbe.httpGet.path: /healthz → /up"),
      app("livenessProbe.httpGet.port: 8080 → 3000"),
      app("ports.containerPort: 8080 → 3000"),
      app("resources.limits.cpu: 1 → 500m"),
      app("resources.limits.memory: 512Mi → 256Mi"),
      app("startupProbe.httpGet.path: /healthz → /up"),
      app("startupProbe.httpGet.port: 8080 → 3000"),
      "Service service template.maxInstanceRequestConcurrency: 80 → 1",
      "Service service template.scaling.maxInstanceCount: 5 → 3",
    ],
  },
  "an instance that is kept warm keeps its processor": {
    base: STAGING_SERVICE,
    change: { service: { image: EXAMPLE, minInstances: 2 } },
    differs: [app("resources.cpuIdle: true → false"), "Service service template.scaling.minInstanceCount: 0 → 2"],
  },
  "less than one processor is only there during requests": {
    base: STAGING_SERVICE,
    change: { service: { image: EXAMPLE, minInstances: 2, cpus: 0.25 } },
    differs: [app("resources.limits.cpu: 1 → 250m"), "Service service template.scaling.minInstanceCount: 0 → 2"],
  },
  "variables of the user's own are added to the topology's": {
    base: STAGING_SERVICE,
    change: { service: { image: EXAMPLE, environment: { TEAM: "payments" } } },
    differs: [env("TEAM", "(none) → payments")],
  },
  "the application's pool is its variables'": {
    base: STAGING_SERVICE,
    change: { application: { poolSize: 4, useReadReplica: false } },
    differs: [env("DB_POOL_SIZE", "20 → 4"), env("USE_READ_REPLICA", "true → false")],
  },
  "without a replica nothing leads to one": {
    base: STAGING_SERVICE,
    change: { replicas: {} },
    differs: [
      `IAMMember service-client condition.expression: ${onlyNames(primary, reports)} → ${onlyNames(primary)}`,
      env("DATABASE_REPLICA_URL", `${iamLine(reports)} → (none)`),
      env("POSTGRES_REPLICA_HOST", `${named(reports)} → (none)`),
      env("POSTGRES_REPLICA_PORT", "5432 → (none)"),
      env("USE_READ_REPLICA", "true → false"),
    ],
  },
  "a certificate without names is checked without one": {
    base: STAGING_SERVICE,
    change: { access: { certificateAuthority: "per-instance" } },
    differs: [
      migrationByAddress,
      ...[primary, reports].map((name, index) => {
        const after = iamLine(name).replace(named(name), `address of ${name}`).replace(CA, CA_WITHOUT_NAME);
        return env(index === 0 ? "DATABASE_URL" : "DATABASE_REPLICA_URL", `${iamLine(name)} → ${after}`);
      }),
      env("PGSSLMODE", "verify-full → verify-ca"),
      env("POSTGRES_HOST", `${named(primary)} → address of ${primary}`),
      env("POSTGRES_REPLICA_HOST", `${named(reports)} → address of ${reports}`),
    ],
  },
  "the service goes through an existing network": {
    base: STAGING_SERVICE,
    change: {
      access: {
        network: {
          existing: "projects/host/global/networks/shared",
          subnet: "projects/host/regions/europe-west1/subnetworks/run",
        },
      },
    },
    differs: [
      "Service service template.vpcAccess.networkInterfaces.0.network: pgtopology-staging-network → projects/host/global/networks/shared",
      "Service service template.vpcAccess.networkInterfaces.0.subnetwork: pgtopology-staging-subnet → projects/host/regions/europe-west1/subnetworks/run",
    ],
  },
  "without a service nobody logs in with a token": {
    base: PROD_SERVICE,
    change: { service: undefined },
    differs: [
      "- Account service-account",
      "- IAMMember service-client",
      "- IAMMember service-instance-user",
      "- SecretIamMember secret-server-ca-reader",
      "- Service service",
      "- User user-service",
    ],
  },
  "a replica that waits for a disaster serves no reads": {
    base: PROD_SERVICE,
    change: { replicas: { west: { purpose: "disaster-recovery", region: "europe-west4" } } },
    differs: [
      `IAMMember service-client condition.expression: ${onlyNames("prod-primary-k3x9", "prod-replica-reports-k3x9", "prod-replica-west-k3x9")} → ${onlyNames("prod-primary-k3x9", "prod-replica-west-k3x9")}`,
      env(
        "DATABASE_REPLICA_URL",
        `postgresql://prod-service-k3x9%40example.iam@${named("prod-replica-reports-k3x9")}:6432/shop?${CA} → (none)`,
      ),
      env("POSTGRES_POOLED_REPLICA_DATABASE", "shop → (none)"),
      env("POSTGRES_POOLED_REPLICA_HOST", `${named("prod-replica-reports-k3x9")} → (none)`),
      env("POSTGRES_POOLED_REPLICA_PORT", "6432 → (none)"),
      env("POSTGRES_REPLICA_HOST", `${named("prod-replica-reports-k3x9")} → (none)`),
      env("POSTGRES_REPLICA_PORT", "5432 → (none)"),
      env("USE_READ_REPLICA", "true → false"),
    ],
  },
  "a second copy has its own days, time and key, which the cloud's storage may use": {
    base: PROD_SERVICE,
    change: {
      backup: {
        ...PROD_SERVICE.backup,
        secondCopy: {
          location: "europe-north1",
          schedule: "23:05",
          retentionDays: 90,
          softDeleteDays: 7,
          encryptionKey: KEY,
        },
      },
    },
    differs: [
      "+ CryptoKeyIAMMember exports-key-user",
      `Bucket exports encryption.defaultKmsKeyName: (none) → ${KEY}`,
      "Bucket exports lifecycleRules.0.condition.age: 30 → 90",
      "Bucket exports retentionPolicy.retentionPeriod: 2592000 → 7776000",
      "Bucket exports softDeletePolicy.retentionDurationSeconds: 1209600 → 604800",
      "Job export-timer schedule: 30 6 * * * → 5 23 * * *",
    ],
  },
  "without a second copy there is no bucket, and nothing that would fill it": {
    base: PROD_SERVICE,
    change: { backup: { ...PROD_SERVICE.backup, secondCopy: undefined } },
    differs: [
      "- Account export-account",
      "- Account timer-account",
      "- Bucket exports",
      "- BucketIAMMember exports-writer",
      "- IAMCustomRole export-role",
      "- IAMMember export-grant",
      "- IAMMember timer-grant",
      "- Job export-timer",
      "- Workflow export",
    ],
  },
  "without protection everything can be removed": {
    base: PROD_SERVICE,
    change: { protection: { deletion: false } },
    differs: [
      "Bucket exports options.protect: true → false",
      "Database database options.protect: true → false",
      "Secret secret-migration-url deletionProtection: true → false",
      "Secret secret-server-ca deletionProtection: true → false",
      "Service service deletionProtection: true → false",
    ],
  },
  "data that is not to be kept goes with the stack": {
    base: PROD_SERVICE,
    change: { protection: { keepData: false } },
    differs: ["Bucket exports options.retainOnDelete: true → false"],
  },
};

describe("one fact of the application's side changed", () => {
  const plans = new Map<SpecOf<"gcp">, ReturnType<typeof planOf>>();
  before(async () => {
    for (const base of [STAGING_SERVICE, PROD_SERVICE]) {
      const plan = planOf(base);
      plans.set(base, plan);
      // The mocks are global: one at a time.
      await plan;
    }
  });

  for (const [title, { base, change, differs }] of Object.entries(VARIATIONS)) {
    it(title, async () => {
      const before = await plans.get(base);
      const after = await planOf({ ...base, ...change });
      const [old, now] = [before?.resources ?? [], after.resources].map((all) => withNamedParts(applicationOf(all)));
      assert.deepEqual(planDifference(old ?? [], now ?? []).sort(), [...differs].sort());
    });
  }
});
