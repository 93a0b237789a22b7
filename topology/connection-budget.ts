import { renderTable } from "../kernel/table.ts";
import type { BudgetRow } from "./budget/budget-row.ts";
import { DATA_HOST_PLACE, digitalOceanRows } from "./budget/digitalocean-rows.ts";
import { dockerRows } from "./budget/docker-rows.ts";
import { gcpRows } from "./budget/gcp-rows.ts";
import { type FittingSizes, largestThatFit as largestByRows, MOST_CONNECTIONS } from "./budget/largest-that-fit.ts";
import type { Issue } from "./issue.ts";
import { DEFAULT_MAX_CONNECTIONS } from "./limits/cloud-sql-connections.ts";
import { MANAGED_SIZES, managedMaxConnections } from "./limits/digitalocean.ts";
import type { ResolvedTopology } from "./resolved.ts";

/** What every server and pooler gives against what may be opened there at once. */
export interface ConnectionBudget {
  readonly rows: readonly BudgetRow[];
  readonly fits: boolean;
}

/** The budget of a topology: pure arithmetic, nothing is asked of a server. */
export function connectionBudget(topology: ResolvedTopology): ConnectionBudget {
  const rows = rowsOf(topology);
  return { rows, fits: rows.every(({ free }) => free >= 0) };
}

/** The largest pools, and the largest number of instances, that would fit: each way as exact values of fields. */
export function largestThatFit(topology: ResolvedTopology): FittingSizes[] {
  return largestByRows(topology, rowsOf);
}

/** The budget as a person reads it: one line for each place, the arithmetic last. */
export function budgetTable({ rows }: ConnectionBudget): string {
  return renderTable(
    ["place", "gives", "reserved", "administrative", "left", "needed", "free", "needed for"],
    rows.map(({ place, gives, reserved, administrative, left, demand, needed, free }) => [
      place,
      ...[gives, reserved, administrative, left, needed, free].map(String),
      demand.length === 0 ? "nothing" : demand.map(({ what, arithmetic }) => `${what}: ${arithmetic}`).join("; "),
    ]),
  );
}

/** At most one issue, with the whole table: what is too much in one place may be free in another. */
export function budgetIssues(topology: ResolvedTopology): Issue[] {
  const budget = connectionBudget(topology);
  if (budget.fits) return [];
  const missing = budget.rows.filter(({ free }) => free < 0);
  const ways = largestThatFit(topology).map(({ sizes }) => sizes.filter(({ now, largest }) => largest < now));
  const lower = ways.map((sizes) => `set ${sizes.map(({ field, largest }) => `${field} to ${largest}`).join(" and ")}`);
  return [
    {
      where: ways[0]?.[0]?.field ?? supplyField(topology, missing),
      got: missing.map(({ place, needed, left }) => `${place}: ${needed} needed, ${left} left`).join("; "),
      want: "no more connections than are left after the reserved and the administrative ones",
      because: budgetTable(budget),
      fix: [...lower, ...waysUp(topology, missing)].join(", or ") || "open fewer connections",
    },
  ];
}

function rowsOf(topology: ResolvedTopology): BudgetRow[] {
  switch (topology.target) {
    case "docker":
      return dockerRows(topology);
    case "gcp":
      return gcpRows(topology);
    case "digitalocean":
      return digitalOceanRows(topology);
  }
}

/** Giving more instead of needing less: one way that ends all that is missing. */
function waysUp(topology: ResolvedTopology, missing: readonly BudgetRow[]): string[] {
  if (missing.some(({ kind }) => kind === "socket")) return [];
  const servers = missing.filter(({ kind }) => kind === "server");
  const ofServers = serversGiveMore(topology, servers);
  // One server that can't give more is one too many.
  if (servers.length > 0 && ofServers.length === 0) return [];
  const poolers = missing.filter(({ kind }) => kind === "pooler");
  // The platform's pooler takes no more.
  if (poolers.some(({ gives }) => gives !== maxClientsOf(topology))) return [];
  const ups = [...ofServers, ...(poolers.length === 0 ? [] : [`raise pooling.maxClients to ${mostOf(poolers)}`])];
  return ups.length === 0 ? [] : [ups.join(" and ")];
}

/** None where a server is among them that can't; no machine's own setting comes near what no server takes. */
function serversGiveMore(topology: ResolvedTopology, servers: readonly BudgetRow[]): string[] {
  if (mostOf(servers) > MOST_CONNECTIONS) return [];
  const ofDataHost = servers.filter(({ place }) => place === DATA_HOST_PLACE);
  const others = servers.filter((row) => !ofDataHost.includes(row));
  const ways = [
    ...(others.length === 0 ? [] : [moreOf(topology.target, mostOf(others))]),
    ...(ofDataHost.length === 0 ? [] : [`raise data.parameters.max_connections to ${mostOf(ofDataHost)}`]),
  ];
  return ways.includes(undefined) ? [] : ways.filter((way) => way !== undefined);
}

function moreOf(target: ResolvedTopology["target"], connections: number): string | undefined {
  const size = `take a size whose max_connections is ${connections} or more`;
  const flag = `raise parameters.max_connections to ${connections}`;
  switch (target) {
    case "docker":
      return flag;
    case "gcp":
      return DEFAULT_MAX_CONNECTIONS.some(({ maxConnections }) => maxConnections >= connections) ? size : flag;
    case "digitalocean":
      return MANAGED_SIZES.some(({ memoryMiB }) => managedMaxConnections(memoryMiB) >= connections) ? size : undefined;
  }
}

/** What `pooling.maxClients` has become: of the first database, else of the data host. */
function maxClientsOf(topology: ResolvedTopology): number | undefined {
  if (topology.target === "digitalocean") return topology.dataHost?.server.pooling?.maxClients;
  return topology.pooling?.maxClients;
}

function mostOf(rows: readonly BudgetRow[]): number {
  return Math.max(0, ...rows.map(({ gives, free }) => gives - free));
}

/** The field that decides what the places give that are too small. */
function supplyField({ target }: ResolvedTopology, missing: readonly BudgetRow[]): string {
  if (target === "docker") return "parameters.max_connections";
  return missing.every(({ place }) => place === DATA_HOST_PLACE) ? "data.parameters.max_connections" : "size";
}
