import { z } from "zod";
import { EXIT, PgtError } from "../kernel/errors.ts";
import { waitUntil } from "../kernel/wait-until.ts";
import { VERIFICATION_TIMEOUT_SECONDS } from "../topology/verification-job.ts";
import { googleApi, type GoogleApi, type GoogleApiOptions } from "./google-api.ts";
import { isRefusal } from "./refusal.ts";

/** Beside the verification itself: the image is fetched, and a place found to run it. */
const START_MS = 300_000;
const LOOK_EVERY_MS = 3000;
/** A start is answered when it is accepted, not when it has happened. */
const TRY_TIMEOUT_MS = 30_000;
const SECOND_MS = 1000;

// https://cloud.google.com/run/docs/reference/rest/v2/projects.locations.jobs/run
const startAnswer = z.object({
  metadata: z.object({
    name: z.string().regex(/^projects\/[^/]+\/locations\/[^/]+\/jobs\/[^/]+\/executions\/[a-z0-9-]+$/),
  }),
});
// https://cloud.google.com/run/docs/reference/rest/v2/projects.locations.jobs.executions
const executionAnswer = z.object({
  completionTime: z.string().optional(),
  logUri: z.string().optional(),
  conditions: z
    .array(z.object({ type: z.string().optional(), state: z.string().optional(), message: z.string().optional() }))
    .default([]),
});

/** The Cloud Run job to start. */
export interface JobPlace {
  readonly project: string;
  readonly region: string;
  readonly job: string;
}

/** An execution that has ended. */
export interface EndedExecution {
  /** Without the path. */
  readonly name: string;
  readonly succeeded: boolean;
  /** What the platform says of it. */
  readonly message: string;
  /** Where a person reads its log. */
  readonly logUri: string | undefined;
}

/** How long to wait, and whom to tell. */
export interface ExecutionOptions extends GoogleApiOptions {
  readonly say: (line: string) => void;
  readonly timeoutMs?: number | undefined;
  readonly intervalMs?: number | undefined;
}

/**
 * Starts a Cloud Run job, and waits until the execution has ended, well or not.
 * @throws {PgtError} where it can't be started or watched, or takes too long
 */
export async function runJob(place: JobPlace, options: ExecutionOptions): Promise<EndedExecution> {
  const ask = await googleApi(
    {
      title: "Cloud Run Admin API",
      host: "run.googleapis.com",
      root: "v2/",
      scope: "https://www.googleapis.com/auth/cloud-platform",
    },
    { tryTimeoutMs: TRY_TIMEOUT_MS, ...options },
  );
  const path = await start(ask, place);
  const name = path.slice(path.lastIndexOf("/") + 1);
  options.say(`started ${name}`);
  const {
    timeoutMs = VERIFICATION_TIMEOUT_SECONDS * SECOND_MS + START_MS,
    intervalMs = LOOK_EVERY_MS,
    signal,
  } = options;
  const began = performance.now();
  return waitUntil(
    async () => {
      const ended = await look(ask, path, name);
      if (ended === undefined) options.say(`${name}: ${Math.round((performance.now() - began) / SECOND_MS)} s`);
      return ended;
    },
    { name: `execution ${name} to end`, timeoutMs, intervalMs, signal, isFinal: isRefusal },
  );
}

async function start(ask: GoogleApi, { job, project, region }: JobPlace): Promise<string> {
  const answer = await ask(
    {
      path: `projects/${project}/locations/${region}/jobs/${job}:run`,
      permission: "run.jobs.run",
      role: "roles/run.invoker",
      body: {},
      isDeed: true,
    },
    startAnswer,
  );
  if (answer !== undefined) return answer.metadata.name;
  throw new PgtError(`there is no job ${job} in ${region} of project ${project}`, {
    exitCode: EXIT.couldNotCheck,
    fix: ["Run `pgt up`: it makes the job that access.verification asks for."],
  });
}

async function look(ask: GoogleApi, path: string, name: string): Promise<EndedExecution | undefined> {
  const answer = await ask({ path, permission: "run.executions.get", role: "roles/run.viewer" }, executionAnswer);
  // It may not be seen everywhere at once.
  if (answer === undefined) return undefined;
  const { completionTime, conditions, logUri } = answer;
  const completed = conditions.find(({ type }) => type === "Completed");
  const isFailed = completed?.state === "CONDITION_FAILED";
  if (completionTime === undefined && !isFailed) return undefined;
  return {
    name,
    succeeded: completed?.state === "CONDITION_SUCCEEDED",
    message: completed?.message ?? "",
    logUri: logUri?.startsWith("https://console.cloud.google.com/") === true ? logUri : undefined,
  };
}
