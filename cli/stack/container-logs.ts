import { PassThrough, type Readable } from "node:stream";
import { createInterface } from "node:readline";
import type Dockerode from "dockerode";
import { containerError } from "./container-errors.ts";
import { type LogLines, mergeLogs, prefixes, stripTimestamp } from "./log-lines.ts";
import type { StackPart } from "./parts.ts";

/** Which lines of which containers. */
interface LogsRequest extends LogLines {
  readonly parts: readonly StackPart[];
}

/** Shows what containers have written; with `follow`, until they stop or the signal says so. */
export async function showLogs(docker: Dockerode, request: LogsRequest): Promise<void> {
  const prefix = prefixes(request.parts.map(({ name }) => name));
  if (request.follow) {
    await Promise.all(
      request.parts.map((part) =>
        eachLine(docker, part, request, (line) => {
          request.show(prefix(part.name) + stripTimestamp(line));
        }),
      ),
    );
    return;
  }
  const logs = await Promise.all(
    request.parts.map(async (part) => {
      const lines: string[] = [];
      await eachLine(docker, part, request, (line) => lines.push(line));
      return { prefix: prefix(part.name), lines };
    }),
  );
  for (const line of mergeLogs(logs)) request.show(line);
}

async function eachLine(
  docker: Dockerode,
  { container }: StackPart,
  request: LogsRequest,
  take: (line: string) => void,
): Promise<void> {
  const stream = await openLog(docker, container, request);
  const stop = (): void => void stream.destroy();
  request.signal.addEventListener("abort", stop, { once: true });
  const lines = new PassThrough();
  const finish = (): void => void lines.end();
  stream.once("end", finish).once("close", finish).on("error", finish);
  (docker.modem as Demultiplexer).demuxStream(stream, lines, lines);
  for await (const line of createInterface({ input: lines, crlfDelay: Infinity })) take(line);
  request.signal.removeEventListener("abort", stop);
}

/** The log always as a stream, in Docker's frames and with its timestamps: they put parts into one order. */
async function openLog(docker: Dockerode, name: string, request: LogsRequest): Promise<Readable> {
  const container = docker.getContainer(name);
  const options = {
    stdout: true,
    stderr: true,
    timestamps: true,
    ...(request.tail !== "all" && { tail: request.tail }),
    ...(request.since !== undefined && { since: request.since }),
  };
  try {
    if (request.follow) return (await container.logs({ ...options, follow: true })) as unknown as Readable;
    const whole = await container.logs({ ...options, follow: false });
    return new PassThrough().end(whole);
  } catch (error) {
    throw containerError(error, name);
  }
}

interface Demultiplexer {
  demuxStream: (from: Readable, out: PassThrough, err: PassThrough) => void;
}
