import type { IsoDate } from "../../topology/limits/limit.ts";
import type { ResolvedTopology } from "../../topology/resolved.ts";
import { cents, type CostLine, type UseLine } from "./cost-line.ts";
import { digitalOceanCost } from "./digitalocean-cost.ts";
import { gcpCost } from "./gcp-cost.ts";

export type { CostLine, UseLine } from "./cost-line.ts";
export { type BudgetVerdict, judgeBudget, stalePrices } from "./budget.ts";
export { compareCosts, type CostComparison } from "./compare-costs.ts";

/** What a topology costs by the vendor's list: without taxes, discounts and what is billed by use. */
export interface Cost {
  readonly currency: "USD";
  readonly lines: readonly CostLine[];
  readonly byUse: readonly UseLine[];
  /** Of the lines that have a price. */
  readonly monthlyUsd: number;
  /** False when a line has no price: then the sum is a least, and no sum. */
  readonly isWhole: boolean;
  /** Of the prices in the sum; `undefined` when there is none. */
  readonly oldestPrice: IsoDate | undefined;
  /** What a reader has to know beside the lines. */
  readonly notes: readonly string[];
}

/** What a target's own function finds. */
export type CostParts = Pick<Cost, "lines" | "byUse" | "notes">;

/** What a topology costs in a month. Pure and total: what has no price is named, and never nothing. */
export function costOf(topology: ResolvedTopology): Cost {
  const { byUse, lines, notes } = partsOf(topology);
  const dates = lines.flatMap(({ asOf }) => (asOf === undefined ? [] : [asOf])).sort();
  return {
    currency: "USD",
    lines,
    byUse,
    monthlyUsd: cents(lines.reduce((sum, { monthlyUsd }) => sum + (monthlyUsd ?? 0), 0)),
    isWhole: lines.every(({ monthlyUsd }) => monthlyUsd !== undefined),
    oldestPrice: dates[0],
    notes,
  };
}

function partsOf(topology: ResolvedTopology): CostParts {
  switch (topology.target) {
    case "docker":
      return { lines: [], byUse: [], notes: ["It runs on your own machine: nobody sends a bill for it."] };
    case "gcp":
      return gcpCost(topology);
    case "digitalocean":
      return digitalOceanCost(topology);
  }
}
