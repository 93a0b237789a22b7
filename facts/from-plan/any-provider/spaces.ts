import { unknownBucket } from "../../../requirements/facts/nothing-known.ts";
import type { BucketFacts, StoredBucket } from "../../../requirements/facts/bucket.ts";
import type { Grant } from "../../../requirements/facts/grant.ts";
import { Missing, UNKNOWN } from "../../../requirements/known.ts";
import { flag, mapKnown, object, type Planned, type PlannedResource, text } from "../planned-resource.ts";

const BUCKET = "digitalocean:index/spacesBucket:SpacesBucket";
const POLICY = "digitalocean:index/spacesBucketPolicy:SpacesBucketPolicy";

const NOT_IN_SPACES = new Missing("not-applicable", "it is asked of Cloud Storage only");

/** What a bucket of Spaces has none of. */
export const NOT_OF_SPACES = {
  uniformAccess: NOT_IN_SPACES,
  publicAccessPrevented: NOT_IN_SPACES,
  accessLogged: NOT_IN_SPACES,
  logsToItself: NOT_IN_SPACES,
  ownKey: NOT_IN_SPACES,
  softDeleteDays: NOT_IN_SPACES,
  lifecycleRules: NOT_IN_SPACES,
  removedAfterDays: NOT_IN_SPACES,
  retentionDays: NOT_IN_SPACES,
  retentionLocked: NOT_IN_SPACES,
  exports: undefined,
} as const satisfies Partial<StoredBucket>;

/** Buckets of DigitalOcean's Spaces, and who may do what with them. */
export function spacesFacts(resources: readonly PlannedResource[]): BucketFacts {
  return {
    buckets: resources.filter(({ type }) => type === BUCKET).map(spacesBucket),
    grants: resources.filter(({ type }) => type === POLICY).map(policyGrant),
  };
}

function spacesBucket({ name, props, protect }: PlannedResource): StoredBucket {
  return {
    ...unknownBucket(name),
    ...NOT_OF_SPACES,
    // Private is the provider's default: https://www.pulumi.com/registry/packages/digitalocean/api-docs/spacesbucket/
    private: mapKnown(text(props, "acl"), (acl) => (acl ?? "private") === "private"),
    versioned: mapKnown(object(props, "versioning"), (versioning) => flag(versioning, "enabled")),
    protected: protect ?? UNKNOWN,
    forceDestroy: flag(props, "forceDestroy"),
  };
}

/** As Amazon's S3 writes it: a statement that allows something to `*`. */
function policyGrant({ name, props }: PlannedResource): Grant {
  const grant = { name, role: "its policy", toServiceAccount: false };
  const policy = props.policy;
  if (policy === UNKNOWN) return { ...grant, publicMembers: UNKNOWN };
  const everybody = statementsOf(policy).some(({ Effect, Principal }) => Effect === "Allow" && isEverybody(Principal));
  return { ...grant, publicMembers: everybody ? ["*"] : [] };
}

/** `*`, or `{ "AWS": "*" }`, also in a list. */
function isEverybody(principal: Planned): boolean {
  if (Array.isArray(principal)) return principal.some(isEverybody);
  if (typeof principal === "object" && principal !== null) return Object.values(principal).some(isEverybody);
  return principal === "*";
}

function statementsOf(policy: Planned): readonly Readonly<Record<string, Planned>>[] {
  let value = policy;
  if (typeof policy === "string") {
    try {
      value = JSON.parse(policy);
    } catch {
      // The platform refuses what is no JSON.
      return [];
    }
  }
  const statement = typeof value === "object" && value !== null ? (value as Record<string, Planned>).Statement : [];
  const all: readonly Planned[] = Array.isArray(statement) ? statement : [statement];
  return all.filter((one): one is Record<string, Planned> => typeof one === "object" && one !== null);
}
