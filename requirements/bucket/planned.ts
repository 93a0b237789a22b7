import type { Requirement } from "../requirement.ts";
import { known, notApplicable, verdict } from "../verdict.ts";

const SPACES = "https://docs.digitalocean.com/products/spaces";
/** A bucket is told of by its own API only, to whoever has its key: the plan knows what was asked for. */
const PLANNED = ["spec", "plan"] as const;

/** Where the data database's backups are. */
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
    references: ["S3.4"],
    check: (facts) =>
      known(facts, ["private"], ({ private: isPrivate }) =>
        verdict(isPrivate, "bucket: got one that others may read, want private"),
      ),
  },
  {
    id: "bucket/versioned",
    topic: "bucket",
    severity: "high",
    title: "What is removed from the bucket can be brought back",
    why: "Whoever takes over the host has the key that removes its backups.",
    fix: "Turn the bucket's `versioning` on.",
    docs: `${SPACES}/how-to/enable-versioning/`,
    witnesses: PLANNED,
    references: ["S3.4"],
    check: (facts) =>
      known(facts, ["versioned"], ({ versioned }) => verdict(versioned, "bucket: got no versioning, want it on")),
  },
  {
    id: "bucket/removal-refused",
    topic: "bucket",
    severity: "high",
    title: "Pulumi refuses to remove the bucket, and to empty it for that",
    why: "Backups that go with the stack are none for the day when the stack was removed by mistake.",
    fix: "Set `protection.deletion` to true, and leave the bucket's `forceDestroy` off.",
    docs: "https://www.pulumi.com/docs/iac/concepts/resources/options/protect/",
    witnesses: PLANNED,
    references: ["S3.4"],
    check: (facts, { environment, wantsDeletionProtection }) =>
      known(facts, ["protected"], ({ protected: isProtected }) => {
        if (!wantsDeletionProtection) return notApplicable(`a ${environment} stack may be removed`);
        return verdict(isProtected, "bucket: got protect false, or forceDestroy true; want the other of both");
      }),
  },
];
