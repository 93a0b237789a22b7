import { hasSecret, isSecretName } from "../facts/from-plan/secret-variables.ts";

/** Stands for what is never shown: a secret, or what looks like one. */
export const HIDDEN = "secret";

/** Words that promise a secret with whatever stands behind them, as in `passwordHash` and `PGPASSWORD_OLD`. */
const PROMISE = "(?:pass(?:word|wd|phrase)|pwd|secret|token|credential|(?:private|api|access|cipher)[_-]?key)s?";
const QUALIFIED = new RegExp(
  `(^|_)(pg)?${PROMISE}(_(hash|digest|old|new|previous|current|string|data|value|\\d+))*$`,
  "i",
);

/** `name=value`, `"name": "value"`, and `name: value` at the start of a line. No part is without an end: texts are long. */
const ASSIGNED = new RegExp(
  `((?:${PROMISE}|[_-]pass|\\bpass)(?:["']?\\s{0,9}=|\\\\{0,9}["']\\s{0,9}:)\\s{0,9}|` +
    `^[ \\t-]{0,99}[\\w.]{0,60}${PROMISE}\\s{0,9}:\\s{0,9})` +
    `(\\\\?"[^"]*"|'[^']*'|[^\\s"'&;,$<{}]+)`,
  "gim",
);
/** Whatever stands between a user's name and the last `@`: a password may hold any sign. */
const IN_URL = /(:\/\/[^\s/:@]{0,200}:)\S{1,500}@/g;
const IN_HEADER = /\b(bearer|basic)\s{1,9}[\w.~+/=-]{6,}/gi;
const KEY_BLOCK = /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/g;

/** A sentence of the engine or a provider, with what looks like a secret left out. */
export function withoutSecrets(text: string): string {
  return text
    .replaceAll(KEY_BLOCK, HIDDEN)
    .replaceAll(IN_URL, `$1${HIDDEN}@`)
    .replaceAll(IN_HEADER, `$1 ${HIDDEN}`)
    .replaceAll(ASSIGNED, (whole, start: string, value: string) =>
      value.replaceAll(/["'\\]/g, "") === HIDDEN ? whole : `${start}${HIDDEN}`,
    );
}

/** Whether a value has something in it that looks like a secret. */
export function looksSecret(text: string): boolean {
  return hasSecret(text) || withoutSecrets(text) !== text;
}

/** Whether one of the words of a path names a secret: `rootPassword`, `envs.PGPASSWORD`. */
export function promisesSecret(path: string): boolean {
  const words = path.split(/[.[\]"']+/).map(snakeCase);
  return words.some((word) => isSecretName(word) || QUALIFIED.test(word));
}

function snakeCase(name: string): string {
  return name.replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2").replaceAll("-", "_");
}
