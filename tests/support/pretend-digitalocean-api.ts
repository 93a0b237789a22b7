import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Reply } from "./pretend-cloud-sql.ts";

/** A server that answers `GET` as DigitalOcean's API does. */
export interface PretendDigitalOcean {
  /** As DIGITALOCEAN_API_URL takes it. */
  readonly baseUrl: string;
  /** As in `databases/<id>/pools`, in the order they came; without what is behind a question mark. */
  readonly asked: string[];
  /** The last `authorization` header. */
  readonly authorization: () => string | undefined;
  /** Bodies by path; a path without one is not found. */
  readonly answers: Map<string, unknown>;
  /** Replies that come before all others, each once, in their order. */
  readonly next: Reply[];
  readonly end: () => void;
}

/** Starts it on a free port of 127.0.0.1. */
export async function startPretendDigitalOcean(): Promise<PretendDigitalOcean> {
  const asked: string[] = [];
  const next: Reply[] = [];
  const answers = new Map<string, unknown>();
  let authorization: string | undefined;
  const server = createServer((request, response) => {
    authorization = request.headers.authorization;
    const path = new URL(request.url ?? "", "http://localhost").pathname.replace(/^\/v2\//, "");
    asked.push(path);
    const body = answers.get(path);
    const reply: Reply = next.shift() ?? (body === undefined ? { status: 404 } : { body });
    if (reply === "hang") return;
    const status = "status" in reply ? reply.status : 200;
    response.writeHead(status, { "content-type": "application/json" });
    // https://docs.digitalocean.com/reference/api/intro/#http-statuses
    const failure = { id: "pretended", message: `pretended ${status}` };
    response.end(JSON.stringify("body" in reply ? reply.body : failure));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    authorization: () => authorization,
    answers,
    next,
    end: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
