import { z } from "zod";
import { waitUntil } from "../kernel/wait-until.ts";
import { googleApi, type GoogleApi, type GoogleApiOptions } from "./google-api.ts";
import type { JobPlace } from "./job-execution.ts";
import { OUTCOME_MARKER } from "./job-outcome.ts";
import { isRefusal } from "./refusal.ts";

/** A project has 60 questions to its log a minute, for all who ask: https://docs.cloud.google.com/logging/quotas */
const LOOK_EVERY_MS = 3000;
/** A page may be empty and have another behind it. */
const MOST_PAGES = 10;
/** The clocks of two machines differ. */
const SKEW_MS = 10 * 60_000;

// https://docs.cloud.google.com/logging/docs/reference/v2/rest/v2/entries/list
const entriesAnswer = z.object({
  entries: z.array(z.object({ jsonPayload: z.unknown().optional() })).default([]),
  nextPageToken: z.string().optional(),
});

/** Which entry, and how long it may take to come. */
export interface LogOptions extends GoogleApiOptions {
  readonly place: JobPlace;
  /** Name of the execution. */
  readonly execution: string;
  /** When it was started, by this machine's clock. */
  readonly startedAt: Date;
  readonly timeoutMs: number;
  readonly intervalMs?: number | undefined;
}

/**
 * What the job wrote for `pgt` into its log, as it stands there.
 * @throws {PgtError} where it may not be read, or does not come in time
 */
export async function readJobLog(options: LogOptions): Promise<unknown> {
  const ask = await googleApi(
    {
      title: "Cloud Logging API",
      host: "logging.googleapis.com",
      root: "v2/",
      scope: "https://www.googleapis.com/auth/logging.read",
    },
    options,
  );
  const { execution, intervalMs = LOOK_EVERY_MS, signal, timeoutMs } = options;
  const { payload } = await waitUntil(() => findEntry(ask, options), {
    name: `the report of ${execution} in the log`,
    timeoutMs,
    intervalMs,
    signal,
    isFinal: isRefusal,
  });
  return payload;
}

async function findEntry(ask: GoogleApi, options: LogOptions): Promise<{ payload: unknown } | undefined> {
  let pageToken: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await ask(
      {
        path: "entries:list",
        permission: "logging.logEntries.list",
        role: "roles/logging.viewer",
        body: {
          resourceNames: [`projects/${options.place.project}`],
          filter: filterOf(options),
          orderBy: "timestamp asc",
          pageSize: 10,
          ...(pageToken !== undefined && { pageToken }),
        },
      },
      entriesAnswer,
    );
    const [entry] = answer?.entries ?? [];
    if (entry !== undefined) return { payload: entry.jsonPayload };
    pageToken = answer?.nextPageToken;
    if (pageToken === undefined || pageToken === "") return undefined;
  }
  return undefined;
}

/** https://docs.cloud.google.com/logging/docs/view/logging-query-language */
function filterOf({ execution, place, startedAt }: LogOptions): string {
  return [
    'resource.type="cloud_run_job"',
    `resource.labels.job_name="${place.job}"`,
    `resource.labels.location="${place.region}"`,
    `labels."run.googleapis.com/execution_name"="${execution}"`,
    `jsonPayload.marker="${OUTCOME_MARKER}"`,
    `timestamp>="${new Date(startedAt.getTime() - SKEW_MS).toISOString()}"`,
  ].join(" AND ");
}
