import type Dockerode from "dockerode";
import { messageOf, PgtError } from "../../kernel/errors.ts";
import { dockerClient } from "./docker-client.ts";
import type { DockerEngine } from "./docker-engine.ts";
import type { Machine } from "./part.ts";
import { slowSay } from "./slow-say.ts";

/** Long work of the engine that tells how it goes: a pull, an import, a build. */
export interface EngineWork {
  readonly engine: DockerEngine;
  readonly machine: Machine;
  /** Begins an error, as in "the build of the PostgreSQL image". */
  readonly name: string;
  /** The engine may be silent for so long. */
  readonly silenceMs: number;
  /** All of it may take so long. */
  readonly timeoutMs: number;
}

/** One line of what the engine answers; docs.docker.com/reference/api/engine calls them `CreateImageInfo` and `BuildInfo`. */
interface Told {
  readonly stream?: string;
  readonly status?: string;
  readonly id?: string;
  readonly error?: string;
  readonly aux?: { readonly ID?: string };
}

const LINES_IN_AN_ERROR = 15;

/**
 * Begins the work, shows each line, and waits for its end.
 * @returns the last thing that was told: the id of the image for a build, the last status otherwise.
 * @throws {PgtError} with the last lines, when the engine reports an error or one of the time-outs is over.
 */
export async function doEngineWork(
  work: EngineWork,
  start: (docker: Dockerode, abortSignal: AbortSignal) => Promise<NodeJS.ReadableStream>,
): Promise<string> {
  const { engine, machine } = work;
  const tooLong = AbortSignal.timeout(work.timeoutMs);
  const abortSignal = AbortSignal.any([machine.signal, tooLong]);
  const say = slowSay(machine.say);
  const lines: string[] = [];
  let last = "";
  const begun = performance.now();
  let heardAt = begun;
  try {
    const output = await start(dockerClient(engine.host, engine.environment, work.silenceMs), abortSignal);
    for await (const told of readTold(output)) {
      heardAt = performance.now();
      if (told.error !== undefined) throw new Error(told.error);
      const line = [told.id, told.stream ?? told.status].filter(Boolean).join(": ").trim();
      if (line !== "") {
        say(line);
        lines.push(line);
        lines.splice(0, lines.length - LINES_IN_AN_ERROR);
      }
      last = told.aux?.ID ?? told.status ?? last;
    }
    return last;
  } catch (error) {
    machine.signal.throwIfAborted();
    const silent = performance.now() - heardAt >= work.silenceMs * 0.9;
    const why = tooLong.aborted
      ? `given up after ${work.timeoutMs / 1000} s`
      : silent
        ? `the engine said nothing for ${work.silenceMs / 1000} s`
        : messageOf(error).trim();
    throw new PgtError([`${work.name} failed: ${why}`, ...lines.map((line) => `  ${line}`)].join("\n"), {
      fix: [`ask the engine itself: docker -H ${engine.host} info`],
      cause: error,
    });
  }
}

/** The engine tells one JSON document a line, and cuts its chunks wherever it likes. */
async function* readTold(output: NodeJS.ReadableStream): AsyncGenerator<Told> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of output) {
    const lines = (rest + decoder.decode(chunk as Buffer, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line.trim() !== "") yield JSON.parse(line) as Told;
  }
  if (rest.trim() !== "") yield JSON.parse(rest) as Told;
}
