import type { BucketArgs } from "@pulumi/gcp/storage/bucket.js";
import type { ResolvedSecondCopy } from "../../topology/resolved-gcp.ts";
import type { CloudPlace } from "./cloud-place.ts";

const DAY_SECONDS = 24 * 60 * 60;
/** Days after which the parts of an upload that never ended are removed. */
const ABANDONED_AFTER_DAYS = 7;
/**
 * Days; the fewest that there are. A version that is not over its days stays for the rest of them, whatever this says, and
 * one that is removed can be brought back while the soft delete lasts.
 */
const NONCURRENT_DAYS = 1;
/** Seconds; a database of some TiB takes hours. */
const LONGEST_EXPORT = 24 * 60 * 60;
/** A backup or a maintenance may hold the server up: the export is asked for again, for some hours. */
const WHILE_BUSY = { max_retries: 30, backoff: { initial_delay: 60, max_delay: 600, multiplier: 2 } };

/**
 * The bucket of the daily exports. Until its days are over, no version of an object can be removed, by nobody: not even by
 * a rule below (https://cloud.google.com/storage/docs/bucket-lock). Versioning beside it keeps what is written over or
 * removed by name in the meantime; the cloud takes both since 2024-10-28
 * (https://cloud.google.com/storage/docs/release-notes#October_28_2024). The policy is not locked: that could never be
 * undone, and whoever may change it is in the logs.
 */
export function exportBucketArgs(place: CloudPlace, copy: ResolvedSecondCopy): BucketArgs {
  const { project, labels, name } = place;
  return {
    name: name("exports"),
    project,
    labels,
    // In the form that the cloud gives back.
    location: copy.location.toUpperCase(),
    storageClass: "STANDARD",
    uniformBucketLevelAccess: true,
    publicAccessPrevention: "enforced",
    versioning: { enabled: true },
    retentionPolicy: { retentionPeriod: String(copy.retentionDays * DAY_SECONDS), isLocked: false },
    softDeletePolicy: { retentionDurationSeconds: copy.softDeleteDays * DAY_SECONDS },
    lifecycleRules: [
      // In a bucket with versions, this only makes an object noncurrent; the next one removes it.
      // https://cloud.google.com/storage/docs/lifecycle#delete
      { action: { type: "Delete" }, condition: { age: copy.retentionDays, withState: "LIVE" } },
      { action: { type: "Delete" }, condition: { daysSinceNoncurrentTime: NONCURRENT_DAYS, withState: "ARCHIVED" } },
      { action: { type: "AbortIncompleteMultipartUpload" }, condition: { age: ABANDONED_AFTER_DAYS } },
    ],
    encryption: copy.encryptionKey === undefined ? undefined : { defaultKmsKeyName: copy.encryptionKey },
    forceDestroy: false,
  };
}

/** What is exported, and where to. */
export interface ExportTarget {
  readonly project: string;
  readonly instance: string;
  readonly database: string;
  readonly bucket: string;
}

/**
 * The workflow of an export, as text: an object that is named after the moment, and a failure that is one. The call waits
 * until the export has ended, and fails with it.
 * @see https://cloud.google.com/workflows/docs/reference/googleapis/sqladmin/Overview
 * @see https://cloud.google.com/sql/docs/postgres/admin-api/rest/v1/instances/export
 */
export function exportWorkflow({ project, instance, database, bucket }: ExportTarget): string {
  const moment = 'text.replace_all(text.substring(time.format(sys.now()), 0, 19), ":", "-")';
  const run = {
    call: "googleapis.sqladmin.v1.instances.export",
    args: {
      project,
      instance,
      body: {
        exportContext: {
          fileType: "SQL",
          databases: [database],
          uri: "${uri}",
          // On a machine of its own, made for it: the primary does not feel it.
          offload: true,
        },
      },
      connector_params: { timeout: LONGEST_EXPORT },
    },
    result: "operation",
  };
  const steps = [
    { name_object: { assign: [{ uri: `\${"gs://${bucket}/${database}/" + ${moment} + "Z.sql.gz"}` }] } },
    { export: { try: run, retry: { predicate: "${is_busy}", ...WHILE_BUSY } } },
    {
      fail_with_it: {
        switch: [{ condition: '${map.get(operation, "error") != null}', raise: "${operation.error}" }],
      },
    },
    { say_where: { return: "${uri}" } },
  ];
  const isBusy = {
    params: ["error"],
    steps: [
      { answered: { switch: [{ condition: '${map.get(error, "code") in [409, 429, 503]}', return: true }] } },
      { otherwise: { return: false } },
    ],
  };
  return `${JSON.stringify({ main: { steps }, is_busy: isBusy }, null, 2)}\n`;
}

/** Once a day at a time such as `04:00`, as cron writes it. */
export function dailyAt(time: string): string {
  const [hour = "", minute = ""] = time.split(":");
  return `${Number(minute)} ${Number(hour)} * * *`;
}
