import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync, existsSync, lstatSync, mkdirSync, openSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { messageOf, PgtError } from "../../kernel/errors.ts";
import { waitUntil } from "../../kernel/wait-until.ts";
import { pingEngine } from "./docker-ping.ts";
import { plainEnvironment } from "./docker-debian.ts";
import { unmountUnder } from "./docker-mounts.ts";

/** The places of an engine of our own: everything it keeps is under one folder of the state directory. */
export interface OwnEngine {
  readonly host: string;
  readonly dataRoot: string;
  /** Its sockets and the state of running containers. */
  readonly execRoot: string;
  readonly pidFile: string;
  /** What dockerd wrote since it was started last. */
  readonly log: string;
}

/** The longest path that the kernel takes for a socket, less what containerd appends to the folder it is given. */
const LONGEST_SOCKET = 107;
const LONGEST_APPENDED = "/containerd/containerd-debug.sock".length;

const TIMEOUT = { answerMs: 120_000, endMs: 90_000, orphanMs: 10_000 };

/** Where the engine of this state directory is, running or not. A long path moves its sockets to a private folder in /tmp. */
export function ownEngineOf(stateDir: string): OwnEngine {
  const folder = path.join(stateDir, "docker");
  const name = createHash("sha256").update(folder).digest("hex").slice(0, 12);
  const fits = Buffer.byteLength(folder) + "/run".length + LONGEST_APPENDED <= LONGEST_SOCKET;
  const execRoot = fits ? path.join(folder, "run") : path.join("/tmp", `pgtopology-${name}`);
  return {
    host: `unix://${execRoot}/docker.sock`,
    dataRoot: path.join(folder, "data"),
    execRoot,
    pidFile: path.join(folder, "dockerd.pid"),
    log: path.join(folder, "dockerd.log"),
  };
}

/**
 * The process of this engine, `undefined` when it does not run.
 * A process id may have been given to somebody else since, so what the file says is believed only of a dockerd that was
 * started on this very data.
 */
export function pidOfOwnEngine(engine: OwnEngine): number | undefined {
  return recordedPid(engine.pidFile, (args) => isDockerd(args) && followedBy(args, "--data-root", engine.dataRoot));
}

/**
 * Starts the engine unless it runs, and waits until it answers. It outlives this process.
 * @param flags beside those that name its places.
 * @throws {PgtError} with what dockerd wrote, when it ends at once or does not answer.
 */
export async function startOwnEngine(
  engine: OwnEngine,
  run: { dockerd: string; env: NodeJS.ProcessEnv; signal?: AbortSignal; flags?: readonly string[] },
): Promise<void> {
  await orphanHasEnded(engine, run.signal);
  const started = pidOfOwnEngine(engine) === undefined ? launch(engine, run) : undefined;
  try {
    await waitUntil(
      async () => {
        const answer = await pingEngine(engine.host, {});
        if (answer.version !== undefined) return true;
        // Two that start it at once: the second dockerd ends, and the first is as good.
        if (started?.ended() === true && pidOfOwnEngine(engine) === undefined) return true;
        throw new Error(answer.problem);
      },
      {
        name: "the Docker Engine of our own to answer",
        timeoutMs: TIMEOUT.answerMs,
        ...(run.signal && { signal: run.signal }),
      },
    );
  } catch (error) {
    run.signal?.throwIfAborted();
    throw failed(engine, messageOf(error));
  }
  if (pidOfOwnEngine(engine) === undefined) throw failed(engine, "dockerd ended at once");
}

/**
 * containerd dies with its dockerd, a moment later. A dockerd that starts in this moment takes it for its own and waits
 * in vain for its socket.
 */
async function orphanHasEnded(engine: OwnEngine, signal: AbortSignal | undefined): Promise<void> {
  const settled = (): boolean => pidOfOwnEngine(engine) !== undefined || pidOfItsContainerd(engine) === undefined;
  const wait = { name: "an orphaned containerd to end", timeoutMs: TIMEOUT.orphanMs, ...(signal && { signal }) };
  // One that lives on is taken over by the new dockerd.
  await waitUntil(settled, wait).catch(() => signal?.throwIfAborted());
}

