import type { Duplex } from "node:stream";
import ssh2, { type Client, type ClientChannel, type ConnectConfig } from "ssh2";
import { EXIT, messageOf, PgtError } from "../kernel/errors.ts";
import { fingerprintOf, strangeHost } from "./host-key.ts";
import type { SshLogin } from "./login.ts";

/** Where a session leads, and how each side knows the other. */
export interface SessionTarget {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly login: SshLogin;
  /** `SHA256:…`, as it was at the first visit; `undefined` at the first. */
  readonly hostKey: string | undefined;
}

/** How a command is run. */
export interface RunOptions {
  /** Completes "gave up waiting for …". */
  readonly name: string;
  readonly timeoutMs: number;
  /** Written to the command's standard input: the way of secrets, which never are arguments. */
  readonly input?: string;
  /** Gets what the command prints, as it comes; it is not kept then. */
  readonly show?: (text: string) => void;
}

/** What a command said, and how it ended. */
export interface RunResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** An open connection to a host. */
export interface SshSession {
  /** Of the host's key, as `ssh-keygen -lf` writes it. */
  readonly hostKey: string;
  /** Runs a command in the user's shell, whatever it ends with. @throws {PgtError} when it does not end in time */
  run(command: string, options: RunOptions): Promise<RunResult>;
  /** A TCP connection that starts on the host. */
  forward(host: string, port: number): Promise<Duplex>;
  end(): void;
}

const READY_TIMEOUT_MS = 20_000;
const FORWARD_TIMEOUT_MS = 15_000;
const KEEPALIVE = { keepaliveInterval: 10_000, keepaliveCountMax: 3 };

/**
 * Opens a session. A host that shows another key than at the first visit is refused before anything is sent to it.
 * @throws {PgtError} exit code 3 when the host can't be reached, does not take the login, or is another one
 */
export async function openSession(target: SessionTarget, signal: AbortSignal): Promise<SshSession> {
  const client = new ssh2.Client();
  let shown = "";
  const config: ConnectConfig = {
    host: target.host,
    port: target.port,
    username: target.user,
    ...target.login,
    readyTimeout: READY_TIMEOUT_MS,
    ...KEEPALIVE,
    hostVerifier: (key: Buffer): boolean => {
      shown = fingerprintOf(key);
      return target.hostKey === undefined || target.hostKey === shown;
    },
  };
  const leave = (): void => void client.destroy();
  try {
    await new Promise<void>((resolve, reject) => {
      signal.throwIfAborted();
      signal.addEventListener("abort", leave, { once: true });
      client
        .once("ready", resolve)
        .once("error", reject)
        .once("close", () => reject(new Error("the host hung up")));
      client.connect(config);
    });
  } catch (error) {
    client.destroy();
    signal.removeEventListener("abort", leave);
    signal.throwIfAborted();
    if (target.hostKey !== undefined && shown !== "" && shown !== target.hostKey) throw strangeHost(target, shown);
    throw unreachable(target, error);
  }
  // Question and answer, one after the other: held back until it is worth a packet, each would wait for 40 ms.
  client.setNoDelay(true);
  // A connection that breaks is told by whoever uses it next; unheard, the event would end the process.
  client.on("error", () => undefined);
  return {
    hostKey: shown,
    run: (command, options) => run(client, command, options),
    forward: (host, port) => forward(client, host, port),
    end: () => {
      signal.removeEventListener("abort", leave);
      client.end();
    },
  };
}

function run(client: Client, command: string, { input, name, show, timeoutMs }: RunOptions): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const giveUp = setTimeout(() => {
      channel?.close();
      reject(new PgtError(`gave up waiting for ${name} after ${timeoutMs / 1000} s`));
    }, timeoutMs);
    const fail = (error: Error): void => {
      clearTimeout(giveUp);
      reject(new PgtError(`${name}: ${error.message}`, { exitCode: EXIT.couldNotCheck, cause: error }));
    };
    let channel: ClientChannel | undefined;
    const broken = (): void => fail(new Error("the connection to the host broke"));
    client.once("close", broken);
    client.exec(command, (error, opened) => {
      if (error) {
        fail(error);
        return;
      }
      channel = opened;
      let code = -1;
      const [stdout, stderr] = [show === undefined ? collect(opened) : pass(opened, show), collect(opened.stderr)];
      opened.on("exit", (status: number | null) => (code = status ?? -1));
      opened.once("close", () => {
        clearTimeout(giveUp);
        client.removeListener("close", broken);
        resolve({ code, stdout: stdout(), stderr: stderr() });
      });
      // A command that reads nothing may be gone already.
      opened.on("error", () => undefined);
      opened.end(input ?? "");
    });
  });
}

function collect(stream: NodeJS.ReadableStream): () => string {
  const parts: Buffer[] = [];
  stream.on("data", (part: Buffer) => parts.push(part));
  return () => Buffer.concat(parts).toString("utf8");
}

/** A character that comes in two pieces is one. */
function pass(stream: NodeJS.ReadableStream, show: (text: string) => void): () => string {
  stream.setEncoding("utf8").on("data", show);
  return () => "";
}

function forward(client: Client, host: string, port: number): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const giveUp = setTimeout(
      () => reject(new PgtError(`gave up waiting for a way to ${host}:${port} after ${FORWARD_TIMEOUT_MS / 1000} s`)),
      FORWARD_TIMEOUT_MS,
    );
    client.forwardOut("127.0.0.1", 0, host, port, (error, stream) => {
      clearTimeout(giveUp);
      if (error)
        reject(new PgtError(`no way from the data host to ${host}:${port}: ${error.message}`, { cause: error }));
      else resolve(stream);
    });
  });
}

function unreachable({ host, port, user }: SessionTarget, error: unknown): PgtError {
  const { level } = error as { level?: string };
  const fix =
    level === "client-authentication"
      ? ["Load a key that access.ssh.keys names into an agent (ssh-add), or name its file in PGT_SSH_KEY."]
      : ["Look whether access.ssh.sources has this machine's address, and whether the host runs."];
  return new PgtError(`no SSH session with ${user}@${host}:${port}: ${messageOf(error)}`, {
    exitCode: EXIT.couldNotCheck,
    fix,
    cause: error,
  });
}
