import { randomInt } from "node:crypto";
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** A port of an address of its own, from which connections go to another port of this machine. */
export interface ForwardedPort {
  /** A random address of the loopback network, so that any port is free there. */
  readonly host: string;
  readonly end: () => void;
}

/** Forwards `port` of a new address to `target` of 127.0.0.1. */
export async function forwardPort(port: number, target: number): Promise<ForwardedPort> {
  const host = `127.${randomInt(1, 255)}.${randomInt(1, 255)}.${randomInt(1, 255)}`;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const other = connect(target, "127.0.0.1");
    for (const one of [socket, other]) {
      sockets.add(one);
      one.on("close", () => sockets.delete(one)).on("error", () => undefined);
    }
    socket.pipe(other).pipe(socket);
    socket.on("close", () => other.destroy());
    other.on("close", () => socket.destroy());
  }).listen(port, host);
  await once(server, "listening");
  return {
    host,
    end: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
