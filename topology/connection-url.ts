/** Who reads a connection in one line: each knows other words for TLS, and libpq refuses those that it does not know. */
export const CLIENTS = ["libpq", "node", "prisma"] as const;

/** One of {@link CLIENTS}. */
export type Client = (typeof CLIENTS)[number];

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
  readonly tls: Tls | undefined;
  /** True through a pooler that gives each transaction another server connection. */
  readonly sharesConnections?: boolean;
}

interface Tls {
  readonly mode: "verify-full" | "verify-ca";
  readonly caFile: string;
}

/**
 * A connection in one line, as libpq and most drivers read it.
 * @see https://www.postgresql.org/docs/17/libpq-connect.html#LIBPQ-CONNSTRING-URIS
 */
export function connectionUrl(target: ConnectionTarget, client: Client = "libpq"): string {
  const { host, port, database, user, password, tls, sharesConnections } = target;
  const secret = password === undefined ? "" : `:${encodeURIComponent(password)}`;
  const login = `${encodeURIComponent(user)}${secret}`;
  // The folder of a socket is no host name: it goes into the query, and the port names the file in it.
  if (host.startsWith("/")) {
    return `postgresql://${login}@/${database}?host=${encodeURIComponent(host)}&port=${port}`;
  }
  const place = host.includes(":") ? `[${host}]` : host;
  const words = [
    ...(tls === undefined ? ["sslmode=disable"] : TLS_WORDS[client](tls)),
    // Without it, Prisma's engines look for statements that another client's server connection has prepared.
    ...(client === "prisma" && sharesConnections === true ? ["pgbouncer=true"] : []),
  ];
  return `postgresql://${login}@${place}:${port}/${database}?${words.join("&")}`;
}

/** How each client is told to check the server's certificate. */
const TLS_WORDS: Readonly<Record<Client, (tls: Tls) => readonly string[]>> = {
  libpq: ({ mode, caFile }) => [`sslmode=${mode}`, `sslrootcert=${encodeURIComponent(caFile)}`],
  // Without libpq's meaning, it takes verify-ca for verify-full. https://node-postgres.com/features/ssl
  node: ({ mode, caFile }) => [
    ...(mode === "verify-ca" ? ["uselibpqcompat=true"] : []),
    `sslmode=${mode}`,
    `sslrootcert=${encodeURIComponent(caFile)}`,
  ],
  // Its engines take a mode that they don't know for "prefer", and check nothing unless told to be strict: then name and
  // authority, so that verify-ca becomes stricter. https://www.prisma.io/docs/orm/overview/databases/postgresql
  prisma: ({ caFile }) => ["sslmode=require", "sslaccept=strict", `sslcert=${encodeURIComponent(caFile)}`],
};
