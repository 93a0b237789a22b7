import { EXIT, PgtError } from "../../kernel/errors.ts";
import type { ResolvedTopology } from "../../topology/resolved.ts";
import type { ResolvedDocker } from "../../topology/resolved-docker.ts";

/** Refuses a stack on a target that a command does not know; what it does on DigitalOcean stands elsewhere. */
export function requireDocker(topology: ResolvedTopology, what: string): ResolvedDocker {
  const { stack, target } = topology;
  if (target === "docker") return topology;
  throw new PgtError(`${what} is for targets docker and digitalocean, and stack ${stack} has target ${target}`, {
    exitCode: EXIT.usage,
    fix: [
      `./pgt verify --stack ${stack} looks at what runs on Cloud SQL.`,
      "For target gcp there are check, up, verify, roles, down, pulumi, capabilities and limits.",
    ],
  });
}
