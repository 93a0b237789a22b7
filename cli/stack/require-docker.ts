import { EXIT, PgtError } from "../../kernel/errors.ts";
import type { ResolvedTopology } from "../../topology/resolved.ts";
import type { ResolvedDocker } from "../../topology/resolved-docker.ts";

/** Refuses a stack on another target for a command that works on containers. */
export function requireDocker(topology: ResolvedTopology, what: string): ResolvedDocker {
  if (topology.target === "docker") return topology;
  throw new PgtError(`${what} works on containers, and stack ${topology.stack} has target ${topology.target}`, {
    exitCode: EXIT.usage,
    fix: ["For target gcp there are check, up, verify, roles, down, pulumi, capabilities and limits."],
  });
}
