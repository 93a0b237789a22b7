import * as pulumi from "@pulumi/pulumi";
import { EXIT, PgtError } from "../kernel/errors.ts";
import { ROLE_KEYS, type RoleKey } from "../topology/names.ts";
import type { ResolvedTopology } from "../topology/resolved.ts";
import { certificateParts, type PartCertificate, SECRET_KEYS, type TopologySecrets } from "../topology/secrets.ts";
import { IMAGE_KEY, PROJECT, SECRET_NAMES_KEY, SECRETS_KEY } from "./keys.ts";
import { parseTopology } from "./parse.ts";

/** Everything that the program takes from its stack's configuration. */
export interface LoadedConfig {
  readonly topology: ResolvedTopology;
  readonly secrets: TopologySecrets<pulumi.Output<string>>;
  /** Id of the image that every container takes: `sha256:…`. */
  readonly imageId: string;
}

/**
 * Reads the stack's configuration; the only reader of it in the program.
 * A value that is missing is a placeholder with a warning in a preview, and refused in an update.
 * @throws {PgtError} exit code 2
 */
export function loadConfig(): LoadedConfig {
  const config = new pulumi.Config(PROJECT);
  const stack = pulumi.getStack();
  const topology = parseTopology(config.getObject("topology"), stack, `the configuration of stack ${stack}`);
  const missing: string[] = [];
  const plain = (key: string): string => config.get(key) ?? placeholder(key, missing);
  const held = new Set(config.getObject<readonly string[]>(SECRET_NAMES_KEY) ?? []);
  const all = config.getSecretObject<Readonly<Record<string, string>>>(SECRETS_KEY);
  const secret = (name: string): pulumi.Output<string> =>
    all === undefined || !held.has(name)
      ? pulumi.secret(placeholder(name, missing))
      : all.apply((secrets) => heldSecret(secrets, name, stack));
  const loaded = {
    topology,
    secrets: {
      passwords: Object.fromEntries(ROLE_KEYS.map((role) => [role, secret(SECRET_KEYS.password(role))])) as Record<
        RoleKey,
        pulumi.Output<string>
      >,
      repositoryPassphrase: secret(SECRET_KEYS.repositoryPassphrase),
      caCertificate: plain(SECRET_KEYS.caCertificate),
      certificates: Object.fromEntries(
        certificateParts(topology).map((part): [string, PartCertificate<pulumi.Output<string>>] => [
          part,
          { certificate: plain(SECRET_KEYS.certificate(part)), key: secret(SECRET_KEYS.certificateKey(part)) },
        ]),
      ),
    },
    imageId: plain(IMAGE_KEY),
  };
  if (missing.length > 0) reportMissing(missing, stack);
  return loaded;
}

function heldSecret(secrets: Readonly<Record<string, string>>, name: string, stack: string): string {
  const value = secrets[name];
  if (value !== undefined) return value;
  throw new PgtError(
    `stack ${stack} lists ${name} in ${PROJECT}:${SECRET_NAMES_KEY}, but ${PROJECT}:${SECRETS_KEY} lacks it`,
    {
      exitCode: EXIT.usage,
      fix: [
        `Remove ${name} from ${PROJECT}:${SECRET_NAMES_KEY} and run "./pgt up --stack ${stack}", which makes it anew.`,
      ],
    },
  );
}

function placeholder(key: string, missing: string[]): string {
  missing.push(key);
  return `(${key} is not set)`;
}

function reportMissing(missing: readonly string[], stack: string): void {
  const text = `stack ${stack} has no value yet for ${missing.join(", ")}`;
  const fix = `"./pgt up --stack ${stack}" makes them.`;
  if (!pulumi.runtime.isDryRun()) throw new PgtError(text, { exitCode: EXIT.usage, fix: [fix] });
  void pulumi.log.warn(`${text}. Placeholders stand for them in this preview, and an update will refuse. ${fix}`);
}
