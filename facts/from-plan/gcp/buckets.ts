import type { BucketFacts, ExportsFacts, StoredBucket } from "../../../requirements/facts/bucket.ts";
import { type Fact, type Known, Missing, UNKNOWN } from "../../../requirements/known.ts";
import {
  flag,
  mapKnown,
  number,
  object,
  objects,
  type Planned,
  type PlannedResource,
  text,
} from "../planned-resource.ts";
import { accessListGrants, grantsOf } from "./grants.ts";
import { pointInTimeDaysOf, primariesOf } from "./primaries.ts";
import { GCP_TYPES, IAM_TYPES, ofTypes, sources } from "./resource-types.ts";

const DAY_SECONDS = 86_400;

/** What a bucket has where nothing is said of it. https://cloud.google.com/storage/docs/json_api/v1/buckets#resource-representations */
const DEFAULTS = {
  /** https://cloud.google.com/storage/docs/public-access-prevention: inherited from the organisation, which nobody can see here. */
  publicAccessPrevention: "inherited",
  /** https://cloud.google.com/storage/docs/soft-delete#default-behavior */
  softDeleteSeconds: 7 * DAY_SECONDS,
} as const;

/** Roles that add objects. https://cloud.google.com/storage/docs/access-control/iam-roles */
const WRITING_ROLES: readonly string[] = [
  "objectCreator",
  "objectAdmin",
  "objectUser",
  "admin",
  "legacyBucketWriter",
].map((role) => `roles/storage.${role}`);

export const BY_IAM = new Missing("not-applicable", "IAM says who may do what with it");
export const BY_LIFECYCLE = new Missing("not-applicable", "lifecycle/protected judges it");

/** Buckets of Cloud Storage, and who may do what with them. */
export function cloudStorageFacts(resources: readonly PlannedResource[]): BucketFacts {
  const writers = bucketWriters(resources);
  return {
    buckets: ofTypes(resources, [GCP_TYPES.bucket]).map((bucket) => bucketFacts(bucket, writers)),
    grants: [...grantsOf(resources, IAM_TYPES.bucket), ...accessListGrants(resources)],
  };
}

/** Who may write to buckets, and the primaries that may be among them. */
interface BucketWriters {
  readonly primaries: readonly PlannedResource[];
  readonly grants: readonly PlannedResource[];
}

/** What {@link writerOf} looks through, found once for all buckets. */
export function bucketWriters(resources: readonly PlannedResource[]): BucketWriters {
  return {
    primaries: primariesOf(resources),
    grants: ofTypes(resources, IAM_TYPES.bucket).filter(
      ({ props }) => typeof props.role !== "string" || WRITING_ROLES.includes(props.role),
    ),
  };
}

/** The primary that writes to a bucket; `undefined`: none of this plan. */
export function writerOf(
  bucket: PlannedResource,
  { grants, primaries }: BucketWriters,
): Known<PlannedResource | undefined> {
  let unsure = false;
  for (const grant of grants) {
    const toIt = isValueOf(grant, "bucket", bucket, bucket.props.name);
    if (toIt === false) continue;
    for (const primary of primaries) {
      const byIt = isMember(grant, primary);
      if (toIt === true && byIt === true) return primary;
      if (byIt !== false) unsure = true;
    }
  }
  return unsure ? UNKNOWN : undefined;
}

/** By the address of its account, which the cloud makes up. */
function isMember(grant: PlannedResource, primary: PlannedResource): Known<boolean> {
  const account = primary.props.serviceAccountEmailAddress;
  const member = typeof account === "string" ? `serviceAccount:${account}` : UNKNOWN;
  return isValueOf(grant, "members" in grant.props ? "members" : "member", primary, member);
}

/** Whether a property of a resource is another resource's value: by its text, else by where it comes from. */
function isValueOf(
  resource: PlannedResource,
  property: string,
  other: PlannedResource,
  value: Planned,
): Known<boolean> {
  const own = resource.props[property];
  const all: readonly Planned[] = Array.isArray(own) ? own : [own];
  if (typeof value === "string" && all.includes(value)) return true;
  if (sources(resource, property, other.type).some(({ urn }) => urn === other.urn)) return true;
  const isSaid = typeof value === "string" && !all.includes(UNKNOWN);
  return isSaid || resource.dependencies !== undefined ? false : UNKNOWN;
}

function bucketFacts(bucket: PlannedResource, writers: BucketWriters): StoredBucket {
  const { name, props } = bucket;
  const logging = object(props, "logging");
  const retention = object(props, "retentionPolicy");
  const logBucket = mapKnown(logging, (one) => text(one, "logBucket"));
  return {
    name,
    private: BY_IAM,
    versioned: mapKnown(object(props, "versioning"), (one) => flag(one, "enabled")),
    protected: BY_LIFECYCLE,
    forceDestroy: flag(props, "forceDestroy"),
    uniformAccess: flag(props, "uniformBucketLevelAccess"),
    publicAccessPrevented: mapKnown(
      text(props, "publicAccessPrevention"),
      (one) => (one ?? DEFAULTS.publicAccessPrevention) === "enforced",
    ),
    accessLogged: mapKnown(logging, (one) => text(one, "logBucket") !== undefined),
    logsToItself: logsToItself(bucket, logBucket),
    ownKey: mapKnown(object(props, "encryption"), (one) => text(one, "defaultKmsKeyName") !== undefined),
    softDeleteDays: mapKnown(object(props, "softDeletePolicy"), (one) =>
      mapKnown(number(one, "retentionDurationSeconds"), (s = DEFAULTS.softDeleteSeconds) => s / DAY_SECONDS),
    ),
    lifecycleRules: mapKnown(objects(props, "lifecycleRules"), (rules) => rules.length),
    removedAfterDays: mapKnown(objects(props, "lifecycleRules"), removedAfterDays),
    retentionDays: mapKnown(retention, (one) => mapKnown(number(one, "retentionPeriod"), (s = 0) => s / DAY_SECONDS)),
    retentionLocked: mapKnown(retention, (one) => flag(one, "isLocked")),
    exports: exportsOf(bucket, writers),
  };
}

function exportsOf(bucket: PlannedResource, writers: BucketWriters): Fact<ExportsFacts | undefined> {
  return mapKnown(writerOf(bucket, writers), (primary) =>
    primary === undefined ? undefined : { pointInTimeDays: pointInTimeDaysOf(primary) },
  );
}

/** A name that the cloud makes up is in no property, and of another bucket it would be a reference. */
function logsToItself({ props }: PlannedResource, logBucket: Known<string | undefined>): Known<boolean> {
  if (logBucket === undefined) return false;
  return mapKnown(logBucket, (log) => mapKnown(text(props, "name"), (name) => log === name));
}

/** Of what is current; other conditions of a rule let it remove less. */
function removedAfterDays(rules: readonly Readonly<Record<string, Planned>>[]): Known<number | undefined> {
  const ages: number[] = [];
  for (const rule of rules) {
    const action = object(rule, "action");
    const condition = object(rule, "condition");
    if (action === UNKNOWN || condition === UNKNOWN || action.type === UNKNOWN) return UNKNOWN;
    if (action.type !== "Delete" || condition.withState === "ARCHIVED") continue;
    if ("daysSinceNoncurrentTime" in condition || "numNewerVersions" in condition) continue;
    const age = number(condition, "age");
    if (age === UNKNOWN) return UNKNOWN;
    if (age !== undefined && (age > 0 || condition.sendAgeIfZero === true)) ages.push(age);
  }
  return ages.length === 0 ? undefined : Math.min(...ages);
}
