// A real SSH conversation with a server of this process. What OpenSSH and Debian make of it, the integration test of the
// data host shows.
import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, before, describe, it } from "mocha";
import ssh2 from "ssh2";
import { EXIT, PgtError } from "../../../kernel/errors.ts";
import { findLogin } from "../../../ssh/login.ts";
import { openSession, type SessionTarget } from "../../../ssh/session.ts";
import { startSshServer, type TestSshServer } from "../../support/ssh-server.ts";
import { makeSshKeys } from "../../support/ssh-keys.ts";

const NEVER = new AbortController().signal;
const LOCKED = { passphrase: "pass-5e1f", cipher: "aes256-ctr", rounds: 16 } as const;
const RUN = { name: "the command", timeoutMs: 10_000 };

describe("openSession", () => {
  let server: TestSshServer;
  const target = (over: Partial<SessionTarget> = {}): SessionTarget => ({
    host: "127.0.0.1",
    port: server.port,
    user: "root",
    login: { privateKey: server.userKey },
    hostKey: undefined,
    ...over,
  });

  before(async () => {
    server = await startSshServer();
  });
  after(() => server[Symbol.asyncDispose]());

  it("runs a command with its input, and tells its output, its complaints and its end", async () => {
    const session = await openSession(target(), NEVER);
    const result = await session.run("cat; echo oh >&2; exit 7", { ...RUN, input: "in\n" });
    assert.deepEqual(result, { code: 7, stdout: "in\n", stderr: "oh\n" });
    session.end();
  });

  it("shows what a command prints as it comes, and a character that comes in two pieces as one", async () => {
    const session = await openSession(target(), NEVER);
    const shown: string[] = [];
    const command = "printf 'one \\303'; sleep 0.2; printf '\\244\\n'; echo oh >&2";
    const result = await session.run(command, { ...RUN, show: (part) => shown.push(part) });
    assert.deepEqual(result, { code: 0, stdout: "", stderr: "oh\n" });
    assert.equal(shown.join(""), "one ä\n");
    session.end();
  });

  it("gives up on a command that does not end, by the name of the wait", async () => {
    const session = await openSession(target(), NEVER);
    await assert.rejects(
      session.run("sleep 20", { name: "a long sleep", timeoutMs: 50 }),
      /^PgtError: gave up waiting for a long sleep after 0.05 s$/,
    );
    session.end();
  });

  it("says that the connection broke while a command ran", async () => {
    const session = await openSession(target(), NEVER);
    const running = session.run("echo begun; sleep 20", RUN);
    await session.run("true", RUN);
    server.breakConnections();
    await assert.rejects(running, /the command: the connection to the host broke/);
  });

  it("opens a connection that starts on the host, and says when there is nobody", async () => {
    const listener = createServer((socket) => socket.end("hello")).listen(0, "127.0.0.1");
    await once(listener, "listening");
    const { port } = listener.address() as { port: number };
    const session = await openSession(target(), NEVER);
    assert.equal(await text(await session.forward("127.0.0.1", port)), "hello");
    listener.close();
    await once(listener, "close");
    await assert.rejects(session.forward("127.0.0.1", port), /no way from the data host to 127\.0\.0\.1/);
    session.end();
  });

  it("knows the host again by its key, and sends nothing to another", async () => {
    const first = await openSession(target(), NEVER);
    first.end();
    assert.match(first.hostKey, /^SHA256:[A-Za-z0-9+/]{43}$/);
    const again = await openSession(target({ hostKey: first.hostKey }), NEVER);
    again.end();
    await using stranger = await startSshServer();
    const login = { privateKey: stranger.userKey };
    await assert.rejects(
      openSession(target({ port: stranger.port, login, hostKey: first.hostKey }), NEVER),
      (error: PgtError) =>
        error.exitCode === EXIT.couldNotCheck && error.message.includes("before: nothing was sent to it"),
    );
  });

  it("says what to do when the login is not taken, and when nobody listens", async () => {
    const login = { privateKey: makeSshKeys().private };
    await assert.rejects(openSession(target({ login }), NEVER), (error: PgtError) => {
      assert.deepEqual(error.fix, [
        "Load a key that access.ssh.keys names into an agent (ssh-add), or name its file in PGT_SSH_KEY.",
      ]);
      return error.exitCode === EXIT.couldNotCheck;
    });
    await assert.rejects(
      openSession(target({ port: 1 }), NEVER),
      /no SSH session with root@127\.0\.0\.1:1: .*ECONNREFUSED/,
    );
  });

  it("ends at once when it is interrupted", async () => {
    const interrupted = AbortSignal.abort(new Error("interrupted"));
    await assert.rejects(openSession(target(), interrupted), /interrupted/);
  });
});

describe("findLogin", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "pgt-login-"));
  });
  after(() => rm(folder, { recursive: true }));

  it("takes the key that is named before an agent, and an agent before the usual places", async () => {
    const key = makeSshKeys().private;
    await writeFile(join(folder, "key"), key);
    const agent = { SSH_AUTH_SOCK: "/run/agent" };
    assert.deepEqual(await findLogin({ ...agent, PGT_SSH_KEY: join(folder, "key") }), { privateKey: key });
    assert.deepEqual(await findLogin({ ...agent, HOME: folder }), { agent: "/run/agent" });
  });

  it("refuses a file that is not there, holds no key, or has a passphrase", async () => {
    const locked = ssh2.utils.generateKeyPairSync("ed25519", LOCKED).private;
    await writeFile(join(folder, "locked"), locked);
    await writeFile(join(folder, "text"), "hello");
    const refusal = (file: string) => findLogin({ PGT_SSH_KEY: join(folder, file) });
    await assert.rejects(refusal("missing"), /missing: ENOENT$/);
    await assert.rejects(refusal("text"), /text: it holds no private key$/);
    await assert.rejects(refusal("locked"), /locked: it has a passphrase$/);
  });

  it("says how to get one when there is none", async () => {
    await assert.rejects(findLogin({ HOME: folder }), /there is no SSH key to log in to the data host with/);
  });
});
