import { ROLE_KEYS } from "../../topology/names.ts";
import type { ResolvedTopology } from "../../topology/resolved.ts";
import { clientAddress, type ResolvedDocker } from "../../topology/resolved-docker.ts";
import {
  certificateNames,
  certificateParts,
  CLOUD_ROLE_KEYS,
  type PartCertificate,
  SECRET_KEYS,
} from "../../topology/secrets.ts";
import { isCertificateUsable } from "./certificate-check.ts";
import { generatePassword } from "./passwords.ts";
import type { StoredConfiguration } from "./stored-secrets.ts";

/** Configuration that has to be written: plain values, and secrets that must be encrypted. */
export interface NewConfiguration {
  readonly plain: ReadonlyMap<string, string>;
  readonly secret: ReadonlyMap<string, string>;
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
  topology: ResolvedTopology,
  now: Date,
): Lacking {
  const missing = (keys: readonly string[]): string[] => keys.filter((key) => !configured.has(key));
  if (topology.target === "gcp") {
    // The platform has an authority of its own.
    return { passwords: missing(CLOUD_ROLE_KEYS.map(SECRET_KEYS.password)), authority: false, certificates: [] };
  }
  const ca = configured.get(SECRET_KEYS.caCertificate);
  const addresses = certificateAddresses(topology);
  const isGood = (part: string): boolean => {
    const certificate = configured.get(SECRET_KEYS.certificate(part));
    return (
      typeof ca === "string" &&
      typeof certificate === "string" &&
      configured.has(SECRET_KEYS.certificateKey(part)) &&
      isCertificateUsable(certificate, ca, certificateNames(topology, part), addresses, now)
    );
  };
  return {
    passwords: missing([...ROLE_KEYS.map(SECRET_KEYS.password), SECRET_KEYS.repositoryPassphrase]),
    authority: typeof ca !== "string" || !configured.has(SECRET_KEYS.caKey),
    certificates: certificateParts(topology).filter((part) => !isGood(part)),
  };
}

/** Makes what is lacking. Keys and certificates of a part are made together, so that they always belong together. */
export async function makeSecrets(
  lacking: Lacking,
  stored: StoredConfiguration,
  topology: ResolvedTopology,
  now: Date,
): Promise<NewConfiguration> {
  const plain = new Map<string, string>();
  const secret = new Map<string, string>();
  for (const key of lacking.passwords) secret.set(key, generatePassword());
  if (topology.target === "gcp" || (!lacking.authority && lacking.certificates.length === 0)) return { plain, secret };
  // Only a first up and a renewal need the certificate library; it takes a while to load.
  const { createAuthority, createCertificate } = await import("./certificates.ts");
  let authority: PartCertificate = {
    certificate: stored.get(SECRET_KEYS.caCertificate) ?? "",
    key: stored.get(SECRET_KEYS.caKey) ?? "",
  };
  if (lacking.authority) {
    authority = await createAuthority(topology.name, now);
    plain.set(SECRET_KEYS.caCertificate, authority.certificate);
    secret.set(SECRET_KEYS.caKey, authority.key);
  }
  for (const part of lacking.authority ? certificateParts(topology) : lacking.certificates) {
    const fresh = await createCertificate(
      authority,
      certificateNames(topology, part),
      certificateAddresses(topology),
      now,
    );
    plain.set(SECRET_KEYS.certificate(part), fresh.certificate);
    secret.set(SECRET_KEYS.certificateKey(part), fresh.key);
  }
  return { plain, secret };
}

function certificateAddresses(topology: ResolvedDocker): string[] {
  return [...new Set(["127.0.0.1", clientAddress(topology)])];
}
