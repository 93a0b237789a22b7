import { isDeepStrictEqual } from "node:util";
import { bucketGoes } from "../../../topology/change/digitalocean-effects.ts";
import { BUCKET_RESOURCE } from "../../../topology/change/digitalocean-sources.ts";
import type { Effect } from "../../../topology/change/rule.ts";
import { readAt } from "../../../topology/limits/limit.ts";
import type { KnownEdit, ResourceTable } from "../../resource-table.ts";
import { hasMore, listOf, numberOf, objectOf, textOf, textsOf } from "../edited-values.ts";
import { exposed, opensWhere, rowsOf } from "./rows.ts";

const PROVIDER =
  "https://github.com/digitalocean/terraform-provider-digitalocean/blob/main/digitalocean/spaces" as const;
const READ = "2026-08-06";
const POLICY_RESOURCE = readAt(`${PROVIDER}/resource_spaces_bucket_policy.go`, READ);
const KEY_RESOURCE = readAt(`${PROVIDER}/resource_spaces_key.go`, READ);
const CORS_RESOURCE = readAt(`${PROVIDER}/resource_spaces_bucket_cors_configuration.go`, READ);
const LOGGING_RESOURCE = readAt(`${PROVIDER}/resource_spaces_bucket_logging.go`, READ);

const STAYS: Effect = { label: "none", what: "the bucket stays, and what is in it", source: BUCKET_RESOURCE };
const BUCKET_ANEW: Effect = {
  label: "data loss",
  what: "another bucket is made, empty, and the old one is removed with the backups in it, or the platform refuses because it is not empty",
  source: BUCKET_RESOURCE,
};
const EXPIRES: Effect = {
  label: "data loss",
  what: "objects are removed by age that were not before: backups among them may be",
  source: BUCKET_RESOURCE,
};
const OPENED = exposed(STAYS, "others may read what is in the bucket, or its list");

const isPublic = ({ from, to }: KnownEdit): boolean => !["", "private"].includes(textOf(to)) && to !== from;

/** The days after which a rule removes objects; `undefined` where it removes none. */
function daysOf(rule: unknown, name: string): number | undefined {
  const { enabled, [name]: block } = objectOf(rule);
  if (enabled !== true || typeof block !== "object" || block === null) return undefined;
  const { date, days } = objectOf(block);
  // A day in the calendar comes for everything.
  return date !== undefined && date !== "" ? 0 : numberOf(days);
}

function removesSooner({ from, to }: KnownEdit): boolean {
  return ["expiration", "noncurrentVersionExpiration"].some((name) =>
    listOf(to).some((rule) => {
      const days = daysOf(rule, name);
      if (days === undefined) return false;
      const before = listOf(from).find((other) => isDeepStrictEqual(placeOf(other), placeOf(rule)));
      const daysBefore = daysOf(before, name);
      return daysBefore === undefined || days < daysBefore;
    }),
  );
}

/** Which objects a rule is for. */
function placeOf(rule: unknown): string {
  return textOf(objectOf(rule).prefix);
}

/** A bucket: of backups, WAL and exports. */
export const BUCKET: ResourceTable = {
  properties: {
    ...rowsOf(["name", "region"], BUCKET_ANEW),
    acl: opensWhere(isPublic, STAYS, OPENED),
    versioning: opensWhere(
      ({ to }) => objectOf(to).enabled !== true,
      STAYS,
      exposed(STAYS, "what is removed or written over from then on can't be brought back"),
    ),
    lifecycleRules: { by: (edit) => (removesSooner(edit) ? EXPIRES : STAYS), worst: EXPIRES },
    corsRules: opensWhere(hasMore, STAYS, exposed(STAYS, "pages of other sites may read what is in the bucket")),
    forceDestroy: opensWhere(
      ({ to }) => textOf(to) === "true",
      STAYS,
      exposed(STAYS, "from then on the bucket is removed even where something is in it"),
    ),
  },
  unlisted: "data loss",
  created: { ...STAYS, what: "a bucket is made" },
  deleted: ({ old }) => bucketGoes(old?.retainOnDelete === true),
  replaced: BUCKET_ANEW,
};

const GRANTED: Effect = {
  label: "none",
  exposure: true,
  what: "who may read or write in the bucket is written anew: somebody may who could not before",
  source: POLICY_RESOURCE,
};

/** Who may do what in a bucket. */
export const BUCKET_POLICY: ResourceTable = {
  properties: rowsOf(["bucket", "policy", "region"], GRANTED),
  unlisted: "none",
  created: GRANTED,
  deleted: GRANTED,
  replaced: GRANTED,
};

const KEY_STAYS: Effect = { label: "none", what: "the key stays as it is", source: KEY_RESOURCE };
const KEY_GOES: Effect = {
  label: "none",
  what: "the key no longer opens the bucket: backups and WAL wait on the server until it has another one",
  source: KEY_RESOURCE,
};

/** A key to buckets. */
export const SPACES_KEY: ResourceTable = {
  properties: {
    name: KEY_STAYS,
    grants: opensWhere(hasMore, KEY_GOES, exposed(KEY_STAYS, "the key opens more than it did")),
  },
  unlisted: "none",
  created: { ...KEY_STAYS, what: "a key is made" },
  deleted: KEY_GOES,
  replaced: KEY_GOES,
};

const CORS_STAYS: Effect = { label: "none", what: "the bucket stays as it is", source: CORS_RESOURCE };
const CORS_OPENED = exposed(CORS_STAYS, "pages of other sites may read what is in the bucket");
const origins = (rules: unknown): readonly string[] =>
  listOf(rules).flatMap((rule) => textsOf(objectOf(rule).allowedOrigins));

/** Which sites' pages may read a bucket. */
export const BUCKET_CORS: ResourceTable = {
  properties: {
    ...rowsOf(["bucket", "region"], CORS_OPENED),
    corsRules: opensWhere(({ from, to }) => hasMore({ from: origins(from), to: origins(to) }), CORS_STAYS, CORS_OPENED),
  },
  unlisted: "none",
  created: CORS_OPENED,
  deleted: CORS_STAYS,
  replaced: CORS_OPENED,
};

const LOGGED: Effect = { label: "none", what: "who read what is written elsewhere", source: LOGGING_RESOURCE };
const NOT_LOGGED = exposed(LOGGED, "who reads the bucket is no longer written down");

/** Where it is written down who reads a bucket. */
export const BUCKET_LOGGING: ResourceTable = {
  properties: rowsOf(["bucket", "region", "targetBucket", "targetPrefix"], LOGGED),
  unlisted: "none",
  created: LOGGED,
  deleted: NOT_LOGGED,
  replaced: LOGGED,
};
