import type Dockerode from "dockerode";
import { setTimeout as sleep } from "node:timers/promises";
import type { DockerCalls } from "./docker-calls.ts";
import type { ContainerInputs } from "./resources/container-shape.ts";

const INTERVAL_MS = 200;
/** How long a container that nothing checks must live to count as started. */
const SETTLE_MS = 300;
const LAST_LOG_LINES = 15;

/**
 * Waits for a container that was started: to be healthy if `wait` is set, else only not to end at once.
 * @throws {Error} with its last log lines, which may hold secrets: the service takes them out.
 */
export async function waitUntilStarted(id: string, inputs: ContainerInputs, docker: DockerCalls): Promise<void> {
  if (!inputs.wait && !inputs.mustRun) return;
  const started = performance.now();
  for (;;) {
    const { State: state } = await inspectContainer(id, docker);
    const elapsedMs = performance.now() - started;
    if (inputs.mustRun && hasEnded(state, inputs.restart)) {
      throw await failed(id, inputs, `it ended with exit code ${state.ExitCode}`, docker);
    }
    if (inputs.wait && !state.Health) {
      throw new Error(`container ${inputs.name}: wait is set, but neither it nor its image has a health check`);
    }
    if (inputs.wait ? state.Health?.Status === "healthy" : elapsedMs >= SETTLE_MS) return;
    if (elapsedMs >= inputs.waitTimeout * 1000) {
      const log: readonly { Output: string }[] | null | undefined = state.Health?.Log;
      const last = log?.at(-1)?.Output.trim() ?? "";
      const why = `it was not healthy after ${inputs.waitTimeout} s${last === "" ? "" : `; the health check says: ${last}`}`;
      throw await failed(id, inputs, why, docker);
    }
    await sleep(INTERVAL_MS, undefined, { signal: docker.signal });
  }
}

function hasEnded(state: Dockerode.ContainerInspectInfo["State"], restart: string): boolean {
  return !state.Running && !state.Restarting && restart === "no";
}

/** The container as Docker knows it. */
export function inspectContainer(id: string, docker: DockerCalls): Promise<Dockerode.ContainerInspectInfo> {
  return docker.run({ name: `inspect the container ${id.slice(0, 12)}` }, (engine) =>
    engine.getContainer(id).inspect(),
  );
}

async function failed(id: string, inputs: ContainerInputs, why: string, docker: DockerCalls): Promise<Error> {
  const lines = await lastLogLines(id, inputs.tty, docker);
  return new Error([`container ${inputs.name}: ${why}`, ...lines.map((line) => `  | ${line}`)].join("\n"));
}

async function lastLogLines(id: string, tty: boolean, docker: DockerCalls): Promise<readonly string[]> {
  try {
    const options = { stdout: true, stderr: true, tail: LAST_LOG_LINES, follow: false } as const;
    const raw = await docker.run({ name: "read the container's log" }, (engine) =>
      engine.getContainer(id).logs(options),
    );
    return (tty ? raw.toString("utf8") : withoutHeaders(raw)).trim().split("\n");
  } catch {
    // The reason for the failure matters more than the log that would explain it.
    return ["(its log could not be read)"];
  }
}

/** Docker puts eight bytes before each piece of output: the stream, and the length. */
function withoutHeaders(raw: Buffer): string {
  const pieces: Buffer[] = [];
  for (let at = 0; at + 8 <= raw.length; at += 8 + raw.readUInt32BE(at + 4)) {
    pieces.push(raw.subarray(at + 8, at + 8 + raw.readUInt32BE(at + 4)));
  }
  return Buffer.concat(pieces).toString("utf8");
}
