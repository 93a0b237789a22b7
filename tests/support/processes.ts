import { readdir, readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

const LOOK_INTERVAL_MS = 50;

/** What of `/proc` is read of a process. */
interface Found {
  readonly pid: number;
  readonly parent: number;
  /** Arguments, separated by spaces; empty of a zombie. */
  readonly command: string;
}

/** Every process of this machine; one that ends meanwhile is left out. */
async function processes(): Promise<readonly Found[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid): Promise<Found | undefined> => {
      try {
        const stat = await readFile(`/proc/${pid}/stat`, "utf8");
        const command = (await readFile(`/proc/${pid}/cmdline`, "utf8")).replaceAll("\0", " ");
        return { pid: Number(pid), parent: Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]), command };
      } catch {
        return undefined;
      }
    }),
  );
  return found.filter((one) => one !== undefined);
}

/** Everything that a process has started, and what that has started. */
export async function descendants(pid: number): Promise<readonly Found[]> {
  const all = await processes();
  const below = (parent: number): Found[] =>
    all.filter((one) => one.parent === parent).flatMap((one) => [one, ...below(one.pid)]);
  return below(pid);
}

/** Runs `work`, and collects meanwhile what processes of this machine are called with. */
export async function withArgumentsSeen<T>(work: () => Promise<T>): Promise<[T, readonly string[]]> {
  const seen = new Set<string>();
  const ending = new AbortController();
  const watching = (async () => {
    while (!ending.signal.aborted) {
      for (const { command } of await processes()) seen.add(command);
      await sleep(LOOK_INTERVAL_MS);
    }
  })();
  try {
    const result = await work();
    return [result, [...seen]];
  } finally {
    ending.abort();
    await watching;
  }
}
