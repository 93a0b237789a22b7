import type { Requirement } from "../requirement.ts";
import { known, notApplicable, verdict } from "../verdict.ts";
import { eachBucket, eachExportBucket } from "./each-bucket.ts";

const STORAGE = "https://cloud.google.com/storage/docs";
const PLANNED = ["spec", "plan"] as const;

/** How long what lies in a bucket of Cloud Storage is kept. */
export const bucketKeeping: readonly Requirement<"bucket">[] = [
  {
    id: "bucket/soft-delete",
    topic: "bucket",
    severity: "medium",
    title: "What is removed from a bucket can be asked back",
    why: "A removal by mistake, or by somebody with stolen keys, is final at once without it.",
    fix: "Leave `softDeletePolicy` out, which is seven days, or set its `retentionDurationSeconds`.",
    docs: `${STORAGE}/soft-delete`,
    witnesses: PLANNED,
    references: ["PRW cloudstorage_bucket_soft_delete_enabled"],
    check: (facts) =>
      eachBucket(facts, ["softDeleteDays"], ({ softDeleteDays }) =>
        verdict(softDeleteDays > 0, "got a soft delete of 0 days, want 7 or more"),
      ),
  },
  {
    id: "bucket/lifecycle",
    topic: "bucket",
    severity: "low",
    title: "A bucket says what becomes of old objects",
    why: "Without a rule, versions and broken uploads stay, and are paid for, for ever.",
    fix: "Add `lifecycleRules`: after how many days what is removed, or stored more cheaply.",
    docs: `${STORAGE}/lifecycle`,
    witnesses: PLANNED,
    references: ["PRW cloudstorage_bucket_lifecycle_management_enabled"],
    check: (facts) =>
      eachBucket(facts, ["lifecycleRules"], ({ lifecycleRules }) =>
        verdict(lifecycleRules > 0, "got no lifecycle rule, want one"),
      ),
  },
  {
    id: "bucket/retention-period",
    topic: "bucket",
    severity: "medium",
    joins: true,
    title: "Nobody can remove a database's exports before their time",
    why: "Whoever takes over an account with rights on the bucket would otherwise remove the backups first.",
    fix: "Set `retentionPolicy.retentionPeriod` to the days that backups are kept.",
    docs: `${STORAGE}/bucket-lock`,
    witnesses: PLANNED,
    references: ["PRW cloudstorage_bucket_sufficient_retention_period"],
    check: (facts, { minRetentionDays }) =>
      eachExportBucket(facts, ["retentionDays"], ({ retentionDays }) =>
        verdict(
          retentionDays >= minRetentionDays,
          `got a retention of ${retentionDays} days, want ${minRetentionDays} or more`,
        ),
      ),
  },
  {
    id: "bucket/retention-locked",
    topic: "bucket",
    severity: "high",
    // A lock can never be undone: nobody is made to set one.
    level: "advisory",
    joins: true,
    title: "Nobody can shorten the time that a database's exports are kept",
    why: "A policy that is not locked is taken away first by whoever wants to remove what it keeps.",
    fix: "Set `retentionPolicy.isLocked` to true. It can't be undone, and the bucket stays until its last object may go.",
    docs: `${STORAGE}/bucket-lock`,
    witnesses: PLANNED,
    references: ["CIS GCP 2.3", "CKV2_GCP_4", "PRW cloudstorage_bucket_log_retention_policy_lock"],
    check: (facts) =>
      eachExportBucket(facts, ["retentionLocked"], ({ retentionLocked }) =>
        verdict(retentionLocked, "got a retention policy that is not locked, want it locked"),
      ),
  },
  {
    id: "bucket/retention-covers-recovery",
    topic: "bucket",
    severity: "medium",
    joins: true,
    title: "Exports are kept at least as long as the database's own log",
    why: "A mistake is found as late as the log allows; a copy that is gone before can't be compared with.",
    fix: "Set `retentionPolicy.retentionPeriod` of the bucket to the days of `transactionLogRetentionDays` or more.",
    docs: `${STORAGE}/bucket-lock`,
    witnesses: PLANNED,
    check: (facts) =>
      eachExportBucket(facts, ["retentionDays"], ({ retentionDays }, exports) =>
        known(exports, ["pointInTimeDays"], ({ pointInTimeDays }) =>
          verdict(
            retentionDays >= pointInTimeDays,
            `got a retention of ${retentionDays} days, want ${pointInTimeDays} like the database's log`,
          ),
        ),
      ),
  },
  {
    id: "bucket/lifecycle-after-retention",
    topic: "bucket",
    severity: "medium",
    joins: true,
    title: "Exports are not removed by a rule before their time",
    why: "A lifecycle rule removes without asking: days that are too few are found out on the day of the restore.",
    fix: "Raise `condition.age` of the rule that deletes to the bucket's retention or more.",
    docs: `${STORAGE}/lifecycle`,
    witnesses: PLANNED,
    check: (facts, { minRetentionDays }) =>
      eachExportBucket(facts, ["removedAfterDays", "retentionDays"], ({ removedAfterDays, retentionDays }) => {
        if (removedAfterDays === undefined) return notApplicable("nothing is removed by a rule");
        const want = Math.max(retentionDays, minRetentionDays);
        return verdict(removedAfterDays >= want, `got a removal after ${removedAfterDays} days, want ${want} or more`);
      }),
  },
];
