import { readdir, readFile, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { PROJECT } from "../../config/keys.ts";
import { waitUntil } from "../../kernel/wait-until.ts";
import { type LockHolder, StackLocked } from "./engine-errors.ts";
import type { Place } from "./place.ts";
import { type Engine, runPulumi } from "./pulumi-command.ts";
import { isGone, startTicks } from "./process-identity.ts";

/** The engine ends by itself once its program is gone; it gets this long, and a polite word. */
const END_TIMEOUT_MS = 30_000;

interface EngineLock {
  readonly pid: number;
  readonly hostname: string;
}

/** What {@link pastDeadEngine} does, and when. */
interface PastOptions<T> {
  readonly afterKilled: boolean;
  readonly signal: AbortSignal;
  readonly work: () => Promise<T>;
}

/**
 * Removes the file back end's lock of a local stack when a killed run has left it.
 * Only called under the run lock: no living pgt has an engine at work on this stack. An engine that outlived its pgt
 * is asked to end first; a lock of another host, or of a process that is no engine, is left for a person to judge.
 */
export async function clearEngineLock(place: Place, signal: AbortSignal): Promise<void> {
  if (!place.local) return;
  const folder = join(place.stateDir, "state", ".pulumi", "locks", "organization", PROJECT, place.stack);
  for (const name of await filesIn(folder)) {
    const path = join(folder, name);
    const lock = await readLock(path);
    if (lock?.hostname !== hostname()) continue;
    if (await isEngine(lock.pid)) await endEngine(lock.pid, signal);
    if ((await startTicks(lock.pid)) === undefined) await rm(path, { force: true });
  }
}

/**
 * Runs `work`, and once more when it finds the back end locked by an engine of this machine that is dead: what a run that
 * was killed has left of a shared stack. Only under the run lock, and only after such a run.
 */
export async function pastDeadEngine<T>(engine: Engine, place: Place, options: PastOptions<T>): Promise<T> {
  const { afterKilled, signal, work } = options;
  try {
    return await work();
  } catch (error) {
    if (!afterKilled || !(error instanceof StackLocked) || !(await haveEndedHere(error.holders, signal))) throw error;
    await runPulumi(engine, place, ["cancel", "--yes"], { signal });
    return work();
  }
}

/** An engine that outlived its pgt is asked to end first; one of another machine is never touched. */
async function haveEndedHere(holders: readonly LockHolder[], signal: AbortSignal): Promise<boolean> {
  if (holders.length === 0 || holders.some(({ host }) => host !== hostname())) return false;
  for (const { pid } of holders) if (await isEngine(pid)) await endEngine(pid, signal);
  const gone = await Promise.all(holders.map(({ pid }) => isGone(pid)));
  return gone.every(Boolean);
}

async function endEngine(pid: number, signal: AbortSignal): Promise<void> {
  process.kill(pid, "SIGINT");
  await waitUntil(async () => (await startTicks(pid)) === undefined, {
    name: `the engine of a run that was killed (process ${pid}) to end`,
    timeoutMs: END_TIMEOUT_MS,
    signal,
  });
}

/** The number may have gone to another program meanwhile. */
async function isEngine(pid: number): Promise<boolean> {
  const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
  return /(^|\/)pulumi$/.test(command.split("\0")[0] ?? "");
}

async function readLock(path: string): Promise<EngineLock | undefined> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as EngineLock;
  } catch {
    return undefined;
  }
}

async function filesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch {
    return [];
  }
}
