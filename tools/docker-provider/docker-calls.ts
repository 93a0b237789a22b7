import type Dockerode from "dockerode";
import { setTimeout as sleep } from "node:timers/promises";

/** One call of the Docker Engine: its name completes "Docker could not …". */
interface DockerCall {
  readonly name: string;
  /** 60 000 unless told. */
  readonly timeoutMs?: number;
  /** Clearing up goes on after a cancellation. */
  readonly evenWhenCancelled?: boolean;
}

/** The Docker Engine, with a name and a time-out for every call. */
export interface DockerCalls {
  /** Aborted when the engine cancels, or when this process has to end. */
  readonly signal: AbortSignal;
  run<T>(call: DockerCall, act: (docker: Dockerode, signal: AbortSignal) => Promise<T>): Promise<T>;
}

/** Docker refused a call, or no Docker Engine answered. */
class DockerError extends Error {
  /** The HTTP status; `undefined` when nothing answered. */
  readonly statusCode: number | undefined;

  constructor(message: string, statusCode: number | undefined, cause: unknown) {
    super(message, { cause });
    this.name = "DockerError";
    this.statusCode = statusCode;
  }
}

const DEFAULT_TIMEOUT_MS = 60_000;
const UNREACHABLE = ["ECONNREFUSED", "ENOENT", "EACCES", "ENOTFOUND", "ECONNRESET", "EPIPE"];

/** Calls of the Docker Engine at DOCKER_HOST. dockerode is loaded by the first call: a run without changes needs none. */
export function createDockerCalls(signal: AbortSignal): DockerCalls {
  let loading: Promise<Dockerode> | undefined;
  const connect = async (): Promise<Dockerode> => new (await import("dockerode")).default();
  return {
    signal,
    async run(call, act) {
      const timeoutMs = call.timeoutMs ?? DEFAULT_TIMEOUT_MS;
      const timeout = AbortSignal.timeout(timeoutMs);
      const ended = call.evenWhenCancelled === true ? timeout : AbortSignal.any([timeout, signal]);
      try {
        ended.throwIfAborted();
        loading ??= connect();
        return await Promise.race([act(await loading, ended), rejectWhen(ended)]);
      } catch (error) {
        if (timeout.aborted) {
          throw new DockerError(`Docker could not ${call.name} within ${timeoutMs / 1000} s`, undefined, error);
        }
        if (ended.aborted) throw new DockerError(`cancelled: ${call.name}`, undefined, error);
        throw explain(call, error);
      }
    },
  };
}

function rejectWhen(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener(
      "abort",
      () => {
        reject(new Error("aborted"));
      },
      { once: true },
    );
  });
}

/** Whether the thing asked for does not exist. */
export function isNotFound(error: unknown): boolean {
  return error instanceof DockerError && error.statusCode === 404;
}

/** Whether something stands in the way: a name or a volume that is in use. */
export function isConflict(error: unknown): boolean {
  return error instanceof DockerError && error.statusCode === 409;
}

function explain(call: DockerCall, error: unknown): DockerError {
  const { statusCode, code, json, message } = error as {
    statusCode?: number;
    code?: string;
    json?: { message?: string };
    message?: string;
  };
  if (statusCode === undefined && code !== undefined && UNREACHABLE.includes(code)) {
    const where = process.env.DOCKER_HOST ?? "the default socket";
    const fix = "start Docker, or point DOCKER_HOST (or the setting docker:host) at it";
    return new DockerError(`no Docker Engine answers at ${where} (${code}): ${fix}`, undefined, error);
  }
  return new DockerError(
    `Docker could not ${call.name}: ${json?.message ?? message ?? String(error)}`,
    statusCode,
    error,
  );
}

const BUSY_TIMEOUT_MS = 30_000;
const BUSY_INTERVAL_MS = 250;

/** Removes what may not be there any more, and waits for the containers that still use it to go. */
export async function removeWhenFree(remove: () => Promise<unknown>, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + BUSY_TIMEOUT_MS;
  for (;;) {
    try {
      await remove();
      return;
    } catch (error) {
      if (isNotFound(error)) return;
      // 403 is Docker's answer for a network that still has containers.
      const busy = isConflict(error) || (error instanceof DockerError && error.statusCode === 403);
      if (!busy || performance.now() >= deadline) throw error;
    }
    await sleep(BUSY_INTERVAL_MS, undefined, { signal });
  }
}
