import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import type Dockerode from "dockerode";
import { messageOf, PgtError } from "../../kernel/errors.ts";
import type { Executed } from "./live-access.ts";

/** A command in a container. */
export interface Execution {
  readonly container: string;
  readonly command: readonly string[];
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * Runs a command in a running container, as the image's own user.
 * @throws {PgtError} when it takes longer than `timeoutMs` (the command itself goes on), or Docker refuses
 */
export async function execute(docker: Dockerode, execution: Execution): Promise<Executed> {
  const { container, command, timeoutMs, signal } = execution;
  const limit = AbortSignal.timeout(timeoutMs);
  const abortSignal = AbortSignal.any([limit, signal]);
  try {
    const exec = await docker
      .getContainer(container)
      .exec({ Cmd: [...command], AttachStdout: true, AttachStderr: true, abortSignal });
    const stream = await exec.start({ hijack: true, stdin: false, abortSignal });
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    docker.modem.demuxStream(stream, stdout, stderr);
    const close = (): void => {
      stdout.end();
      stderr.end();
    };
    stream.once("end", close).once("close", close).once("error", close);
    abortSignal.addEventListener("abort", () => stream.destroy(), { once: true });
    const [out, err] = await Promise.all([text(stdout), text(stderr)]);
    abortSignal.throwIfAborted();
    const { ExitCode } = await exec.inspect({ abortSignal });
    return { exitCode: ExitCode ?? -1, stdout: out, stderr: err };
  } catch (error) {
    signal.throwIfAborted();
    const why = limit.aborted ? `it took more than ${timeoutMs / 1000} s` : messageOf(error);
    throw new PgtError(`${command[0] ?? ""} in ${container}: ${why}`, { cause: error });
  }
}
