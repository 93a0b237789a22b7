import type Dockerode from "dockerode";
import { PgtError } from "../../kernel/errors.ts";
import { waitUntil } from "../../kernel/wait-until.ts";
import { listContainers, type ListedContainer } from "./containers.ts";
import { lastLogLines } from "./container-exec.ts";

/** A replica's first base copy takes as long as the database is large; this is for the small ones of a first `up`. */
const TIMEOUT_MS = 300_000;

/**
 * Waits until every part of the stack that runs does its work.
 * @throws {PgtError} naming the part that does not, with the last lines of its log
 */
export async function waitHealthy(
  docker: Dockerode,
  topologyName: string,
  options: { signal: AbortSignal; say: (line: string) => void },
): Promise<void> {
  let waiting: ListedContainer[] = [];
  try {
    await waitUntil(
      async () => {
        waiting = (await listContainers(docker, topologyName)).filter(({ health }) => health !== "healthy");
        if (waiting.length > 0) options.say(`waiting for ${waiting.map(({ part }) => part).join(", ")}`);
        return waiting.length === 0;
      },
      { name: "every part to be healthy", timeoutMs: TIMEOUT_MS, intervalMs: 200, signal: options.signal },
    );
  } catch (error) {
    const first = waiting[0];
    if (options.signal.aborted || first === undefined) throw error;
    const log = await lastLogLines(docker, first.id, 10);
    throw new PgtError(
      `${first.name} is not healthy after ${TIMEOUT_MS / 1000} s (${first.status}); its log ends with:\n${log}`,
      {
        fix: [`./pgt logs ${first.part} shows all of it.`],
        cause: error,
      },
    );
  }
}
