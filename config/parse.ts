import { EXIT, PgtError } from "../kernel/errors.ts";
import { type Issue, issueText } from "../topology/issue.ts";
import { resolveTopology } from "../topology/resolve.ts";
import type { ResolvedTopology } from "../topology/resolved.ts";
import { topologySpec } from "../topology/spec.ts";
import { validateTopology } from "../topology/validate.ts";
import { TOPOLOGY_KEY } from "./keys.ts";
import { shapeIssues } from "./shape-issues.ts";

/**
 * Turns the value of `pgtopology:topology` into a resolved topology.
 * @param source the file that the value comes from, named in the error
 * @throws {PgtError} exit code 2, with every mistake that was found
 */
export function parseTopology(value: unknown, stack: string, source: string): ResolvedTopology {
  if (value === undefined) {
    throw new PgtError(`${source} has no ${TOPOLOGY_KEY}`, {
      exitCode: EXIT.usage,
      fix: [`Add "${TOPOLOGY_KEY}: { target: docker }" below "config:"; see Pulumi.local.yaml.`],
    });
  }
  const parsed = topologySpec.safeParse(value);
  if (!parsed.success) throw asError(shapeIssues(parsed.error.issues, value), source);
  const topology = resolveTopology(parsed.data, stack);
  const issues = validateTopology(parsed.data, topology);
  if (issues.length > 0) throw asError(issues, source);
  return topology;
}

function asError(issues: readonly Issue[], source: string): PgtError {
  const count = issues.length === 1 ? "1 mistake" : `${issues.length} mistakes`;
  const list = issues.map((issue) => `  ${issueText(issue)}`).join("\n");
  return new PgtError(`${count} in ${source}, below ${TOPOLOGY_KEY}:\n${list}`, { exitCode: EXIT.usage });
}
