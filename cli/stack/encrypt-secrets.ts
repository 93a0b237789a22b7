import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PROJECT } from "../../config/keys.ts";
import { configurationOf, readConfiguration } from "./configuration-file.ts";
import type { Place } from "./place.ts";
import { type Engine, runPulumi } from "./pulumi-command.ts";

/** The CLI takes half a second of a processor for each secret, most of it to derive the key from the passphrase. */
const LANES = 2;

/**
 * Encrypts values under the stack's secrets provider, as they stand in its configuration file, and writes nothing there.
 * The CLI encrypts into copies of the file, so that several can work at once and the caller writes everything in one go.
 */
export async function encryptSecrets(
  engine: Engine,
  place: Place,
  values: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<Record<string, unknown>> {
  const folder = await mkdtemp(join(tmpdir(), "pgt-encrypt-"));
  try {
    const waiting = [...values];
    const lanes = Array.from({ length: LANES }, async (_unused, lane) => {
      const copy = join(folder, `lane-${lane}.yaml`);
      await copyFile(place.configFile, copy);
      const encrypted: Record<string, unknown> = {};
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        const [key, input] = next;
        const name = `${PROJECT}:${key}`;
        await runPulumi(engine, place, ["config", "set", "--secret", "--raw", "--config-file", copy, name], {
          signal,
          input,
        });
        encrypted[name] = configurationOf(await readConfiguration(copy))[name];
      }
      return encrypted;
    });
    return Object.assign({}, ...(await Promise.all(lanes))) as Record<string, unknown>;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
