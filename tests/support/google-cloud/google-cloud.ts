import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { ApiError, type ApiRequest, type Json, Reply, type Route, type World } from "./area.ts";
import { compute } from "./compute.ts";
import { dns } from "./dns.ts";
import { iam } from "./iam.ts";
import { run } from "./run.ts";
import { secretManager } from "./secret-manager.ts";
import { serviceNetworking } from "./service-networking.ts";
import { type Instances, sqlInstances } from "./sql-instances.ts";
import { sqlUsers } from "./sql-users.ts";
import { storage } from "./storage.ts";
import type { StoredObjects } from "./storage-objects.ts";
import { workflows } from "./workflows.ts";

/** Where each API is on the server, by the provider's own names of its settings. */
const ENDPOINTS = {
  GOOGLE_CLOUD_RUN_V2_CUSTOM_ENDPOINT: "/run/v2/",
  GOOGLE_CLOUD_SCHEDULER_CUSTOM_ENDPOINT: "/cloudscheduler/v1/",
  GOOGLE_COMPUTE_CUSTOM_ENDPOINT: "/compute/beta/",
  GOOGLE_DNS_CUSTOM_ENDPOINT: "/dns/v1beta2/",
  GOOGLE_IAM_BETA_CUSTOM_ENDPOINT: "/iam/v1/",
  GOOGLE_RESOURCE_MANAGER_CUSTOM_ENDPOINT: "/resourcemanager/v1/",
  GOOGLE_SECRET_MANAGER_CUSTOM_ENDPOINT: "/secretmanager/v1/",
  GOOGLE_SERVICE_NETWORKING_CUSTOM_ENDPOINT: "/servicenetworking/v1/",
  GOOGLE_SQL_CUSTOM_ENDPOINT: "/sql/v1beta4/",
  GOOGLE_STORAGE_CUSTOM_ENDPOINT: "/storage/v1/",
  GOOGLE_WORKFLOWS_CUSTOM_ENDPOINT: "/workflows/v1/",
};

/** A server on this machine that speaks as much of Google's APIs as a topology needs, and forgets all at its end. */
export interface GoogleCloud {
  readonly origin: string;
  /** What makes the provider, the engine's `gs://` back end and verification ask here. */
  readonly env: Readonly<Record<string, string>>;
  /** Everything that was asked, in its order. */
  readonly requests: ApiRequest[];
  /** What nothing here answers: a gap of the server, or a mistake of whoever asks. */
  readonly unanswered: string[];
  readonly instances: Instances;
  readonly objects: StoredObjects;
  /** Items of `backupRuns.list`, of every instance. */
  readonly backupRuns: unknown[];
  /** Awaited before each answer: a test may hold one back, or throw {@link ApiError}. */
  before: (request: ApiRequest) => Promise<void> | void;
  readonly end: () => void;
}

/** Starts it for one project, on a free port of 127.0.0.1. */
export async function startGoogleCloud({
  project,
  caCertificate,
}: Pick<World, "project" | "caCertificate">): Promise<GoogleCloud> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const world: World = { project, projectNumber: "123456789012", origin: `http://${host}`, caCertificate };
  const instances: Instances = new Map();
  const objects: StoredObjects = new Map();
  const cloud: GoogleCloud = {
    origin: world.origin,
    env: {
      ...Object.fromEntries(Object.entries(ENDPOINTS).map(([name, path]) => [name, `${world.origin}${path}`])),
      STORAGE_EMULATOR_HOST: host,
      GOOGLE_OAUTH_ACCESS_TOKEN: "nobody-s-token",
      // Would be asked of Google itself.
      PULUMI_GCP_SKIP_REGION_VALIDATION: "true",
    },
    requests: [],
    unanswered: [],
    instances,
    objects,
    backupRuns: [],
    before: () => undefined,
    end: () => {
      server.close();
      server.closeAllConnections();
    },
  };
  const routes = [
    ...sqlInstances(world, instances, cloud.backupRuns),
    ...sqlUsers(world, instances),
    ...compute(world),
    ...serviceNetworking(world),
    ...dns(world),
    ...secretManager(world),
    ...iam(world),
    ...run(world),
    ...workflows(world),
    ...storage(world, objects),
  ];
  server.on("request", (incoming, response) => {
    void (async () => {
      const request = await readRequest(incoming);
      cloud.requests.push(request);
      const { body, headers, status } = await answer(cloud, routes, request);
      response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
    })();
  });
  return cloud;
}

async function answer(cloud: GoogleCloud, routes: readonly Route[], request: ApiRequest): Promise<Reply> {
  try {
    await cloud.before(request);
    for (const { handle, method, pattern } of routes) {
      const matched = method === request.method ? pattern.exec(request.path) : null;
      if (matched === null) continue;
      const told = handle(request, matched.slice(1).map(decodeURIComponent));
      return told instanceof Reply ? told : new Reply(200, JSON.stringify(told));
    }
    cloud.unanswered.push(`${request.method} ${request.path}`);
    throw new ApiError(501, `nothing here answers ${request.method} ${request.path}`);
  } catch (error) {
    const { message, reason, status } =
      error instanceof ApiError
        ? error
        : new ApiError(500, error instanceof Error ? (error.stack ?? "") : String(error));
    return new Reply(status, JSON.stringify({ error: { code: status, message, errors: [{ reason, message }] } }));
  }
}

async function readRequest(incoming: IncomingMessage): Promise<ApiRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const raw = Buffer.concat(chunks);
  const { pathname, searchParams } = new URL(incoming.url ?? "/", "http://server");
  return {
    method: incoming.method ?? "GET",
    path: pathname,
    query: searchParams,
    headers: incoming.headers,
    raw,
    body: incoming.headers["content-type"]?.includes("json") === true ? parse(raw) : {},
  };
}

function parse(raw: Buffer): Json {
  try {
    return JSON.parse(raw.toString("utf8")) as Json;
  } catch {
    return {};
  }
}
