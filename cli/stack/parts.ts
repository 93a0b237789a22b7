import { EXIT, PgtError } from "../../kernel/errors.ts";
import { containersOf } from "../../rendering/containers.ts";
import type { ResolvedDocker } from "../../topology/resolved-docker.ts";

/** Every part that the topology runs as a container: servers, the primary first, then the pooler and the scheduler. */
export function partsOf(topology: ResolvedDocker): string[] {
  return containersOf(topology).map(({ part }) => part);
}

/** @throws {PgtError} exit code 2, listing the parts, when the topology has none of that name */
export function requirePart(topology: ResolvedDocker, name: string): string {
  const parts = partsOf(topology);
  if (parts.includes(name)) return name;
  throw new PgtError(`stack ${topology.stack} has no part ${JSON.stringify(name)}`, {
    exitCode: EXIT.usage,
    fix: [`Its parts are ${parts.join(", ")}.`],
  });
}
