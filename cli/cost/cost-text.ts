import { renderTable } from "../../kernel/table.ts";
import type { BudgetVerdict, CostLine, UseLine } from "../../preview/cost/cost.ts";
import { counted } from "../readable.ts";
import type { CostOfStack } from "./cost-stack.ts";

const NOT_PRICED = "not priced";
const USE_DIGITS = 4;

/** What a stack costs, for people. */
export function costText({ budget, byUse, isWhole, lines, monthlyUsd, notes, source, stack, warnings }: CostOfStack) {
  return [
    `${source}: what stack ${stack} costs in a month, by the vendor's list.`,
    ...(lines.length === 0 ? [] : ["", linesTable(lines)]),
    "",
    sumText({ isWhole, lines, monthlyUsd }),
    ...(byUse.length === 0 ? [] : ["", "Beside it, by what is used:", usesTable(byUse)]),
    ...reasons([...lines, ...byUse]),
    ...sources(lines, byUse),
    "",
    ...notes,
    ...warnings.map((warning) => `Warning: ${warning}.`),
    ...(budget === null ? [] : [budgetText(budget)]),
  ].join("\n");
}

/** A sum of nothing that has a price is no sum, and never nothing. */
function sumText({ isWhole, lines, monthlyUsd }: Pick<CostOfStack, "isWhole" | "lines" | "monthlyUsd">): string {
  if (isWhole) return `Sum: ${monthlyUsd.toFixed(2)} USD a month`;
  if (lines.every((line) => line.monthlyUsd === undefined)) return "Sum: not known; nothing of it has a price";
  return `At least: ${monthlyUsd.toFixed(2)} USD a month; not everything has a price`;
}

function linesTable(lines: readonly CostLine[]): string {
  return renderTable(
    ["part", "what", "which", "quantity", "USD a month", "price of"],
    lines.map(({ asOf, detail, item, monthlyUsd, part, quantity, unit }) => [
      part,
      item,
      detail,
      unit === "GiB" ? `${quantity} GiB` : counted(quantity, unit),
      monthlyUsd?.toFixed(2) ?? NOT_PRICED,
      asOf ?? "",
    ]),
  );
}

function usesTable(uses: readonly UseLine[]): string {
  return renderTable(
    ["part", "what", "which", "USD each", "price of"],
    uses.map(({ asOf, detail, item, part, unit, unitUsd }) => [
      part,
      item,
      detail,
      unitUsd === undefined ? NOT_PRICED : `${shortly(unitUsd)} for a ${unit}`,
      asOf ?? "",
    ]),
  );
}

function shortly(usd: number): string {
  return String(Number(usd.toFixed(USE_DIGITS)));
}

/** Why something has no price, once for each reason. */
function reasons(all: readonly (CostLine | UseLine)[]): string[] {
  const byReason = new Map<string, string[]>();
  for (const { item, notPriced, part } of all) {
    if (notPriced !== undefined) byReason.set(notPriced, [...(byReason.get(notPriced) ?? []), `${part} ${item}`]);
  }
  if (byReason.size === 0) return [];
  return ["", "Not priced:", ...[...byReason].map(([reason, what]) => `  ${[...new Set(what)].join(", ")}: ${reason}`)];
}

/** The lists that the prices are from; one that does not stand there says why. */
function sources(lines: readonly CostLine[], uses: readonly UseLine[]): string[] {
  const used = [...lines, ...uses].flatMap(({ provenance }) => (provenance === undefined ? [] : [provenance]));
  const texts = used.map((one) => (one.confirmed ? one.source : `${one.source} (not confirmed: ${one.why})`));
  if (texts.length === 0) return [];
  return ["", "Prices from:", ...[...new Set<string>(texts)].map((text) => `  ${text}`)];
}

function budgetText(verdict: BudgetVerdict): string {
  switch (verdict.status) {
    case "within":
      return `Within the budget of ${verdict.budgetUsd.toFixed(2)} USD.`;
    case "over":
      return `Over the budget: ${verdict.message} USD.`;
    case "unknown":
      return `Whether the budget of ${verdict.budgetUsd.toFixed(2)} USD holds is not known: ${verdict.missing}.`;
  }
}
