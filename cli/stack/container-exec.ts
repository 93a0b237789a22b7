import { PassThrough, Readable } from "node:stream";
import { text } from "node:stream/consumers";
import type Dockerode from "dockerode";
import { PgtError } from "../../kernel/errors.ts";
import { containerError } from "./container-errors.ts";

/** What a command in a container printed, and how it ended. */
export interface ExecResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a command in a running container and waits for its end.
 * @param show gets what the command prints, as it comes
 */
export async function execInContainer(
  docker: Dockerode,
  name: string,
  command: readonly string[],
  options: { timeoutMs: number; signal: AbortSignal; show?: (text: string) => void },
): Promise<ExecResult> {
  const late = AbortSignal.timeout(options.timeoutMs);
  const exec = await docker
    .getContainer(name)
    .exec({ Cmd: [...command], AttachStdout: true, AttachStderr: true })
    .catch((error: unknown) => {
      throw containerError(error, name);
    });
  const stream = await exec.start({});
  const stop = (): void => void stream.destroy();
  const ended = AbortSignal.any([late, options.signal]);
  ended.addEventListener("abort", stop, { once: true });
  try {
    const [stdout, stderr] = await collect(docker, stream, options.show);
    options.signal.throwIfAborted();
    if (late.aborted) {
      throw new PgtError(`"${command.join(" ")}" in ${name} did not end within ${options.timeoutMs / 1000} s`);
    }
    const { ExitCode } = await exec.inspect();
    return { exitCode: ExitCode ?? 1, stdout, stderr };
  } finally {
    ended.removeEventListener("abort", stop);
  }
}

/** The end of a container's log. */
export async function lastLogLines(docker: Dockerode, id: string, lines: number): Promise<string> {
  const log = await docker.getContainer(id).logs({ stdout: true, stderr: true, tail: lines });
  const [out, err] = await collect(docker, Readable.from([log]));
  return `${out}${err}`.trimEnd();
}

async function collect(docker: Dockerode, stream: Readable, show?: (text: string) => void): Promise<[string, string]> {
  const out = new PassThrough();
  const err = new PassThrough();
  for (const side of [out, err]) if (show) side.on("data", (chunk: Buffer) => show(chunk.toString()));
  (docker.modem as { demuxStream: (from: Readable, out: PassThrough, err: PassThrough) => void }).demuxStream(
    stream,
    out,
    err,
  );
  const finish = (): void => {
    out.end();
    err.end();
  };
  stream.on("end", finish).on("close", finish).on("error", finish);
  return Promise.all([text(out), text(err)]);
}
