import "reflect-metadata";
import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
import { connect, createServer } from "node:tls";
import * as x509 from "@peculiar/x509";
import type { AddressInfo } from "node:net";
import { once } from "node:events";
import { describe, it } from "mocha";
import { isCertificateUsable } from "../../../../cli/stack/certificate-check.ts";
import { createAuthority, createCertificate, signRequest } from "../../../../cli/stack/certificates.ts";

const NOW = new Date();
const YEAR_MS = 365 * 86_400_000;

/** What Node's TLS, an implementation that is not ours, says of the certificate under a name. */
async function handshake(server: { certificate: string; key: string }, ca: string, name: string): Promise<string> {
  const listener = createServer({ cert: server.certificate, key: server.key }).listen(0, "127.0.0.1");
  await once(listener, "listening");
  const { port } = listener.address() as AddressInfo;
  listener.on("tlsClientError", () => undefined);
  try {
    const socket = connect({ port, host: "127.0.0.1", ca, servername: name });
    return await new Promise((resolve) => {
      socket.once("secureConnect", () => {
        socket.destroy();
        resolve("accepted");
      });
      socket.once("error", (error: NodeJS.ErrnoException) => {
        resolve(error.code ?? error.message);
      });
    });
  } finally {
    listener.close();
  }
}

/** A key as a host makes it, and the request that it shows. */
async function hostKey(): Promise<{ key: string; request: string }> {
  const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const request = await x509.Pkcs10CertificateRequestGenerator.create({
    name: "CN=whatever the host likes",
    keys,
    signingAlgorithm: algorithm,
  });
  const key = x509.PemConverter.encode(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey), "PRIVATE KEY");
  return { key, request: request.toString("pem") };
}

describe("certificates", function () {
  this.timeout(20_000);

  it("are accepted under the part's name and localhost, and under no other", async () => {
    const ca = await createAuthority("test", NOW);
    const server = await createCertificate(ca, ["replica-a", "localhost"], ["127.0.0.1"], NOW);
    assert.equal(await handshake(server, ca.certificate, "replica-a"), "accepted");
    assert.equal(await handshake(server, ca.certificate, "localhost"), "accepted");
    assert.equal(await handshake(server, ca.certificate, "replica-b"), "ERR_TLS_CERT_ALTNAME_INVALID");
  });

  it("are refused under another authority of the same name", async () => {
    const [ca, other] = await Promise.all([createAuthority("test", NOW), createAuthority("test", NOW)]);
    const server = await createCertificate(ca, ["primary"], ["127.0.0.1"], NOW);
    assert.notEqual(await handshake(server, other.certificate, "primary"), "accepted");
    assert.equal(isCertificateUsable(server.certificate, other.certificate, ["primary"], ["127.0.0.1"], NOW), false);
  });

  it("are made anew before they end, and when an address is missing", async () => {
    const ca = await createAuthority("test", NOW);
    const { certificate } = await createCertificate(ca, ["primary"], ["127.0.0.1"], NOW);
    const usable = (addresses: string[], at: Date): boolean =>
      isCertificateUsable(certificate, ca.certificate, ["primary"], addresses, at);
    assert.equal(usable(["127.0.0.1"], NOW), true);
    assert.equal(usable(["127.0.0.1", "10.0.0.1"], NOW), false);
    assert.equal(usable(["127.0.0.1"], new Date(NOW.getTime() + 2.3 * YEAR_MS)), false);
    assert.equal(isCertificateUsable("not a certificate", ca.certificate, [], [], NOW), false);
  });

  it("are signed for a key that stays where it was made, under the names that we say", async () => {
    const ca = await createAuthority("test", NOW);
    const { key, request } = await hostKey();
    const certificate = await signRequest(ca, request, ["primary"], ["10.100.0.3"], NOW);
    assert.equal(await handshake({ certificate, key }, ca.certificate, "primary"), "accepted");
    assert.equal(isCertificateUsable(certificate, ca.certificate, ["primary"], ["10.100.0.3"], NOW), true);
    assert.doesNotMatch(new x509.X509Certificate(certificate).subject, /whatever/);
  });

  it("are not signed for what is no request, or was changed on its way", async () => {
    const ca = await createAuthority("test", NOW);
    const { request } = await hostKey();
    const der = Buffer.from(x509.PemConverter.decodeFirst(request));
    der.writeUInt8(der.readUInt8(der.length - 1) ^ 1, der.length - 1);
    const changed = x509.PemConverter.encode(der, "CERTIFICATE REQUEST");
    for (const bad of ["", "hello", ca.certificate, changed]) {
      await assert.rejects(signRequest(ca, bad, ["primary"], [], NOW), /nothing was signed/);
    }
  });
});
