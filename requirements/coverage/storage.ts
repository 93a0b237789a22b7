import type { CoverageRow } from "./coverage-row.ts";

/** Rules about buckets with dumps, exports and logs. */
export const STORAGE_COVERAGE: readonly CoverageRow[] = [
  { rule: "gcs-no-public-iam", requirements: ["bucket/no-public-grant"] },
  { rule: "gcs-uniform-access", requirements: ["bucket/uniform-access"] },
  { rule: "gcs-public-access-prevention", requirements: ["bucket/public-access-prevented"] },
  { rule: "gcs-versioning", requirements: ["bucket/versioned"] },
  { rule: "gcs-access-logging", requirements: ["bucket/access-logged"] },
  { rule: "gcs-no-self-logging", requirements: ["bucket/no-self-logging"] },
  { rule: "gcs-cmek", requirements: ["bucket/own-key"] },
  { rule: "gcs-retention-locked", requirements: ["bucket/retention-locked"] },
  { rule: "gcs-retention-period", requirements: ["bucket/retention-period"] },
  { rule: "gcs-soft-delete", requirements: ["bucket/soft-delete"] },
  { rule: "gcs-lifecycle", requirements: ["bucket/lifecycle"] },
  { rule: "gcs-data-access-audit", requirements: ["alerts/bucket-access-audited"] },
  { rule: "do-spaces-private", requirements: ["bucket/private", "bucket/no-public-grant"] },
  { rule: "do-spaces-versioning", requirements: ["bucket/versioned"] },
  { rule: "do-spaces-no-force-destroy", requirements: ["bucket/removal-refused"] },
  { rule: "export-bucket-other-domain", requirements: ["places/second-copy-apart"] },
  { rule: "bucket-retention>=pitr-window", requirements: ["bucket/retention-covers-recovery"] },
  { rule: "bucket-lifecycle>=retention", requirements: ["bucket/lifecycle-after-retention"] },
];
