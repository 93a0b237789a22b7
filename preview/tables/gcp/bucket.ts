import { BACKUP_EFFECTS, KEPT, keptLonger, keptShorter } from "../../../topology/change/gcp-effects.ts";
import type { Effect } from "../../../topology/change/rule.ts";
import type { ResourceTables } from "../../resource-table.ts";
import { around } from "./around.ts";
import { BUCKET_RESOURCE, PAGES } from "./sources.ts";
import {
  byInputs,
  counted,
  each,
  fieldOf,
  isNothing,
  loosened,
  numberOf,
  oneOf,
  present,
  switched,
} from "./value-rules.ts";

const DAY_SECONDS = 24 * 60 * 60;

const IN_PLACE: Effect = { label: "none", what: "objects stay as they are", source: BUCKET_RESOURCE };
const OPENS: Effect = {
  label: "none",
  exposure: true,
  what: "the bucket may be opened, or read, by more than before",
  source: PAGES.buckets,
};
const CLOSES: Effect = { label: "none", what: "fewer may open or read the bucket", source: PAGES.buckets };
const UNGUARDED: Effect = {
  label: "none",
  exposure: true,
  what: "objects can be removed or written over from then on",
  source: PAGES.buckets,
};
const GUARDED: Effect = { label: "none", what: "objects can't be removed or written over", source: PAGES.buckets };

const ANEW: Effect = {
  label: "data loss",
  what: "another bucket is made, empty, and the old one goes with the backups in it",
  source: BUCKET_RESOURCE,
};

/** Days, with the seconds that the cloud counts in. */
const RETENTION = counted(0, keptLonger(KEPT.exports), (seconds) => {
  const number = numberOf(seconds);
  return keptShorter(KEPT.exports, number === undefined ? seconds : Math.round(number / DAY_SECONDS));
});

/** Rules that remove objects: one that comes, or that removes earlier, takes what is older with it. */
const LIFECYCLE = oneOf([keptShorter(KEPT.exports, "so many"), keptLonger(KEPT.exports)], ({ from, to }) => {
  const [before, after] = [removalsOf(from), removalsOf(to)];
  if (before === undefined || after === undefined) return undefined;
  const sooner = after.find((rule) => !before.some((old) => old.when === rule.when && old.days <= rule.days));
  return sooner === undefined ? keptLonger(KEPT.exports) : keptShorter(KEPT.exports, sooner.days);
});

interface Removal {
  readonly days: number;
  /** All else that the rule asks for. */
  readonly when: string;
}

function removalsOf(rules: unknown): readonly Removal[] | undefined {
  if (isNothing(rules)) return [];
  if (!Array.isArray(rules)) return undefined;
  const removing = rules.filter((rule: unknown) => fieldOf(rule, "action", "type") === "Delete");
  const found = removing.map((rule: unknown): Removal | undefined => {
    const condition = fieldOf(rule, "condition");
    const days = numberOf(fieldOf(condition, "age") ?? fieldOf(condition, "daysSinceNoncurrentTime") ?? 0);
    if (days === undefined || typeof condition !== "object" || condition === null) return undefined;
    const others = Object.entries(condition).filter(
      ([key]) => !["age", "daysSinceNoncurrentTime", "__defaults"].includes(key),
    );
    return { days, when: JSON.stringify([fieldOf(condition, "age") === undefined, ...others.sort()]) };
  });
  return found.some((one) => one === undefined) ? undefined : found.flatMap((one) => one ?? []);
}

const GONE = byInputs((inputs): Effect => {
  const isForced = fieldOf(inputs, "forceDestroy") === true;
  const refused = "; the cloud refuses it as long as there are objects in it";
  return {
    ...BACKUP_EFFECTS.copyGoes,
    what: `the bucket goes with the backups in it${isForced ? ", all objects at once" : refused}`,
  };
});

const LIST_OPENS: Effect = { ...OPENS, what: "others may read, or write, what is in the bucket" };
const GRANT = around({
  changed: LIST_OPENS,
  fields: ["bucket", "defaultAcl", "domain", "email", "entity", "object", "predefinedAcl", "role", "roleEntities"],
  created: LIST_OPENS,
  deleted: { ...CLOSES, what: "who was let in by it may be no longer" },
  replaced: LIST_OPENS,
});

/** Where exports and backups are kept. */
export const BUCKET_TABLES: ResourceTables = {
  "gcp:storage/bucket:Bucket": around({
    changed: IN_PLACE,
    fields: [
      "autoclass",
      "cors",
      "labels",
      "logging",
      "requesterPays",
      "rpo",
      "storageClass",
      "website",
      "defaultEventBasedHold",
    ],
    properties: {
      ...each(
        ["name", "project", "location", "customPlacementConfig", "enableObjectRetention", "hierarchicalNamespace"],
        ANEW,
      ),
      publicAccessPrevention: loosened(["enforced", "inherited"], "inherited", { looser: OPENS, stricter: CLOSES }),
      uniformBucketLevelAccess: switched(false, CLOSES, OPENS),
      "ipFilter.mode": loosened(["Enabled", "Disabled"], "Disabled", { looser: OPENS, stricter: CLOSES }),
      ...each(
        ["publicNetworkSource", "vpcNetworkSources", "allowAllServiceAgentAccess", "allowCrossOrgVpcs"].map(
          (field) => `ipFilter.${field}`,
        ),
        OPENS,
      ),
      "encryption.defaultKmsKeyName": present(
        BACKUP_EFFECTS.otherKey,
        BACKUP_EFFECTS.otherKey,
        BACKUP_EFFECTS.platformKey,
      ),
      ...each(
        ["customerManaged", "customerSupplied", "googleManaged"].map(
          (kind) => `encryption.${kind}EncryptionEnforcementConfig`,
        ),
        { ...OPENS, what: "which keys new objects may be encrypted by changes" },
      ),
      forceDestroy: switched(
        false,
        { ...UNGUARDED, what: "the bucket can be removed with all objects in it" },
        { ...GUARDED, what: "the bucket can't be removed as long as there are objects in it" },
      ),
      "versioning.enabled": switched(false, GUARDED, UNGUARDED),
      "retentionPolicy.retentionPeriod": RETENTION,
      "retentionPolicy.isLocked": switched(
        false,
        { ...GUARDED, what: "the time that objects are kept can never be shortened again" },
        ANEW,
      ),
      "softDeletePolicy.retentionDurationSeconds": counted(
        7 * DAY_SECONDS,
        BACKUP_EFFECTS.longerBack,
        BACKUP_EFFECTS.shorterBack,
      ),
      "softDeletePolicy.effectiveTime": IN_PLACE,
      lifecycleRules: LIFECYCLE,
    },
    created: { ...IN_PLACE, what: "a bucket is made; what is there goes on" },
    deleted: GONE,
    replaced: ANEW,
  }),
  "gcp:storage/bucketACL:BucketACL": GRANT,
  "gcp:storage/bucketAccessControl:BucketAccessControl": GRANT,
  "gcp:storage/defaultObjectACL:DefaultObjectACL": GRANT,
  "gcp:storage/defaultObjectAccessControl:DefaultObjectAccessControl": GRANT,
  "gcp:storage/objectACL:ObjectACL": GRANT,
  "gcp:storage/objectAccessControl:ObjectAccessControl": GRANT,
};
