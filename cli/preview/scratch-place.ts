import { createHash } from "node:crypto";
import { copyFile, mkdir, mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { PROJECT } from "../../config/keys.ts";
import { PgtError } from "../../kernel/errors.ts";
import { fileExists } from "../stack/file-exists.ts";
import type { Place } from "../stack/place.ts";
import type { Engine } from "../stack/pulumi-command.ts";
import { stackExists } from "../stack/workspace.ts";

/** What a preview works on. */
export interface Scratch {
  /** Where it keeps what: a folder that is removed afterwards. */
  readonly place: Place;
  /** The engine on that. */
  readonly engine: Engine;
}

/**
 * Runs `work` on a copy of all that a plan writes into (configuration file, work directory, the state of a stack on this
 * machine), so that a preview leaves nothing behind: no configuration, no secret, no stack. A shared stack that was made
 * keeps its state where it is, which a preview only reads; one that was not is made in the copy.
 */
export async function withScratch<T>(
  engine: Engine,
  place: Place,
  signal: AbortSignal,
  work: (scratch: Scratch) => Promise<T>,
): Promise<T> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "pgt-preview-")));
  try {
    const isShared = !place.local && (await stackExists(engine, place, signal));
    const copy = isShared ? await copyShared(place, folder) : await copyOwn(place, folder);
    return await work({ place: copy, engine: isShared ? engine : engineAt(engine, copy) });
  } catch (error) {
    throw error instanceof PgtError ? inPlace(error, place, folder) : error;
  } finally {
    await rm(folder, { recursive: true, force: true });
    await rm(chosenStack(engine, folder), { force: true });
    await rm(chosenStack(engine, join(folder, "stacks")), { force: true });
  }
}

/** State stays where it is: the engine asks the back end. */
async function copyShared(place: Place, folder: string): Promise<Place> {
  await copyFile(join(place.workDir, "Pulumi.yaml"), join(folder, "Pulumi.yaml"));
  const configFile = join(folder, `Pulumi.${place.stack}.yaml`);
  await copyFile(place.configFile, configFile);
  return { ...place, workDir: folder, configFile };
}

/** State and configuration in the folder; empty for a stack that was not made. */
async function copyOwn(place: Place, folder: string): Promise<Place> {
  const workDir = join(folder, "stacks");
  const copy: Place = {
    ...place,
    local: true,
    stateDir: folder,
    workDir,
    configFile: join(workDir, `Pulumi.${place.stack}.yaml`),
    backendUrl: `file://${join(folder, "state")}`,
    passphraseFile: join(folder, "passphrase"),
  };
  const state = join("state", ".pulumi");
  for (const file of [join(state, "meta.yaml"), join(state, "stacks", PROJECT, `${place.stack}.json`)]) {
    await copyIfThere(join(place.stateDir, file), join(folder, file));
  }
  if (!place.local) return copy;
  await copyIfThere(place.configFile, copy.configFile);
  // Read where it is: a copy would outlive a preview that is killed.
  const isKept = (await fileExists(place.configFile)) || (await fileExists(place.passphraseFile ?? ""));
  return { ...copy, ...(isKept && { passphraseFile: place.passphraseFile }) };
}

async function copyIfThere(from: string, to: string): Promise<void> {
  if (!(await fileExists(from))) return;
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  await copyFile(from, to);
}

function engineAt({ command, env }: Engine, { backendUrl, passphraseFile }: Place): Engine {
  const { PULUMI_CONFIG_PASSPHRASE: _, ...others } = env;
  return {
    command,
    env: {
      ...others,
      ...(backendUrl !== undefined && { PULUMI_BACKEND_URL: backendUrl }),
      ...(passphraseFile !== undefined && { PULUMI_CONFIG_PASSPHRASE_FILE: passphraseFile }),
    },
  };
}

/**
 * Where the CLI writes down which stack was last chosen in a folder.
 * @see https://github.com/pulumi/pulumi/blob/v3.259.0/sdk/go/common/workspace/workspace.go (workspacePath)
 */
function chosenStack({ env }: Engine, folder: string): string {
  const id = createHash("sha1").update(join(folder, "Pulumi.yaml")).digest("hex");
  return join(env.PULUMI_HOME ?? folder, "workspaces", `${PROJECT}-${id}-workspace.json`);
}

/** The folder is gone when somebody reads of it: what is meant is the place that it stood for. */
function inPlace(error: PgtError, place: Place, folder: string): PgtError {
  const told = (text: string): string =>
    text.replaceAll(join(folder, "stacks"), place.workDir).replaceAll(folder, place.stateDir);
  if (told(error.message) === error.message) return error;
  return new PgtError(told(error.message), { exitCode: error.exitCode, fix: error.fix.map(told), cause: error });
}
