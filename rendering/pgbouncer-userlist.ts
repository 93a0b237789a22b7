/**
 * PgBouncer's file of credentials, with one user in it. The password is plain: with a SCRAM verifier alone, PgBouncer
 * could check a client, but not log in to the server.
 * @see https://www.pgbouncer.org/config.html#authentication-file-format
 */
export function renderUserlist(role: string, password: string): string {
  return `"${role}" "${password.replaceAll('"', '""')}"\n`;
}
