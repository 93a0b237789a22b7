// What passes and what does not, for wishes and plans that are written down here. That the labels are right is proven
// elsewhere: by the tests of the tables, and against real servers.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { DEFAULT_LIMIT, type GateBasis, type GateVerdict, judgeGate } from "../../../preview/gate.ts";
import type { LabelledChange } from "../../../preview/label-plan.ts";
import { type Change, changesBetween } from "../../../topology/change.ts";
import { CHANGE_LABELS } from "../../../topology/change-label.ts";
import type { Permission } from "../../../topology/permission.ts";
import { losesData } from "../../../topology/refuse-change.ts";
import { resolveTopology } from "../../../topology/resolve.ts";
import type { SpecOf } from "../../../topology/spec.ts";

const NOW = new Date("2026-11-22T12:00:00Z");
const INSTANCE = "gcp:sql/databaseInstance:DatabaseInstance";

const docker = (wish: Omit<SpecOf<"docker">, "target"> = {}) => resolveTopology({ target: "docker", ...wish }, "local");
const wished = (wish: Omit<SpecOf<"docker">, "target">, old: Omit<SpecOf<"docker">, "target"> = {}) =>
  changesBetween(docker(old), docker(wish));
const permission = (id: string, expires = "2026-11-28"): Permission => ({ id, reason: "r", owner: "o", expires });
const planned = (change: Partial<LabelledChange>): LabelledChange => ({
  urn: `urn:pulumi:prod::p::${INSTANCE}::${change.name ?? "prod-primary"}`,
  type: INSTANCE,
  name: "prod-primary",
  operation: "update",
  label: "none",
  exposure: false,
  what: "it happens",
  source: { file: "preview/tables/gcp.ts" },
  unknown: false,
  drifted: false,
  ...change,
});

function judge(basis: Partial<GateBasis>): GateVerdict {
  return judgeGate({
    wish: [],
    plan: [],
    permissions: [],
    limit: DEFAULT_LIMIT,
    findings: [],
    couldNotCheck: [],
    now: NOW,
    ...basis,
  });
}

/** Kinds of the reasons, with the permission that each takes. */
const reasons = (basis: Partial<GateBasis>) => judge(basis).reasons.map(({ kind, permission: id }) => [kind, id]);

