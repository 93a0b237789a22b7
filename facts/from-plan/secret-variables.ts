import { type Known, UNKNOWN } from "../../requirements/known.ts";
import type { Planned } from "./planned-resource.ts";

/** Names that promise a secret; `…_FILE` names a file, and is the right way. */
const SECRET_NAME =
  /(^|_)(PASS(WORD|WD|PHRASE)?|PGPASSWORD|SECRET(_KEY)?|TOKEN|CREDENTIALS?|(PRIVATE|API|ACCESS|CIPHER)_?KEY|CIPHER_PASS)$/i;

/** A URL with a password in it, or a private key. */
const SECRET_VALUE = /:\/\/[^\s/:@]*:[^\s/@]+@|-----BEGIN [A-Z ]*PRIVATE KEY-----/;

/** Names of the variables (`NAME=value`) that hold a secret; values go nowhere. Unknown ones may hold one. */
export function secretVariables(variables: Planned): Known<readonly string[]> {
  if (variables === UNKNOWN) return UNKNOWN;
  if (!Array.isArray(variables)) return [];
  const found = variables.flatMap((variable) => (typeof variable === "string" ? secretName(variable) : []));
  return found.length === 0 && variables.includes(UNKNOWN) ? UNKNOWN : found;
}

function secretName(variable: string): string[] {
  const at = variable.indexOf("=");
  if (at < 0) return [];
  const [name, value] = [variable.slice(0, at), variable.slice(at + 1)];
  return value !== "" && (SECRET_NAME.test(name) || SECRET_VALUE.test(value)) ? [name] : [];
}
