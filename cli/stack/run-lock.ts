import { randomUUID } from "node:crypto";
import { link, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { PgtError } from "../../kernel/errors.ts";
import type { Place } from "./place.ts";
import { makePrivateDirectory } from "./place.ts";
import { isProvablyDead, ownIdentity, type ProcessIdentity } from "./process-identity.ts";

const RETRY_MS = 50;

interface LockRecord extends ProcessIdentity {
  readonly command: string;
  readonly since: string;
}

/** How a run under the lock was found: after one that ended, or after one that was killed midway. */
export interface LockedRun {
  /** The run before this one was killed: it may have left things that state does not know. */
  readonly afterKilled: boolean;
}

/**
 * Runs `work` while no other command changes the same stack.
 * A lock whose process is provably dead on this host is taken over; any other is respected.
 * @throws {PgtError} when another run holds it, naming it
 */
export async function withRunLock<T>(place: Place, command: string, work: (run: LockedRun) => Promise<T>): Promise<T> {
  await makePrivateDirectory(place.stateDir);
  const path = join(place.stateDir, `${place.stack}.lock`);
  const afterKilled = await acquire(path, command);
  try {
    return await work({ afterKilled });
  } finally {
    await rm(path, { force: true });
  }
}

/**
 * For a command that only looks: says whether the last run was killed, and leaves the lock as it is.
 * @throws {PgtError} when a run is at work on the stack, naming it
 */
export async function requireNoRun(place: Place): Promise<LockedRun> {
  const path = join(place.stateDir, `${place.stack}.lock`);
  const holder = await readHolder(path);
  if (holder === undefined) return { afterKilled: false };
  if (!(await isProvablyDead(holder))) throw isRunning(holder, path);
  return { afterKilled: true };
}

/** A link is made whole or not at all, and fails when the name is taken: no reader ever sees half a record. */
async function acquire(path: string, command: string): Promise<boolean> {
  const record: LockRecord = { ...(await ownIdentity()), command, since: new Date().toISOString() };
  const own = `${path}.${randomUUID()}`;
  await writeFile(own, JSON.stringify(record), { mode: 0o600 });
  let afterKilled = false;
  try {
    for (;;) {
      try {
        await link(own, path);
        return afterKilled;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      }
      await removeStale(path, own);
      afterKilled = true;
    }
  } finally {
    await rm(own, { force: true });
  }
}

/**
 * Removes the lock of a dead process. Only one process at a time may do so, under a second link: otherwise the slower
 * of two would remove the lock that the faster one has just taken.
 */
async function removeStale(path: string, own: string): Promise<void> {
  const removal = `${path}.removal`;
  try {
    await link(own, removal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    const remover = await readHolder(removal);
    if (remover !== undefined && (await isProvablyDead(remover))) await rm(removal, { force: true });
    await sleep(RETRY_MS);
    return;
  }
  try {
    const holder = await readHolder(path);
    if (holder === undefined) return;
    if (!(await isProvablyDead(holder))) {
      throw isRunning(holder, path);
    }
    await rm(path, { force: true });
  } finally {
    await rm(removal, { force: true });
  }
}

function isRunning({ command, host, pid, since }: LockRecord, path: string): PgtError {
  return new PgtError(`"pgt ${command}" is running on this stack since ${since} (process ${pid} on ${host})`, {
    fix: ["Wait until it has ended.", `If it can't be running any more, remove ${path}.`],
  });
}

async function readHolder(path: string): Promise<LockRecord | undefined> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch {
    return undefined;
  }
  try {
    return JSON.parse(text) as LockRecord;
  } catch {
    throw new PgtError(`${path} is not a lock that pgt wrote`, { fix: [`Remove ${path} when no pgt is running.`] });
  }
}
