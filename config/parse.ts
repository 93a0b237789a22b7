import { closestName } from "../kernel/closest-name.ts";
import { EXIT, PgtError } from "../kernel/errors.ts";
import { capabilityIssues } from "../topology/capabilities.ts";
import type { Issue } from "../topology/issue.ts";
import { resolveTopology } from "../topology/resolve.ts";
import type { ResolvedTopology } from "../topology/resolved.ts";
import { topologySpec } from "../topology/spec.ts";
import { validateTopology } from "../topology/validate.ts";
import { TOPOLOGY_KEY } from "./keys.ts";
import { type Mistakes, mistakesIn } from "./mistakes.ts";
import { lostKeys, shapeIssues } from "./shape-issues.ts";
import { withoutPaths } from "./without-paths.ts";

/** A value that can be used, or what is wrong with it. */
export type Judged<T> = { readonly value: T } | { readonly mistakes: Mistakes };

/**
 * Turns the value of `pgtopology:topology` into a resolved topology.
 * @param source the file that the value comes from, named in the error
 * @throws {PgtError} exit code 2, with every mistake that was found
 */
export function parseTopology(value: unknown, stack: string, source: string): ResolvedTopology {
  if (value === undefined) throw missingTopology([], source);
  const judged = judgeTopology(value, stack);
  if ("mistakes" in judged) throw mistakesIn([judged.mistakes], source);
  return judged.value;
}

/** A configuration without a topology. @param keys of what it has */
export function missingTopology(keys: readonly string[], source: string): PgtError {
  const meant = closestName(TOPOLOGY_KEY, keys) ?? keys.find((key) => key === "topology");
  return new PgtError(`${source} has no ${TOPOLOGY_KEY}`, {
    exitCode: EXIT.usage,
    fix:
      meant === undefined
        ? [
            `Add "${TOPOLOGY_KEY}: { target: docker }" below "config:"; see Pulumi.local.yaml, for Cloud SQL Pulumi.staging.yaml.`,
          ]
        : [`Rename ${meant} to ${TOPOLOGY_KEY}.`],
  });
}

/** The value of `pgtopology:topology` as a resolved topology, or every mistake in it. */
export function judgeTopology(value: unknown, stack: string): Judged<ResolvedTopology> {
  const parsed = topologySpec.safeParse(value);
  const lost = lostKeys(value, topologySpec);
  if (!parsed.success || lost.length > 0) {
    const shape = parsed.error?.issues ?? [];
    const issues = [...lost, ...shapeIssues(shape, value, topologySpec), ...lacking(value, shape)];
    return { mistakes: { key: TOPOLOGY_KEY, issues, areTheFirst: true } };
  }
  const topology = resolveTopology(parsed.data, stack);
  const issues = validateTopology(parsed.data, topology);
  return issues.length > 0 ? { mistakes: { key: TOPOLOGY_KEY, issues } } : { value: topology };
}

/** What the target lacks of that which can be read: it hangs on no other value. */
function lacking(
  value: unknown,
  shape: readonly { readonly path: readonly PropertyKey[]; readonly keys?: readonly string[] }[],
): Issue[] {
  const wrong = shape.flatMap(({ keys, path }) => (keys === undefined ? [path] : keys.map((key) => [...path, key])));
  const readable = topologySpec.safeParse(withoutPaths(value, wrong));
  return readable.success ? capabilityIssues(readable.data) : [];
}
