import { z } from "zod";
import { PgtError } from "../../kernel/errors.ts";
import { waitUntil } from "../../kernel/wait-until.ts";
import { type GoogleApi, type GoogleCall, OperationInProgress } from "../../verify/google-api.ts";

/** A backup of a new instance may be in the way. */
const BUSY_TIMEOUT_MS = 20 * 60_000;
const OPERATION_TIMEOUT_MS = 20 * 60_000;
const INTERVAL_MS = 5000;

// https://docs.cloud.google.com/sql/docs/postgres/admin-api/rest/v1beta4/operations
const operationAnswer = z.object({
  name: z.string(),
  status: z.string(),
  error: z.object({ errors: z.array(z.object({ message: z.string().optional() })).default([]) }).optional(),
});

/** What is waited for. */
export interface OperationWait {
  /** The instance, by its name in the cloud. */
  readonly instance: string;
  /** As in "the designation": what fails, or takes too long. */
  readonly what: string;
  readonly signal: AbortSignal;
  /** Milliseconds between two looks; five seconds unless told. */
  readonly intervalMs?: number | undefined;
}

/**
 * Has Cloud SQL do something with an instance, once it does nothing else, and waits until that is done.
 * @returns whether there was what was asked for
 * @throws {PgtError} when it is refused, fails or takes too long
 */
export async function runOperation(api: GoogleApi, call: GoogleCall, wait: OperationWait): Promise<boolean> {
  const { instance, intervalMs = INTERVAL_MS, signal, what } = wait;
  const isFinal = (error: unknown): boolean => !(error instanceof OperationInProgress);
  const { started } = await waitUntil(async () => ({ started: await api(call, operationAnswer) }), {
    name: `${instance} to have ended what it does`,
    timeoutMs: BUSY_TIMEOUT_MS,
    intervalMs,
    signal,
    isFinal,
  });
  if (started === undefined) return false;
  const look = {
    path: `operations/${started.name}`,
    permission: "cloudsql.instances.get",
    role: "roles/cloudsql.viewer",
  };
  const ended = await waitUntil(
    async () => {
      const operation = await api(look, operationAnswer);
      return operation?.status === "DONE" && operation;
    },
    { name: `${what} to end`, timeoutMs: OPERATION_TIMEOUT_MS, intervalMs, signal, isFinal },
  );
  if (ended.error === undefined) return true;
  const why = ended.error.errors.map(({ message }) => message ?? "without a reason").join("; ");
  throw new PgtError(`${what} failed: ${why}`);
}
