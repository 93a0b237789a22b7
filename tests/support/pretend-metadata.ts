import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** The server beside everything that runs in Google's cloud, from which Application Default Credentials come there. */
export interface PretendMetadata {
  /** As `GCE_METADATA_HOST` takes it. */
  readonly host: string;
  readonly end: () => void;
}

/** Starts one that hands out this token. https://docs.cloud.google.com/run/docs/container-contract#metadata-server */
export async function startPretendMetadata(token: string): Promise<PretendMetadata> {
  const server = createServer((request, response) => {
    const path = (request.url ?? "").split("?")[0];
    const isToken = path === "/computeMetadata/v1/instance/service-accounts/default/token";
    const isRoot = path === "/computeMetadata/v1/instance" || path === "/";
    response.writeHead(isToken || isRoot ? 200 : 404, {
      "metadata-flavor": "Google",
      "content-type": "application/json",
    });
    response.end(isToken ? JSON.stringify({ access_token: token, expires_in: 3600, token_type: "Bearer" }) : "{}");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    end: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
