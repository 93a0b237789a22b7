import type { Difference } from "../../requirements/facts/difference.ts";
import { isKnown } from "../../requirements/known.ts";

/** The settings that something has otherwise than wished. What is not known of either is no difference. */
export function settingDifferences<K extends string>(
  where: string,
  names: readonly K[],
  wished: Readonly<Record<K, unknown>>,
  found: Readonly<Record<K, unknown>>,
): Difference[] {
  return names.flatMap((name): Difference[] => {
    const [want, got] = [wished[name], found[name]];
    if (!isKnown<unknown>(want) || !isKnown<unknown>(got)) return [];
    const texts = { want: text(want), got: text(got) };
    return texts.want === texts.got ? [] : [{ where, name, ...texts }];
  });
}

/** What is there and should not be, and what should be and is not: as of who is let in. */
export function listDifferences(
  where: string,
  wished: readonly string[],
  found: readonly string[],
  words: { readonly there: string; readonly gone: string },
): Difference[] {
  const missing = wished.filter((one) => !found.includes(one));
  const extra = found.filter((one) => !wished.includes(one));
  return [
    ...missing.map((name) => ({ where, name, want: words.there, got: words.gone })),
    ...extra.map((name) => ({ where, name, want: words.gone, got: words.there })),
  ];
}

function text(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(String).sort().join(", ");
  if (typeof value === "object" && value !== null) {
    return Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, part]) => `${name} ${String(part)}`)
      .join(" ");
  }
  if (value === undefined) return "none";
  return typeof value === "string" ? value : JSON.stringify(value);
}
