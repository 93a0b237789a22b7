import { PROJECT, SECRETS_KEY } from "../../config/keys.ts";
import { ROLE_KEYS, type RoleKey } from "../../topology/names.ts";
import type { ResolvedDocker } from "../../topology/resolved-docker.ts";
import { certificateParts, type PartCertificate, SECRET_KEYS, type TopologySecrets } from "../../topology/secrets.ts";
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

/** The topology's secrets out of the stack's configuration. */
export function secretsOf(stored: StoredConfiguration, topology: ResolvedDocker, place: Place): TopologySecrets {
  const value = (key: string): string => {
    const found = stored.get(key);
    if (found === undefined) {
      throw new PgtError(`stack ${place.stack} has no ${PROJECT}:${key} yet`, {
        exitCode: EXIT.couldNotCheck,
        fix: [`Run "./pgt up --stack ${place.stack}" first.`],
      });
    }
    return found;
  };
  return {
    passwords: Object.fromEntries(ROLE_KEYS.map((role) => [role, value(SECRET_KEYS.password(role))])) as Record<
      RoleKey,
      string
    >,
    repositoryPassphrase: value(SECRET_KEYS.repositoryPassphrase),
    caCertificate: value(SECRET_KEYS.caCertificate),
    certificates: Object.fromEntries(
      certificateParts(topology).map((part): [string, PartCertificate] => [
        part,
        { certificate: value(SECRET_KEYS.certificate(part)), key: value(SECRET_KEYS.certificateKey(part)) },
      ]),
    ),
  };
}
