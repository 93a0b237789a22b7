// The tables of Google Cloud against the SDK's own types: no input without a row, no row without an input, and rules that
// bear any value. It does not prove that a row is right: that is in gcp-labels.test.ts, as far as sources say it.
import fc from "fast-check";
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "mocha";
import { GCP_TYPES, IAM_TYPES } from "../../../../facts/from-plan/gcp/resource-types.ts";
import type { PlannedStep } from "../../../../preview/planned-step.ts";
import type { PropertyRule, ResourceRule, ResourceTable } from "../../../../preview/resource-table.ts";
import { GCP_TABLES } from "../../../../preview/tables/gcp.ts";
import { worst } from "../../../../topology/change-label.ts";
import type { Effect } from "../../../../topology/change/rule.ts";
import { inputsWithoutRow, rowsWithoutInput, sdkInputs } from "../../../support/sdk-inputs.ts";

const ROOT = join(import.meta.dirname, "../../../..");
/** What holds data, keeps backups, or lets anybody at them. */
const MUST = [
  ...[GCP_TYPES.instance, GCP_TYPES.database, GCP_TYPES.user, GCP_TYPES.bucket],
  ...[GCP_TYPES.key, GCP_TYPES.secret, GCP_TYPES.service],
];

/** As `{ "sql/user": … }`, by the token of its type. */
function fileOf(type: string): { name: string; file: string } {
  const [, path = "", name = ""] = type.split(":");
  return { name, file: path };
}

/** All at once: to read the SDK takes seconds. */
let read: ReturnType<typeof sdkInputs> | undefined;
function inputsOf(type: string) {
  read ??= sdkInputs("gcp", Object.fromEntries(MUST.map(fileOf).map(({ name, file }) => [name, file])));
  return read[fileOf(type).name] ?? [];
}

const TABLES = Object.entries(GCP_TABLES);
const IAM: readonly string[] = Object.values(IAM_TYPES).flat();
/** Grants are alike, and their files are named in another way. */
const OTHERS = TABLES.filter(([type]) => !IAM.includes(type) && !type.includes("iAM"));

describe("the tables of Google Cloud", () => {
  it("know every type that facts are read from", () => {
    const missing = [...Object.values(GCP_TYPES), ...IAM].filter((type) => !Object.hasOwn(GCP_TABLES, type));
    assert.deepEqual(missing, []);
    assert.ok(TABLES.length >= 70, `${TABLES.length}`);
  });

  for (const type of MUST) {
    it(`have a row for every input of ${type}`, () => {
      const inputs = inputsOf(type);
      assert.ok(inputs.length > 3);
      assert.deepEqual(inputsWithoutRow(inputs, tableOf(type)), []);
    }).timeout(60_000);
  }

  it("are for types that the SDK has", () => {
    for (const [name, files] of Object.entries(byClass(OTHERS.map(([type]) => fileOf(type))))) {
      for (const file of files)
        assert.ok(existsSync(join(ROOT, "node_modules/@pulumi/gcp", `${file}.d.ts`)), `${name} ${file}`);
    }
  });

  it("have no row of those that is for no input", () => {
    for (const type of MUST) {
      const rows = rowsWithoutInput(inputsOf(type), tableOf(type)).filter((path) => !GUARDS.includes(path));
      assert.deepEqual(rows, OF_BOTH_SECRETS[type] ?? [], type);
    }
  }).timeout(60_000);
});

/** Every table has them, whether the provider has the field or not. */
const GUARDS = ["deletionPolicy", "deletionProtection"];
/** One table is for both kinds of secrets. */
const OF_BOTH_SECRETS: Readonly<Record<string, readonly string[]>> = {
  [GCP_TYPES.secret]: ["location", "customerManagedEncryption"],
};

function byClass(files: readonly { name: string; file: string }[]): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    files.map(({ name }) => [name, files.filter((other) => other.name === name).map(({ file }) => file)]),
  );
}

function tableOf(type: string): ResourceTable {
  const table = GCP_TABLES[type];
  assert.ok(table, type);
  return table;
}

