import { PgtError } from "../../kernel/errors.ts";

/** Variables as lines that a POSIX shell and a dotenv reader take for the same values. */
export function dotenvText(variables: Readonly<Record<string, string>>): string {
  return Object.entries(variables)
    .map(([name, value]) => `${name}=${quoted(name, value)}\n`)
    .join("");
}

/**
 * Bare where nothing can be misread, which `docker run --env-file` needs; else in single quotes, which both take
 * literally. Escapes differ between the two, so a value that needs one is refused.
 */
function quoted(name: string, value: string): string {
  if (/^[\w./:@%+,-]+$/.test(value)) return value;
  if (!/['\\\n\r]/.test(value)) return `'${value}'`;
  if (!/["$`\\\n\r!]/.test(value)) return `"${value}"`;
  throw new PgtError(`the value of ${name} can't be written so that a shell and a dotenv reader agree on it`, {
    fix: ["Use --format json."],
  });
}
