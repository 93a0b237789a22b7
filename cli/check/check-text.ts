import { renderTable } from "../../kernel/table.ts";
import { budgetTable } from "../../topology/connection-budget.ts";
import type { ResolvedTopology } from "../../topology/resolved.ts";
import type { CheckedStack } from "./check-stack.ts";

/** What a check found, for people. */
export function checkText({ connections, pending, resources, source, stack, topology }: CheckedStack): string {
  return [
    `${source}: stack ${stack} can be made.`,
    "",
    describe(topology),
    "",
    "Connections:",
    budgetTable(connections),
    "",
    `The program would make ${resources.length} resources:`,
    renderTable(
      ["type", "name"],
      resources.map(({ name, type }) => [type, name]),
    ),
    ...pending.map((step) => `\nIn a second phase: ${step}`),
    "",
    `Next: ./pgt up --stack ${stack}`,
  ].join("\n");
}

function describe(topology: ResolvedTopology): string {
  const { database, environment, replicas, version } = topology;
  const place =
    topology.target === "docker"
      ? "Docker"
      : `Cloud SQL ${topology.edition} in ${topology.region}, ${topology.highAvailability ? "two zones" : "one zone"}`;
  const followers = replicas.length === 0 ? "no replica" : `replicas ${replicas.map(({ key }) => key).join(", ")}`;
  return `PostgreSQL ${version} on ${place}, ${followers}, database ${database}, environment ${environment}`;
}
