import { readFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { EXIT, messageOf, PgtError } from "../../kernel/errors.ts";
import { type InstalledVersions, installedIn } from "../../provider-bugs/installed.ts";
import type { CommandContext } from "../context.ts";
import { commitOf, runGit } from "../run-git.ts";

/** What commands need to know of the process they run in. */
export type LockContext = Pick<CommandContext, "root" | "env" | "signal">;

/** The lock file that is meant: the clone's own, unless another one is named. */
export function lockPath({ root }: LockContext, file: string | undefined): string {
  return file === undefined ? join(root, "package-lock.json") : resolve(file);
}

/** The versions in a lock file of this disk. @throws {PgtError} exit code 3 */
export async function readLock(path: string): Promise<InstalledVersions> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    throw new PgtError(`${path} can't be read: ${messageOf(error)}`, {
      exitCode: EXIT.couldNotCheck,
      fix: ["Name the project's lock file: --lock <folder>/package-lock.json"],
      cause: error,
    });
  });
  return installedIn(text, path);
}

/** The versions in the same file as it was at a commit of its repository. @throws {PgtError} exit code 3 */
export async function readLockAt(context: LockContext, path: string, ref: string): Promise<InstalledVersions> {
  const folder = dirname(path);
  const commit = await commitOf(folder, ref, context).catch((error: unknown) => {
    context.signal.throwIfAborted();
    if (!(error instanceof PgtError)) throw error;
    // Here it is something that could not be looked at, not a mistake alone: a clone of CI may lack it.
    throw new PgtError(error.message, { exitCode: EXIT.couldNotCheck, fix: error.fix, cause: error });
  });
  const text = await runGit(folder, ["show", `${commit}:./${basename(path)}`], context);
  return installedIn(text, `${path} at ${ref}`);
}
