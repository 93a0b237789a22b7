import { EXIT, messageOf, PgtError } from "../kernel/errors.ts";
import { runProgram } from "./setup/run-program.ts";

/** Git reads what is on this disk; a clone on a slow file system takes its time. */
const TIMEOUT_MS = 30_000;

/** Set by a hook or a wrapper, they would lead away from the folder that is asked about. */
const LEADS_AWAY = [
  "GIT_DIR",
  "GIT_WORK_TREE",
  "GIT_INDEX_FILE",
  "GIT_OBJECT_DIRECTORY",
  "GIT_COMMON_DIR",
  "GIT_PREFIX",
];

/** How git is run. */
export interface GitOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** Half a minute unless told. */
  readonly timeoutMs?: number;
}

/**
 * Runs git in the folder, asks nobody for a password, and takes no lock that it can do without.
 * @returns what it wrote to its standard output
 * @throws {PgtError} exit code 3: git is not there, takes too long, or says no
 */
export async function runGit(folder: string, args: readonly string[], options: GitOptions): Promise<string> {
  const { env, signal, timeoutMs = TIMEOUT_MS } = options;
  try {
    return await runProgram({
      program: "git",
      args: ["--no-pager", "-C", folder, ...args],
      env: gitEnvironment(env),
      timeoutMs,
      signal,
    });
  } catch (error) {
    signal.throwIfAborted();
    throw gitError(folder, args, error);
  }
}

/**
 * The commit that a ref names.
 * @throws {PgtError} exit code 2 when it names none; exit code 3 when the folder can't be asked
 */
export async function commitOf(folder: string, ref: string, options: GitOptions): Promise<string> {
  // A folder that is no clone would otherwise read as a ref that is not there.
  await runGit(folder, ["rev-parse", "--git-dir"], options);
  if (ref === "" || ref.startsWith("-")) throw noCommit(ref);
  // Two failures of git look alike here, and the first was ruled out.
  const found = await runGit(folder, ["rev-parse", "--verify", "--quiet", `${ref}^{commit}`], options).catch(
    (error: unknown) => {
      options.signal.throwIfAborted();
      if (messageOf(error).includes("given up")) throw error;
      throw noCommit(ref);
    },
  );
  return found.trim();
}

function gitEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !LEADS_AWAY.includes(name));
  return { ...Object.fromEntries(kept), LC_ALL: "C", GIT_TERMINAL_PROMPT: "0", GIT_OPTIONAL_LOCKS: "0" };
}

function gitError(folder: string, args: readonly string[], error: unknown): PgtError {
  const said = messageOf(error);
  const what = `git ${args[0] ?? ""} in ${folder}`;
  if (said.includes("ENOENT")) {
    return couldNot(`${what} could not run: git is not on the PATH`, "Install git.", error);
  }
  if (/not a git repository/i.test(said)) {
    return couldNot(
      `${folder} is no clone of a git repository`,
      "Clone the repository, rather than copy its files.",
      error,
    );
  }
  if (/dubious ownership/i.test(said)) {
    const fix = `git config --global --add safe.directory ${folder}`;
    return couldNot(`${folder} belongs to somebody else, and git refuses to read it`, fix, error);
  }
  return couldNot(`${what}: ${said}`, undefined, error);
}

function couldNot(message: string, fix: string | undefined, cause: unknown): PgtError {
  return new PgtError(message, { exitCode: EXIT.couldNotCheck, fix: fix === undefined ? [] : [fix], cause });
}

function noCommit(ref: string): PgtError {
  return new PgtError(`${JSON.stringify(ref)} names no commit of this clone`, {
    exitCode: EXIT.usage,
    fix: [
      `Fetch it, as in "git fetch origin main" for origin/main.`,
      "A job of CI fetches one commit alone unless it is told: fetch-depth: 0 on GitHub, GIT_DEPTH: 0 on GitLab.",
    ],
  });
}
