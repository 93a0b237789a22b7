// That a resource by itself is told the same whether it is asked everything, or only what can be about it: for each resource
// of each requirement's cases, and for each type without any property. Does not prove that a verdict is right:
// each-rule.test.ts does.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { PLAN_TARGETS } from "../../../facts/from-plan/plan-targets.ts";
import type { PlannedResource } from "../../../facts/from-plan/planned-resource.ts";
import { askedAlone } from "../../../policies/asked-alone.ts";
import { judgeResource } from "../../../policies/judge-plan.ts";
import { packContext } from "../../../policies/pack-context.ts";
import type { PolicySettings } from "../../../policies/settings.ts";
import { CATALOGUE } from "../../../requirements/catalogue.ts";
import { FLOORS } from "../../../requirements/floors.ts";
import { ALL_CASES } from "./cases/all-cases.ts";
import { planned } from "./status-on-plan.ts";

const NOW = new Date("2026-11-22T12:00:00Z");
const TYPES = [...new Set(PLAN_TARGETS.flatMap(({ types }) => [...types]))];
const ON = Object.fromEntries(CATALOGUE.map(({ id }) => [id, "advisory"] as const));
const ALL_SETTINGS: Readonly<Record<string, PolicySettings>> = {
  "no settings": {},
  "every requirement on": { environment: "staging", levels: ON, regions: ["europe-west4"] },
  "floors of one's own": { environment: "local", levels: ON, floors: { minLabels: 0, wantsDeletionProtection: true } },
};
const SENT = ALL_CASES.flatMap(({ bad, good, unknown = [] }) => [good, unknown, ...bad.map((one) => one.resources)]);
const RESOURCES: readonly PlannedResource[] = [
  ...SENT.flatMap((all) => all.map((one) => planned(one, all))),
  ...TYPES.map((type) => ({ type, urn: `urn:${type}::a`, name: "a", props: {} })),
];

describe("a resource that is asked alone", () => {
  for (const [title, settings] of Object.entries(ALL_SETTINGS)) {
    it(`is told what the whole facts of a plan of it alone tell, with ${title}`, () => {
      for (const resource of RESOURCES) {
        const context = packContext(settings, [resource], NOW);
        const whole = PLAN_TARGETS.filter(({ types }) => types.has(resource.type)).map(({ facts, perResource }) => ({
          perResource,
          facts: facts([{ ...resource }], context),
        }));
        for (const { requirement, verdict } of judgeResource(resource, settings, NOW).judged) {
          const told = whole.flatMap(({ facts, perResource }) =>
            perResource.includes(requirement.topic) ? requirement.check(facts[requirement.topic], context.floors) : [],
          );
          // A topic that two targets have is told by each of them.
          assert.ok(
            told.some((one) => JSON.stringify(one) === JSON.stringify(verdict)),
            `${requirement.id} of ${resource.urn}: ${JSON.stringify(verdict)}, not ${JSON.stringify(told)}`,
          );
        }
      }
    });
  }

  it("is asked about itself, and not about other things", () => {
    const asked = (type: string) =>
      askedAlone(type, FLOORS.prod).flatMap((one) => ("verdict" in one ? [] : [one.requirement.topic]));
    assert.ok(asked("gcp:storage/bucket:Bucket").includes("bucket"));
    assert.ok(!asked("gcp:storage/bucket:Bucket").includes("services"));
    assert.ok(asked("digitalocean:index/databaseCluster:DatabaseCluster").includes("clusters"));
    assert.ok(!asked("digitalocean:index/volume:Volume").includes("clusters"));
  });
});
