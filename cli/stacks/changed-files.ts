import { EXIT, PgtError } from "../../kernel/errors.ts";
import { commitOf, type GitOptions, runGit } from "../run-git.ts";

/** What differs from an earlier commit. */
export interface ChangedFiles {
  readonly since: {
    readonly ref: string;
    /** The last commit that the ref and this branch have in common. */
    readonly commit: string;
  };
  /** Paths below the folder, sorted; also of files that are removed, or not committed yet. */
  readonly files: readonly string[];
}

/**
 * What this branch has changed since it left the ref: what others have done there meanwhile is not its doing.
 * @throws {PgtError} exit code 2 when the ref names nothing; exit code 3 when git can't say
 */
export async function changedFiles(folder: string, ref: string, options: GitOptions): Promise<ChangedFiles> {
  const commit = await commonCommit(folder, { ref, other: await commitOf(folder, ref, options) }, options);
  // Both sides of a rename count, and names come as they are, whatever is in them.
  const compare = ["diff", "--name-only", "--no-renames", "--relative", "--no-ext-diff", "-z", commit, "--"];
  const differing = await runGit(folder, compare, options);
  const untracked = await runGit(folder, ["ls-files", "--others", "--exclude-standard", "-z"], options);
  const files = new Set(`${differing}\0${untracked}`.split("\0").filter((file) => file !== ""));
  return { since: { ref, commit }, files: [...files].sort() };
}

async function commonCommit(
  folder: string,
  { other, ref }: { readonly other: string; readonly ref: string },
  options: GitOptions,
): Promise<string> {
  try {
    return (await runGit(folder, ["merge-base", other, "HEAD"], options)).trim();
  } catch (error) {
    options.signal.throwIfAborted();
    throw new PgtError(`this clone does not say where HEAD left ${ref}`, {
      exitCode: EXIT.couldNotCheck,
      fix: ["It may lack the commits in between: git fetch --unshallow, or fetch-depth: 0 in the job's checkout."],
      cause: error,
    });
  }
}
