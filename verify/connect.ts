import type { ConnectionOptions } from "node:tls";
import { TLSSocket } from "node:tls";
import { Client, type QueryResult, type QueryResultRow } from "pg";
import type { ClientTls, LiveSession, Login } from "../facts/from-live/live-access.ts";
import { nodesOf, type ResolvedTopology } from "../topology/resolved.ts";
import type { TopologySecrets } from "../topology/secrets.ts";

/** Seen in pg_stat_activity and in the log. */
const APPLICATION_NAME = "pgt-verify";
/** Enough for a handshake on a busy machine. */
const CONNECT_TIMEOUT_MS = 10_000;
const STATEMENT_TIMEOUT_MS = 10_000;
/** The client's own limit, for a server that does not answer at all. */
const QUERY_TIMEOUT_MS = 12_000;

/** Protocol versions that a client may speak at most to be one version below the asked one. */
const BELOW = { "TLSv1.3": "TLSv1.2", "TLSv1.2": "TLSv1.1" } as const;

/** What connecting needs to know. */
export interface Connector {
  readonly topology: ResolvedTopology;
  readonly secrets: TopologySecrets;
  /** PEM. */
  readonly strangerCa: string;
}

/**
 * Connects over TLS to the part's published port, checks its certificate against the stack's CA and its name (as
 * libpq's `verify-full`), and limits the time of everything.
 */
export async function connect(connector: Connector, login: Login): Promise<LiveSession> {
  const { topology, secrets } = connector;
  const client = new Client({
    host: topology.address,
    port: publishedPort(topology, login.part),
    user: topology.roles[login.role],
    password: login.password ?? secrets.passwords[login.role],
    database: login.database ?? topology.database,
    // Through the pooler the name would stay with a server connection that others use.
    ...(login.part !== "pooler" && { application_name: APPLICATION_NAME }),
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    keepAlive: true,
    ssl: tlsOptions(connector, login.part, login.tls ?? "verify-full"),
  });
  // A connection that breaks between two queries is told by the next one; unheard, the event would end the process.
  client.on("error", () => undefined);
  let certificateEnd: Date | undefined;
  try {
    await client.connect();
    certificateEnd = endOfCertificate(client);
    // Said here and not in the start packet, so that pg_settings shows the server's own value, and never through the
    // pooler, where it would stay with a server connection that others use.
    if (login.part !== "pooler") await client.query(`SET statement_timeout = ${STATEMENT_TIMEOUT_MS}`);
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

function tlsOptions(connector: Connector, part: string, tls: ClientTls): ConnectionOptions | false {
  // The published address is the machine's; the certificate carries the part's name in the network.
  const checked = { ca: connector.secrets.caCertificate, servername: part, rejectUnauthorized: true };
  switch (tls) {
    case "none":
      return false;
    case "verify-full":
      return checked;
    case "stranger-ca":
      return { ...checked, ca: connector.strangerCa };
    case "below-minimum":
      return {
        ...checked,
        minVersion: "TLSv1",
        maxVersion: BELOW[connector.topology.tls.minProtocolVersion],
        // OpenSSL's default level has no cipher left below TLS 1.2; the refusal must be the server's, not ours.
        ciphers: "DEFAULT@SECLEVEL=0",
      };
  }
}

function endOfCertificate(client: Client): Date | undefined {
  const { connection } = client as unknown as { connection?: { stream?: unknown } };
  if (!(connection?.stream instanceof TLSSocket)) return undefined;
  return new Date(connection.stream.getPeerCertificate().valid_to);
}

function publishedPort(topology: ResolvedTopology, part: string): number {
  const node = nodesOf(topology).find((candidate) => candidate.part === part);
  const port = node?.port ?? (part === "pooler" ? topology.pooling?.port : undefined);
  if (port === undefined) throw new RangeError(`the topology has nothing to connect to called ${part}`);
  return port;
}
