import { noneToEverybody } from "../identities/public-grants.ts";
import type { Requirement } from "../requirement.ts";
import { every, fail, known, notApplicable, verdict } from "../verdict.ts";
import { eachBucket } from "./each-bucket.ts";

const SPACES = "https://docs.digitalocean.com/products/spaces";
const STORAGE = "https://cloud.google.com/storage/docs";
/** A bucket is told of by its own API only, to whoever has its key: the plan knows what was asked for. */
const PLANNED = ["spec", "plan"] as const;

/** Who reaches a bucket with backups, exports or logs, and what becomes of what is removed from it. */
export const repositoryBucket: readonly Requirement<"bucket">[] = [
  {
    id: "bucket/private",
    topic: "bucket",
    severity: "critical",
    title: "The bucket of the repository is private",
    why: "A bucket that lists its objects to everybody is a repository that everybody can copy, and try keys on.",
    fix: "Set the bucket's `acl` to private.",
    docs: `${SPACES}/how-to/set-file-permissions/`,
    witnesses: PLANNED,
    references: ["S3.4", "CKV_DIO_3", "TRV DIG-0006"],
    check: (facts) =>
      eachBucket(facts, ["private"], ({ private: isPrivate }) =>
        verdict(isPrivate, "got one that others may read, want private"),
      ),
  },
  {
    id: "bucket/no-public-grant",
    topic: "bucket",
    severity: "critical",
    title: "Nobody who is unknown may do anything with a bucket",
    why: "allUsers is the whole internet, and allAuthenticatedUsers is whoever has an account somewhere.",
    fix: "Name the accounts that need the bucket, each with the least role that does.",
    docs: `${STORAGE}/access-control/iam`,
    witnesses: PLANNED,
    references: [
      "CIS GCP 5.1",
      "CKV_GCP_28",
      "TRV GCP-0001",
      "KICS a6cd52a1",
      "KICS c010082c",
      "PRW cloudstorage_bucket_public_access",
      "CKV_DIO_3",
      "TRV DIG-0006",
    ],
    check: ({ grants }) => noneToEverybody(grants, "nobody else is let in to a bucket"),
  },
  {
    id: "bucket/versioned",
    topic: "bucket",
    severity: "high",
    // A bucket of anybody's stack may hold what can be made again.
    level: "advisory",
    title: "What is removed from the bucket can be brought back",
    why: "Whoever takes over the host has the key that removes its backups.",
    fix: "Turn the bucket's `versioning` on.",
    docs: `${SPACES}/how-to/enable-versioning/`,
    witnesses: PLANNED,
    references: ["S3.4", "CKV_DIO_1", "TRV DIG-0007", "CKV_GCP_78", "TRV GCP-0078", "PAC"],
    check: (facts) =>
      eachBucket(facts, ["versioned"], ({ versioned }) => verdict(versioned, "got no versioning, want it on")),
  },
  {
    id: "bucket/removal-refused",
    topic: "bucket",
    severity: "high",
    // Outside of prod told, and in nobody's way: a stack must be able to end, which takes a permission.
    level: { local: "advisory", staging: "advisory" },
    // A bucket of Spaces has no tags: by itself it does not tell of which environment it is.
    joins: true,
    title: "Pulumi refuses to remove the bucket, and to empty it for that",
    why: "Backups that go with the stack are none for the day when the stack was removed by mistake.",
    fix: "Set the resource option `protect` (`protection.deletion` of a stack), and leave the bucket's `forceDestroy` off.",
    docs: "https://www.pulumi.com/docs/iac/concepts/resources/options/protect/",
    witnesses: PLANNED,
    references: ["S3.4", "TRV DIG-0009"],
    check: (facts, { environment, wantsDeletionProtection }) => {
      if (!wantsDeletionProtection) return notApplicable(`a ${environment} stack may be removed`);
      return known(facts, ["buckets"], ({ buckets }) =>
        every(
          buckets,
          (bucket) => bucket.name,
          (bucket) =>
            known(bucket, ["forceDestroy"], ({ forceDestroy }) =>
              forceDestroy
                ? fail("got forceDestroy true, want false")
                : known(bucket, ["protected"], ({ protected: isProtected }) =>
                    verdict(isProtected, "got protect false, want true"),
                  ),
            ),
          "there is no bucket",
        ),
      );
    },
  },
];
