import { PgtError } from "../../kernel/errors.ts";
import { waitUntil } from "../../kernel/wait-until.ts";
import { listContainers, type ListedContainer } from "./containers.ts";
import type { World } from "./converge.ts";
import { lastLogLines } from "./container-exec.ts";

/** A replica's first base copy takes as long as the database is large; this is for the small ones of a first `up`. */
const TIMEOUT_MS = 300_000;

/**
 * Waits until every part of a database that runs does its work.
 * @throws {PgtError} naming the part that does not, with the last lines of its log
 */
export async function waitHealthy(world: World, say: (line: string) => void): Promise<void> {
  const { docker, prefix, signal, topology } = world;
  let waiting: ListedContainer[] = [];
  try {
    await waitUntil(
      async () => {
        waiting = (await listContainers(docker, topology.name)).filter(({ health }) => health !== "healthy");
        if (waiting.length > 0) say(`waiting for ${waiting.map(({ part }) => prefix + part).join(", ")}`);
        return waiting.length === 0;
      },
      { name: "every part to be healthy", timeoutMs: TIMEOUT_MS, intervalMs: 200, signal },
    );
  } catch (error) {
    const first = waiting[0];
    if (signal.aborted || first === undefined) throw error;
    const log = await lastLogLines(docker, first.id, 10);
    throw new PgtError(
      `${first.name} is not healthy after ${TIMEOUT_MS / 1000} s (${first.status}); its log ends with:\n${log}`,
      {
        fix: [`./pgt logs ${prefix}${first.part} shows all of it.`],
        cause: error,
      },
    );
  }
}
