import { EXIT, messageOf, PgtError } from "../kernel/errors.ts";
import { cloudName } from "../topology/names.ts";
import type { ResolvedGcp } from "../topology/resolved-gcp.ts";
import { topologyDigest, topologyText, VERIFICATION_ROLE } from "../topology/verification-job.ts";
import type { GoogleSettings } from "./google-settings.ts";
import { type EndedExecution, type JobPlace, runJob } from "./job-execution.ts";
import { readOutcome } from "./job-outcome.ts";
import { readJobLog } from "./read-job-log.ts";
import type { VerifyReport } from "./report.ts";

/** An entry is in the log some seconds after it was written. */
const REPORT_TIMEOUT_MS = 120_000;
/** Of an execution that failed, which may have written nothing. */
const REASON_TIMEOUT_MS = 30_000;

/** What to have verified by the stack's own job. It takes no password. */
export interface VerifyByJobOptions {
  readonly topology: ResolvedGcp;
  readonly project: string;
  /** Ends every name. */
  readonly suffix: string;
  readonly api: Pick<GoogleSettings, "accessToken" | "cloudRunUrl" | "loggingUrl">;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
  /** In milliseconds; see the constants. */
  readonly waits?: {
    readonly executionMs?: number;
    readonly reportMs?: number;
    readonly reasonMs?: number;
    readonly intervalMs?: number;
  };
}

/**
 * Has the topology verified from inside the VPC, by the Cloud Run job that was made with it. Nothing is written but what
 * the job says in its log.
 * @throws {PgtError} exit code 2 without `access.verification`; 3 where there is no report; the signal's reason
 */
export async function verifyByJob(options: VerifyByJobOptions): Promise<VerifyReport> {
  requireVerification(options.topology);
  options.signal.throwIfAborted();
  try {
    return await runAndRead(options);
  } catch (error) {
    options.signal.throwIfAborted();
    throw couldNotCheck(error);
  }
}

/** @throws {PgtError} exit code 2 for a topology without such a job */
export function requireVerification({ access, stack }: ResolvedGcp): void {
  if (access.verification !== undefined) return;
  throw new PgtError("--vantage job: the topology has no job that verifies: access.verification is not set", {
    exitCode: EXIT.usage,
    fix: [
      `Set access.verification.image to an image with this project in it (images/verify/Dockerfile), and run "./pgt up --stack ${stack}".`,
      "Or verify from a machine inside the VPC, with --vantage inside.",
    ],
  });
}

async function runAndRead(options: VerifyByJobOptions): Promise<VerifyReport> {
  const { api, project, say, signal, suffix, topology, waits = {} } = options;
  const { intervalMs, executionMs, reportMs = REPORT_TIMEOUT_MS, reasonMs = REASON_TIMEOUT_MS } = waits;
  const common = { project, signal, accessToken: api.accessToken, intervalMs };
  const place: JobPlace = {
    project,
    region: topology.region,
    job: cloudName(topology.stack, VERIFICATION_ROLE, suffix),
  };
  const startedAt = new Date();
  const ended = await runJob(place, { ...common, baseUrl: api.cloudRunUrl, say, timeoutMs: executionMs });
  say(`${ended.name}: waiting for its report`);
  const timeoutMs = ended.succeeded ? reportMs : reasonMs;
  let payload: unknown;
  try {
    const log = { ...common, baseUrl: api.loggingUrl, place, execution: ended.name, startedAt, timeoutMs };
    payload = await readJobLog(log);
  } catch (error) {
    signal.throwIfAborted();
    throw noReport(ended, error);
  }
  const outcome = readOutcome(payload, topologyDigest(topologyText(topology)));
  if ("failure" in outcome) {
    const { fix, message } = outcome.failure;
    throw new PgtError(`the job could not verify: ${message}`, { fix: [...fix, ...whereItsLogIs(ended)] });
  }
  if (outcome.report.topology === topology.name) return outcome.report;
  throw new PgtError(`the job's report is about ${outcome.report.topology}, want ${topology.name}`);
}

/** What the platform said of the execution comes first: it is why there is nothing to read. */
function noReport(ended: EndedExecution, error: unknown): unknown {
  if (ended.succeeded) {
    if (!(error instanceof PgtError) || error.fix.length > 0) return error;
    const excluded = "See that no exclusion filter of the project's log sinks drops what Cloud Run jobs write.";
    return new PgtError(error.message, { fix: [excluded, ...whereItsLogIs(ended)] });
  }
  const said = ended.message === "" ? "" : `: ${ended.message}`;
  return new PgtError(`execution ${ended.name} failed${said}; and ${messageOf(error)}`, {
    fix: [
      "See that the image has this project in it, and that Cloud Run can fetch it.",
      ...whereItsLogIs(ended),
      ...(error instanceof PgtError ? error.fix : []),
    ],
  });
}

function whereItsLogIs({ logUri }: EndedExecution): string[] {
  return logUri === undefined ? [] : [`Its log: ${logUri}`];
}

/** Without a report nothing was found out, good or bad: that is never exit code 1. */
function couldNotCheck(error: unknown): unknown {
  if (!(error instanceof PgtError) || error.exitCode !== EXIT.failed) return error;
  const fix = error.fix.length > 0 ? error.fix : ["Try again: a verification changes nothing."];
  return new PgtError(error.message, { exitCode: EXIT.couldNotCheck, fix, cause: error });
}
