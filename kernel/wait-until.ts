import { setTimeout as sleep } from "node:timers/promises";
import { messageOf, PgtError } from "./errors.ts";

/** How long to wait, and what to call it when it takes too long. */
export interface Wait {
  /** Completes "gave up waiting for …". */
  readonly name: string;
  readonly timeoutMs: number;
  /** Milliseconds between two tries; 100 unless told. */
  readonly intervalMs?: number;
  readonly signal?: AbortSignal;
  /** Errors that no further try would change; none unless told. */
  readonly isFinal?: (error: unknown) => boolean;
}

/**
 * Tries until `attempt` gives something other than `undefined` or `false`, and returns that.
 * An attempt that throws counts as not yet; the last error is named when the time is up.
 * @throws {PgtError} after `timeoutMs`; the signal's reason when it is aborted; an error that is final.
 */
export async function waitUntil<T>(
  attempt: () => Promise<T | undefined | false> | T | undefined | false,
  wait: Wait,
): Promise<T> {
  const deadline = performance.now() + wait.timeoutMs;
  let last: unknown;
  for (;;) {
    wait.signal?.throwIfAborted();
    try {
      const result = await attempt();
      if (result !== undefined && result !== false) return result;
      last = undefined;
    } catch (error) {
      if (wait.isFinal?.(error) === true) throw error;
      last = error;
    }
    if (performance.now() >= deadline) {
      const why = last === undefined ? "" : `: ${messageOf(last)}`;
      throw new PgtError(`gave up waiting for ${wait.name} after ${wait.timeoutMs / 1000} s${why}`, { cause: last });
    }
    try {
      await sleep(wait.intervalMs ?? 100, undefined, { ...(wait.signal && { signal: wait.signal }) });
    } catch (error) {
      // Node's own error would hide the reason.
      wait.signal?.throwIfAborted();
      throw error;
    }
  }
}
