import { PROJECT, SECRET_NAMES_KEY, SECRETS_KEY } from "../../config/keys.ts";
import type { ResolvedTopology } from "../../topology/resolved.ts";
import { configurationOf, readConfiguration, setConfiguration } from "./configuration-file.ts";
import { encryptSecret } from "./encrypt-secret.ts";
import { lackingSecrets, makeSecrets } from "./new-secrets.ts";
import type { Place } from "./place.ts";
import type { Engine } from "./pulumi-command.ts";
import { readStored, type StoredConfiguration } from "./stored-secrets.ts";

/** What {@link ensureSecrets} needs to know. */
export interface SecretsRequest {
  readonly topology: ResolvedTopology;
  /** What else is written, by key: the image's id, say. */
  readonly plain: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Called before the first password is made: throws when kept data belongs to passwords that are lost. */
  readonly beforeFirst: () => Promise<void>;
}

/**
 * Makes the secrets that the topology needs and its stack lacks, and writes them with what else is new, all at once:
 * an interruption leaves the file as it was.
 */
export async function ensureSecrets(engine: Engine, place: Place, request: SecretsRequest): Promise<void> {
  const { topology, signal, beforeFirst } = request;
  const written = projectKeys(configurationOf(await readConfiguration(place.configFile)));
  const names = written.has(SECRETS_KEY) ? nameList(written.get(SECRET_NAMES_KEY)) : [];
  const now = new Date();
  const lacking = lackingSecrets(new Map([...written, ...names.map((name) => [name, true] as const)]), topology, now);
  let fresh = withPrefix(Object.entries(request.plain));
  if (lacking.authority || lacking.passwords.length + lacking.certificates.length > 0) {
    if (!written.has(SECRETS_KEY)) await beforeFirst();
    const stored: StoredConfiguration = written.has(SECRETS_KEY) ? await readStored(engine, place, signal) : new Map();
    const { plain, secret } = await makeSecrets(lacking, stored, topology, now);
    const kept = names.flatMap((name): [string, string][] => {
      const value = stored.get(name);
      return value === undefined ? [] : [[name, value]];
    });
    const all = new Map([...kept, ...secret]);
    const value = JSON.stringify(Object.fromEntries(all));
    fresh = {
      ...fresh,
      ...withPrefix([...plain]),
      [`${PROJECT}:${SECRETS_KEY}`]: await encryptSecret(engine, place, SECRETS_KEY, { value, signal }),
      [`${PROJECT}:${SECRET_NAMES_KEY}`]: [...all.keys()].sort(),
    };
  }
  await setConfiguration(place.configFile, fresh);
}

function withPrefix(entries: readonly (readonly [string, string])[]): Record<string, unknown> {
  return Object.fromEntries(entries.map(([key, text]) => [`${PROJECT}:${key}`, text]));
}

function nameList(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((name) => typeof name === "string") : [];
}

function projectKeys(configuration: Readonly<Record<string, unknown>>): Map<string, unknown> {
  const prefix = `${PROJECT}:`;
  const entries = Object.entries(configuration).filter(([name]) => name.startsWith(prefix));
  return new Map(entries.map(([name, value]) => [name.slice(prefix.length), value]));
}
