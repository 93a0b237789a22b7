import type { PlanCase } from "../plan-case.ts";
import { UNKNOWN_TEXT } from "../policy-rpc.ts";
import { bucket, gcp, type SentOptions, sent } from "./gcp-resources.ts";

const SPACES = "digitalocean:index/spacesBucket:SpacesBucket";

function spaces(change: object = {}, options: SentOptions = {}) {
  const good = {
    name: "backups-x",
    region: "nyc3",
    acl: "private",
    versioning: { enabled: true },
    forceDestroy: false,
  };
  return sent(SPACES, "backups", { ...good, ...change }, options);
}

function iam(kind: "Member" | "Binding" | "Policy", props: object) {
  return sent(`gcp:storage/bucketIAM${kind}:BucketIAM${kind}`, "grant", { bucket: "exports-x", ...props });
}

function access(members: readonly string[], Effect = "Allow") {
  const policy = JSON.stringify({ Statement: [{ Effect, Principal: { AWS: members }, Action: "s3:GetObject" }] });
  return sent("digitalocean:index/spacesBucketPolicy:SpacesBucketPolicy", "policy", {
    bucket: "b",
    region: "nyc3",
    policy,
  });
}

const READER = { role: "roles/storage.objectViewer" };
const ANALYST = "group:analysts@example.com";

export const CASES: readonly PlanCase[] = [
  {
    id: "bucket/private",
    good: [spaces(), spaces({ acl: undefined })],
    bad: [
      { why: "read by everybody", resources: [spaces({ acl: "public-read" })], says: /^backups: got one that others/ },
    ],
    unknown: [spaces({ acl: UNKNOWN_TEXT })],
  },
  {
    id: "bucket/no-public-grant",
    good: [iam("Member", { ...READER, member: ANALYST })],
    bad: [
      {
        why: "a member",
        resources: [iam("Member", { ...READER, member: "allUsers" })],
        says: /^grant: got allUsers, want/,
      },
      {
        why: "one of several, another of which is not known",
        resources: [iam("Binding", { ...READER, members: [UNKNOWN_TEXT, "allAuthenticatedUsers"] })],
        says: /^grant: got allAuthenticatedUsers/,
      },
      {
        why: "a whole policy",
        resources: [
          iam("Policy", { policyData: JSON.stringify({ bindings: [{ ...READER, members: ["allUsers"] }] }) }),
        ],
        says: /^grant: got allUsers/,
      },
      {
        why: "a list of access",
        resources: [gcp("bucketAcl", "list", { bucket: "exports-x", roleEntities: ["READER:allUsers"] })],
        says: /^list: got allUsers/,
      },
      {
        why: "a ready list of access",
        resources: [gcp("defaultObjectAcl", "list", { bucket: "exports-x", predefinedAcl: "publicRead" })],
        says: /^list: got allUsers/,
      },
      {
        why: "an entity",
        resources: [gcp("bucketAccess", "entity", { bucket: "exports-x", entity: "allUsers", role: "READER" })],
        says: /^entity: got allUsers/,
      },
      { why: "a policy of Spaces", resources: [access(["*"])], says: /^policy: got \*/ },
    ],
    unknown: [iam("Member", { ...READER, member: UNKNOWN_TEXT })],
  },
  {
    id: "bucket/versioned",
    good: [bucket(), spaces()],
    bad: [
      { why: "off", resources: [bucket({ versioning: { enabled: false } })], says: /^exports: got no versioning/ },
      { why: "not said", resources: [spaces({ versioning: undefined })], says: /^backups: got no versioning/ },
    ],
    unknown: [bucket({ versioning: { enabled: UNKNOWN_TEXT } })],
  },
  {
    id: "bucket/removal-refused",
    good: [bucket({}, { protect: true }), spaces()],
    bad: [
      { why: "emptied", resources: [bucket({ forceDestroy: true })], says: /^exports: got forceDestroy true/ },
      {
        why: "emptied, in Spaces",
        resources: [spaces({ forceDestroy: true })],
        says: /^backups: got forceDestroy true/,
      },
      { why: "not protected", resources: [spaces({}, { protect: false })], says: /^backups: got protect false/ },
    ],
    unknown: [bucket({ forceDestroy: UNKNOWN_TEXT })],
  },
  {
    id: "bucket/uniform-access",
    good: [bucket()],
    bad: [
      { why: "off", resources: [bucket({ uniformBucketLevelAccess: false })], says: /^exports: got lists of access/ },
      { why: "not said", resources: [bucket({ uniformBucketLevelAccess: undefined })], says: /^exports: got lists/ },
    ],
    unknown: [bucket({ uniformBucketLevelAccess: UNKNOWN_TEXT })],
  },
  {
    id: "bucket/public-access-prevented",
    good: [bucket()],
    bad: [
      {
        why: "inherited",
        resources: [bucket({ publicAccessPrevention: "inherited" })],
        says: /^exports: got publicAccess/,
      },
      {
        why: "not said",
        resources: [bucket({ publicAccessPrevention: undefined })],
        says: /^exports: got publicAccess/,
      },
    ],
    unknown: [bucket({ publicAccessPrevention: UNKNOWN_TEXT })],
  },
  {
    id: "bucket/access-logged",
    good: [bucket(), bucket({ logging: { logBucket: UNKNOWN_TEXT } })],
    bad: [{ why: "no log", resources: [bucket({ logging: undefined })], says: /^exports: got no log of access/ }],
    unknown: [bucket({ logging: UNKNOWN_TEXT })],
  },
  {
    id: "bucket/no-self-logging",
    good: [bucket(), bucket({ logging: undefined })],
    bad: [
      {
        why: "itself",
        resources: [bucket({ logging: { logBucket: "exports-x" } })],
        says: /^exports: got its own name/,
      },
    ],
    unknown: [bucket({ logging: { logBucket: UNKNOWN_TEXT } })],
  },
  {
    id: "bucket/own-key",
    good: [bucket(), bucket({ encryption: { defaultKmsKeyName: UNKNOWN_TEXT } })],
    bad: [
      { why: "the cloud's", resources: [bucket({ encryption: undefined })], says: /^exports: got the cloud's own key/ },
    ],
    unknown: [bucket({ encryption: UNKNOWN_TEXT })],
  },
  {
    id: "bucket/soft-delete",
    good: [bucket(), bucket({ softDeletePolicy: undefined })],
    bad: [
      {
        why: "off",
        resources: [bucket({ softDeletePolicy: { retentionDurationSeconds: 0 } })],
        says: /^exports: got a soft delete of 0 days/,
      },
    ],
    unknown: [bucket({ softDeletePolicy: { retentionDurationSeconds: UNKNOWN_TEXT } })],
  },
  {
    id: "bucket/lifecycle",
    good: [bucket()],
    bad: [{ why: "no rule", resources: [bucket({ lifecycleRules: [] })], says: /^exports: got no lifecycle rule/ }],
    unknown: [bucket({ lifecycleRules: UNKNOWN_TEXT })],
  },
];
