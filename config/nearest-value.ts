import type { z } from "zod";
import { closestName } from "../kernel/closest-name.ts";

/** What zod says of a schema that is no part of its public types. */
interface Bounds {
  readonly options?: readonly unknown[];
  readonly values?: ReadonlySet<unknown>;
  readonly minValue?: number | null;
  readonly maxValue?: number | null;
}

const TRUE_WORDS = new Set(["true", "yes", "on", "y", "1", "enabled"]);
const FALSE_WORDS = new Set(["false", "no", "off", "n", "0", "disabled"]);
/** Longer texts are no slip of the finger. */
const MOST_CHARACTERS = 200;

/** The value that was probably meant, and that the schema takes; `undefined` where none is near. */
export function nearestValue(value: unknown, schema: z.ZodType): unknown {
  return candidates(value, schema).find((candidate) => candidate !== value && schema.safeParse(candidate).success);
}

/** The words or numbers that a schema takes, where it takes no others. */
export function wordsOf(schema: z.ZodType): readonly unknown[] {
  const { options, values } = schema as unknown as Bounds;
  if (values !== undefined) return [...values];
  return options?.every((option) => typeof option !== "object") === true ? options : [];
}

/** Guesses, the best first; whether one is valid is the schema's to say. */
function candidates(value: unknown, schema: z.ZodType): unknown[] {
  if (value === null) return [{}];
  if (typeof value === "string") return value.length > MOST_CHARACTERS ? [] : ofText(value, schema);
  if (typeof value === "number")
    return Number.isFinite(value) ? [...ofNumber(value, schema), String(value), [value]] : [];
  if (typeof value === "boolean") return [String(value), value ? "on" : "off"];
  if (Array.isArray(value)) return [ofNames(value)];
  return [[value]];
}

function ofText(text: string, schema: z.ZodType): unknown[] {
  const lower = text.trim().toLowerCase();
  if (lower === "") return [];
  const number = /^[+-]?\d+(\.\d+)?(e\d+)?/.exec(lower.replace(/(?<=\d)[_,](?=\d)/g, ""))?.[0];
  return [
    ...(TRUE_WORDS.has(lower) ? [true] : []),
    ...(FALSE_WORDS.has(lower) ? [false] : []),
    ...(number === undefined ? [] : ofNumber(Number(number), schema)),
    text.trim(),
    lower,
    ...(/\s/.test(lower) ? [] : [lower.replaceAll("_", "-"), lower.replaceAll("-", "_")]),
    // A time of day without its zero, a region with its zone, a path without its slash.
    lower.replace(/^(\d):/, "0$1:"),
    lower.replace(/-[a-z]$/, ""),
    ...(/\s/.test(lower) ? [] : [`/${lower}`]),
    word(lower, wordsOf(schema)),
    [text],
  ];
}

/** The name that is nearest to an odd one, and that the schema takes. */
export function nearestName(name: string, schema: z.ZodType): string | undefined {
  const plain = name.normalize("NFKD").replaceAll(/\p{M}/gu, "");
  return ["-", "_"]
    .map((joint) => plain.replaceAll(/[^A-Za-z0-9]+/g, joint).replaceAll(new RegExp(`^${joint}+|${joint}+$`, "g"), ""))
    .flatMap((joined) => [joined, joined.toLowerCase(), joined.toUpperCase()])
    .find((candidate) => candidate !== name && schema.safeParse(candidate).success);
}

/** The word that a text begins with, that begins with it, or that it is a slip of the finger away from. */
function word(text: string, words: readonly unknown[]): string | undefined {
  const names = words.filter((name) => typeof name === "string");
  const begins = names.filter((name) => name.startsWith(text) || text.startsWith(name));
  return text !== "" && begins.length === 1 ? begins[0] : closestName(text.replace(/[\s_]+/g, "-"), names);
}

/** The number itself, whole, and brought within the ends that a schema has. */
function ofNumber(value: number, schema: z.ZodType): number[] {
  const { maxValue, minValue } = schema as unknown as Bounds;
  // No end that anybody chose: any whole number has it.
  const most = maxValue === Number.MAX_SAFE_INTEGER ? Infinity : (maxValue ?? Infinity);
  const numbers = wordsOf(schema).filter((known) => typeof known === "number");
  const nearest = numbers.sort((a, b) => Math.abs(a - value) - Math.abs(b - value));
  const within = Math.min(most, Math.max(minValue ?? -Infinity, value));
  return [value, ...nearest, within, Math.ceil(within)];
}

/** A list of names as the map that was meant: each with every default. */
function ofNames(list: readonly unknown[]): unknown {
  const names = list.filter((name) => typeof name === "string");
  return names.length === list.length ? Object.fromEntries(names.map((name) => [name, {}])) : undefined;
}
