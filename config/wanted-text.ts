import type { z } from "zod";
import { keysAt } from "./schema-at.ts";
import { wordsOf } from "./nearest-value.ts";

type ShapeIssue = z.core.$ZodIssue;

/** Texts of which a field with a form refuses at least one. */
const NO_TEXTS = ["", "\0"];

const TYPES: Readonly<Record<string, string>> = {
  array: "a list",
  boolean: "true or false",
  int: "a whole number",
  number: "a number",
  string: "text",
};

/** What zod wanted, in our own words: those of the field where it has some. */
export function wantedText(issue: ShapeIssue, schema: z.ZodType | undefined): string {
  if (!isZods(issue.message)) return issue.message;
  switch (issue.code) {
    case "invalid_type":
      return typeText(issue.expected, schema);
    case "invalid_value":
      return oneOf(issue.values);
    case "invalid_union":
      return issue.errors.flatMap((errors) => errors.map((error) => wantedText(error, undefined))).join(", or ");
    case "too_small":
      return bound(issue.inclusive === false ? "more than" : "at least", issue.minimum, issue.origin);
    case "too_big":
      return bound(issue.inclusive === false ? "less than" : "at most", issue.maximum, issue.origin);
    case "custom":
    case "invalid_element":
    case "invalid_format":
    case "invalid_key":
    case "not_multiple_of":
    case "unrecognized_keys":
      return issue.message;
  }
}

/** Whether the words are zod's and not those that a field was given. */
function isZods(message: string): boolean {
  return /^(Invalid|Too (small|big)|Unrecognized)\b/.test(message);
}

function typeText(expected: string, schema: z.ZodType | undefined): string {
  if (expected === "record" || expected === "object") return mapText(schema);
  const form = expected === "string" ? formOf(schema) : undefined;
  return form ?? TYPES[expected] ?? expected;
}

function mapText(schema: z.ZodType | undefined): string {
  if (schema?.safeParse({}).success === true) return "a map; {} takes every default";
  const keys = schema === undefined ? [] : keysAt(schema, []);
  return keys.length === 0 ? "a map" : `a map of ${keys.join(", ")}`;
}

/** The form of a text in its field's own words, as the field says them to a text that can't be right. */
export function formOf(schema: z.ZodType | undefined): string | undefined {
  if (schema === undefined) return undefined;
  const words = wordsOf(schema);
  if (words.length > 0) return oneOf(words);
  const messages = NO_TEXTS.map((text) => schema.safeParse(text).error?.issues[0]?.message);
  return messages.find((message) => message !== undefined && !isZods(message));
}

function oneOf(values: readonly unknown[]): string {
  const words = values.map(String);
  return words.length === 1 ? words.join("") : `one of ${words.join(", ")}`;
}

function bound(words: string, end: number | bigint, origin: string): string {
  if (end === Number.MAX_SAFE_INTEGER) return "a smaller number";
  return `${words} ${end}${origin === "string" ? " characters" : ""}`;
}
