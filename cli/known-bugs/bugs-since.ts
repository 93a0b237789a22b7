import { type BugChanges, bugsBetween } from "../../provider-bugs/bugs-between.ts";
import type { ResolvedTopology } from "../../topology/resolved.ts";
import { type LockContext, lockPath, readLock, readLockAt } from "./read-lock.ts";

/** What is compared. */
export interface SinceOptions {
  /** Whatever git takes for a commit. */
  readonly since: string;
  /** The clone's own lock file unless told. */
  readonly lock?: string | undefined;
  /** Says of each bug whether it bites there. */
  readonly topology?: ResolvedTopology | undefined;
}

/**
 * What the lock file's change since a commit means for known bugs.
 * @throws {PgtError} exit code 3 when the file, or the commit's, can't be read
 */
export async function bugsSince(context: LockContext, { lock, since, topology }: SinceOptions): Promise<BugChanges> {
  const path = lockPath(context, lock);
  const [before, after] = await Promise.all([readLockAt(context, path, since), readLock(path)]);
  return bugsBetween(before, after, topology);
}
