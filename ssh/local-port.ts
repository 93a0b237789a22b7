import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import type { SshSession } from "./session.ts";

/** A port of this machine's loopback that leads to a server which only the other host reaches. */
export interface LocalPort {
  readonly address: "127.0.0.1";
  readonly port: number;
  readonly close: () => void;
}

/**
 * Opens one on a free port, as `ssh -L` does, for a program of its own such as psql. What comes in is handed on as it is:
 * encryption and login are between that program and the server behind.
 * @throws {PgtError} when nothing answers there now: the program would only be told that the connection was closed
 */
export async function openLocalPort(session: SshSession, host: string, port: number): Promise<LocalPort> {
  (await session.forward(host, port)).on("error", () => undefined).destroy();
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
  return { address: "127.0.0.1", port: (server.address() as AddressInfo).port, close };
}
