import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** A server that speaks as much of the Docker API as a test tells it to. */
export interface PretendEngine {
  readonly host: string;
  /** As in `GET /images/debian/json`, in the order they came. */
  readonly asked: string[];
  readonly end: () => void;
}

const VERSION = { Version: "28.0.0", ApiVersion: "1.48", Os: "linux" };

/** Answers `version` by itself, and everything else by `answer`. */
export async function startPretendEngine(
  answer: (asked: string, response: ServerResponse, request: IncomingMessage) => void,
): Promise<PretendEngine> {
  const folder = mkdtempSync(path.join(tmpdir(), "pgt-test-"));
  const socket = path.join(folder, "docker.sock");
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const what = `${request.method ?? ""} ${decodeURIComponent(request.url ?? "")}`;
    asked.push(what);
    request.resume();
    if (what === "GET /version") response.end(JSON.stringify(VERSION));
    else answer(what, response, request);
  });
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  return {
    host: `unix://${socket}`,
    asked,
    end: () => {
      server.close();
      server.closeAllConnections();
      rmSync(folder, { recursive: true });
    },
  };
}
