import { spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, connect } from "node:net";
import ssh2, { type Connection, type ParsedKey } from "ssh2";
import { makeSshKeys } from "./ssh-keys.ts";

/** An SSH server of this process on the loopback: its commands run in a shell of this machine. */
export interface TestSshServer extends AsyncDisposable {
  readonly port: number;
  /** Of a user who may log in. */
  readonly userKey: string;
  /** Ends every connection, as a network that breaks. */
  readonly breakConnections: () => void;
}

/** Starts one with keys of its own. */
export async function startSshServer(hostKey = makeSshKeys().private): Promise<TestSshServer> {
  const user = makeSshKeys();
  const allowed = ssh2.utils.parseKey(user.public);
  if (allowed instanceof Error) throw allowed;
  const connections = new Set<Connection>();
  const server = new ssh2.Server({ hostKeys: [hostKey] }, (connection) => {
    connections.add(connection);
    serve(connection, allowed);
    connection.on("error", () => undefined).on("close", () => connections.delete(connection));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const breakConnections = (): void => connections.forEach((connection) => connection.end());
  return {
    port: (server.address() as AddressInfo).port,
    userKey: user.private,
    breakConnections,
    [Symbol.asyncDispose]: async () => {
      breakConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function serve(connection: Connection, allowed: ParsedKey): void {
  connection.on("authentication", (context) => {
    const isKnown = context.method === "publickey" && context.key.data.equals(allowed.getPublicSSH());
    if (isKnown) context.accept();
    else context.reject(["publickey"]);
  });
  connection.on("ready", () => {
    // As OpenSSH does. The types know of it for clients alone.
    (connection as Connection & Pick<ssh2.Client, "setNoDelay">).setNoDelay(true);
    connection.on("session", (accept) => {
      accept().on("exec", (acceptExec, _reject, { command }) => {
        const channel = acceptExec();
        const child = spawn("sh", ["-c", command]);
        channel.pipe(child.stdin);
        child.stdin.on("error", () => undefined);
        child.stdout.pipe(channel, { end: false });
        child.stderr.pipe(channel.stderr, { end: false });
        child.on("close", (code) => {
          channel.exit(code ?? 255);
          channel.end();
        });
        channel.on("close", () => child.kill());
      });
    });
    connection.on("tcpip", (accept, reject, { destIP, destPort }) => {
      const socket = connect({ port: destPort, host: destIP, noDelay: true });
      socket.once("error", () => reject()).once("connect", () => socket.pipe(accept()).pipe(socket));
    });
  });
}
