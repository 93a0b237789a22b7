import type { Effect } from "../../../topology/change/rule.ts";
import type { KnownEdit, PropertyRule } from "../../resource-table.ts";

/** The same effect, where somebody gets in, or a guard goes. */
export function exposed(effect: Effect, what: string = effect.what): Effect {
  return { ...effect, exposure: true, what };
}

/** By whether an edit lets more in: at worst it does. */
export function opensWhere(opens: (edit: KnownEdit) => boolean, closed: Effect, opened: Effect): PropertyRule {
  return { by: (edit) => (opens(edit) ? opened : closed), worst: opened };
}

/** A row for each name, all with the same rule. */
export function rowsOf(names: readonly string[], rule: PropertyRule): Record<string, PropertyRule> {
  return Object.fromEntries(names.map((name) => [name, rule]));
}
