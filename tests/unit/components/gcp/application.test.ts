// The exact arguments of what stands on the servers of two topologies, one cheap and one with everything. Does not prove
// that the cloud takes them, nor that a service starts: only a run against the cloud does.
import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import { exportWorkflow } from "../../../../components/gcp/export-args.ts";
import { type RecordedResource, resourceOf } from "../../../support/planned-resources.ts";
import { applicationOf, planOf, PROD_SERVICE, secretMarker, STAGING, STAGING_SERVICE } from "./example-topologies.ts";

const SERVICE = "gcp:cloudrunv2/service:Service";
const USER = "gcp:sql/user:User";
const SECRET = "gcp:secretmanager/secret:Secret";
const SECRET_VERSION = "gcp:secretmanager/secretVersion:SecretVersion";
const PROJECT_GRANT = "gcp:projects/iAMMember:IAMMember";

const CA_FILE = "/etc/pgtopology/tls/server-ca.pem";
const CA_QUERY = "sslmode=verify-full&sslrootcert=%2Fetc%2Fpgtopology%2Ftls%2Fserver-ca.pem";
const HEALTH = { httpGet: { path: "/healthz", port: 8080 } };
const APPLICATION_POOL = {
  PGCONNECT_TIMEOUT: "10",
  DB_KEEPALIVES_IDLE: "60",
  DB_KEEPALIVES_INTERVAL: "10",
  DB_KEEPALIVES_COUNT: "3",
  DB_POOL_SIZE: "20",
  DB_MAX_OVERFLOW: "30",
  DB_POOL_TIMEOUT: "60",
  DB_POOL_RECYCLE: "3600",
  DB_REPLICA_POOL_SIZE: "15",
  DB_REPLICA_MAX_OVERFLOW: "20",
  DB_REPLICA_POOL_TIMEOUT: "30",
  USE_READ_REPLICA: "true",
  REPLICA_FALLBACK_ENABLED: "true",
};

function envs(variables: Readonly<Record<string, string>>): { name: string; value: string }[] {
  return Object.entries(variables).map(([name, value]) => ({ name, value }));
}

function namesOf(resources: readonly RecordedResource[]): string[] {
  return resources.map(({ name, type }) => `${type.split(":").at(-1) ?? ""} ${name}`);
}

