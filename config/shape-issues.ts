import { stringify } from "yaml";
import type { z } from "zod";
import { closestName } from "../kernel/closest-name.ts";
import { type Issue, pathText } from "../topology/issue.ts";
import { nearestName, nearestValue } from "./nearest-value.ts";
import { keysAt, namesAt, schemaAt } from "./schema-at.ts";
import { wantedText } from "./wanted-text.ts";

type ShapeIssue = z.core.$ZodIssue;

const SHOWN_CHARACTERS = 60;
/** Set on a copy, it is the copy's prototype and no key. */
const LOST_KEY = "__proto__";

/** zod's issues in our own words, each with the value that was probably meant. */
export function shapeIssues(issues: readonly ShapeIssue[], value: unknown, schema: z.ZodType): Issue[] {
  return issues.flatMap((issue) => {
    if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey(issue.path, key, schema));
    return [issue.code === "invalid_key" ? wrongName(issue, schema) : wrongValue(issue, value, schema)];
  });
}

/** Names that a map loses when it is copied; among fixed keys, zod sees them itself. */
export function lostKeys(value: unknown, schema: z.ZodType, path: readonly PropertyKey[] = []): Issue[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === LOST_KEY && keysAt(schema, path).length === 0
      ? [lostName([...path, key])]
      : lostKeys(inner, schema, [...path, key]),
  );
}

function lostName(path: readonly PropertyKey[]): Issue {
  return {
    where: pathText(path),
    got: `the name "${LOST_KEY}"`,
    want: "a name that can be kept",
    because: "JavaScript has it for something else, and would lose what stands there",
    fix: "choose another name",
  };
}

function unknownKey(path: readonly PropertyKey[], key: string, schema: z.ZodType): Issue {
  const known = keysAt(schema, path);
  const meant = known.filter((name) => key !== "" && name.startsWith(key));
  const closest = meant.length === 1 ? meant[0] : closestName(key, known);
  return {
    where: pathText([...path, key]),
    got: "an unknown key",
    want: known.length > 0 ? `one of ${known.join(", ")}` : "a known key",
    fix: closest === undefined ? "remove it" : `did you mean ${closest}?`,
  };
}

function wrongName(issue: ShapeIssue & { code: "invalid_key" }, schema: z.ZodType): Issue {
  const name = String(issue.path.at(-1));
  const names = namesAt(schema, issue.path.slice(0, -1));
  const meant = names === undefined ? undefined : nearestName(name, names);
  return {
    where: pathText(issue.path),
    got: `the name ${shown(name)}`,
    want: issue.issues.map((inner) => inner.message).join(", "),
    fix: meant === undefined ? "choose another name" : `name it ${meant}`,
  };
}

function wrongValue(issue: ShapeIssue, whole: unknown, schema: z.ZodType): Issue {
  const value = at(whole, issue.path);
  const own = schemaAt(schema, issue.path);
  const where = pathText(issue.path);
  return {
    where: where === "" ? "(the value itself)" : where,
    got: shown(value),
    want: wantedText(issue, own),
    fix: fixFor(issue, value, own),
  };
}

function fixFor(issue: ShapeIssue, value: unknown, schema: z.ZodType | undefined): string {
  const where = pathText(issue.path);
  const reference = "docs/reference/configuration.md says what it means";
  const meant = schema === undefined || issue.code === "custom" ? undefined : nearestValue(value, schema);
  if (meant !== undefined) {
    const text = yaml(meant);
    return `write ${text}${value === text ? ", without quotes" : ""}`;
  }
  if (where === "") return wantsList(issue) ? "write a list" : "write a map of fields";
  if (value === undefined) return `add ${where}; ${reference}`;
  return value === null ? `give it a value, or remove ${where}` : `correct ${where}; ${reference}`;
}

function wantsList(issue: ShapeIssue): boolean {
  return issue.code === "invalid_type" && issue.expected === "array";
}

function yaml(value: unknown): string {
  return stringify(value, { collectionStyle: "flow", compat: "yaml-1.1", lineWidth: 0 }).trimEnd();
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  let current = value;
  for (const step of path) {
    if (typeof current !== "object" || current === null) return undefined;
    current = (current as Record<PropertyKey, unknown>)[step];
  }
  return current;
}

function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null: a key without a value";
  if (typeof value === "number") return String(value);
  const text = JSON.stringify(value);
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}
