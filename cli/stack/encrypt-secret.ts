import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PROJECT } from "../../config/keys.ts";
import { configurationOf, readConfiguration } from "./configuration-file.ts";
import type { Place } from "./place.ts";
import { type Engine, runPulumi } from "./pulumi-command.ts";

/**
 * Encrypts a value under the stack's secrets provider, as it stands in its configuration file, and writes nothing there:
 * the CLI encrypts into a copy of the file, so that the caller writes everything in one go.
 * @param key below the project's name
 * @returns what the configuration file takes as the key's value
 */
export async function encryptSecret(
  engine: Engine,
  place: Place,
  key: string,
  options: { value: string; signal: AbortSignal },
): Promise<unknown> {
  const folder = await mkdtemp(join(tmpdir(), "pgt-encrypt-"));
  try {
    const copy = join(folder, "stack.yaml");
    await copyFile(place.configFile, copy);
    const name = `${PROJECT}:${key}`;
    const args = ["config", "set", "--secret", "--raw", "--config-file", copy, name];
    await runPulumi(engine, place, args, { signal: options.signal, input: options.value });
    return configurationOf(await readConfiguration(copy))[name];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
