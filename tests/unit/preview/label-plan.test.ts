// How steps become labelled changes, whatever the tables say; that those are right is for their own tests.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { isPlanPermissionId, labelPlan, planPermissionId } from "../../../preview/label-plan.ts";
import { type PlannedStep, SECRET, type StepState } from "../../../preview/planned-step.ts";
import { CHANGE_LABELS } from "../../../topology/change-label.ts";

/** A database of a provider that no table is for. */
const RDS = "aws:rds/instance:Instance";
const state = (inputs: object = {}, more: Partial<StepState> = {}): StepState => ({
  inputs: { ...inputs },
  outputs: {},
  protect: false,
  retainOnDelete: false,
  ...more,
});
const step = (fields: Partial<PlannedStep> = {}): PlannedStep => ({
  operation: "update",
  urn: `urn:pulumi:prod::shop::${fields.type ?? RDS}::db`,
  type: RDS,
  name: "db",
  old: state({ size: 1 }),
  next: state({ size: 2 }),
  diffs: [],
  replacing: [],
  ...fields,
});
const told = (one: PlannedStep) =>
  labelPlan([one]).changes.map(({ exposure, label, property, unknown }) => [property, label, exposure, unknown]);

describe("labelPlan", () => {
  it("takes what it does not know for the worst that is plausible", () => {
    assert.deepEqual(told(step()), [["size", "restart", false, true]]);
    assert.deepEqual(told(step({ operation: "delete" })), [[undefined, "data loss", false, false]]);
    assert.deepEqual(told(step({ operation: "create" })), [[undefined, "none", false, false]]);
  });

  it("leaves alone what has nothing to do with a database, and counts what of it changes", () => {
    const bucket = step({ type: "aws:s3/bucket:Bucket" });
    const { changes, leftAlone } = labelPlan([bucket, { ...bucket, operation: "same" }]);
    assert.deepEqual([changes.length, leftAlone.length], [0, 1]);
  });

  it("says that what is retained stays, and is replaced rather than lost", () => {
    const old = state({ size: 1 }, { retainOnDelete: true });
    for (const operation of ["delete", "replace"] as const) {
      assert.deepEqual(told(step({ operation, old }))[0]?.[1], "replace", operation);
    }
    assert.deepEqual(told(step({ operation: "forget" }))[0]?.[1], "replace");
  });

  it("calls it exposure that Pulumi no longer guards it", () => {
    const old = state({}, { protect: true, retainOnDelete: true });
    assert.deepEqual(told(step({ operation: "same", old, next: state() })), [
      ["protect", "none", true, false],
      ["retainOnDelete", "none", true, false],
    ]);
  });

  it("calls it exposure that a secret stops being one, and not that it is told otherwise", () => {
    assert.equal(told(step({ old: state({ p: SECRET }), next: state({ p: "plain" }) }))[0]?.[2], true);
    assert.equal(told(step({ old: state({ p: SECRET }), next: state({ p: [{ a: SECRET }, "b"] }) }))[0]?.[2], false);
    assert.equal(told(step({ old: state({ p: SECRET }), next: state({}) }))[0]?.[2], false);
  });
});

describe("an id of what permits a change of a plan", () => {
  it("is one word, for every label", () => {
    for (const what of [...CHANGE_LABELS, "exposure"] as const) {
      const id = planPermissionId({ type: RDS, name: "my db" }, what);
      assert.match(id, /^[a-z-]+\/\S+$/);
      assert.ok(isPlanPermissionId(id), id);
    }
  });

  it("is told from what is none", () => {
    for (const id of ["plan/x", "plan/type/name/doom", "change/database", "plan//replace", "x/plan/a/b/replace"]) {
      assert.equal(isPlanPermissionId(id), false, id);
    }
  });
});
