import pg from "pg";
import { EXIT, messageOf, PgtError } from "../../kernel/errors.ts";
import type { SshSession } from "../../ssh/session.ts";
import { forwardedSocket } from "../../verify/forwarded-socket.ts";

/** A server as it is reached from the data host. */
export interface HostTarget {
  readonly host: string;
  readonly port: number;
  /** The name that its certificate has to carry. */
  readonly serverName: string;
  /** PEM. */
  readonly caCertificate: string;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** What to look at, and what to run then, when it can't be reached. */
  readonly fix: readonly string[];
}

const CONNECT_TIMEOUT_MS = 20_000;

/**
 * Connects through the data host, over TLS from here to the server: the host in between reads nothing.
 * @throws {PgtError} exit code 3 when it can't be reached, or does not take the login
 */
export async function connectThroughHost(session: SshSession, target: HostTarget): Promise<pg.Client> {
  const { caCertificate, database, password, port, serverName, user } = target;
  try {
    const stream = await session.forward(target.host, port);
    const client = new pg.Client({
      // The way is there already: this is the name that is looked for in the certificate.
      host: serverName,
      port,
      user,
      password,
      database,
      ssl: { ca: caCertificate, rejectUnauthorized: true, servername: serverName },
      stream: () => forwardedSocket(stream),
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      application_name: "pgt",
    });
    // An idle client whose server goes away emits an error that nobody asked for; the next query reports it.
    client.on("error", () => undefined);
    return await client.connect().catch((error: unknown) => {
      stream.destroy();
      throw error;
    });
  } catch (error) {
    throw new PgtError(
      `no connection to ${target.host}:${port} through the data host as ${user}: ${messageOf(error)}`,
      { exitCode: EXIT.couldNotCheck, fix: target.fix, cause: error },
    );
  }
}
