import { PROJECT } from "../../config/keys.ts";
import { ROLE_KEYS, type RoleKey } from "../../topology/names.ts";
import type { ResolvedTopology } from "../../topology/resolved.ts";
import { certificateParts, type PartCertificate, SECRET_KEYS, type TopologySecrets } from "../../topology/secrets.ts";
import { EXIT, PgtError } from "../../kernel/errors.ts";
import type { Place } from "./place.ts";
import { type Engine, runPulumi } from "./pulumi-command.ts";

/** The stack's configuration below the project's name, decrypted. It lives in memory only. */
export type StoredConfiguration = ReadonlyMap<string, string>;

/** Reads and decrypts the stack's configuration. */
export async function readStored(engine: Engine, place: Place, signal: AbortSignal): Promise<StoredConfiguration> {
  const printed = await runPulumi(engine, place, ["config", "--show-secrets", "--json"], { signal });
  const all = JSON.parse(printed) as Record<string, { value?: string }>;
  const stored = new Map<string, string>();
  for (const [name, { value }] of Object.entries(all)) {
    const [project, key] = name.split(":", 2);
    if (project === PROJECT && key !== undefined && value !== undefined) stored.set(key, value);
  }
  return stored;
}

/** The topology's secrets out of the stack's configuration. */
export function secretsOf(stored: StoredConfiguration, topology: ResolvedTopology, place: Place): TopologySecrets {
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
