import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, connect, type AddressInfo } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Machine } from "../../../cli/setup/part.ts";
import { runProgram } from "../../../cli/setup/run-program.ts";
import { putInPlace, withScratchFolder } from "../../../cli/setup/scratch-folder.ts";
import { waitUntil } from "../../../kernel/wait-until.ts";
import type { PartCertificate } from "../../../topology/secrets.ts";

const ROOT = path.join(import.meta.dirname, "../../..");
const MODULE = "github.com/versity/versitygw";
/** Two to three minutes on two cores with empty caches. */
const BUILD_TIMEOUT_MS = 20 * 60_000;

/** A bucket on a server that speaks S3 over TLS, kept in a folder: each object is the file of its name. */
export interface S3Server {
  /** Address and port. */
  readonly endpoint: string;
  /** Of the bucket's objects. */
  readonly folder: string;
  readonly stop: () => Promise<void>;
  /** Again, at the same address. */
  readonly start: () => Promise<void>;
  /** Stops it and removes every object. */
  readonly remove: () => Promise<void>;
}

/** Versity's gateway (tools/s3-server/go.mod says which), built by Go the first time and kept in `.toolchain/`. */
async function gateway(): Promise<string> {
  const version = new RegExp(`${MODULE} v(\\S+)`).exec(readFileSync(path.join(ROOT, "tools/s3-server/go.mod"), "utf8"));
  if (version?.[1] === undefined) throw new Error(`tools/s3-server/go.mod names no version of ${MODULE}`);
  const machine: Machine = {
    root: ROOT,
    toolchainDir: path.join(ROOT, ".toolchain"),
    stateDir: path.join(ROOT, ".pgt"),
    env: process.env,
    signal: AbortSignal.timeout(BUILD_TIMEOUT_MS),
    say: () => undefined,
  };
  const place = path.join(machine.toolchainDir, `s3-server-${version[1]}`);
  const program = path.join(place, "versitygw");
  if (existsSync(program)) return program;
  await withScratchFolder(machine, async (folder) => {
    const made = path.join(folder, "bin");
    await runProgram({
      program: "go",
      args: ["build", "-o", path.join(made, "versitygw"), "-ldflags", "-s -w", `${MODULE}/cmd/versitygw`],
      env: machine.env,
      cwd: path.join(ROOT, "tools/s3-server"),
      timeoutMs: BUILD_TIMEOUT_MS,
      signal: machine.signal,
    });
    await putInPlace(made, place);
  });
  return program;
}

/** Starts it on an address of this machine, with one bucket and one key. */
export async function startS3Server(options: {
  readonly address: string;
  readonly bucket: string;
  readonly region: string;
  readonly key: { readonly id: string; readonly secret: string };
  readonly certificate: PartCertificate;
  /** Each bucket has a name below it, as Spaces has them; without one, buckets stand in paths alone. */
  readonly domain?: string;
}): Promise<S3Server> {
  const { address, bucket, region, key, certificate, domain } = options;
  const program = await gateway();
  const place = await mkdtemp(path.join(tmpdir(), "pgt-test-s3-"));
  const at = (name: string): string => path.join(place, name);
  await mkdir(at(`objects/${bucket}`), { recursive: true });
  await writeFile(at("tls.crt"), certificate.certificate);
  await writeFile(at("tls.key"), certificate.key, { mode: 0o600 });
  const port = await freePortOf(address);
  const args = ["--port", `${address}:${port}`, "--region", region, "--quiet"];
  if (domain !== undefined) args.push("--virtual-domain", domain);
  const tls = ["--cert", at("tls.crt"), "--key", at("tls.key")];
  let stop = (): Promise<void> => Promise.resolve();
  const start = async (): Promise<void> => {
    // The key goes by the environment: an argument is everybody's to read.
    const env = { ...process.env, ROOT_ACCESS_KEY_ID: key.id, ROOT_SECRET_ACCESS_KEY: key.secret };
    const child = spawn(program, [...args, ...tls, "posix", at("objects")], { env, stdio: "ignore" });
    const ended = once(child, "exit");
    stop = async () => {
      child.kill();
      await ended;
    };
    await waitUntil(() => answers(address, port), { name: "the S3 server to listen", timeoutMs: 30_000 });
  };
  await start();
  return {
    endpoint: `${address}:${port}`,
    folder: at(`objects/${bucket}`),
    start,
    stop: () => stop(),
    remove: async () => {
      await stop();
      await rm(place, { recursive: true });
    },
  };
}

async function freePortOf(address: string): Promise<number> {
  const server = createServer().listen(0, address);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

async function answers(host: string, port: number): Promise<boolean> {
  const socket = connect({ host, port });
  try {
    await once(socket, "connect");
    return true;
  } finally {
    socket.destroy();
  }
}
