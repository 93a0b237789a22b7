import { IMAGE_KEY, PROJECT } from "../../config/keys.ts";
import type { ResolvedTopology } from "../../topology/resolved.ts";
import { configurationOf, readConfiguration, setConfiguration } from "./configuration-file.ts";
import { encryptSecrets } from "./encrypt-secrets.ts";
import { lackingSecrets, makeSecrets } from "./new-secrets.ts";
import type { Place } from "./place.ts";
import type { Engine } from "./pulumi-command.ts";
import { readStored } from "./stored-secrets.ts";

/** What {@link ensureSecrets} needs to know. */
export interface SecretsRequest {
  readonly topology: ResolvedTopology;
  readonly imageId: string;
  readonly signal: AbortSignal;
  /** Called before the first password is made: throws when kept data belongs to passwords that are lost. */
  readonly beforeFirst: () => Promise<void>;
}

/**
 * Makes the secrets that the topology needs and its stack lacks, and writes them with the image's id, all at once:
 * an interruption leaves the file as it was.
 */
export async function ensureSecrets(engine: Engine, place: Place, request: SecretsRequest): Promise<void> {
  const { topology, signal, imageId } = request;
  const configured = projectKeys(configurationOf(await readConfiguration(place.configFile)));
  const now = new Date();
  const lacking = lackingSecrets(configured, topology, now);
  let fresh: Record<string, unknown> = {};
  if (lacking.authority || lacking.passwords.length + lacking.certificates.length > 0) {
    if (![...configured.keys()].some((key) => key.startsWith("password-"))) await request.beforeFirst();
    const made = await makeSecrets(lacking, await readStored(engine, place, signal), topology, now);
    const plain = [...made.plain].map(([key, value]) => [`${PROJECT}:${key}`, value] as const);
    fresh = { ...Object.fromEntries(plain), ...(await encryptSecrets(engine, place, made.secret, signal)) };
  }
  await setConfiguration(place.configFile, { ...fresh, [`${PROJECT}:${IMAGE_KEY}`]: imageId });
}

function projectKeys(configuration: Readonly<Record<string, unknown>>): Map<string, unknown> {
  const prefix = `${PROJECT}:`;
  const entries = Object.entries(configuration).filter(([name]) => name.startsWith(prefix));
  return new Map(entries.map(([name, value]) => [name.slice(prefix.length), value]));
}
