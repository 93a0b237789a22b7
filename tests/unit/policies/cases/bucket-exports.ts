import type { PlanCase } from "../plan-case.ts";
import { UNKNOWN_TEXT } from "../policy-rpc.ts";
import { bucket, primary, writer } from "./gcp-resources.ts";

const DAY = 86_400;

function retention(days: number | string, isLocked = true) {
  return { retentionPolicy: { retentionPeriod: typeof days === "number" ? String(days * DAY) : days, isLocked } };
}

/** Names are not known before anything is made: what a value comes from is. */
const NOT_MADE_YET = [
  bucket({ name: undefined }),
  primary({ serviceAccountEmailAddress: UNKNOWN_TEXT }),
  writer(
    { bucket: UNKNOWN_TEXT, member: UNKNOWN_TEXT },
    { dependencies: { bucket: ["exports"], member: ["app-primary"] } },
  ),
];

/** Nothing is said of point-in-time recovery, which ENTERPRISE_PLUS has. */
const OF_THE_EDITION = { edition: "ENTERPRISE_PLUS", backupConfiguration: { enabled: true } };

function exporting(change: object) {
  return [bucket(change), primary(), writer()];
}

function removal(condition: object, type = "Delete") {
  return { lifecycleRules: [{ action: { type }, condition }] };
}

export const CASES: readonly PlanCase[] = [
  {
    id: "bucket/retention-period",
    good: exporting({}),
    bad: [
      { why: "too short", resources: exporting(retention(29)), says: /^exports: got a retention of 29 days, want 30/ },
      {
        why: "none, before anything is made",
        resources: [bucket({ name: undefined, retentionPolicy: undefined }), ...NOT_MADE_YET.slice(1)],
        says: /^exports: got a retention of 0 days/,
        also: ["bucket/retention-covers-recovery", "bucket/retention-locked"],
      },
    ],
    unknown: exporting(retention(UNKNOWN_TEXT)),
  },
  {
    id: "bucket/retention-locked",
    good: NOT_MADE_YET,
    bad: [
      { why: "not locked", resources: exporting(retention(30, false)), says: /^exports: got a retention policy that/ },
    ],
    unknown: exporting({ retentionPolicy: { retentionPeriod: String(30 * DAY), isLocked: UNKNOWN_TEXT } }),
  },
  {
    id: "bucket/retention-covers-recovery",
    good: exporting({}),
    bad: [
      {
        why: "shorter than the log",
        resources: exporting(retention(6)),
        says: /^exports: got a retention of 6 days, want 7 like the database's log/,
        also: ["bucket/retention-period"],
      },
      {
        why: "shorter than the log of an edition that has one unless told",
        resources: [bucket(retention(13)), primary({ settings: OF_THE_EDITION }), writer()],
        says: /^exports: got a retention of 13 days, want 14 like/,
        also: ["bucket/retention-period"],
      },
    ],
    unknown: exporting(retention(UNKNOWN_TEXT)),
  },
  {
    id: "bucket/lifecycle-after-retention",
    good: exporting({}),
    bad: [
      {
        why: "removed before",
        resources: exporting(removal({ age: 7 })),
        says: /^exports: got a removal after 7 days, want 30/,
      },
      {
        why: "before a longer retention",
        resources: exporting({ ...retention(60), ...removal({ age: 45 }) }),
        says: /^exports: got a removal after 45 days, want 60/,
      },
    ],
    unknown: exporting(removal({ age: UNKNOWN_TEXT })),
  },
];
