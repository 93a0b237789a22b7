import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { nameOfUrn } from "../../facts/from-plan/engine-values.ts";
import { looksSecret, promisesSecret } from "../../preview/looks-secret.ts";
import { printableLine } from "../../topology/issue.ts";
import type { Drift, ExpectedDrift } from "./drift-report.ts";
import { type ExpectedRow, EXPECTED_ROWS } from "./expected-rows.ts";

/** What one event of a refresh preview says of a resource. */
export interface ResourceDrift {
  readonly drift: readonly Drift[];
  readonly expected: readonly ExpectedDrift[];
}

type Properties = Readonly<Record<string, unknown>>;

const FIX = "Run `pgt up --refresh` to have it as it was deployed, or ask for it in the configuration.";

/** Longer values are named, and not shown. */
const SHOWN_LENGTH = 60;

/**
 * What a refresh found of one resource, by its properties. Other events say nothing of that.
 * The engine has put something else in the place of secrets before it tells anybody.
 */
export function resourceDrift({ resOutputsEvent }: EngineEvent): ResourceDrift {
  const step = resOutputsEvent?.metadata;
  if (step === undefined || step.op === "same" || step.op === "refresh") return { drift: [], expected: [] };
  const where = printableLine(nameOfUrn(step.urn));
  const told = (what: string): Drift => ({ where, what, seenBy: "engine", fix: FIX });
  if (step.op === "delete") return { drift: [told("it is gone")], expected: [] };
  const valuesOf = (property: string): Values => {
    const [was, now] = [step.old, step.new];
    const asked: Values = [valueAt(was?.inputs, property), valueAt(now?.inputs, property)];
    return differ(asked) ? asked : [valueAt(was?.outputs, property), valueAt(now?.outputs, property)];
  };
  const paths = Object.keys(step.detailedDiff ?? {});
  const named = paths.length > 0 ? paths : (step.diffs ?? []);
  const properties = named.length > 0 ? named : changedOutputs(step.old?.outputs, step.new?.outputs);
  // The engine says that it differs: a difference without a name is one all the same.
  if (properties.length === 0)
    return { drift: [told(`the engine would ${step.op} it, and names no property`)], expected: [] };
  const drift: Drift[] = [];
  const expected: ExpectedDrift[] = [];
  for (const property of properties) {
    const one = told(whatOf(property, valuesOf(property)));
    const row = EXPECTED_ROWS.find((candidate) => isExpected(candidate, { type: step.type, property, valuesOf }));
    if (row === undefined) drift.push(one);
    else expected.push({ where, what: one.what, seenBy: one.seenBy, because: row.because, source: row.source });
  }
  return { drift, expected };
}

/** What a property was, and what it is now. */
type Values = readonly [unknown, unknown];

interface Changed {
  readonly type: string;
  readonly property: string;
  readonly valuesOf: (property: string) => Values;
}

function isExpected(
  { fits, property: expected, type }: ExpectedRow,
  { property, valuesOf, ...changed }: Changed,
): boolean {
  const isBelow = property === expected || property.startsWith(`${expected}.`) || property.startsWith(`${expected}[`);
  if (type !== changed.type || !isBelow) return false;
  return fits === undefined || fits(...valuesOf(expected));
}

function differ([was, now]: Values): boolean {
  return JSON.stringify(was) !== JSON.stringify(now);
}

/** Outputs that differ, by their shortest path that does; objects are looked into, lists are not. */
function changedOutputs(was: unknown, now: unknown, path = ""): string[] {
  if (!differ([was, now])) return [];
  if (!isObject(was) || !isObject(now)) return path === "" ? [] : [path];
  const names = [...new Set([...Object.keys(was), ...Object.keys(now)])].sort();
  return names.flatMap((name) => changedOutputs(was[name], now[name], path === "" ? name : `${path}.${name}`));
}

function whatOf(property: string, [was, now]: Values): string {
  const [before, after] = promisesSecret(property) ? [] : [shown(was), shown(now)];
  if (before === undefined || after === undefined || before === after) return `${printableLine(property)} differs`;
  return `${printableLine(property)}: ${printableLine(before)}, now ${printableLine(after)}`;
}

/** The value at a path as the engine writes it: `settings.ipConfiguration.authorizedNetworks[0].value`. */
function valueAt(properties: unknown, path: string): unknown {
  const keys = path.match(/[^.[\]"]+/g) ?? [];
  return keys.reduce<unknown>(
    (value, key) => (typeof value === "object" && value !== null ? (value as Properties)[key] : undefined),
    properties,
  );
}

/** `undefined` for what does not fit into a line, or looks like a secret that nobody marked. */
function shown(value: unknown): string | undefined {
  if (value === undefined || value === null) return "not set";
  if (typeof value === "object") return undefined;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > SHOWN_LENGTH || text.includes("\n") || looksSecret(text) ? undefined : text === "" ? '""' : text;
}

function isObject(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
