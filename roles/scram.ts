import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from "node:crypto";

/** PostgreSQL's own default (`scram_iterations`). */
const ITERATIONS = 4096;
const SALT_BYTES = 16;
const KEY_BYTES = 32;
const VERIFIER = /^SCRAM-SHA-256\$(\d+):([A-Za-z0-9+/=]+)\$([A-Za-z0-9+/=]+):([A-Za-z0-9+/=]+)$/;

/** Spaces other than ASCII's, which SASLprep maps to a space. RFC 3454, table C.1.2. */
const OTHER_SPACES = /[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000]/g;
/** What SASLprep maps to nothing. RFC 3454, table B.1. */
const MAPPED_TO_NOTHING = /\u00ad|\u034f|\u1806|[\u180b-\u180d]|\u200c|\u200d|\u2060|[\ufe00-\ufe0f]|\ufeff/g;

/**
 * What PostgreSQL stores for a password, so that the password itself never has to be sent.
 * @returns `SCRAM-SHA-256$<iterations>:<salt>$<StoredKey>:<ServerKey>`
 * @see https://www.postgresql.org/docs/17/catalog-pg-authid.html
 * @see RFC 5803
 */
export function scramVerifier(
  password: string,
  salt: Buffer = randomBytes(SALT_BYTES),
  iterations = ITERATIONS,
): string {
  const salted = pbkdf2Sync(saslprep(password), salt, iterations, KEY_BYTES, "sha256");
  const clientKey = createHmac("sha256", salted).update("Client Key").digest();
  const storedKey = createHash("sha256").update(clientKey).digest("base64");
  const serverKey = createHmac("sha256", salted).update("Server Key").digest("base64");
  return `SCRAM-SHA-256$${iterations}:${salt.toString("base64")}$${storedKey}:${serverKey}`;
}

/** Whether a stored verifier was made from this password. What is no SCRAM verifier (md5, none) matches nothing. */
export function matchesVerifier(password: string, verifier: string | null): boolean {
  const [, iterations, salt] = VERIFIER.exec(verifier ?? "") ?? [];
  if (verifier === null || iterations === undefined || salt === undefined) return false;
  const made = Buffer.from(scramVerifier(password, Buffer.from(salt, "base64"), Number(iterations)));
  const stored = Buffer.from(verifier);
  return made.length === stored.length && timingSafeEqual(made, stored);
}

/**
 * RFC 4013 without its prohibited characters and bidirectional rule, where PostgreSQL takes the password as it is:
 * such a password may be set anew on each run, but always works. Generated passwords are ASCII, which it never changes.
 */
function saslprep(password: string): string {
  if (/^[\x20-\x7e]*$/.test(password)) return password;
  return password.replace(OTHER_SPACES, " ").replace(MAPPED_TO_NOTHING, "").normalize("NFKC");
}