describe("the gate", () => {
  it("passes what changes nothing", () => {
    assert.deepEqual(judge({}), { passes: true, exitCode: 0, reasons: [], permitted: [] });
  });

  it("has a limit by default that stops what loses data, and nothing else", () => {
    for (const label of CHANGE_LABELS) {
      const { passes } = judge({ plan: [planned({ label })] });
      assert.equal(passes, !losesData({ label }), label);
    }
  });

  it("counts the limit itself among what passes", () => {
    for (const [at, limit] of CHANGE_LABELS.entries()) {
      for (const [worse, label] of CHANGE_LABELS.entries()) {
        assert.equal(judge({ limit, plan: [planned({ label })] }).passes, worse <= at, `${label} under --max ${limit}`);
      }
    }
  });

  it("stops exposure under any limit, until it is permitted", () => {
    const plan = [planned({ exposure: true, property: "settings.ipConfiguration.sslMode" })];
    const id = `plan/${INSTANCE}/prod-primary/exposure`;
    assert.deepEqual(reasons({ plan, limit: "data loss" }), [["plan", id]]);
    assert.equal(judge({ plan, permissions: [permission(id)] }).passes, true);
  });

  describe("of a wish", () => {
    const RENAMED = wished({ database: "shop" });
    const renamed = (): Change => {
      const [first] = RENAMED;
      assert.ok(first);
      return first;
    };

    it("stops what needs a permission, and says which", () => {
      assert.deepEqual(reasons({ wish: RENAMED }), [["change", "change/database"]]);
      assert.equal(judge({ wish: RENAMED }).exitCode, 1);
    });

    it("passes what is permitted, and tells by whom", () => {
      const { passes, permitted } = judge({ wish: RENAMED, permissions: [permission("change/database")] });
      assert.equal(passes, true);
      assert.deepEqual(permitted, [permission("change/database")]);
    });

    it("stops an ordinary change under a lower limit", () => {
      const wish = wished({ size: { cpus: 2 } });
      assert.deepEqual(reasons({ wish }), []);
      assert.deepEqual(reasons({ wish, limit: "reload" }), [["change", "change/size.cpus"]]);
    });

    it("stops a change that would end half-way, whatever is permitted", () => {
      const change: Change = { ...renamed(), label: "none", instead: "make another stack" };
      const verdict = judge({ wish: [change], permissions: [permission(change.id)], limit: "data loss" });
      assert.match(verdict.reasons[0]?.text ?? "", /no permission allows it: instead, make another stack$/);
      assert.equal(verdict.reasons[0]?.permission, undefined);
    });

    it("shows no password that stands in a field", () => {
      const change: Change = {
        ...renamed(),
        from: "postgres://u:marker-1@h/d",
        to: "host=h password=marker-2",
      };
      assert.doesNotMatch(JSON.stringify(judge({ wish: [change] })), /marker/);
    });
  });

  describe("of a plan", () => {
    const loss = planned({ label: "data loss", operation: "replace" });
    const id = `plan/${INSTANCE}/prod-primary/data-loss`;

    it("stops what nothing in the configuration asks for", () => {
      assert.deepEqual(reasons({ plan: [loss] }), [["plan", id]]);
      assert.deepEqual(reasons({ plan: [loss], wish: wished({ size: { cpus: 2 } }) }), [["plan", id]]);
      assert.equal(judge({ plan: [loss], permissions: [permission(id)] }).passes, true);
    });

    it("asks for no second permission where the wish says as much", () => {
      const wish = wished({ database: "shop" })
        .filter(({ path }) => path === "database")
        .map((one): Change => ({ ...one, label: "data loss" }));
      assert.deepEqual(reasons({ plan: [loss], wish }), [["change", "change/database"]]);
      assert.equal(judge({ plan: [loss], wish, permissions: [permission("change/database")] }).passes, true);
    });

    it("asks for one where the wish says less, and for exposure where it says none", () => {
      const [change] = wished({ database: "shop" });
      assert.ok(change);
      const wish: Change[] = [{ ...change, label: "replace" }];
      const permissions = [permission("change/database")];
      assert.deepEqual(reasons({ plan: [loss], wish, permissions }), [["plan", id]]);
      assert.deepEqual(reasons({ plan: [planned({ exposure: true })], wish, permissions }), [
        ["plan", `plan/${INSTANCE}/prod-primary/exposure`],
      ]);
      const exposing = [{ ...change, exposure: true }];
      assert.deepEqual(reasons({ plan: [planned({ exposure: true })], wish: exposing, permissions }), []);
    });

    it("takes what is written of one replica for leave for that replica alone", () => {
      const [change] = wished({ database: "shop" });
      assert.ok(change);
      const wish: Change[] = [{ ...change, id: "change/replicas.a", path: "replicas.a", label: "data loss" }];
      const permissions = [permission("change/replicas.a")];
      const ofReplica = planned({ label: "data loss", name: "prod-replica-a" });
      assert.deepEqual(reasons({ wish, permissions, plan: [ofReplica] }), []);
      assert.deepEqual(reasons({ wish, permissions, plan: [ofReplica, loss] }), [["plan", id]]);
      const namesake = planned({ label: "data loss", name: "prod-replica-ab" });
      assert.equal(judge({ wish, permissions, plan: [namesake] }).passes, false);
    });

    it("tells of a resource once, by its worst", () => {
      const plan = [
        planned({ label: "replace", property: "region" }),
        planned({ label: "data loss", property: "name" }),
      ];
      assert.deepEqual(reasons({ plan }), [["plan", id]]);
    });

    it("has no leave from a permission for less", () => {
      const permissions = [permission(`plan/${INSTANCE}/prod-primary/replace`)];
      assert.deepEqual(
        reasons({ plan: [loss], permissions }).map(([kind]) => kind),
        ["plan", "permission"],
      );
    });
  });

  describe("of permissions", () => {
    it("fails those that are unknown, expired or not needed, with 2 where nothing else is wrong", () => {
      for (const [id, expires, got] of [
        ["change/databse", "2026-11-28", "an unknown id"],
        ["plan/only", "2026-11-28", "an unknown id"],
        ["change/database", "2026-11-21", "expired on 2026-11-21"],
        ["change/database", "2026-11-28", "nothing that needs it"],
        [`plan/${INSTANCE}/prod-primary/replace`, "2026-11-28", "nothing that needs it"],
      ] as const) {
        const verdict = judge({ permissions: [permission(id, expires)] });
        assert.equal(verdict.exitCode, 2, id);
        assert.ok(verdict.reasons[0]?.text.includes(got), `${got} in ${verdict.reasons[0]?.text ?? "nothing"}`);
      }
    });

    it("hold until their last day is over, by UTC", () => {
      const wish = wished({ database: "shop" });
      const permissions = [permission("change/database", "2026-11-22")];
      assert.equal(judge({ wish, permissions, now: new Date("2026-11-22T23:59:59Z") }).passes, true);
      assert.equal(judge({ wish, permissions, now: new Date("2026-11-23T00:00:00Z") }).exitCode, 1);
    });

    it("are left alone where nobody could judge them, unless they expired", () => {
      const unjudged = ["plan/"];
      const id = `plan/${INSTANCE}/prod-primary/replace`;
      assert.equal(judge({ permissions: [permission(id)], unjudged }).passes, true);
      assert.equal(judge({ permissions: [permission(id, "2026-11-21")], unjudged }).exitCode, 2);
      assert.equal(judge({ permissions: [permission("change/database")], unjudged }).exitCode, 2);
    });
  });

  it("stops on a mandatory policy and on a budget, and not on advice", () => {
    const finding = { policy: "backup/enabled", message: "primary: no backups" };
    assert.equal(judge({ findings: [{ ...finding, mandatory: false }] }).passes, true);
    assert.equal(judge({ findings: [{ ...finding, mandatory: true }] }).exitCode, 1);
    assert.equal(judge({ overBudget: "it costs 12.00 USD a month" }).exitCode, 1);
  });

  it("is never green with something that could not be checked, and says 1 where something is surely wrong", () => {
    assert.equal(judge({ couldNotCheck: ["the budget: not priced"] }).exitCode, 3);
    const both = { couldNotCheck: ["the plan is not whole"], wish: wished({ database: "shop" }) };
    assert.equal(judge(both).exitCode, 1);
  });
});
