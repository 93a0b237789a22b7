import { X509Certificate } from "node:crypto";

/** A certificate is made anew this long before it ends. */
const RENEW_MS = 30 * 86_400_000;

/** Whether a certificate is still good: signed by this CA, for these names and addresses, and not about to end. */
export function isCertificateUsable(
  certificatePem: string,
  authorityPem: string,
  names: readonly string[],
  addresses: readonly string[],
  now: Date,
): boolean {
  try {
    const certificate = new X509Certificate(certificatePem);
    const signed = certificate.verify(new X509Certificate(authorityPem).publicKey);
    const lasts = certificate.validToDate.getTime() - now.getTime() > RENEW_MS;
    const named =
      names.every((name) => certificate.checkHost(name) !== undefined) &&
      addresses.every((address) => certificate.checkIP(address) !== undefined);
    return signed && lasts && named;
  } catch {
    return false;
  }
}
