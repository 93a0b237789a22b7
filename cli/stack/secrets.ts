import { PROJECT, SECRET_NAMES_KEY, SECRETS_KEY } from "../../config/keys.ts";
import type { ResolvedTopology } from "../../topology/resolved.ts";
import { databasesOf } from "../../topology/resolved-docker.ts";
import { configurationOf, readConfiguration, setConfiguration } from "./configuration-file.ts";
import { encryptSecret } from "./encrypt-secret.ts";
import { lackingSecrets, makeSecrets, type SecretsOwner } from "./new-secrets.ts";
import type { Place } from "./place.ts";
import type { Engine } from "./pulumi-command.ts";
import { readStored, type StoredConfiguration } from "./stored-secrets.ts";

/** What {@link ensureSecrets} needs to know. */
export interface SecretsRequest {
  readonly topology: ResolvedTopology;
  /** What else is written, by key: the image's id, say. */
  readonly plain: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Called before a database's first password is made: throws when kept data belongs to passwords that are lost. */
  readonly beforeFirst: (topology: ResolvedTopology) => Promise<void>;
}

/**
 * Makes the secrets that the topology needs and its stack lacks, and writes them with what else is new, all at once:
 * an interruption leaves the file as it was.
 */
export async function ensureSecrets(engine: Engine, place: Place, request: SecretsRequest): Promise<void> {
  const { topology, signal, beforeFirst } = request;
  const written = projectKeys(configurationOf(await readConfiguration(place.configFile)));
  const names = written.has(SECRETS_KEY) ? nameList(written.get(SECRET_NAMES_KEY)) : [];
  const owners = ownersOf(topology);
  const now = new Date();
  const there = new Map([...written, ...names.map((name) => [name, true] as const)]);
  const lacking = owners.map((owner) => ({ owner, lacks: lackingSecrets(there, owner, now) }));
  let fresh = withPrefix(Object.entries(request.plain));
  if (lacking.some(({ lacks }) => lacks.authority || lacks.passwords.length + lacks.certificates.length > 0)) {
    for (const owner of owners) if (!hasPasswords(names, owner)) await beforeFirst(owner.topology);
    const stored: StoredConfiguration = written.has(SECRETS_KEY) ? await readStored(engine, place, signal) : new Map();
    const made = await Promise.all(lacking.map(({ lacks, owner }) => makeSecrets(lacks, stored, owner, now)));
    const all = new Map([...valuesOf(names, stored), ...made.flatMap(({ secret }) => [...secret])]);
    fresh = {
      ...fresh,
      ...withPrefix(made.flatMap(({ plain }) => [...plain])),
      ...(await encryptedSecrets(engine, place, all, signal)),
    };
  }
  await setConfiguration(place.configFile, fresh);
}

/** Every secret that the stack's one encrypted value holds, by name. */
export async function heldSecrets(place: Place, stored: StoredConfiguration): Promise<ReadonlyMap<string, string>> {
  const written = projectKeys(configurationOf(await readConfiguration(place.configFile)));
  return valuesOf(nameList(written.get(SECRET_NAMES_KEY)), stored);
}

/** On DigitalOcean the stack makes secrets for the data host alone. */
function ownersOf(topology: ResolvedTopology): readonly SecretsOwner[] {
  switch (topology.target) {
    case "docker":
      return databasesOf(topology);
    case "gcp":
      return [{ prefix: "", topology }];
    case "digitalocean":
      return [{ prefix: "data-", topology }];
  }
}

/** What the configuration file takes for all secrets: their values in one, and their names. */
export async function encryptedSecrets(
  engine: Engine,
  place: Place,
  secrets: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<Record<string, unknown>> {
  const value = JSON.stringify(Object.fromEntries(secrets));
  return {
    [`${PROJECT}:${SECRETS_KEY}`]: await encryptSecret(engine, place, SECRETS_KEY, { value, signal }),
    [`${PROJECT}:${SECRET_NAMES_KEY}`]: [...secrets.keys()].sort(),
  };
}

function valuesOf(names: readonly string[], stored: StoredConfiguration): ReadonlyMap<string, string> {
  return new Map(
    names.flatMap((name): [string, string][] => {
      const value = stored.get(name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function hasPasswords(names: readonly string[], { prefix }: SecretsOwner): boolean {
  return names.some((name) => name.startsWith(`${prefix}password-`));
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
