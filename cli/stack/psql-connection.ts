/** How libpq is told where to connect to: everything but the password, which lies in a file. */
export interface PsqlConnection {
  /** The name that the server's certificate has to carry. */
  readonly host: string;
  /** Where it is reached, if that isn't by its name. */
  readonly address?: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  /** Paths where psql runs. */
  readonly caFile: string;
  readonly passwordFile: string;
}

/** The connection as libpq's variables: what a user adds after `--` stays psql's own arguments, and wins. */
export function libpqVariables(connection: PsqlConnection): Record<string, string> {
  return {
    PGHOST: connection.host,
    ...(connection.address !== undefined && { PGHOSTADDR: connection.address }),
    PGPORT: String(connection.port),
    PGDATABASE: connection.database,
    PGUSER: connection.user,
    PGSSLMODE: "verify-full",
    PGSSLROOTCERT: connection.caFile,
    PGPASSFILE: connection.passwordFile,
    PGCONNECT_TIMEOUT: "10",
    PGAPPNAME: "pgt psql",
  };
}

/** A line of libpq's password file, good for this user on any server and database.
 * @see https://www.postgresql.org/docs/17/libpq-pgpass.html */
export function passwordLine(user: string, password: string): string {
  const escaped = (text: string): string => text.replaceAll(/[\\:]/g, (character) => `\\${character}`);
  return `*:*:*:${escaped(user)}:${escaped(password)}\n`;
}

/** The environment without the caller's own libpq variables: a PGSERVICE or PGHOSTADDR of theirs leads elsewhere. */
export function withoutLibpq(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith("PG")));
}
