/**
 * libpq's password file, of the one role that logs in with it.
 * @see https://www.postgresql.org/docs/17/libpq-pgpass.html
 */
export function renderPgpass(role: string, password: string): string {
  const escaped = [role, password].map((value) => value.replaceAll(/[\\:]/g, "\\$&"));
  return `*:*:*:${escaped.join(":")}\n`;
}
