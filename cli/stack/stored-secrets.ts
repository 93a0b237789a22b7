import { PROJECT, SECRETS_KEY } from "../../config/keys.ts";
import type { ResolvedDocker } from "../../topology/resolved-docker.ts";
import { readStackSecrets, type StackSecrets } from "../../topology/secrets.ts";
import { EXIT, PgtError } from "../../kernel/errors.ts";
import type { Place } from "./place.ts";
import { type Engine, runPulumi } from "./pulumi-command.ts";

/** The stack's configuration below the project's name, decrypted, with each secret by its own name. It lives in memory only. */
export type StoredConfiguration = ReadonlyMap<string, string>;

/** Reads and decrypts the stack's configuration. */
export async function readStored(engine: Engine, place: Place, signal: AbortSignal): Promise<StoredConfiguration> {
  const printed = await runPulumi(engine, place, ["config", "--show-secrets", "--json"], { signal });
  const all = JSON.parse(printed) as Record<string, { value?: string }>;
  const stored = new Map<string, string>();
  for (const [name, { value }] of Object.entries(all)) {
    const [project, key] = name.split(":", 2);
    if (project !== PROJECT || key === undefined || value === undefined) continue;
    if (key === SECRETS_KEY) for (const [secret, text] of heldSecrets(value, place)) stored.set(secret, text);
    else stored.set(key, value);
  }
  return stored;
}

function heldSecrets(value: string, place: Place): [string, string][] {
  try {
    return Object.entries(JSON.parse(value) as Record<string, string>);
  } catch {
    // The parser's own message quotes what it read.
    throw new PgtError(
      `${PROJECT}:${SECRETS_KEY} in ${place.configFile} is not what "./pgt up" wrote: no JSON object`,
      {
        exitCode: EXIT.usage,
        fix: [`Put back ${place.configFile} as it was.`],
      },
    );
  }
}

/** The databases of a stack with their secrets, out of the stack's configuration. */
export function secretsOf(stored: StoredConfiguration, topology: ResolvedDocker, place: Place): StackSecrets {
  const value = (key: string): string => storedValue(stored, key, place);
  return readStackSecrets(topology, { plain: value, secret: value });
}

/** One value of the stack's configuration. @throws {PgtError} exit code 3 when it is not there */
export function storedValue(stored: StoredConfiguration, key: string, { stack }: Place): string {
  const found = stored.get(key);
  if (found !== undefined) return found;
  throw new PgtError(`stack ${stack} has no ${PROJECT}:${key} yet`, {
    exitCode: EXIT.couldNotCheck,
    fix: [`Run "./pgt up --stack ${stack}" first.`],
  });
}