describe("the application's side of a topology in staging", () => {
  const labels = { "pgtopology-stack": "staging", "pgtopology-environment": "staging" };
  const primary = "staging-primary-k3x9.europe-west1.sql.test";
  const replica = "staging-replica-reports-k3x9.europe-west1.sql.test";
  let resources: readonly RecordedResource[];
  before(async () => ({ resources } = await planOf(STAGING_SERVICE)));

  it("is a service with its account, a database with its users, two secrets, and no export", () => {
    const top = "pgtopology-staging";
    assert.deepEqual(namesOf(applicationOf(resources)), [
      `Service ${top}-service`,
      `IAMMember ${top}-service-client`,
      `IAMMember ${top}-service-instance-user`,
      `Secret ${top}-secret-migration-url`,
      `Secret ${top}-secret-server-ca`,
      `SecretIamMember ${top}-secret-server-ca-reader`,
      `SecretVersion ${top}-secret-migration-url-version`,
      `SecretVersion ${top}-secret-server-ca-version`,
      `Account ${top}-service-account`,
      `Database ${top}-database`,
      `User ${top}-user-administrator`,
      `User ${top}-user-monitoring`,
      `User ${top}-user-owner`,
      `User ${top}-user-read-only`,
      `User ${top}-user-read-write`,
      `User ${top}-user-service`,
      `Topology ${top}`,
    ]);
    assert.ok(applicationOf(resources).every(({ name, options }) => options.parent === (name === top ? "" : top)));
  });

  it("has a service that reaches the servers by their names, with tokens instead of passwords", () => {
    const { props } = resourceOf(resources, SERVICE, "pgtopology-staging-service");
    assert.deepEqual(props, {
      name: "staging-service-k3x9",
      project: "example",
      location: "europe-west1",
      labels,
      deletionProtection: true,
      ingress: "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER",
      template: {
        labels,
        serviceAccount: "staging-service-k3x9@example.iam.gserviceaccount.com",
        scaling: { minInstanceCount: 0, maxInstanceCount: 5 },
        maxInstanceRequestConcurrency: 80,
        containers: [
          {
            name: "application",
            image: STAGING_SERVICE.service?.image,
            ports: { containerPort: 8080 },
            resources: { limits: { cpu: "1", memory: "512Mi" }, cpuIdle: true, startupCpuBoost: true },
            envs: envs({
              POSTGRES_HOST: primary,
              POSTGRES_PORT: "5432",
              POSTGRES_USER: "staging-service-k3x9@example.iam",
              POSTGRES_DATABASE: "app",
              POSTGRES_REPLICA_HOST: replica,
              POSTGRES_REPLICA_PORT: "5432",
              DATABASE_URL: `postgresql://staging-service-k3x9%40example.iam@${primary}:5432/app?${CA_QUERY}`,
              DATABASE_REPLICA_URL: `postgresql://staging-service-k3x9%40example.iam@${replica}:5432/app?${CA_QUERY}`,
              PGSSLMODE: "verify-full",
              PGSSLROOTCERT: CA_FILE,
              ...APPLICATION_POOL,
            }),
            startupProbe: { ...HEALTH, periodSeconds: 5, timeoutSeconds: 4, failureThreshold: 48 },
            livenessProbe: { ...HEALTH, periodSeconds: 30, timeoutSeconds: 10, failureThreshold: 3 },
            volumeMounts: [{ name: "server-ca", mountPath: "/etc/pgtopology/tls" }],
          },
        ],
        volumes: [
          {
            name: "server-ca",
            secret: { secret: "staging-server-ca-k3x9", items: [{ path: "server-ca.pem", version: "7" }] },
          },
        ],
        vpcAccess: {
          networkInterfaces: [{ network: "pgtopology-staging-network", subnetwork: "pgtopology-staging-subnet" }],
          egress: "PRIVATE_RANGES_ONLY",
        },
      },
    });
  });

  it("starts the service once it can read its secrets, log in, and find the servers", () => {
    const { options } = resourceOf(resources, SERVICE, "pgtopology-staging-service");
    const waitsFor = ["secret-server-ca-reader", "service-client", "service-instance-user", "user-monitoring"];
    for (const part of [...waitsFor, "record-primary", "record-replica-reports"]) {
      assert.ok(options.dependsOn.includes(`pgtopology-staging-${part}`), part);
    }
  });

  it("lets the service's account reach these instances, and log in", () => {
    const member = "serviceAccount:staging-service-k3x9@example.iam.gserviceaccount.com";
    assert.deepEqual(resourceOf(resources, PROJECT_GRANT, "pgtopology-staging-service-client").props, {
      project: "example",
      role: "roles/cloudsql.client",
      member,
      condition: {
        title: "instances of the topology",
        expression:
          'resource.service == "sqladmin.googleapis.com" && (resource.name == "projects/example/instances/staging-primary-k3x9" || resource.name == "projects/example/instances/staging-replica-reports-k3x9")',
      },
    });
    assert.deepEqual(resourceOf(resources, PROJECT_GRANT, "pgtopology-staging-service-instance-user").props, {
      project: "example",
      role: "roles/cloudsql.instanceUser",
      member,
    });
  });

  it("lets the service read the servers' authority, and no secret", () => {
    const readers = resources.filter(({ type }) => type === "gcp:secretmanager/secretIamMember:SecretIamMember");
    assert.deepEqual(
      readers.map(({ props }) => props),
      [
        {
          project: "example",
          secretId: "staging-server-ca-k3x9",
          role: "roles/secretmanager.secretAccessor",
          member: "serviceAccount:staging-service-k3x9@example.iam.gserviceaccount.com",
        },
      ],
    );
  });

  it("has a database that a removal leaves alone (trap 14)", () => {
    const { props } = resourceOf(resources, "gcp:sql/database:Database", "pgtopology-staging-database");
    assert.deepEqual(props, {
      name: "app",
      project: "example",
      instance: "staging-primary-k3x9",
      charset: "UTF8",
      collation: "en_US.UTF8",
      deletionPolicy: "ABANDON",
    });
  });

  it("has users that a removal leaves alone, without roles that would overwrite others (traps 14 and 16)", () => {
    const common = { project: "example", instance: "staging-primary-k3x9", deletionPolicy: "ABANDON" };
    const users = resources
      .filter(({ type }) => type === USER)
      .map(({ name, props }) => [name.split("user-")[1], props]);
    const withPassword = (name: string, role: string) => ({
      ...common,
      name,
      type: "BUILT_IN",
      password: secretMarker(role),
    });
    assert.deepEqual(Object.fromEntries(users), {
      service: { ...common, name: "staging-service-k3x9@example.iam", type: "CLOUD_IAM_SERVICE_ACCOUNT" },
      administrator: withPassword("postgres", "administrator"),
      owner: withPassword("app_owner", "owner"),
      "read-write": withPassword("app", "readWrite"),
      "read-only": withPassword("app_readonly", "readOnly"),
      monitoring: withPassword("monitor", "monitoring"),
    });
  });

  it("makes database and users one after the other, because a server takes one operation at a time", () => {
    const order = ["database", "user-service", "user-administrator", "user-owner", "user-read-write", "user-read-only"];
    for (const [index, name] of [...order.slice(1), "user-monitoring"].entries()) {
      const { options } = resourceOf(resources, USER, `pgtopology-staging-${name}`);
      assert.ok(options.dependsOn.includes(`pgtopology-staging-${order[index] ?? ""}`), name);
    }
  });

  it("keeps the owner's way past every pooler for what changes the schema", () => {
    assert.deepEqual(resourceOf(resources, SECRET, "pgtopology-staging-secret-migration-url").props, {
      secretId: "staging-migration-url-k3x9",
      project: "example",
      labels,
      replication: { userManaged: { replicas: [{ location: "europe-west1" }] } },
      versionDestroyTtl: "604800s",
      deletionProtection: true,
    });
    assert.deepEqual(resourceOf(resources, SECRET_VERSION, "pgtopology-staging-secret-migration-url-version").props, {
      secret: "pgtopology-staging-secret-migration-url",
      secretData: `postgresql://app_owner:${secretMarker("owner")}@${primary}:5432/app?${CA_QUERY}`,
    });
  });
});

