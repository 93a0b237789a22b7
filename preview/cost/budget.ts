import type { IsoDate } from "../../topology/limits/limit.ts";
import type { Cost } from "./cost.ts";

/** Prices that are older are not believed: a list that nobody has looked at for so long says nothing of a budget. */
const PRICES_HOLD_DAYS = 180;

const MS_PER_DAY = 86_400_000;

/** What became of a budget. */
export type BudgetVerdict =
  | { readonly status: "within"; readonly monthlyUsd: number; readonly budgetUsd: number }
  | { readonly status: "over"; readonly message: string; readonly monthlyUsd: number; readonly budgetUsd: number }
  | { readonly status: "unknown"; readonly missing: string; readonly monthlyUsd: number; readonly budgetUsd: number };

/** Judges a cost by what may be spent in a month. What is exactly the budget is within it. */
export function judgeBudget(cost: Cost, budgetUsd: number, now: Date): BudgetVerdict {
  const { isWhole, monthlyUsd } = cost;
  const sums = { monthlyUsd, budgetUsd };
  const stale = stalePrices(cost, now);
  if (stale !== undefined) return { status: "unknown", missing: stale, ...sums };
  if (monthlyUsd > budgetUsd) {
    const least = isWhole ? "" : " at least";
    const message = `it costs${least} ${monthlyUsd.toFixed(2)} USD a month, and the budget is ${budgetUsd.toFixed(2)}`;
    return { status: "over", message, ...sums };
  }
  if (isWhole) return { status: "within", ...sums };
  const missing = cost.lines.filter((line) => line.monthlyUsd === undefined).map(({ item, part }) => `${part} ${item}`);
  return { status: "unknown", missing: `not priced: ${missing.join(", ")}`, ...sums };
}

/** Says that prices are too old, and how old; `undefined` when they are not. */
export function stalePrices({ oldestPrice }: Pick<Cost, "oldestPrice">, now: Date): string | undefined {
  if (oldestPrice === undefined) return undefined;
  const days = daysSince(oldestPrice, now);
  if (days <= PRICES_HOLD_DAYS) return undefined;
  return `the oldest price is of ${oldestPrice}, ${days} days ago; prices are believed for ${PRICES_HOLD_DAYS} days`;
}

/** Whole days, by UTC. */
function daysSince(date: IsoDate, now: Date): number {
  return Math.floor((now.getTime() - Date.parse(`${date}T00:00:00Z`)) / MS_PER_DAY);
}
