import type { Requirement } from "../requirement.ts";
import { verdict } from "../verdict.ts";
import { eachBucket } from "./each-bucket.ts";

const STORAGE = "https://cloud.google.com/storage/docs";
const PLANNED = ["spec", "plan"] as const;

/** How a bucket of Cloud Storage keeps strangers out, and tells who was there. */
export const bucketAccess: readonly Requirement<"bucket">[] = [
  {
    id: "bucket/uniform-access",
    topic: "bucket",
    severity: "medium",
    level: "mandatory",
    title: "IAM alone says who may do what with a bucket",
    why: "A list of access at a single object is seen by nobody who looks at the bucket's own.",
    fix: "Set `uniformBucketLevelAccess` to true.",
    docs: `${STORAGE}/uniform-bucket-level-access`,
    witnesses: PLANNED,
    references: [
      "CIS GCP 5.2",
      "CKV_GCP_29",
      "TRV GCP-0002",
      "PRW cloudstorage_bucket_uniform_bucket_level_access",
      "PAC",
    ],
    check: (facts) =>
      eachBucket(facts, ["uniformAccess"], ({ uniformAccess }) =>
        verdict(uniformAccess, "got lists of access beside IAM, want uniformBucketLevelAccess true"),
      ),
  },
  {
    id: "bucket/public-access-prevented",
    topic: "bucket",
    severity: "high",
    title: "The cloud refuses to make a bucket public",
    why: "A grant to everybody is one line; with the prevention it is refused, whoever writes it.",
    fix: "Set `publicAccessPrevention` to enforced.",
    docs: `${STORAGE}/public-access-prevention`,
    witnesses: PLANNED,
    references: ["CKV_GCP_114", "TFG", "PUL", "PAC"],
    check: (facts) =>
      eachBucket(facts, ["publicAccessPrevented"], ({ publicAccessPrevented }) =>
        verdict(publicAccessPrevented, "got publicAccessPrevention inherited, want enforced"),
      ),
  },
  {
    id: "bucket/access-logged",
    topic: "bucket",
    severity: "medium",
    level: "off",
    title: "Who reads a bucket is written to another one",
    why: "After a leak, nothing else says what was taken; the audit log of the project is the other way.",
    fix: "Name another bucket in `logging.logBucket`.",
    docs: `${STORAGE}/access-logs`,
    witnesses: PLANNED,
    references: ["CKV_GCP_62", "TRV GCP-0077", "KICS d6cabc3a", "KICS 48f7e44d", "TFG", "PAC"],
    check: (facts) =>
      eachBucket(facts, ["accessLogged"], ({ accessLogged }) =>
        verdict(accessLogged, "got no log of access, want one"),
      ),
  },
  {
    id: "bucket/no-self-logging",
    topic: "bucket",
    severity: "low",
    title: "A bucket's log of access is not in the bucket itself",
    why: "Each line that is written is an access that is logged, and whoever empties the bucket removes the trace.",
    fix: "Name another bucket in `logging.logBucket`.",
    docs: `${STORAGE}/access-logs`,
    witnesses: PLANNED,
    references: ["CKV_GCP_63", "TFG", "PAC"],
    check: (facts) =>
      eachBucket(facts, ["logsToItself"], ({ logsToItself }) =>
        verdict(!logsToItself, "got its own name in logging.logBucket, want another bucket"),
      ),
  },
  {
    id: "bucket/own-key",
    topic: "bucket",
    severity: "low",
    level: "off",
    title: "A bucket is encrypted with a key of one's own",
    why: "The cloud encrypts everything; a key of one's own can be taken away from everybody at once.",
    fix: "Name a key in `encryption.defaultKmsKeyName`.",
    docs: `${STORAGE}/encryption/customer-managed-keys`,
    witnesses: PLANNED,
    references: ["TRV GCP-0066", "PAC"],
    check: (facts) =>
      eachBucket(facts, ["ownKey"], ({ ownKey }) => verdict(ownKey, "got the cloud's own key, want one of yours")),
  },
];
