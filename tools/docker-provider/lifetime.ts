import { setTimeout as sleep } from "node:timers/promises";

const PARENT_INTERVAL_MS = 500;
/** Enough to remove a half-made container. */
const CLEAR_UP_MS = 10_000;

/** How long this process lives, and what it still has to finish. */
export interface Lifetime {
  readonly signal: AbortSignal;
  /** Stops the work that is under way. */
  readonly cancel: () => void;
  /** Waits, when the process ends, for the work to clear up after itself. */
  readonly track: <T>(work: Promise<T>) => Promise<T>;
}

/**
 * Ends the process on SIGTERM and SIGINT, and when the engine that started it is gone: a killed engine tells nobody,
 * and an orphan would go on changing containers that no state knows.
 */
export function watchLifetime(): Lifetime {
  const controller = new AbortController();
  const underWay = new Set<Promise<unknown>>();
  let ending = false;
  const end = async (): Promise<void> => {
    if (ending) return;
    ending = true;
    controller.abort();
    await Promise.race([Promise.allSettled(underWay), sleep(CLEAR_UP_MS)]);
    process.exit(0);
  };
  for (const name of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(name, () => void end());
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) void end();
  }, PARENT_INTERVAL_MS).unref();
  return {
    signal: controller.signal,
    cancel: () => {
      controller.abort();
    },
    track(work) {
      underWay.add(work);
      const done = (): void => {
        underWay.delete(work);
      };
      work.then(done, done);
      return work;
    },
  };
}
