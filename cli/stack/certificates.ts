import "reflect-metadata";
import { webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";
import { PgtError } from "../../kernel/errors.ts";
import type { PartCertificate } from "../../topology/secrets.ts";

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
const DAY_MS = 86_400_000;
/** The CA outlives every certificate that it signs. */
const CA_DAYS = 3650;
const CERTIFICATE_DAYS = 825;
/** Clocks of containers and clients may differ a little. */
const EARLIER_MS = 3_600_000;

x509.cryptoProvider.set(webcrypto);

/** A new certificate authority: PEM of its certificate and of its key. */
export async function createAuthority(name: string, now: Date): Promise<PartCertificate> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${name} CA`,
    serialNumber: serialNumber(),
    notBefore: new Date(now.getTime() - EARLIER_MS),
    notAfter: new Date(now.getTime() + CA_DAYS * DAY_MS),
    keys,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: certificate.toString("pem"), key: await exportKey(keys.privateKey) };
}

/** A server certificate of one part, good for its names, of which the first is its alias in the network, and its addresses. */
export async function createCertificate(
  authority: PartCertificate,
  names: readonly string[],
  addresses: readonly string[],
  now: Date,
): Promise<PartCertificate> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  const certificate = await sign(authority, keys.publicKey, { names, addresses, now });
  return { certificate, key: await exportKey(keys.privateKey) };
}

/**
 * A server certificate for a key that stays where it was made.
 * @param request the signing request (PKCS #10), PEM: proof that whoever asks has the key; its names are not looked at
 * @throws {PgtError} when it is not signed by its own key
 */
export async function signRequest(
  authority: PartCertificate,
  request: string,
  names: readonly string[],
  addresses: readonly string[],
  now: Date,
): Promise<string> {
  let asked: x509.Pkcs10CertificateRequest | undefined;
  try {
    asked = new x509.Pkcs10CertificateRequest(request);
  } catch {
    asked = undefined;
  }
  if (asked === undefined || !(await asked.verify())) {
    throw new PgtError("what came as a signing request is none, or is not signed by its own key: nothing was signed");
  }
  return sign(authority, asked.publicKey, { names, addresses, now });
}

interface CertificateTerms {
  readonly names: readonly string[];
  readonly addresses: readonly string[];
  readonly now: Date;
}

async function sign(
  authority: PartCertificate,
  publicKey: webcrypto.CryptoKey | x509.PublicKey,
  { addresses, names, now }: CertificateTerms,
): Promise<string> {
  const issuer = new x509.X509Certificate(authority.certificate);
  const certificate = await x509.X509CertificateGenerator.create({
    subject: `CN=${names[0] ?? ""}`,
    issuer: issuer.subject,
    serialNumber: serialNumber(),
    notBefore: new Date(now.getTime() - EARLIER_MS),
    notAfter: new Date(Math.min(now.getTime() + CERTIFICATE_DAYS * DAY_MS, issuer.notAfter.getTime())),
    publicKey,
    signingKey: await importKey(authority.key),
    signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([
        ...names.map((value) => ({ type: "dns" as const, value })),
        ...addresses.map((value) => ({ type: "ip" as const, value })),
      ]),
      await x509.AuthorityKeyIdentifierExtension.create(issuer),
    ],
  });
  return certificate.toString("pem");
}

/** RFC 5280: a positive number of at most 20 octets. */
function serialNumber(): string {
  const bytes = webcrypto.getRandomValues(new Uint8Array(16));
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return Buffer.from(bytes).toString("hex");
}

async function exportKey(key: webcrypto.CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await webcrypto.subtle.exportKey("pkcs8", key), "PRIVATE KEY");
}

function importKey(pem: string): Promise<webcrypto.CryptoKey> {
  return webcrypto.subtle.importKey("pkcs8", x509.PemConverter.decodeFirst(pem), ALGORITHM, false, ["sign"]);
}
