import { Missing, UNKNOWN } from "../../requirements/known.ts";

/** Where planned facts are otherwise than wished ones, each with its path. What a wish does not know is not compared. */
export function factDifferences(wish: unknown, plan: unknown, path: string): string[] {
  if (wish === UNKNOWN || wish instanceof Missing) return [];
  if (Array.isArray(wish) && Array.isArray(plan) && wish.length === plan.length) {
    const [left, right] = [byName(wish), byName(plan)];
    return left.flatMap((item, at) => factDifferences(item, right[at], `${path}[${at}]`));
  }
  if (isObject(wish) && isObject(plan)) {
    return Object.keys(wish).flatMap((key) => factDifferences(wish[key], plan[key], `${path}.${key}`));
  }
  return Object.is(wish, plan) ? [] : [`${path}: wish ${show(wish)}, plan ${show(plan)}`];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Missing);
}

/** Resources are registered in no certain order. */
function byName(list: readonly unknown[]): unknown[] {
  const name = (item: unknown) => (isObject(item) ? String(item.part ?? item.name ?? item.what) : String(item));
  return [...list].sort((a, b) => (name(a) < name(b) ? -1 : 1));
}

function show(value: unknown): string {
  return typeof value === "symbol" ? "UNKNOWN" : JSON.stringify(value);
}
