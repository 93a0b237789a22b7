import { type Known, UNKNOWN } from "../../requirements/known.ts";
import type { Planned } from "./planned-resource.ts";

/** Names that promise a secret; `…_FILE` names a file, and is the right way. */
const SECRET_NAME =
  /(^|_)(PASS(WORD|WD|PHRASE)?|PGPASSWORD|SECRET(_KEY)?|TOKEN|CREDENTIALS?|(PRIVATE|API|ACCESS|CIPHER)_?KEY|CIPHER_PASS)$/i;

/** A URL with a password in it, or a private key. */
const SECRET_URL = /:\/\/[^\s/:@]*:[^\s/@]+@|-----BEGIN [A-Z ]*PRIVATE KEY-----/;
/** A password among the words of a connection string: libpq's, or a JDBC URL's. A reference to one is none. */
const SECRET_WORD = /(^|[\s?&;])password\s*=\s*['"]?[^\s'"&;$<{]/i;

/** Names of the variables (`NAME=value`) that hold a secret; values go nowhere. Unknown ones may hold one. */
export function secretVariables(variables: Planned): Known<readonly string[]> {
  if (variables === UNKNOWN) return UNKNOWN;
  if (!Array.isArray(variables)) return [];
  const found = variables.flatMap((variable) => (typeof variable === "string" ? secretName(variable) : []));
  return found.length === 0 && variables.includes(UNKNOWN) ? UNKNOWN : found;
}

/** The same of variables by their names. */
export function secretNames(variables: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(variables).flatMap(([name, value]) => secretName(`${name}=${value}`));
}

/** Whether a variable's name promises a secret. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

/** Whether a text has a password or a private key in it. */
export function hasSecret(value: string): boolean {
  return hasSecretUrl(value) || SECRET_WORD.test(value);
}

/** The same of a script, whose words are assignments. */
export function hasSecretUrl(value: string): boolean {
  return SECRET_URL.test(value);
}

function secretName(variable: string): string[] {
  const at = variable.indexOf("=");
  if (at < 0) return [];
  const [name, value] = [variable.slice(0, at), variable.slice(at + 1)];
  return value !== "" && (isSecretName(name) || hasSecret(value)) ? [name] : [];
}
