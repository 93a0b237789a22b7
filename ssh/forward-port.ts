import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import type { SshSession } from "./session.ts";

/** A port of this machine's loopback that leads to a server which only the other host reaches. */
export interface ForwardedPort {
  readonly host: "127.0.0.1";
  readonly port: number;
  readonly close: () => void;
}

/**
 * Opens it on a free port, as `ssh -L` does. What comes in is handed on as it is: encryption and login are between the
 * client and the server behind.
 */
export async function forwardPort(session: SshSession, host: string, port: number): Promise<ForwardedPort> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined).once("close", () => sockets.delete(socket));
    session.forward(host, port).then(
      (stream) => {
        // One side that breaks off takes the other with it: neither would hear of it otherwise.
        stream.on("error", () => socket.destroy()).once("close", () => socket.destroy());
        socket.once("close", () => stream.destroy());
        socket.pipe(stream).pipe(socket);
      },
      () => socket.destroy(),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const close = (): void => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  return { host: "127.0.0.1", port: (server.address() as AddressInfo).port, close };
}
