import fc from "fast-check";
import assert from "node:assert/strict";
import type { KnownEdit, ResourceTable, ResourceTables } from "../../preview/resource-table.ts";
import type { Effect } from "../../topology/change/rule.ts";
import { worst } from "../../topology/change-label.ts";
import { inputsWithoutRow, rowsWithoutInput, sdkInputs } from "./sdk-inputs.ts";

const object = fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 3 });

/** Edits of any values that JSON has; either side may not be there. */
const anyEdit: fc.Arbitrary<KnownEdit> = fc.record({
  from: fc.option(fc.jsonValue(), { nil: undefined }),
  to: fc.option(fc.jsonValue(), { nil: undefined }),
  name: fc.string(),
  old: object,
  next: object,
});

/** Edits between values of which a rule makes something. */
function likelyEdit(values: readonly unknown[], names: readonly string[]): fc.Arbitrary<KnownEdit> {
  const value = fc.constantFrom(undefined, ...values);
  return fc.record({
    from: value,
    to: value,
    name: fc.constantFrom("", ...names),
    old: fc.constant({}),
    next: fc.constant({}),
  });
}

/** What no rule may do: throw, or say worse than its own worst. */
export function judgeRules(tables: ResourceTables, values: readonly unknown[], names: readonly string[]): void {
  const edits = fc.oneof(anyEdit, likelyEdit(values, names));
  for (const [type, { properties }] of Object.entries(tables)) {
    for (const [path, rule] of Object.entries(properties)) {
      if (!("by" in rule)) continue;
      fc.assert(
        fc.property(edits, (edit) => {
          const told = rule.by(edit);
          if (told !== undefined) assertWithin(told, rule.worst, `${type} ${path}`);
        }),
        { numRuns: 60 },
      );
    }
  }
}

function assertWithin(told: Effect, most: Effect, where: string): void {
  assert.equal(worst([told.label, most.label]), most.label, `${where}: ${told.label}`);
  assert.ok(told.exposure !== true || most.exposure === true, `${where} lets nobody in at worst`);
}

/** Every input of the SDK has a row, and every row an input. */
export function judgeInputs(provider: string, tables: ResourceTables, classes: readonly string[]): void {
  const fileOf = (name: string): string => `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
  const inputs = sdkInputs(provider, Object.fromEntries(classes.map((name) => [name, fileOf(name)])));
  const tableOf = (name: string): ResourceTable => {
    const table = tables[`${provider}:index/${fileOf(name)}:${name}`];
    assert.ok(table, `there is a table for ${name}`);
    return table;
  };
  const without = classes.flatMap((name) =>
    inputsWithoutRow(inputs[name] ?? [], tableOf(name)).map((path) => `${name}.${path}`),
  );
  const rows = classes.flatMap((name) =>
    rowsWithoutInput(inputs[name] ?? [], tableOf(name)).map((path) => `${name}.${path}`),
  );
  assert.deepEqual({ without, rows }, { without: [], rows: [] });
}
