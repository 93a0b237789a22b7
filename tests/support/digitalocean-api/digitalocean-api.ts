import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { ApiError, type ApiRequest, type Json, Reply, route } from "../google-cloud/area.ts";
import { type ManagedDatabases, managedDatabases, type ServerBehind, type TrustedSource } from "./databases.ts";
import { type MachineBehind, machines } from "./machines.ts";
import { spaces, SPACES_HOST } from "./spaces.ts";

/** A server on this machine that speaks as much of DigitalOcean's API as a topology needs, and forgets all at its end. */
export interface DigitalOceanApi {
  /** What makes the provider ask here. */
  readonly env: Readonly<Record<string, string>>;
  /** Everything that was asked, in its order. */
  readonly requests: readonly ApiRequest[];
  /** What nothing here answers: a gap of the server, or a mistake of whoever asks. */
  readonly unanswered: readonly string[];
  readonly databases: ManagedDatabases;
  /** Names of the buckets that were made; seen without a key below `/buckets/<region>`. */
  readonly buckets: Set<string>;
  readonly end: () => void;
}

/** What is real of what the API tells; nothing, unless it is told. */
export interface Behind {
  readonly server?: ServerBehind;
  readonly machine?: MachineBehind;
}

/** Starts it on a free port of 127.0.0.1. */
export async function startDigitalOceanApi(behind: Behind = {}): Promise<DigitalOceanApi> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const databases = managedDatabases(behind.server);
  const buckets = new Set<string>();
  // Asked without a key, and at this server's own name.
  const keyless = route(
    "GET",
    "/buckets/{region}/{name}",
    (_, [, name = ""]) => new Reply(buckets.has(name) ? 403 : 404),
  );
  const routes = [...databases.routes, ...machines(behind.machine), keyless];
  const bucket = spaces(buckets);
  const requests: ApiRequest[] = [];
  const unanswered: string[] = [];

  const answer = (request: ApiRequest): Reply => {
    if (request.headers.host?.endsWith(SPACES_HOST) === true) return bucket(request);
    for (const { handle, method, pattern } of routes) {
      const matched = method === request.method ? pattern.exec(request.path) : null;
      if (matched === null) continue;
      const told = handle(request, matched.slice(1).map(decodeURIComponent));
      return told instanceof Reply ? told : new Reply(200, JSON.stringify(told));
    }
    unanswered.push(`${request.method} ${request.path}`);
    throw new ApiError(501, `nothing here answers ${request.method} ${request.path}`);
  };
  server.on("request", (incoming, response) => {
    void (async () => {
      const request = await readRequest(incoming);
      requests.push(request);
      const { body, headers, status } = answerOrRefusal(answer, request);
      response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
    })();
  });
  return {
    env: {
      DIGITALOCEAN_TOKEN: "nobody-s-token",
      DIGITALOCEAN_API_URL: origin,
      DIGITALOCEAN_HTTP_RETRY_MAX: "0",
      SPACES_ACCESS_KEY_ID: "nobody-s-key",
      SPACES_SECRET_ACCESS_KEY: "nobody-s-secret",
      SPACES_ENDPOINT_URL: `http://{{.Region}}.${SPACES_HOST}`,
      // For the buckets' hosts. The provider never uses it for this machine; others have to be told.
      HTTP_PROXY: origin,
      NO_PROXY: "127.0.0.1",
    },
    requests,
    unanswered,
    databases,
    buckets,
    end: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** A refusal has the form that all of the API's have. */
function answerOrRefusal(answer: (request: ApiRequest) => Reply, request: ApiRequest): Reply {
  try {
    return answer(request);
  } catch (error) {
    const { message, status } =
      error instanceof ApiError
        ? error
        : new ApiError(500, error instanceof Error ? (error.stack ?? "") : String(error));
    return new Reply(status, JSON.stringify({ id: status === 404 ? "not_found" : "refused", message }));
  }
}

async function readRequest(incoming: IncomingMessage): Promise<ApiRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const raw = Buffer.concat(chunks);
  // As a proxy, it is asked for a whole URL.
  const { pathname, searchParams } = new URL(incoming.url ?? "/", "http://server");
  return {
    method: incoming.method ?? "GET",
    path: pathname,
    query: searchParams,
    headers: incoming.headers,
    raw,
    body:
      incoming.headers["content-type"]?.includes("json") === true ? (JSON.parse(raw.toString() || "{}") as Json) : {},
  };
}

/** Every list of trusted sources that was sent, in its order: for one server, or for any. */
export function sentLists(requests: readonly ApiRequest[], server?: string): TrustedSource[][] {
  const isList = (path: string): boolean =>
    server === undefined ? path.endsWith("/firewall") : path === `/v2/databases/${server}/firewall`;
  return requests
    .filter(({ method, path }) => method === "PUT" && isList(path))
    .map(({ body }) => (body.rules as TrustedSource[]).map(({ type, value }) => ({ type, value })));
}
