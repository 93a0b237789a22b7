import { TLSSocket } from "node:tls";
import { Client, type ClientConfig, type QueryResult, type QueryResultRow } from "pg";
import type { LiveSession } from "../facts/from-live/live-access.ts";

/** Seen in pg_stat_activity and in the log. */
const APPLICATION_NAME = "pgt-verify";
/** Enough for a handshake on a busy machine. */
const CONNECT_TIMEOUT_MS = 10_000;
const STATEMENT_TIMEOUT_MS = 10_000;
/** The client's own limit, for a server that does not answer at all. */
const QUERY_TIMEOUT_MS = 12_000;

/** To whom, as whom, and with which TLS. */
export type SessionTarget = Required<Pick<ClientConfig, "host" | "port" | "user" | "password" | "database" | "ssl">> &
  // Of a connection that is made already.
  Pick<ClientConfig, "stream">;

/**
 * Connects, and limits the time of everything.
 * @param isPooled through a pooler, where what a session sets would stay with a server connection that others use
 */
export async function openSession(target: SessionTarget, isPooled: boolean): Promise<LiveSession> {
  const client = new Client({
    ...target,
    ...(!isPooled && { application_name: APPLICATION_NAME }),
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    keepAlive: true,
  });
  // A connection that breaks between two queries is told by the next one; unheard, the event would end the process.
  client.on("error", () => undefined);
  let certificateEnd: Date | undefined;
  try {
    await client.connect();
    certificateEnd = endOfCertificate(client);
    // Said here and not in the start packet, so that pg_settings shows the server's own value.
    if (!isPooled) await client.query(`SET statement_timeout = ${STATEMENT_TIMEOUT_MS}`);
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
  return new OrderedSession(client, certificateEnd);
}

/** pg is deprecating concurrent queries on one client: each waits here for the one before. */
class OrderedSession implements LiveSession {
  readonly #client: Client;
  readonly #certificateEnd: Date | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(client: Client, certificateEnd: Date | undefined) {
    this.#client = client;
    this.#certificateEnd = certificateEnd;
  }

  async rows<T extends object>(text: string, values?: readonly unknown[]): Promise<T[]> {
    const result = await this.#next(() => this.#client.query<QueryResultRow>(text, values && [...values]));
    return result.rows as T[];
  }

  async prepared<T extends object>(name: string, text: string, values: readonly unknown[]): Promise<T[]> {
    const result = await this.#next(() => this.#client.query<QueryResultRow>({ name, text, values: [...values] }));
    return result.rows as T[];
  }

  certificateEnd(): Date | undefined {
    return this.#certificateEnd;
  }

  async end(): Promise<void> {
    await this.#client.end().catch(() => undefined);
  }

  async #next(query: () => Promise<QueryResult>): Promise<QueryResult> {
    const mine = this.#last.then(query, query);
    this.#last = mine;
    return mine;
  }
}

function endOfCertificate(client: Client): Date | undefined {
  const { connection } = client as unknown as { connection?: { stream?: unknown } };
  if (!(connection?.stream instanceof TLSSocket)) return undefined;
  return new Date(connection.stream.getPeerCertificate().valid_to);
}
