import { X509Certificate } from "node:crypto";
import type { PartCertificate } from "../../topology/secrets.ts";
import { HOST_NAMES } from "../../rendering/data-host/host-file.ts";
import { HOST_PATHS } from "../../rendering/data-host/host-paths.ts";
import { PATHS } from "../../rendering/paths.ts";
import { succeed } from "../../ssh/place-files.ts";
import type { SshSession } from "../../ssh/session.ts";
import { isCertificateUsable } from "../stack/certificate-check.ts";
import { signRequest } from "../stack/certificates.ts";

/**
 * The certificate (PEM) for the key that the data host has made, and keeps: the one that is there, as long as it is good
 * for the host's address and names, of this authority, and of that key.
 */
export async function certifyHost(
  session: SshSession,
  authority: PartCertificate,
  address: string,
  now: Date,
): Promise<string> {
  const { stdout: request } = await succeed(session, HOST_PATHS.signingRequest, { name: "the host's signing request" });
  const fresh = await signRequest(authority, request, HOST_NAMES, [address], now);
  const { stdout: there } = await succeed(session, `cat ${PATHS.certificate} 2>/dev/null || true`, {
    name: "a look at the host's certificate",
  });
  const isGood = isCertificateUsable(there, authority.certificate, HOST_NAMES, [address], now);
  return isGood && publicKeyOf(there) === publicKeyOf(fresh) ? there : fresh;
}

function publicKeyOf(certificate: string): string {
  return new X509Certificate(certificate).publicKey.export({ type: "spki", format: "pem" }).toString();
}
