import { capabilityIssues } from "./capabilities.ts";
import { budgetIssues } from "./connection-budget.ts";
import type { Issue } from "./issue.ts";
import { poolingAccessIssues } from "./pooling-access.ts";
import type { ResolvedTopology } from "./resolved.ts";
import type { TopologySpec } from "./spec.ts";
import { validateDigitalOcean } from "./validate/digitalocean.ts";
import { validateDocker } from "./validate/docker.ts";
import { validateGcp } from "./validate/gcp.ts";

/** Every mistake at once: what the target lacks, then the fields in their order, then what they add up to. */
export function validateTopology(spec: TopologySpec, topology: ResolvedTopology): Issue[] {
  return [...capabilityIssues(spec), ...targetIssues(spec, topology), ...budgetIssues(topology)];
}

function targetIssues(spec: TopologySpec, topology: ResolvedTopology): Issue[] {
  switch (topology.target) {
    case "docker":
      return validateDocker(spec, topology);
    case "gcp":
      return [...validateGcp(spec, topology), ...poolingAccessIssues(topology)];
    case "digitalocean":
      return validateDigitalOcean(spec, topology);
  }
}
