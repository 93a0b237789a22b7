import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { UserMemberships } from "../../roles/step.ts";

/** How a path is answered: with a body, with a status, or not at all. */
export type Reply = { readonly body: unknown } | { readonly status: number } | "hang";

/** A server that speaks as much of the Cloud SQL Admin API as verification and roles ask for. */
export interface PretendCloudSql {
  /** As `--base-url` takes it. */
  readonly baseUrl: string;
  /** As in `instances/unit-primary-k3x9`, in the order they came. */
  readonly asked: string[];
  /** The last `authorization` header. */
  readonly authorization: () => string | undefined;
  /** Answers of `instances.get`, by name; a test changes them. */
  readonly instances: Map<string, unknown>;
  /** Items of `backupRuns.list`, of every instance. */
  readonly backupRuns: unknown[];
  /** What `users.update` does: a text is why its operation fails, a number a status; it does nothing unless told. */
  changeUser: (change: UserMemberships) => Promise<string | number | undefined>;
  /** Bodies of `users.update`, in the order they came. */
  readonly bodies: unknown[];
  /** Replies that come before all others, each once, in their order. */
  readonly next: Reply[];
  readonly end: () => void;
}

/** Starts it for one project, on a free port of 127.0.0.1. */
export async function startPretendCloudSql(project: string): Promise<PretendCloudSql> {
  const asked: string[] = [];
  const next: Reply[] = [];
  const instances = new Map<string, unknown>();
  const backupRuns: unknown[] = [];
  const bodies: unknown[] = [];
  /** Operations that were looked at once, and what went wrong in them. */
  const operations = new Map<string, { looks: number; failure: string | undefined }>();
  let authorization: string | undefined;
  const root = `/sql/v1beta4/projects/${project}/`;
  const replyTo = (path: string): Reply => {
    const name = /^instances\/([^/?]+)$/.exec(path)?.[1];
    if (name !== undefined) {
      const instance = instances.get(name);
      return instance === undefined ? { status: 404 } : { body: instance };
    }
    return /^instances\/[^/?]+\/backupRuns\?/.test(path)
      ? { body: { kind: "sql#backupRunsList", items: backupRuns } }
      : { status: 404 };
  };
  const changeUser = async (path: string, body: unknown): Promise<Reply> => {
    const query = new URLSearchParams(path.slice(path.indexOf("?") + 1));
    const name = `op-${operations.size + 1}`;
    bodies.push(body);
    const failure = await pretended.changeUser({
      user: query.get("name") ?? "",
      memberOf: query.getAll("databaseRoles"),
      exact: query.get("revokeExistingRoles") === "true",
    });
    if (typeof failure === "number") return { status: failure };
    operations.set(name, { looks: 0, failure });
    return { body: { kind: "sql#operation", name, status: "PENDING" } };
  };
  const operation = (name: string): Reply => {
    const found = operations.get(name);
    if (found === undefined) return { status: 404 };
    found.looks += 1;
    if (found.looks === 1) return { body: { name, status: "RUNNING" } };
    const error = found.failure === undefined ? {} : { error: { errors: [{ message: found.failure }] } };
    return { body: { name, status: "DONE", ...error } };
  };
  const answer = async (request: IncomingMessage, path: string): Promise<Reply> => {
    const body = await bodyOf(request);
    const before = next.shift();
    if (before !== undefined) return before;
    if (request.method === "PUT" && /^instances\/[^/?]+\/users\?/.test(path)) return changeUser(path, body);
    const name = /^operations\/([^/?]+)$/.exec(path)?.[1];
    return name === undefined ? replyTo(path) : operation(name);
  };
  const server = createServer((request, response) => {
    authorization = request.headers.authorization;
    const url = request.url ?? "";
    const path = url.startsWith(root) ? url.slice(root.length) : url;
    asked.push(path);
    void answer(request, path).then((reply) => {
      send(response, reply);
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const pretended: PretendCloudSql = {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    asked,
    authorization: () => authorization,
    instances,
    backupRuns,
    changeUser: () => Promise.resolve(undefined),
    bodies,
    next,
    end: () => {
      server.close();
      server.closeAllConnections();
    },
  };
  return pretended;
}

function send(response: ServerResponse, reply: Reply): void {
  if (reply === "hang") return;
  const status = "status" in reply ? reply.status : 200;
  response.writeHead(status, { "content-type": "application/json" });
  // As the API tells its errors: https://cloud.google.com/apis/design/errors
  const failure = { error: { code: status, message: `pretended ${status}`, errors: [] } };
  response.end(JSON.stringify("body" in reply ? reply.body : failure));
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString("utf8");
  return text === "" ? undefined : JSON.parse(text);
}
