import { isDeepStrictEqual } from "node:util";
import type { Effect } from "../../../topology/change/rule.ts";
import { worst } from "../../../topology/change-label.ts";
import type { PlannedStep } from "../../planned-step.ts";
import type { KnownEdit, PropertyRule, ResourceRule, ValueRule } from "../../resource-table.ts";

/** What holds already is written down, or left to its default. */
const AS_BEFORE: Effect = {
  label: "none",
  what: "it says what held already",
  source: { file: "preview/tables/gcp/value-rules.ts" },
};

/** A rule by values, which can say one of some effects: where it can't tell, all of them are feared. */
export function oneOf(effects: readonly Effect[], by: (edit: KnownEdit) => Effect | undefined): ValueRule {
  const label = worst(effects.map((effect) => effect.label));
  const exposure = effects.some((effect) => effect.exposure === true);
  const feared = effects.filter((effect) => effect.label === label || effect.exposure === true);
  const what = [...new Set(feared.map((effect) => effect.what))].join("; or: ");
  const source = feared[0]?.source ?? AS_BEFORE.source;
  return { by, worst: { label, ...(exposure && { exposure }), what: `at worst: ${what}`, source } };
}

/** A switch; `unset` is what holds where nothing is said, if that is always the same. */
export function switched(unset: boolean | undefined, on: Effect, off: Effect): ValueRule {
  return oneOf([on, off], ({ from, to }) => {
    const [before, after] = [from ?? unset, to ?? unset];
    if (typeof after !== "boolean") return undefined;
    if (before === after) return AS_BEFORE;
    return after ? on : off;
  });
}

/** A number; `unset` is what holds where nothing is said. */
export function counted(unset: number | undefined, more: Effect, fewer: Effect | ((to: unknown) => Effect)): ValueRule {
  const shrink = typeof fewer === "function" ? fewer : () => fewer;
  return oneOf([more, shrink("so many")], ({ from, to }) => {
    const [before, after] = [numberOf(from) ?? unset, numberOf(to) ?? unset];
    if (before === undefined || after === undefined || !isAbsentOrNumber(from) || !isAbsentOrNumber(to))
      return undefined;
    if (before === after) return AS_BEFORE;
    return after > before ? more : shrink(after);
  });
}

/** Words from the strictest to the loosest; `unset` is what holds where nothing is said. */
export function loosened(
  order: readonly string[],
  unset: string | undefined,
  { looser, stricter }: { readonly looser: Effect; readonly stricter: Effect },
): ValueRule {
  return oneOf([looser, stricter], ({ from, to }) => {
    const [before, after] = [order.indexOf(wordOf(from ?? unset)), order.indexOf(wordOf(to ?? unset))];
    if (before < 0 || after < 0) return undefined;
    if (before === after) return AS_BEFORE;
    return after > before ? looser : stricter;
  });
}

/** Something that is there or not. */
export function present(comes: Effect, changes: Effect, goes: Effect): ValueRule {
  return oneOf([comes, changes, goes], ({ from, to }) => {
    if (isNothing(to)) return isNothing(from) ? AS_BEFORE : goes;
    if (isDeepStrictEqual(from, to)) return AS_BEFORE;
    return isNothing(from) ? comes : changes;
  });
}

/** Something secret: another one is as good; one that can be read is not. */
export function secret(changed: Effect): ValueRule {
  const plain: Effect = {
    ...changed,
    exposure: true,
    what: `${changed.what}; it stands in the plan and the state as plain text`,
  };
  const rule = oneOf([changed, plain], ({ from, to }) => {
    // What stood there in the open is no worse for another value.
    if (isNothing(to) || (typeof from === "string" && typeof to === "string")) return changed;
    return typeof to === "string" ? plain : undefined;
  });
  return { ...rule, secret: changed };
}

/** The same rule for some properties. */
export function each(paths: readonly string[], rule: PropertyRule): Readonly<Record<string, PropertyRule>> {
  return Object.fromEntries(paths.map((path) => [path, rule]));
}

/** What is said of a resource as a whole depends on what was asked for at last: before it goes, and after it is made. */
export function byInputs(say: (inputs: Readonly<Record<string, unknown>>, step: PlannedStep) => Effect): ResourceRule {
  return (step) => say((step.operation === "create" ? step.next : (step.old ?? step.next))?.inputs ?? {}, step);
}

/** A field of a value of any type; `undefined` where there is none. */
export function fieldOf(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (place, key) =>
      typeof place === "object" && place !== null && Object.hasOwn(place, key)
        ? (place as Record<string, unknown>)[key]
        : undefined,
    value,
  );
}

/** The strings of a list; `undefined` for anything else, and none for what is not there. */
export function stringsOf(value: unknown): readonly string[] | undefined {
  if (isNothing(value)) return [];
  return Array.isArray(value) && value.every((item) => typeof item === "string") ? value : undefined;
}

/** Absent, or empty. */
export function isNothing(value: unknown): boolean {
  if (value === undefined || value === null || value === "") return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

/** A number, also as text; `undefined` for anything else. */
export function numberOf(value: unknown): number | undefined {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

function isAbsentOrNumber(value: unknown): boolean {
  return value === undefined || value === null || numberOf(value) !== undefined;
}

function wordOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
