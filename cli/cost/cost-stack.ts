import { EXIT, type ExitCode } from "../../kernel/errors.ts";
import { type BudgetVerdict, type Cost, costOf, judgeBudget, stalePrices } from "../../preview/cost/cost.ts";
import type { CommandContext } from "../context.ts";
import type { StackOptions } from "../stack/place.ts";
import { readWish } from "../stack/read-wish.ts";

/** What a stack costs: the shape of `pgt cost --json`, which stays as it is. */
export interface CostOfStack extends Cost {
  readonly stack: string;
  /** The file that was read. */
  readonly source: string;
  /** `null`: the topology has none. */
  readonly budget: BudgetVerdict | null;
  readonly warnings: readonly string[];
}

/** Reads a stack's configuration and prices it, without asking anybody. @throws {PgtError} exit code 2, with every mistake */
export async function costOfStack(context: CommandContext, options: StackOptions, now: Date): Promise<CostOfStack> {
  const { place, topology } = await readWish(context, options);
  const cost = costOf(topology);
  const { monthlyUsd } = topology.budget;
  const stale = stalePrices(cost, now);
  return {
    stack: place.stack,
    source: place.sourceFile,
    ...cost,
    budget: monthlyUsd === undefined ? null : judgeBudget(cost, monthlyUsd, now),
    warnings: stale === undefined ? [] : [stale],
  };
}

/** What the budget's verdict ends with; without a budget, nothing is wrong. */
export function exitCodeOf({ budget }: Pick<CostOfStack, "budget">): ExitCode {
  switch (budget?.status) {
    case undefined:
    case "within":
      return EXIT.ok;
    case "over":
      return EXIT.failed;
    case "unknown":
      return EXIT.couldNotCheck;
  }
}
