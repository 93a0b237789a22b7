import type { CostLine } from "./cost/cost.ts";
import type { ReportedCost } from "./report.ts";

/** What a month costs, now and after, in one line; empty where nothing is known to cost anything. */
export function costSentence({ afterUsd, beforeUsd, budget, differenceUsd, isWhole, lines }: ReportedCost): string {
  if (lines.length === 0) return "";
  const wasWhole = lines.every(({ before }) => before === undefined || before.monthlyUsd !== undefined);
  const now = beforeUsd === undefined ? "" : `${least(wasWhole)}${dollars(beforeUsd)} → `;
  const difference = differenceUsd === undefined ? "" : ` (${signed(differenceUsd)})`;
  const limit = budget === null ? "" : `; budget ${dollars(budget.budgetUsd)}: ${budget.status}`;
  return `USD a month by the vendor's list: ${now}${least(isWhole)}${dollars(afterUsd)}${difference}${limit}`;
}

/** The lines that differ: part, what, now, after. */
export function costRows({ lines }: ReportedCost): string[][] {
  return lines
    .filter(({ after, before }) => lineText(before) !== lineText(after))
    .map(({ after, before, item, part }) => [part, item, lineText(before), lineText(after)]);
}

/** What of the wish has no price, in one line; empty where everything has one. */
export function notPricedText({ lines }: ReportedCost): string {
  const named = lines.filter(({ after }) => after !== undefined && after.monthlyUsd === undefined);
  return named.length === 0 ? "" : `Not priced: ${named.map(({ item, part }) => `${part} ${item}`).join(", ")}`;
}

function lineText(line: CostLine | undefined): string {
  if (line === undefined) return "not there";
  const price = line.monthlyUsd === undefined ? "not priced" : dollars(line.monthlyUsd);
  return `${price} (${line.detail}, ${line.quantity} ${line.unit})`;
}

function least(isWhole: boolean): string {
  return isWhole ? "" : "at least ";
}

function dollars(usd: number): string {
  return usd.toFixed(2);
}

function signed(usd: number): string {
  return `${usd < 0 ? "−" : "+"}${dollars(Math.abs(usd))}`;
}
