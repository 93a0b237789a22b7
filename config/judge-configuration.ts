import type { Permission } from "../topology/permission.ts";
import type { ResolvedTopology } from "../topology/resolved.ts";
import { GCP_PROJECT_KEY, PERMISSIONS_KEY, TOPOLOGY_KEY } from "./keys.ts";
import { mistakesIn } from "./mistakes.ts";
import { judgeTopology, missingTopology } from "./parse.ts";
import { judgePermissions } from "./permissions.ts";
import { projectIssues, stackKeyIssues } from "./stack-keys.ts";

/** What a person wrote of a stack, read and judged. */
export interface JudgedConfiguration {
  readonly topology: ResolvedTopology;
  readonly permissions: readonly Permission[];
}

/**
 * Judges everything below `config:` at once.
 * @param source the file that it comes from, named in the error
 * @throws {PgtError} exit code 2, with every mistake that was found
 */
export function judgeConfiguration(
  configuration: Readonly<Record<string, unknown>>,
  stack: string,
  source: string,
): JudgedConfiguration {
  const value = configuration[TOPOLOGY_KEY];
  if (value === undefined)
    throw missingTopology(
      Object.keys(configuration).filter((key) => key !== TOPOLOGY_KEY),
      source,
    );
  const topology = judgeTopology(value, stack);
  const permissions = judgePermissions(configuration[PERMISSIONS_KEY]);
  const project = targetOf(value) === "gcp" ? projectIssues(configuration[GCP_PROJECT_KEY]) : [];
  const beside = { key: "config", issues: [...stackKeyIssues(configuration), ...project] };
  if ("value" in topology && "value" in permissions && beside.issues.length === 0) {
    return { topology: topology.value, permissions: permissions.value };
  }
  const judged = [topology, permissions].flatMap((part) => ("mistakes" in part ? [part.mistakes] : []));
  throw mistakesIn([beside, ...judged], source);
}

/** What a topology says that it is for, whatever else is wrong with it. */
export function targetOf(value: unknown): unknown {
  return typeof value === "object" && value !== null && "target" in value ? value.target : undefined;
}