/** Ends the engine and its containers, and waits for it. Its data stays. Does nothing when it does not run. */
export async function stopOwnEngine(engine: OwnEngine): Promise<void> {
  // containerd goes after dockerd, which ends it; alone it is there only when dockerd was killed.
  for (const pidOf of [pidOfOwnEngine, pidOfItsContainerd]) {
    const pid = pidOf(engine);
    if (pid === undefined) continue;
    process.kill(pid, "SIGTERM");
    await waitUntil(() => pidOf(engine) !== pid, {
      name: `the Docker Engine of our own (process ${pid}) to end`,
      timeoutMs: TIMEOUT.endMs,
    });
  }
  for (const folder of [engine.execRoot, engine.dataRoot]) await unmountUnder(folder);
}

function launch(engine: OwnEngine, run: { dockerd: string; env: NodeJS.ProcessEnv; flags?: readonly string[] }) {
  mkdirSync(path.dirname(engine.pidFile), { recursive: true, mode: 0o700 });
  makePrivate(engine.execRoot);
  // dockerd believes in these files while there is a process of that number, whoever it is by now, and a dead one that
  // nobody has waited for counts too: it refuses to start, or waits in vain for a containerd.
  rmSync(engine.pidFile, { force: true });
  if (pidOfItsContainerd(engine) === undefined) rmSync(containerdPidFile(engine), { force: true });
  const log = openSync(engine.log, "w", 0o600);
  const args = [
    ...["--data-root", engine.dataRoot, "--exec-root", engine.execRoot, "--pidfile", engine.pidFile],
    // No default bridge: every topology has a network of its own, and docker0 would be the only thing outside our folder.
    ...["--host", engine.host, "--bridge", "none", "--log-level", "warn", ...(run.flags ?? [])],
  ];
  // Its environment is for everybody to read who may read it, for as long as it runs: nothing goes there that it does not need.
  const child = spawn(run.dockerd, args, {
    detached: true,
    stdio: ["ignore", log, log],
    env: plainEnvironment(run.env),
  });
  closeSync(log);
  let ended = false;
  child.once("exit", () => (ended = true));
  child.once("error", () => (ended = true));
  child.unref();
  return { ended: () => ended };
}

/** Makes a folder for the owner only, and refuses one that somebody else made first. */
function makePrivate(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const found = lstatSync(folder);
  if (found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o022) === 0) return;
  throw new PgtError(`${folder} is for the sockets of our Docker Engine, and others may write to it`, {
    fix: [`look at it, and remove it: ls -ld ${folder}`],
  });
}

function pidOfItsContainerd(engine: OwnEngine): number | undefined {
  const config = path.join(engine.execRoot, "containerd/containerd.toml");
  return recordedPid(containerdPidFile(engine), (args) => followedBy(args, "--config", config));
}

function containerdPidFile(engine: OwnEngine): string {
  return path.join(engine.execRoot, "containerd/containerd.pid");
}

function recordedPid(pidFile: string, isOurs: (args: readonly string[]) => boolean): number | undefined {
  if (!existsSync(pidFile)) return undefined;
  const pid = Number.parseInt(readFileSync(pidFile, "utf8"), 10);
  if (!(pid > 1)) return undefined;
  try {
    const args = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
    return isOurs(args) ? pid : undefined;
  } catch {
    return undefined; // It is gone, or was while we looked.
  }
}

function isDockerd(args: readonly string[]): boolean {
  return path.basename(args[0] ?? "") === "dockerd";
}

function followedBy(args: readonly string[], flag: string, value: string): boolean {
  const at = args.indexOf(flag);
  return at !== -1 && args[at + 1] === value;
}

function failed(engine: OwnEngine, why: string): PgtError {
  const wrote = existsSync(engine.log) ? readFileSync(engine.log, "utf8").trimEnd().split("\n").slice(-10) : [];
  return new PgtError(
    `a Docker Engine of our own did not start: ${why}\n${wrote.map((line) => `  ${line}`).join("\n")}`,
    {
      fix: [`all that dockerd wrote: ${engine.log}`],
    },
  );
}
