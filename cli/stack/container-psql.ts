import type { Duplex } from "node:stream";
import type Dockerode from "dockerode";
import { type ExitCode, PgtError } from "../../kernel/errors.ts";
import { PATHS } from "../../rendering/paths.ts";
import { containerError } from "./container-errors.ts";
import { execInContainer } from "./container-exec.ts";
import type { World } from "./converge.ts";
import { psqlExit, type PsqlRun } from "./host-psql.ts";
import { libpqVariables, passwordLine } from "./psql-connection.ts";

const FILE_TIMEOUT_MS = 30_000;

/** Runs the psql of the image, in the container of the part that it connects to, with this process's terminal. */
export async function runContainerPsql(world: World, run: PsqlRun): Promise<ExitCode> {
  const { docker, topology } = world;
  const { target } = run;
  const name = `${topology.name}-${target.part}`;
  const container = docker.getContainer(name);
  const passwordFile = await plantPassword(container, passwordLine(target.user, run.password)).catch(
    (error: unknown) => {
      throw containerError(error, name);
    },
  );
  try {
    const terminal = process.stdin.isTTY && process.stdout.isTTY;
    const variables = libpqVariables({
      ...target,
      host: target.part,
      port: target.internalPort,
      caFile: PATHS.caCertificate,
      passwordFile,
    });
    const exec = await container.exec({
      Cmd: ["psql", ...run.args],
      Env: Object.entries({ ...variables, TERM: run.env.TERM ?? "dumb" }).map(([name, value]) => `${name}=${value}`),
      AttachStdin: true,
      AttachStdout: true,
      AttachStderr: true,
      Tty: terminal,
    });
    const stream = await exec.start({ hijack: true, stdin: true, Tty: terminal });
    await (terminal ? throughTerminal(exec, stream) : throughPipes(docker, stream, world.signal));
    world.signal.throwIfAborted();
    return psqlExit((await exec.inspect()).ExitCode);
  } finally {
    const options = { timeoutMs: FILE_TIMEOUT_MS, signal: new AbortController().signal };
    await execInContainer(docker, name, ["rm", "-f", passwordFile], options);
  }
}

/** The password travels through stdin into a file in the container's memory: argv and variables can be inspected. */
async function plantPassword(container: Dockerode.Container, line: string): Promise<string> {
  const exec = await container.exec({
    Cmd: ["sh", "-c", `umask 077; file=$(mktemp ${PATHS.temporary}/pgpass.XXXXXX) && cat > "$file" && echo "$file"`],
    AttachStdin: true,
    AttachStdout: true,
    Tty: false,
  });
  const stream = await exec.start({ hijack: true, stdin: true });
  stream.end(line);
  let said = "";
  for await (const chunk of stream.setEncoding("utf8") as AsyncIterable<string>) said += chunk;
  const path = /\/tmp\/pgpass\.\w+/.exec(said)?.[0];
  if (path !== undefined) return path;
  throw new PgtError("the password file could not be made in the container", {
    fix: ["./pgt status shows what runs.", "Or install psql on this machine: it is used when it is there."],
  });
}

async function throughPipes(docker: Dockerode, stream: Duplex, signal: AbortSignal): Promise<void> {
  const stop = (): void => void stream.destroy();
  signal.addEventListener("abort", stop, { once: true });
  process.stdin.pipe(stream);
  (docker.modem as Demultiplexer).demuxStream(stream, process.stdout, process.stderr);
  await ended(stream);
  signal.removeEventListener("abort", stop);
  letGoOfStdin(stream);
}

/** Raw: every key, Ctrl-C too, is psql's. */
async function throughTerminal(exec: Dockerode.Exec, stream: Duplex): Promise<void> {
  const resize = (): void => {
    exec.resize({ h: process.stdout.rows, w: process.stdout.columns }).catch(() => undefined);
  };
  process.stdin.setRawMode(true);
  process.stdout.on("resize", resize);
  resize();
  process.stdin.pipe(stream);
  stream.pipe(process.stdout, { end: false });
  try {
    await ended(stream);
  } finally {
    process.stdout.off("resize", resize);
    process.stdin.setRawMode(false);
    letGoOfStdin(stream);
  }
}

/** A stdin that is still being read would keep the command alive. */
function letGoOfStdin(stream: Duplex): void {
  process.stdin.unpipe(stream).pause();
}

interface Demultiplexer {
  demuxStream: (from: Duplex, out: NodeJS.WritableStream, err: NodeJS.WritableStream) => void;
}

async function ended(stream: Duplex): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      resolve();
    };
    stream.once("end", finish).once("close", finish).on("error", finish);
  });
}