describe("the application's side of a topology in prod", () => {
  const labels = { owner: "payments", "pgtopology-stack": "prod", "pgtopology-environment": "prod" };
  let resources: readonly RecordedResource[];
  before(async () => ({ resources } = await planOf(PROD_SERVICE)));

  it("has a service that goes through the cloud's pooler, to the name that follows the primary", () => {
    const { props } = resourceOf(resources, SERVICE, "pgtopology-prod-service");
    const { template } = props as {
      template: { containers: { envs: unknown; resources: unknown }[]; scaling: unknown };
    };
    const login = "postgresql://prod-service-k3x9%40example.iam";
    const [writer, reader] = ["prod-primary-k3x9.global.sql.test", "prod-replica-reports-k3x9.europe-west1.sql.test"];
    assert.deepEqual(
      template.containers.map((container) => container.envs),
      [
        envs({
          POSTGRES_HOST: writer,
          POSTGRES_PORT: "5432",
          POSTGRES_USER: "prod-service-k3x9@example.iam",
          POSTGRES_DATABASE: "shop",
          POSTGRES_REPLICA_HOST: reader,
          POSTGRES_REPLICA_PORT: "5432",
          POSTGRES_POOLED_HOST: writer,
          POSTGRES_POOLED_PORT: "6432",
          POSTGRES_POOLED_DATABASE: "shop",
          POSTGRES_POOLED_REPLICA_HOST: reader,
          POSTGRES_POOLED_REPLICA_PORT: "6432",
          POSTGRES_POOLED_REPLICA_DATABASE: "shop",
          POSTGRES_POOLED_SSLMODE: "verify-full",
          DATABASE_URL: `${login}@${writer}:6432/shop?${CA_QUERY}`,
          DATABASE_REPLICA_URL: `${login}@${reader}:6432/shop?${CA_QUERY}`,
          PGSSLMODE: "verify-full",
          PGSSLROOTCERT: CA_FILE,
          ...APPLICATION_POOL,
          LOG_LEVEL: "info",
        }),
      ],
    );
    assert.deepEqual(template.scaling, { minInstanceCount: 1, maxInstanceCount: 8 });
    assert.deepEqual(template.containers[0]?.resources, {
      limits: { cpu: "1", memory: "512Mi" },
      cpuIdle: false,
      startupCpuBoost: true,
    });
  });

  it("has no pooler to choose over a socket, which leads to the cloud's own by itself", async () => {
    const over = await planOf({ ...PROD_SERVICE, access: { path: "socket", certificateAuthority: "per-instance" } });
    const { props } = resourceOf(over.resources, SERVICE, "pgtopology-prod-service");
    const { template } = props as { template: { containers: { envs: { name: string; value: string }[] }[] } };
    const variables = template.containers[0]?.envs ?? [];
    assert.deepEqual(
      variables.filter(({ name }) => name.includes("POOLED")),
      [],
    );
    assert.match(
      variables.find(({ name }) => name === "DATABASE_URL")?.value ?? "",
      /host=%2Fcloudsql%2F.*&port=5432$/,
    );
  });

  it("has the authorities of both regions for the service", () => {
    const { props } = resourceOf(resources, SECRET_VERSION, "pgtopology-prod-secret-server-ca-version");
    assert.equal(props.secretData, "authority of europe-west1\nauthority of europe-west4\n");
  });

  it("has a bucket in another region that nobody can empty, and that outlives the stack", () => {
    const { props, options } = resourceOf(resources, "gcp:storage/bucket:Bucket", "pgtopology-prod-exports");
    assert.deepEqual(props, {
      name: "prod-exports-k3x9",
      project: "example",
      labels,
      location: "EUROPE-NORTH1",
      storageClass: "STANDARD",
      uniformBucketLevelAccess: true,
      publicAccessPrevention: "enforced",
      versioning: { enabled: true },
      retentionPolicy: { retentionPeriod: "2592000", isLocked: false },
      softDeletePolicy: { retentionDurationSeconds: 1_209_600 },
      lifecycleRules: [
        { action: { type: "Delete" }, condition: { age: 30, withState: "LIVE" } },
        { action: { type: "Delete" }, condition: { daysSinceNoncurrentTime: 1, withState: "ARCHIVED" } },
        { action: { type: "AbortIncompleteMultipartUpload" }, condition: { age: 7 } },
      ],
      forceDestroy: false,
    });
    assert.deepEqual([options.protect, options.retainOnDelete], [true, true]);
  });

  it("lets the primary add to the bucket, and do nothing else there", () => {
    const grants = resources.filter(({ type }) => type.startsWith("gcp:storage/bucketIAM"));
    assert.deepEqual(
      grants.map(({ props }) => props),
      [
        {
          bucket: "prod-exports-k3x9",
          role: "roles/storage.objectCreator",
          member: "serviceAccount:prod-primary-k3x9@sql.test",
        },
      ],
    );
  });

  it("has a workflow that may ask this instance for an export, and nothing else", () => {
    assert.deepEqual(resourceOf(resources, "gcp:workflows/workflow:Workflow", "pgtopology-prod-export").props, {
      name: "prod-export-k3x9",
      project: "example",
      region: "europe-west1",
      labels,
      description: "Exports the database to the bucket of exports",
      serviceAccount: "prod-export-k3x9@example.iam.gserviceaccount.com",
      sourceContents: exportWorkflow({
        project: "example",
        instance: "prod-primary-k3x9",
        database: "shop",
        bucket: "prod-exports-k3x9",
      }),
      callLogLevel: "LOG_ERRORS_ONLY",
      deletionProtection: false,
    });
    const role = resourceOf(resources, "gcp:projects/iAMCustomRole:IAMCustomRole", "pgtopology-prod-export-role");
    assert.deepEqual(role.props.permissions, ["cloudsql.instances.export", "cloudsql.instances.get"]);
    assert.equal(role.props.roleId, "prod_export_k3x9");
    assert.deepEqual(resourceOf(resources, PROJECT_GRANT, "pgtopology-prod-export-grant").props, {
      project: "example",
      role: "projects/example/roles/prod_export_k3x9",
      member: "serviceAccount:prod-export-k3x9@example.iam.gserviceaccount.com",
      condition: {
        title: "instances of the topology",
        expression:
          'resource.service == "sqladmin.googleapis.com" && (resource.name == "projects/example/instances/prod-primary-k3x9")',
      },
    });
  });

  it("starts the workflow every day, as an account that can only do that", () => {
    assert.deepEqual(resourceOf(resources, "gcp:cloudscheduler/job:Job", "pgtopology-prod-export-timer").props, {
      name: "prod-export-timer-k3x9",
      project: "example",
      region: "europe-west1",
      description: "Starts the daily export of the database",
      schedule: "30 6 * * *",
      timeZone: "Etc/UTC",
      attemptDeadline: "60s",
      retryConfig: { retryCount: 3, minBackoffDuration: "60s" },
      httpTarget: {
        httpMethod: "POST",
        uri: "https://workflowexecutions.googleapis.com/v1/projects/example/locations/europe-west1/workflows/prod-export-k3x9/executions",
        oauthToken: {
          serviceAccountEmail: "prod-timer-k3x9@example.iam.gserviceaccount.com",
          scope: "https://www.googleapis.com/auth/cloud-platform",
        },
      },
    });
    assert.deepEqual(resourceOf(resources, PROJECT_GRANT, "pgtopology-prod-timer-grant").props, {
      project: "example",
      role: "roles/workflows.invoker",
      member: "serviceAccount:prod-timer-k3x9@example.iam.gserviceaccount.com",
    });
  });

  it("protects what holds data, and nothing that can be made again", () => {
    const guarded = applicationOf(resources).filter(({ options }) => options.protect);
    assert.deepEqual(namesOf(guarded), ["Database pgtopology-prod-database", "Bucket pgtopology-prod-exports"]);
  });
});

describe("a topology without a service", () => {
  it("has a database, its users, and the owner's way; no account, no grant, no service", async () => {
    const { resources } = await planOf(STAGING);
    const made = new Set(applicationOf(resources).map(({ type }) => type.split(":").at(-1)));
    assert.deepEqual([...made], ["Secret", "SecretVersion", "Database", "User", "Topology"]);
  });
});
