import type { PlannedReference, PlannedResource } from "../planned-resource.ts";

/** Types of the provider that stand around a database, and the database's own. */
export const GCP_TYPES = {
  instance: "gcp:sql/databaseInstance:DatabaseInstance",
  database: "gcp:sql/database:Database",
  user: "gcp:sql/user:User",
  bucket: "gcp:storage/bucket:Bucket",
  bucketAcl: "gcp:storage/bucketACL:BucketACL",
  bucketAccess: "gcp:storage/bucketAccessControl:BucketAccessControl",
  defaultObjectAcl: "gcp:storage/defaultObjectACL:DefaultObjectACL",
  defaultObjectAccess: "gcp:storage/defaultObjectAccessControl:DefaultObjectAccessControl",
  service: "gcp:cloudrunv2/service:Service",
  job: "gcp:cloudrunv2/job:Job",
  workerPool: "gcp:cloudrunv2/workerPool:WorkerPool",
  oldService: "gcp:cloudrun/service:Service",
  secret: "gcp:secretmanager/secret:Secret",
  regionalSecret: "gcp:secretmanager/regionalSecret:RegionalSecret",
  key: "gcp:kms/cryptoKey:CryptoKey",
  keyRing: "gcp:kms/keyRing:KeyRing",
  account: "gcp:serviceaccount/account:Account",
  accountKey: "gcp:serviceaccount/key:Key",
  firewall: "gcp:compute/firewall:Firewall",
  subnet: "gcp:compute/subnetwork:Subnetwork",
  machine: "gcp:compute/instance:Instance",
  alert: "gcp:monitoring/alertPolicy:AlertPolicy",
  logMetric: "gcp:logging/metric:Metric",
  auditConfig: "gcp:projects/iAMAuditConfig:IAMAuditConfig",
  workflow: "gcp:workflows/workflow:Workflow",
  timer: "gcp:cloudscheduler/job:Job",
} as const;

/** Member, binding and policy of what IAM says of each. */
export const IAM_TYPES = {
  bucket: iam("gcp:storage/bucketIAM"),
  secret: [...iam("gcp:secretmanager/secretIam"), ...iam("gcp:secretmanager/regionalSecretIam")],
  key: [...iam("gcp:kms/cryptoKeyIAM"), ...iam("gcp:kms/keyRingIAM")],
  service: [
    ...iam("gcp:cloudrunv2/serviceIam"),
    ...iam("gcp:cloudrunv2/jobIam"),
    ...iam("gcp:cloudrunv2/workerPoolIam"),
    ...iam("gcp:cloudrun/iam"),
  ],
  project: iam("gcp:projects/iAM"),
} as const;

/** The resources of some types, in the order of the plan. */
export function ofTypes(resources: readonly PlannedResource[], types: readonly string[]): readonly PlannedResource[] {
  return resources.filter(({ type }) => types.includes(type));
}

/** The resources of a type that the value of a property comes from. */
export function sources(
  { dependencies }: PlannedResource,
  property: string,
  type: string,
): readonly PlannedReference[] {
  return (dependencies?.[property] ?? []).filter((one) => one.type === type);
}

/** As in `gcp:storage/bucketIAMMember:BucketIAMMember`. */
function iam(prefix: string): string[] {
  return ["Member", "Binding", "Policy"].map((kind) => {
    const token = `${prefix}${kind}`;
    const name = token.slice(token.indexOf("/") + 1);
    return `${token}:${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  });
}
