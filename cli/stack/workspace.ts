import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { PulumiCommand as PulumiCommandType, PulumiFn, Stack } from "@pulumi/pulumi/automation/index.js";
import { PROJECT } from "../../config/keys.ts";
import { closestName } from "../../kernel/closest-name.ts";
import { EXIT, PgtError } from "../../kernel/errors.ts";
import { PULUMI_VERSION } from "../setup/pulumi-version.ts";
import { configurationOf, readConfiguration, setConfiguration } from "./configuration-file.ts";
import { fileExists } from "./file-exists.ts";
import { ensurePassphrase } from "./passphrase.ts";
import { makePrivateDirectory, type Place } from "./place.ts";
import { writePrivateFile } from "./private-file.ts";
import { type Engine, runPulumi } from "./pulumi-command.ts";
import { refuseAmbiguous } from "./refuse-ambiguous.ts";

/** What a local stack's work directory needs for the CLI to accept it; the program itself is run inline. */
const PROJECT_FILE = `name: ${PROJECT}\nruntime: nodejs\n`;

/**
 * Makes directories, passphrase, configuration file and the stack itself where they are missing.
 * The shape comes from what a person wrote; secrets that are there stay as they are.
 */
export async function prepareWorkspace(engine: Engine, place: Place, signal: AbortSignal): Promise<void> {
  if (place.local) {
    await makePrivateDirectory(place.stateDir);
    await makePrivateDirectory(place.workDir);
    await makePrivateDirectory(join(place.stateDir, "state"));
    await ensurePassphrase(place);
    if (!(await fileExists(join(place.workDir, "Pulumi.yaml")))) {
      await writePrivateFile(join(place.workDir, "Pulumi.yaml"), PROJECT_FILE);
    }
  }
  if (!(await stackExists(engine, place, signal))) {
    await runPulumi(engine, place, ["stack", "init", place.stack, ...secretsProvider(place)], { signal });
  }
  if (place.local) await copyShape(place);
}

/** Whether the stack has been made; asked of the file back end directly, because the CLI takes half a second. */
export async function stackExists(engine: Engine, place: Place, signal: AbortSignal): Promise<boolean> {
  if (place.local) {
    const state = join(place.stateDir, "state", ".pulumi", "stacks", PROJECT, `${place.stack}.json`);
    return (await fileExists(state)) && (await fileExists(place.configFile));
  }
  const listed = await runPulumi(engine, place, ["stack", "ls", "--json"], { signal });
  return (JSON.parse(listed) as { name: string }[]).some(({ name }) => name.split("/").at(-1) === place.stack);
}

/** Opens the stack for an update or a preview of the given program. */
export async function openEngineStack(engine: Engine, place: Place, program: PulumiFn): Promise<Stack> {
  const { LocalWorkspace, PulumiCommand } = await import("@pulumi/pulumi/automation/index.js");
  // PulumiCommand.get looks below `bin/` only, and runs "pulumi version" each time, which set-up has done already.
  const pulumiCommand = Object.assign(Object.create(PulumiCommand.prototype) as PulumiCommandType, {
    command: engine.command,
    version: PULUMI_VERSION,
  });
  return LocalWorkspace.selectStack(
    { stackName: place.stack, projectName: PROJECT, program },
    {
      workDir: place.workDir,
      envVars: engine.env,
      pulumiCommand,
    },
  );
}

function secretsProvider(place: Place): string[] {
  return place.local ? ["--secrets-provider", "passphrase"] : [];
}

/** Copies what a person wrote into the file that the engine reads, beside the secrets that are kept there. */
async function copyShape(place: Place): Promise<void> {
  const wished = configurationOf(await readConfiguration(place.sourceFile));
  await setConfiguration(place.configFile, wished);
}

/** The source must be there before anything is made. */
export async function requireSource(place: Place): Promise<Record<string, unknown>> {
  const source = await readConfiguration(place.sourceFile);
  if (source === undefined) {
    throw await noSource(place);
  }
  refuseAmbiguous(source, place.sourceFile);
  return configurationOf(source);
}

async function noSource({ local, sourceFile, stack }: Place): Promise<PgtError> {
  const names = await readdir(dirname(sourceFile)).catch((): string[] => []);
  const stacks = names.flatMap((name) => /^Pulumi\.([a-z][a-z0-9-]*)\.yaml$/.exec(name)?.[1] ?? []).sort();
  const meant = closestName(stack, stacks);
  const example = local ? "Pulumi.local.yaml" : "Pulumi.staging.yaml";
  const others = local
    ? "name another stack with --stack, another file with --config"
    : "name another stack with --stack";
  return new PgtError(`there is no ${sourceFile}`, {
    exitCode: EXIT.usage,
    fix: [
      ...(meant === undefined ? [] : [`Did you mean --stack ${meant}?`]),
      `Copy ${example} to it and edit it, or ${others}${stacks.length === 0 ? "" : `: ${stacks.join(", ")}`}.`,
    ],
  });
}
