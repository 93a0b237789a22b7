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
  const followers = replicas.length === 0 ? "no replica" : `replicas ${replicas.map(({ key }) => key).join(", ")}`;
  return `PostgreSQL ${version} on ${placeText(topology)}, ${followers}, database ${database}${dataText(topology)}, environment ${environment}`;
}

function dataText(topology: ResolvedTopology): string {
  return topology.target === "docker" && topology.data ? `, data database ${topology.data.database}` : "";
}

function placeText(topology: ResolvedTopology): string {
  switch (topology.target) {
    case "docker":
      return "Docker";
    case "gcp":
      return `Cloud SQL ${topology.edition} in ${topology.region}, ${topology.highAvailability ? "two zones" : "one zone"}`;
    case "digitalocean":
      return `DigitalOcean in ${topology.region}, ${topology.nodeCount === 1 ? "one node" : `${topology.nodeCount} nodes`}`;
  }
}
