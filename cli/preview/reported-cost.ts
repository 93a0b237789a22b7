import { compareCosts, costOf, judgeBudget } from "../../preview/cost/cost.ts";
import type { ReportedCost } from "../../preview/report.ts";
import type { ResolvedTopology } from "../../topology/resolved.ts";

/** What a wish costs, beside what there was before. */
export function reportedCost(before: ResolvedTopology | undefined, after: ResolvedTopology, now: Date): ReportedCost {
  const cost = costOf(after);
  const { monthlyUsd: budgetUsd } = after.budget;
  return {
    ...compareCosts(before && costOf(before), cost),
    isWhole: cost.isWhole,
    notes: cost.notes,
    budget: budgetUsd === undefined ? null : judgeBudget(cost, budgetUsd, now),
  };
}
