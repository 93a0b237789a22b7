import type { BucketFacts, ExportsFacts, StoredBucket } from "../facts/bucket.ts";
import type { AllKnown } from "../known.ts";
import type { Verdict } from "../requirement.ts";
import { every, known, notApplicable } from "../verdict.ts";

/** Judges the named facts of every bucket. */
export function eachBucket<K extends keyof StoredBucket>(
  facts: BucketFacts,
  names: readonly K[],
  judge: (bucket: AllKnown<Pick<StoredBucket, K>>) => Verdict,
): Verdict {
  return known(facts, ["buckets"], ({ buckets }) =>
    every(
      buckets,
      (bucket) => bucket.name,
      (bucket) => known(bucket, names, judge),
      "there is no bucket",
    ),
  );
}

/** Judges the named facts of every bucket that a database of the stack writes its exports to. */
export function eachExportBucket<K extends keyof StoredBucket>(
  facts: BucketFacts,
  names: readonly K[],
  judge: (bucket: AllKnown<Pick<StoredBucket, K>>, exports: ExportsFacts) => Verdict,
): Verdict {
  return known(facts, ["buckets"], ({ buckets }) =>
    every(
      buckets,
      (bucket) => bucket.name,
      (bucket) =>
        known(bucket, ["exports"], ({ exports }) =>
          exports === undefined
            ? notApplicable("no database of the stack writes to it")
            : known(bucket, names, (found) => judge(found, exports)),
        ),
      "there is no bucket",
    ),
  );
}
