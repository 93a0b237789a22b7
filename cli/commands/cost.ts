import type { Command } from "commander";
import type { ExitCode } from "../../kernel/errors.ts";
import type { CommandContext } from "../context.ts";
import type { StackOptions } from "../stack/place.ts";
import { addStackOptions } from "../stack-options.ts";
import { withMistakes } from "../with-mistakes.ts";

interface CostOptions extends StackOptions {
  readonly json: boolean;
}

const HELP = `
It asks no cloud, no engine and no server: the configuration is read and multiplied with tables of list prices, each
with its day and its source. What the tables don't have is shown as not priced, never as nothing; what is billed by use
stands beside the sum. With budget.monthlyUsd in the topology, the sum is judged.
Exit codes: 0 within the budget, or none is set · 1 over it · 2 mistakes in the configuration · 3 a budget that can't be
judged: something has no price, or prices are older than 180 days
Examples:
  pgt cost --stack prod
  pgt cost --stack prod --json | jq .monthlyUsd
  pgt cost --stack prod --json | jq -r '.lines[] | select(.monthlyUsd == null) | "\\(.part) \\(.item): \\(.notPriced)"'`;

/** `pgt cost`: what a stack costs in a month, and whether the budget allows it. */
export function defineCost(program: Command, context: CommandContext, done: (code: ExitCode) => void): void {
  addStackOptions(program.command("cost"))
    .description("say what a stack costs in a month by list prices, and whether its budget allows it")
    .option("--json", "as JSON", false)
    .addHelpText("after", HELP)
    .action(async (options: CostOptions) => {
      const { costOfStack, exitCodeOf } = await import("../cost/cost-stack.ts");
      const cost = await withMistakes(context, options, () => costOfStack(context, options, new Date()));
      if (options.json) context.out(JSON.stringify(cost, null, 2));
      else {
        const { costText } = await import("../cost/cost-text.ts");
        context.out(costText(cost));
      }
      done(exitCodeOf(cost));
    });
}