/** Values that rules look for, and any others. */
const WORDS = [
  ...["ENTERPRISE", "ENTERPRISE_PLUS", "REGIONAL", "ZONAL", "ALWAYS", "NEVER", "POSTGRES_17", "POSTGRES_18", "PREVENT"],
  ...["ABANDON", "DELETE", "ENCRYPTED_ONLY", "ALLOW_UNENCRYPTED_AND_ENCRYPTED", "GOOGLE_MANAGED_CAS_CA", "allUsers"],
  ...["READ_REPLICA_INSTANCE", "CLOUD_SQL_INSTANCE"],
  ...["GOOGLE_MANAGED_INTERNAL_CA", "enforced", "inherited", "10.0.0.0/8", "0.0.0.0/0", "DISABLED", "DESTROYED", "7"],
];
const value = fc.oneof(
  fc.jsonValue(),
  fc.constant(undefined),
  fc.boolean(),
  fc.integer(),
  fc.constantFrom(...WORDS),
  fc.array(fc.constantFrom(...WORDS)),
  fc.record({ name: fc.constantFrom("work_mem", "max_connections", "own.flag"), value: fc.constantFrom("1", "x") }),
  fc.array(fc.record({ value: fc.constantFrom(...WORDS), protocol: fc.constant("tcp"), ports: fc.jsonValue() })),
  fc.array(fc.record({ action: fc.record({ type: fc.constantFrom("Delete", 7) }), condition: fc.jsonValue() })),
);
const inputs = fc.dictionary(
  fc.constantFrom("settings", "databaseVersion", "denies", "direction", "disabled", "masterInstanceName", "role"),
  value,
);
const pair = fc.oneof(fc.tuple(value, value), fc.tuple(fc.constantFrom(...WORDS), fc.constantFrom(...WORDS)));
const edit = fc
  .record({
    pair,
    name: fc.constantFrom("work_mem", "max_connections", "own.flag", "block_size", "__proto__", ""),
    old: inputs,
    next: fc.oneof(inputs, fc.constant({ databaseVersion: "POSTGRES_17" })),
  })
  .map(({ pair: [from, to], ...rest }) => ({ from, to, ...rest }));

describe("the rules of Google Cloud's tables", () => {
  const rules = new Map<PropertyRule, string>();
  for (const [type, { properties }] of TABLES) {
    for (const [path, rule] of Object.entries(properties)) if (!rules.has(rule)) rules.set(rule, `${type} ${path}`);
  }
  const byValues = [...rules].flatMap(([rule, place]) => ("by" in rule ? [{ rule, place }] : []));

  it("bear any value, and never say worse than their worst", () => {
    const told = new Set<string>();
    fc.assert(
      fc.property(edit, (one) => {
        for (const { rule, place } of byValues) {
          const effect = rule.by(one);
          if (effect === undefined) continue;
          told.add(place);
          assert.equal(worst([effect.label, rule.worst.label]), rule.worst.label, place);
          assert.ok(effect.exposure !== true || rule.worst.exposure === true, `${place}: exposure`);
          checkEffect(effect, place);
        }
      }),
      { numRuns: 3000 },
    );
    const unsaid = byValues.map(({ place }) => place).filter((place) => !told.has(place));
    assert.ok(byValues.length > 40, `${byValues.length}`);
    assert.deepEqual(unsaid, [], "each rule says something of some values");
  }).timeout(120_000);

  it("say one sentence, and name a source that is there", () => {
    for (const [rule, place] of rules) {
      const effects = "by" in rule ? [rule.worst, ...(rule.secret ? [rule.secret] : [])] : [rule];
      for (const effect of effects) checkEffect(effect, place);
    }
  });

  it("say something of every resource that comes, goes, or is made anew, whatever it was asked for", () => {
    for (const [type, { created, deleted, replaced }] of TABLES) {
      const said = (rule: ResourceRule, step: PlannedStep): Effect => (typeof rule === "function" ? rule(step) : rule);
      fc.assert(
        fc.property(
          fc.dictionary(fc.constantFrom("deletionPolicy", "settings", "role", "members", "denies"), value),
          (given) => {
            const state = { inputs: given, outputs: {}, protect: false, retainOnDelete: false };
            const step = { urn: "u", type, name: "n", diffs: [], replacing: [] };
            checkEffect(said(created, { ...step, operation: "create", next: state }), type);
            checkEffect(said(deleted, { ...step, operation: "delete", old: state }), type);
            checkEffect(said(replaced, { ...step, operation: "replace", old: state, next: state }), type);
          },
        ),
        { numRuns: 20 },
      );
    }
  }).timeout(30_000);
});

function checkEffect({ what, source }: Effect, place: string): void {
  assert.match(what, /^[a-zPS].*[^.]$/s, place);
  assert.ok("source" in source ? source.source.startsWith("https://") : existsSync(join(ROOT, source.file)), place);
}
