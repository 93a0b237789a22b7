import { chmod, mkdir, stat } from "node:fs/promises";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { EXIT, messageOf, PgtError } from "../../kernel/errors.ts";
import type { CommandContext } from "../context.ts";

/** The options that every command about a stack has. */
export interface StackOptions {
  readonly stack: string;
  /** File with the stack's configuration, instead of `Pulumi.<stack>.yaml`. */
  readonly config?: string;
}

/** Where a stack keeps what. */
export interface Place {
  readonly stack: string;
  /** `local`, or `local-…`: state, passphrase and secrets lie under the state directory, and nothing in the work tree changes. */
  readonly local: boolean;
  /** `.pgt`, or PGT_STATE_DIR; for the owner only. */
  readonly stateDir: string;
  /** Holds the project file and the configuration file that the engine reads. */
  readonly workDir: string;
  /** What a person writes: the topology's shape. */
  readonly sourceFile: string;
  /** What the engine reads: the source file itself for a shared stack, a file under `workDir` for a local one. */
  readonly configFile: string;
  /** Undefined for a shared stack: the environment or `pulumi login` says it. */
  readonly backendUrl: string | undefined;
  /** Undefined for a shared stack: it has its own secrets provider. */
  readonly passphraseFile: string | undefined;
}

const STACK_NAME = /^[a-z][a-z0-9-]{0,40}$/;

function oddName(stack: string): PgtError {
  const meant = stack
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^[-\d]+|-+$/g, "");
  return new PgtError(
    `--stack is ${JSON.stringify(stack)}, and must be lower-case letters, digits and hyphens, a letter first, 41 at most`,
    { exitCode: EXIT.usage, fix: STACK_NAME.test(meant) ? [`Did you mean --stack ${meant}?`] : [] },
  );
}

/** Finds the places of a stack; makes nothing. */
export function placeOf(context: CommandContext, options: StackOptions): Place {
  const { stack } = options;
  if (!STACK_NAME.test(stack)) throw oddName(stack);
  const local = stack === "local" || stack.startsWith("local-");
  if (!local && options.config !== undefined) {
    throw new PgtError(`--config is for stacks named local or local-…, and ${stack} is shared`, {
      exitCode: EXIT.usage,
      fix: [`Write its configuration into Pulumi.${stack}.yaml in the clone, where the Pulumi CLI looks for it too.`],
    });
  }
  const stateDir = stateDirOf(context);
  const sourceFile =
    options.config === undefined ? join(context.root, `Pulumi.${stack}.yaml`) : resolve(options.config);
  const workDir = local ? join(stateDir, "stacks") : context.root;
  return {
    stack,
    local,
    stateDir,
    workDir,
    sourceFile,
    configFile: local ? join(workDir, `Pulumi.${stack}.yaml`) : sourceFile,
    backendUrl: local ? `file://${join(stateDir, "state")}` : undefined,
    passphraseFile: local ? join(stateDir, "passphrase") : undefined,
  };
}

/** Where state lies: PGT_STATE_DIR, else `.pgt` in the clone. */
export function stateDirOf(context: CommandContext): string {
  const told = context.env.PGT_STATE_DIR;
  if (told === undefined || told === "") return join(context.root, ".pgt");
  if (!isAbsolute(told)) {
    throw new PgtError(`PGT_STATE_DIR is ${told}, and must be an absolute path`, { exitCode: EXIT.usage });
  }
  return told;
}

/** Makes a directory that only its owner can enter, whatever the umask. */
export async function makePrivateDirectory(path: string): Promise<void> {
  try {
    await makeDirectory(path);
    await chmod(path, 0o700);
  } catch (error) {
    throw new PgtError(`${path} can't be made a directory of your own: ${messageOf(error)}`, {
      exitCode: EXIT.usage,
      fix: ["Make it by hand, or set PGT_STATE_DIR to a place that you may write to."],
      cause: error,
    });
  }
}

/** Step by step: Node's own recursive way never ends in /proc. */
async function makeDirectory(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST" && (await stat(path)).isDirectory()) return;
    if (code !== "ENOENT" || dirname(path) === path || (await isDirectory(dirname(path)))) throw error;
    await makeDirectory(dirname(path));
    await mkdir(path, { mode: 0o700 });
  }
}

async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
