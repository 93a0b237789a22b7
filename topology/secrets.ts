import { READERS_ALIAS, ROLE_KEYS, type RoleKey } from "./names.ts";
import { databasesOf, type ResolvedDocker } from "./resolved-docker.ts";
import type { ResolvedSelfRun } from "./resolved-self-run.ts";
import { nodesOf } from "./resolved-self-run.ts";

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
export function certificateParts(topology: ResolvedSelfRun): readonly string[] {
  const parts = nodesOf(topology).map((node) => node.part);
  return topology.pooling === undefined ? parts : [...parts, "pooler"];
}

/** The host names that the certificate of a part is good for. */
export function certificateNames(topology: ResolvedSelfRun, part: string): readonly string[] {
  const isReplica = topology.replicas.some((replica) => replica.part === part);
  return [part, "localhost", ...(isReplica ? [READERS_ALIAS] : [])];
}

/** The stack configuration keys of a database's secrets, below the project's name; see {@link StackDatabase.prefix}. */
export function secretKeys(prefix: string) {
  return {
    password: (role: RoleKey): string => `${prefix}password-${role}`,
    repositoryPassphrase: `${prefix}repository-passphrase`,
    caCertificate: `${prefix}ca-certificate`,
    caKey: `${prefix}ca-key`,
    certificate: (part: string): string => `${prefix}certificate-${part}`,
    certificateKey: (part: string): string => `${prefix}certificate-key-${part}`,
  };
}

/** The keys of a stack's first database. */
export const SECRET_KEYS = secretKeys("");

/** The keys of its data database. */
export const DATA_KEYS = secretKeys("data-");

/** The key of the secret that an application with a split database signs its sessions with; no server knows it. */
export const AUTH_SECRET_KEY = "auth-secret";

/** How values are read by their keys. */
interface ReadValues<S> {
  readonly plain: (key: string) => string;
  readonly secret: (key: string) => S;
}

/** One of a stack's databases, with its secrets. */
export interface DatabaseSecrets<S = string> {
  readonly topology: ResolvedDocker;
  readonly secrets: TopologySecrets<S>;
}

/** The databases of a stack on Docker, with their secrets. */
export interface StackSecrets<S = string> extends DatabaseSecrets<S> {
  /** Of the data database of a split. */
  readonly data?: DatabaseSecrets<S> | undefined;
}

/** Reads every secret that the servers of a stack on Docker need. */
export function readStackSecrets<S>(stack: ResolvedDocker, read: ReadValues<S>): StackSecrets<S> {
  const [first, data] = databasesOf(stack).map(({ prefix, topology }) => ({
    topology,
    secrets: readSecrets(topology, prefix, read),
  })) as [DatabaseSecrets<S>, DatabaseSecrets<S>?];
  return { ...first, data };
}

/** The secrets of one database. */
function readSecrets<S>(topology: ResolvedSelfRun, prefix: string, read: ReadValues<S>): TopologySecrets<S> {
  const keys = secretKeys(prefix);
  return {
    passwords: Object.fromEntries(ROLE_KEYS.map((role) => [role, read.secret(keys.password(role))])) as Record<
      RoleKey,
      S
    >,
    repositoryPassphrase: read.secret(keys.repositoryPassphrase),
    caCertificate: read.plain(keys.caCertificate),
    certificates: Object.fromEntries(
      certificateParts(topology).map((part): [string, PartCertificate<S>] => [
        part,
        { certificate: read.plain(keys.certificate(part)), key: read.secret(keys.certificateKey(part)) },
      ]),
    ),
  };
}

/** Every configuration key that a stack on Docker needs beside its shape; `true` when the value is a secret. */
export function secretKeysOf(stack: ResolvedDocker): ReadonlyMap<string, boolean> {
  const all = new Map<string, boolean>(stack.data === undefined ? [] : [[AUTH_SECRET_KEY, true]]);
  for (const { prefix, topology } of databasesOf(stack)) {
    const keys = secretKeys(prefix);
    for (const role of ROLE_KEYS) all.set(keys.password(role), true);
    all.set(keys.repositoryPassphrase, true);
    all.set(keys.caCertificate, false);
    all.set(keys.caKey, true);
    for (const part of certificateParts(topology)) {
      all.set(keys.certificate(part), false);
      all.set(keys.certificateKey(part), true);
    }
  }
  return all;
}
