import "reflect-metadata";
import { webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";
import { certificateNames, certificateParts, type PartCertificate } from "../../topology/secrets.ts";
import type { ResolvedDocker } from "../../topology/resolved-docker.ts";

/** A CA that no test outlives, and a certificate of it for each part. */
export interface TestCertificates {
  readonly caCertificate: string;
  readonly certificates: Readonly<Record<string, PartCertificate>>;
}

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const DAY_MS = 86_400_000;

/** Certificates for every part of the topology, each for its alias, `localhost` and 127.0.0.1. */
export async function makeTestCertificates(topology: ResolvedDocker): Promise<TestCertificates> {
  const caKeys = await makeKeys();
  const validity = { notBefore: new Date(Date.now() - DAY_MS), notAfter: new Date(Date.now() + 90 * DAY_MS) };
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    name: "CN=pgtopology test CA",
    keys: caKeys,
    signingAlgorithm: ALGORITHM,
    ...validity,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    ],
  });
  const entries = certificateParts(topology).map(async (part) => {
    const keys = await makeKeys();
    const certificate = await x509.X509CertificateGenerator.create({
      subject: `CN=${part}`,
      issuer: ca.subject,
      publicKey: keys.publicKey,
      signingKey: caKeys.privateKey,
      signingAlgorithm: ALGORITHM,
      ...validity,
      extensions: [
        new x509.SubjectAlternativeNameExtension([
          ...certificateNames(topology, part).map((value) => ({ type: "dns" as const, value })),
          { type: "ip", value: "127.0.0.1" },
        ]),
      ],
    });
    return [part, { certificate: certificate.toString("pem"), key: await keyPem(keys.privateKey) }] as const;
  });
  return { caCertificate: ca.toString("pem"), certificates: Object.fromEntries(await Promise.all(entries)) };
}

async function makeKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
}

async function keyPem(key: webcrypto.CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await webcrypto.subtle.exportKey("pkcs8", key), "PRIVATE KEY");
}
