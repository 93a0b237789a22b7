import { GCP_TYPES } from "../../../../facts/from-plan/gcp/resource-types.ts";
import type { SentResource } from "../policy-rpc.ts";

/** What a program may say of a resource beside its properties. */
export type SentOptions = Omit<SentResource, "type" | "name" | "props">;

/** A resource of Google Cloud in a project that is written down, protected as what holds data should be. */
export function gcp(
  kind: keyof typeof GCP_TYPES,
  name: string,
  props: object,
  options: SentOptions = {},
): SentResource {
  return sent(GCP_TYPES[kind], name, { project: "example", ...props }, options);
}

/** A resource of any type. */
export function sent(type: string, name: string, props: object, options: SentOptions = {}): SentResource {
  return { type, name, props: said(props), protect: true, ...options };
}

/** What is not said is not sent. */
function said(props: object): object {
  return Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined));
}

/** A primary in europe-west1. */
export function primary(change: object = {}, options: SentOptions = {}): SentResource {
  const settings = {
    tier: "db-custom-2-8192",
    databaseFlags: [{ name: "max_connections", value: "100" }],
    backupConfiguration: { enabled: true, pointInTimeRecoveryEnabled: true, transactionLogRetentionDays: 7 },
  };
  return gcp(
    "instance",
    "app-primary",
    {
      name: "app-primary-x",
      region: "europe-west1",
      databaseVersion: "POSTGRES_17",
      serviceAccountEmailAddress: "p1@gcp-sa-cloud-sql.iam.gserviceaccount.com",
      settings,
      ...change,
    },
    options,
  );
}

const DAY = 86_400;

/** A bucket that no requirement has anything to say of. */
export function bucket(change: object = {}, options: SentOptions = {}): SentResource {
  return gcp(
    "bucket",
    "exports",
    {
      name: "exports-x",
      location: "EUROPE-NORTH1",
      uniformBucketLevelAccess: true,
      publicAccessPrevention: "enforced",
      versioning: { enabled: true },
      retentionPolicy: { retentionPeriod: String(30 * DAY), isLocked: true },
      softDeletePolicy: { retentionDurationSeconds: 7 * DAY },
      lifecycleRules: [{ action: { type: "Delete" }, condition: { age: 30, withState: "LIVE" } }],
      logging: { logBucket: "logs-x" },
      encryption: { defaultKmsKeyName: "projects/p/locations/europe-north1/keyRings/r/cryptoKeys/k" },
      forceDestroy: false,
      ...change,
    },
    options,
  );
}

/** What lets a primary write to a bucket. */
export function writer(change: object = {}, options: SentOptions = {}): SentResource {
  return sent(
    "gcp:storage/bucketIAMMember:BucketIAMMember",
    "exports-writer",
    {
      bucket: "exports-x",
      role: "roles/storage.objectCreator",
      member: "serviceAccount:p1@gcp-sa-cloud-sql.iam.gserviceaccount.com",
      ...change,
    },
    options,
  );
}

/** A service that no requirement has anything to say of. */
export function service(template: object = {}, change: object = {}, options: SentOptions = {}): SentResource {
  return gcp(
    "service",
    "app",
    {
      name: "app-x",
      location: "europe-west1",
      ingress: "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER",
      deletionProtection: true,
      template: said({
        serviceAccount: "app@example.iam.gserviceaccount.com",
        scaling: { maxInstanceCount: 4 },
        containers: [{ image: "i", envs: [{ name: "DB_POOL_SIZE", value: "5" }, ...LOGIN] }],
        ...template,
      }),
      ...change,
    },
    options,
  );
}

const LOGIN = [
  { name: "PGUSER", value: "app" },
  { name: "PGPASSWORD", valueSource: { secretKeyRef: { secret: "app-password", version: "1" } } },
];

/** A template's containers with these variables. */
export function variables(...envs: readonly object[]): object {
  return { containers: [{ image: "i", envs }] };
}
