import { ROLE_KEYS } from "../../topology/names.ts";
import type { ResolvedTopology } from "../../topology/resolved.ts";
import { clientAddress, type ResolvedDocker } from "../../topology/resolved-docker.ts";
import {
  AUTH_SECRET_KEY,
  certificateNames,
  certificateParts,
  CLOUD_ROLE_KEYS,
  type PartCertificate,
  secretKeys,
} from "../../topology/secrets.ts";
import { isCertificateUsable } from "./certificate-check.ts";
import { generatePassword } from "./passwords.ts";
import type { StoredConfiguration } from "./stored-secrets.ts";

/** Configuration that has to be written: plain values, and secrets that must be encrypted. */
export interface NewConfiguration {
  readonly plain: ReadonlyMap<string, string>;
  readonly secret: ReadonlyMap<string, string>;
}

/** One of a stack's databases, and what stands before the names of its secrets. */
export interface SecretsOwner {
  readonly prefix: string;
  readonly topology: ResolvedTopology;
}

/** What a topology lacks, by what is written in its stack's configuration. */
export interface Lacking {
  /** Keys of passwords. */
  readonly passwords: readonly string[];
  readonly authority: boolean;
  /** Parts without a certificate that is good for a while. */
  readonly certificates: readonly string[];
}

/**
 * Says what is missing without a look at any secret, so that an `up` without changes decrypts nothing for it.
 * @param configured the keys below the project's name; values of secrets are of no interest
 */
export function lackingSecrets(
  configured: ReadonlyMap<string, unknown>,
  { prefix, topology }: SecretsOwner,
  now: Date,
): Lacking {
  const keys = secretKeys(prefix);
  const missing = (needed: readonly string[]): string[] => needed.filter((key) => !configured.has(key));
  if (topology.target === "gcp") {
    // The platform has an authority of its own.
    return { passwords: missing(CLOUD_ROLE_KEYS.map(keys.password)), authority: false, certificates: [] };
  }
  const ca = configured.get(keys.caCertificate);
  const authority = typeof ca !== "string" || !configured.has(keys.caKey);
  if (topology.target === "digitalocean") {
    // The managed servers' passwords and authority are the platform's, and the data host makes its own key.
    if (topology.dataHost === undefined) return { passwords: [], authority: false, certificates: [] };
    return { passwords: missing([...serverSecrets(keys), AUTH_SECRET_KEY]), authority, certificates: [] };
  }
  const addresses = certificateAddresses(topology);
  const isGood = (part: string): boolean => {
    const certificate = configured.get(keys.certificate(part));
    return (
      typeof ca === "string" &&
      typeof certificate === "string" &&
      configured.has(keys.certificateKey(part)) &&
      isCertificateUsable(certificate, ca, certificateNames(topology, part), addresses, now)
    );
  };
  return {
    passwords: missing([...serverSecrets(keys), ...authSecretOf(topology)]),
    authority,
    certificates: certificateParts(topology).filter((part) => !isGood(part)),
  };
}

/** Makes what is lacking. Keys and certificates of a part are made together, so that they always belong together. */
export async function makeSecrets(
  lacking: Lacking,
  stored: StoredConfiguration,
  { prefix, topology }: SecretsOwner,
  now: Date,
): Promise<NewConfiguration> {
  const keys = secretKeys(prefix);
  const plain = new Map<string, string>();
  const secret = new Map<string, string>();
  for (const key of lacking.passwords) secret.set(key, generatePassword());
  if (!lacking.authority && lacking.certificates.length === 0) return { plain, secret };
  // Only a first up and a renewal need the certificate library; it takes a while to load.
  const { createAuthority, createCertificate } = await import("./certificates.ts");
  let authority: PartCertificate = {
    certificate: stored.get(keys.caCertificate) ?? "",
    key: stored.get(keys.caKey) ?? "",
  };
  if (lacking.authority) {
    authority = await createAuthority(topology.name, now);
    plain.set(keys.caCertificate, authority.certificate);
    secret.set(keys.caKey, authority.key);
  }
  if (topology.target !== "docker") return { plain, secret };
  for (const part of lacking.authority ? certificateParts(topology) : lacking.certificates) {
    const fresh = await createCertificate(
      authority,
      certificateNames(topology, part),
      certificateAddresses(topology),
      now,
    );
    plain.set(keys.certificate(part), fresh.certificate);
    secret.set(keys.certificateKey(part), fresh.key);
  }
  return { plain, secret };
}

/** What a server that the stack runs itself needs beside certificates. */
function serverSecrets(keys: ReturnType<typeof secretKeys>): string[] {
  return [...ROLE_KEYS.map(keys.password), keys.repositoryPassphrase];
}

/** An application that is told of two databases is given one secret of its own with them. */
function authSecretOf({ data }: ResolvedDocker): string[] {
  return data === undefined ? [] : [AUTH_SECRET_KEY];
}

function certificateAddresses(topology: ResolvedDocker): string[] {
  return [...new Set(["127.0.0.1", clientAddress(topology)])];
}
