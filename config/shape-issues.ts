import type { z } from "zod";
import type { Issue } from "../topology/issue.ts";
import { topologySpec } from "../topology/spec.ts";
import { closestName } from "./closest-name.ts";

type ShapeIssue = z.core.$ZodIssue;

const SHOWN_CHARACTERS = 60;

/** zod's issues in our own words. An unknown key gets the name that was probably meant. */
export function shapeIssues(issues: readonly ShapeIssue[], value: unknown): Issue[] {
  return issues.flatMap((issue) =>
    issue.code === "unrecognized_keys" ? unknownKeys(issue) : [wrongValue(issue, value)],
  );
}

function unknownKeys(issue: ShapeIssue & { code: "unrecognized_keys" }): Issue[] {
  const known = knownKeys(issue.path);
  return issue.keys.map((key) => {
    const meant = closestName(key, known);
    return {
      where: [...issue.path, key].join("."),
      got: "an unknown key",
      want: known.length > 0 ? `one of ${known.join(", ")}` : "a known key",
      fix: meant === undefined ? "remove it" : `did you mean ${meant}?`,
    };
  });
}

function wrongValue(issue: ShapeIssue, value: unknown): Issue {
  const where = issue.path.join(".");
  return {
    where: where === "" ? "(the value itself)" : where,
    got: shown(at(value, issue.path)),
    want: wanted(issue),
    fix:
      where === "" ? "write a map of fields" : `correct ${where}; docs/reference/configuration.md says what it means`,
  };
}

function wanted(issue: ShapeIssue): string {
  if (issue.code === "invalid_key") return issue.issues.map((inner) => inner.message).join(", ");
  if (issue.code === "invalid_type" && (issue.expected === "record" || issue.expected === "object")) {
    return "a map; {} takes every default";
  }
  return issue.message.replace(/^Invalid (input|option): expected /, "").replace(/, received .*$/, "");
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
  const text = JSON.stringify(value);
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}

/** The keys that the schema has at a path, read from the schema itself. */
function knownKeys(path: readonly PropertyKey[]): string[] {
  let schema: unknown = topologySpec;
  for (const step of path) schema = below(unwrapped(schema), String(step));
  const shape = (unwrapped(schema) as { shape?: Record<string, unknown> }).shape;
  return shape === undefined ? [] : Object.keys(shape);
}

function below(schema: unknown, key: string): unknown {
  const { shape, valueType } = schema as { shape?: Record<string, unknown>; valueType?: unknown };
  return shape?.[key] ?? valueType;
}

function unwrapped(schema: unknown): unknown {
  const inner = (schema as { unwrap?: () => unknown }).unwrap;
  return typeof inner === "function" && !("element" in (schema as object)) ? unwrapped(inner.call(schema)) : schema;
}
