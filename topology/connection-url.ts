/** Where a connection leads, who makes it, and what it checks. */
export interface ConnectionTarget {
  /** A name, an address, or the folder of a unix socket. */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  /** `undefined` when the user shows a token that is made for each connection. */
  readonly password: string | undefined;
  /** `undefined` where the way is no network: a unix socket, or a pooler in the same place. */
  readonly tls: { readonly mode: "verify-full" | "verify-ca"; readonly caFile: string } | undefined;
}

/**
 * A connection in one line, as libpq and most drivers read it.
 * @see https://www.postgresql.org/docs/17/libpq-connect.html#LIBPQ-CONNSTRING-URIS
 */
export function connectionUrl(target: ConnectionTarget): string {
  const { host, port, database, user, password, tls } = target;
  const secret = password === undefined ? "" : `:${encodeURIComponent(password)}`;
  const login = `${encodeURIComponent(user)}${secret}`;
  // The folder of a socket is no host name: it goes into the query, and the port names the file in it.
  if (host.startsWith("/")) {
    return `postgresql://${login}@/${database}?host=${encodeURIComponent(host)}&port=${port}`;
  }
  const place = host.includes(":") ? `[${host}]` : host;
  const checks =
    tls === undefined ? "sslmode=disable" : `sslmode=${tls.mode}&sslrootcert=${encodeURIComponent(tls.caFile)}`;
  return `postgresql://${login}@${place}:${port}/${database}?${checks}`;
}
