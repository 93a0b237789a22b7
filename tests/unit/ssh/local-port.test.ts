// A port of this machine that leads over SSH, against an SSH server of this process. Through OpenSSH, psql goes that way in
// tests/integration/data-host.
import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, createServer, type Server } from "node:net";
import { after, before, describe, it } from "mocha";
import { openLocalPort } from "../../../ssh/local-port.ts";
import { openSession, type SshSession } from "../../../ssh/session.ts";
import { startSshServer, type TestSshServer } from "../../support/ssh-server.ts";

describe("a port that leads over SSH", () => {
  let ssh: TestSshServer;
  let session: SshSession;
  let echo: Server;
  let port: number;

  before(async () => {
    ssh = await startSshServer();
    const target = { host: "127.0.0.1", port: ssh.port, user: "root", login: { privateKey: ssh.userKey } };
    session = await openSession({ ...target, hostKey: undefined }, new AbortController().signal);
    echo = createServer((socket) => socket.pipe(socket)).listen(0, "127.0.0.1");
    await once(echo, "listening");
    ({ port } = echo.address() as { port: number });
  });
  after(async () => {
    session.end();
    echo.close();
    await ssh[Symbol.asyncDispose]();
  });

  it("hands on what comes in, several at once, until it is closed", async () => {
    const way = await openLocalPort(session, "127.0.0.1", port);
    const sockets = ["one", "another"].map((word) => {
      const socket = connect(way.port, way.address);
      socket.write(word);
      return socket;
    });
    const said = await Promise.all(sockets.map(async (socket) => String((await once(socket, "data"))[0])));
    assert.deepEqual(said, ["one", "another"]);
    way.close();
    await Promise.all(sockets.map((socket) => once(socket, "close")));
    const late = connect(way.port, way.address);
    const [error] = (await once(late, "error")) as [NodeJS.ErrnoException];
    assert.equal(error.code, "ECONNREFUSED");
  });

  it("is not opened where nothing answers, and says so", async () => {
    const nobody = createServer().listen(0, "127.0.0.1");
    await once(nobody, "listening");
    const free = (nobody.address() as { port: number }).port;
    nobody.close();
    await once(nobody, "close");
    await assert.rejects(
      openLocalPort(session, "127.0.0.1", free),
      /^PgtError: no way from the data host to 127\.0\.0\.1/,
    );
  });
});
