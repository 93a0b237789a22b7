/**
 * Why a connection was refused: no TLS, the certificate (by the client), the TLS version (by the server), the wrong
 * password or user, or something else after the door was open (`later`). Undefined: it was not a refusal.
 */
export type Refusal = "plaintext" | "certificate" | "protocol" | "password" | "later" | undefined;

/** Codes of Node's and OpenSSL's errors that mean a certificate was not believed. */
const CERTIFICATE_CODES: readonly string[] = [
  "CERT_SIGNATURE_FAILURE",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
];

/** SQLSTATE classes 28 (not authorized) and 53 (no room), told after the start of a session. */
const LATER: readonly string[] = ["28P01", "53300", "3D000", "42501"];

/** Reads what pg throws from `connect`. */
export function refusalOf(error: unknown): Refusal {
  const { code, message } = error as { code?: unknown; message?: unknown };
  const text = typeof message === "string" ? message : "";
  if (typeof code === "string") {
    if (CERTIFICATE_CODES.includes(code)) return "certificate";
    // PostgreSQL: no pg_hba.conf entry, or one that rejects. The message says whether the connection was encrypted.
    if (code === "28000" && text.includes("no encryption")) return "plaintext";
    if (code === "28P01") return "password";
    if (LATER.includes(code)) return "later";
  }
  // The server's own alert: a client that has no such version left would not get as far as that.
  if (text.includes("alert protocol version")) return "protocol";
  // PgBouncer, which has one code for everything.
  if (/SSL required|TLS required/i.test(text)) return "plaintext";
  if (/password authentication failed|SASL authentication failed|no such user/i.test(text)) return "password";
  return undefined;
}
