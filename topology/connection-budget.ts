import { renderTable } from "../kernel/table.ts";
import type { BudgetRow } from "./budget/budget-row.ts";
import { dockerRows } from "./budget/docker-rows.ts";
import { gcpRows } from "./budget/gcp-rows.ts";
import { type FittingSizes, largestThatFit as largestByRows, MOST_CONNECTIONS } from "./budget/largest-that-fit.ts";
import type { Issue } from "./issue.ts";
import { DEFAULT_MAX_CONNECTIONS } from "./limits/cloud-sql-connections.ts";
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
      where: ways[0]?.[0]?.field ?? (topology.target === "docker" ? "parameters.max_connections" : "size"),
      got: missing.map(({ place, needed, left }) => `${place}: ${needed} needed, ${left} left`).join("; "),
      want: "no more connections than are left after the reserved and the administrative ones",
      because: budgetTable(budget),
      fix: [...lower, ...waysUp(topology, missing)].join(", or ") || "open fewer connections",
    },
  ];
}

function rowsOf(topology: ResolvedTopology): BudgetRow[] {
  return topology.target === "docker" ? dockerRows(topology) : gcpRows(topology);
}

/** Giving more instead of needing less: one way that ends all that is missing. */
function waysUp(topology: ResolvedTopology, missing: readonly BudgetRow[]): string[] {
  if (missing.some(({ kind }) => kind === "socket")) return [];
  const most = (kind: BudgetRow["kind"]): number =>
    Math.max(...missing.filter((row) => row.kind === kind).map(({ gives, free }) => gives - free));
  const ups: string[] = [];
  if (missing.some(({ kind }) => kind === "server")) {
    // No server gives more, and no machine's own setting comes near it.
    if (most("server") > MOST_CONNECTIONS) return [];
    const isOfSomeSize = DEFAULT_MAX_CONNECTIONS.some(({ maxConnections }) => maxConnections >= most("server"));
    ups.push(
      topology.target === "gcp" && isOfSomeSize
        ? `take a size whose max_connections is ${most("server")} or more`
        : `raise parameters.max_connections to ${most("server")}`,
    );
  }
  if (missing.some(({ kind }) => kind === "pooler")) ups.push(`raise pooling.maxClients to ${most("pooler")}`);
  return ups.length === 0 ? [] : [ups.join(" and ")];
}
