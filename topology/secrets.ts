import { READERS_ALIAS, ROLE_KEYS, type RoleKey } from "./names.ts";
import { nodesOf, type ResolvedDocker } from "./resolved-docker.ts";

/** The key and certificate, as PEM, of one part of the topology. */
export interface PartCertificate<S = string> {
  readonly certificate: string;
  readonly key: S;
}

/** Roles with a password on Cloud SQL: it replicates by itself, and a pooler there needs no role of its own. */
export const CLOUD_ROLE_KEYS = ["administrator", "owner", "readWrite", "readOnly", "monitoring"] as const;

/** Everything secret that a topology on Cloud SQL needs. */
export interface CloudSecrets<S = string> {
  readonly passwords: Readonly<Record<(typeof CLOUD_ROLE_KEYS)[number], S>>;
}

/**
 * Everything secret that a topology on Docker needs. `S` is `string` for code that holds the values, and Pulumi's secret
 * `Output<string>` for code that only hands them on.
 */
export interface TopologySecrets<S = string> {
  readonly passwords: Readonly<Record<RoleKey, S>>;
  /** Encrypts the backup repository (pgBackRest's `repo1-cipher-pass`). */
  readonly repositoryPassphrase: S;
  /** PEM; not secret. */
  readonly caCertificate: string;
  /** By part: `primary`, `replica-<key>`, `pooler`. */
  readonly certificates: Readonly<Record<string, PartCertificate<S>>>;
}

/** The parts that have a server certificate of their own. */
export function certificateParts(topology: ResolvedDocker): readonly string[] {
  const parts = nodesOf(topology).map((node) => node.part);
  return topology.pooling === undefined ? parts : [...parts, "pooler"];
}

/** The host names that the certificate of a part is good for. */
export function certificateNames(topology: ResolvedDocker, part: string): readonly string[] {
  const isReplica = topology.replicas.some((replica) => replica.part === part);
  return [part, "localhost", ...(isReplica ? [READERS_ALIAS] : [])];
}

/** The stack configuration keys of the topology's secrets, below the project's name. */
export const SECRET_KEYS = {
  password: (role: RoleKey): string => `password-${role}`,
  repositoryPassphrase: "repository-passphrase",
  caCertificate: "ca-certificate",
  caKey: "ca-key",
  certificate: (part: string): string => `certificate-${part}`,
  certificateKey: (part: string): string => `certificate-key-${part}`,
} as const;

/** Every configuration key that a topology needs beside its shape; `true` when the value is a secret. */
export function secretKeysOf(topology: ResolvedDocker): ReadonlyMap<string, boolean> {
  const keys = new Map<string, boolean>();
  for (const role of ROLE_KEYS) keys.set(SECRET_KEYS.password(role), true);
  keys.set(SECRET_KEYS.repositoryPassphrase, true);
  keys.set(SECRET_KEYS.caCertificate, false);
  keys.set(SECRET_KEYS.caKey, true);
  for (const part of certificateParts(topology)) {
    keys.set(SECRET_KEYS.certificate(part), false);
    keys.set(SECRET_KEYS.certificateKey(part), true);
  }
  return keys;
}
