import pg from "pg";
import { EXIT, messageOf, PgtError } from "../../kernel/errors.ts";
import { forwardPort } from "../../ssh/forward-port.ts";
import type { SshSession } from "../../ssh/session.ts";

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
}

const CONNECT_TIMEOUT_MS = 20_000;

/** Connects through the data host, over TLS from here to the server: the host in between reads nothing. */
export async function connectThroughHost(session: SshSession, target: HostTarget): Promise<pg.Client> {
  const { caCertificate, database, password, serverName, user } = target;
  const way = await forwardPort(session, target.host, target.port);
  const client = new pg.Client({
    host: way.host,
    port: way.port,
    user,
    password,
    database,
    ssl: { ca: caCertificate, rejectUnauthorized: true, servername: serverName },
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: "pgt",
  });
  // An idle client whose server goes away emits an error that nobody asked for; the next query reports it.
  client.on("error", () => undefined);
  client.once("end", way.close);
  try {
    await client.connect();
  } catch (error) {
    way.close();
    throw new PgtError(
      `no connection to ${target.host}:${target.port} through the data host as ${user}: ${messageOf(error)}`,
      {
        exitCode: EXIT.couldNotCheck,
        cause: error,
      },
    );
  }
  return client;
}
