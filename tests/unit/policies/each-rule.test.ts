// Every requirement on planned resources, through the SDK's own request handlers: kept, broken on each of its sides, with
// its values secret, and with a value that is not known yet. Does not prove that an engine sends resources like these:
// the previews in tests/integration/policies and tests/e2e/clouds do.
import assert from "node:assert/strict";
import { afterEach, describe, it } from "mocha";
import { PLAN_TARGETS } from "../../../facts/from-plan/plan-targets.ts";
import { CATALOGUE } from "../../../requirements/catalogue.ts";
import { ALL_CASES } from "./cases/all-cases.ts";
import { WITHOUT_A_CASE } from "./cases/without-a-case.ts";
import type { PlanCase } from "./plan-case.ts";
import { analyze, analyzeStack, type Diagnostic, type SentResource, secret, tell } from "./policy-rpc.ts";
import { statusOnPlan } from "./status-on-plan.ts";

/** What the pack says of resources, each by itself and all together, as in a preview. */
async function preview(resources: readonly SentResource[]): Promise<Diagnostic[]> {
  const alone: Diagnostic[] = [];
  for (const resource of resources) alone.push(...(await analyze(resource)));
  return [...alone, ...(await analyzeStack(resources))];
}

function settingsOf({ environment = "prod", id, settings }: PlanCase): object {
  // What is off unless asked for is asked for here.
  const off = CATALOGUE.find((requirement) => requirement.id === id)?.level === "off";
  return { environment, ...(off && { levels: { [id]: "mandatory" } }), ...settings };
}

/** The same resources, whose every property is a secret to the engine. */
function secrets(resources: readonly SentResource[]): SentResource[] {
  return resources.map((resource) => ({
    ...resource,
    props: Object.fromEntries(Object.entries(resource.props).map(([name, value]) => [name, secret(value as string)])),
  }));
}

describe("each requirement on a plan", () => {
  afterEach(() => {
    tell();
  });

  for (const one of ALL_CASES) {
    const { bad, good, id, unknown } = one;
    describe(id, () => {
      const failures = (told: readonly Diagnostic[]) => told.filter(({ policyname }) => policyname !== "not-yet-known");

      it("passes where it is kept", async () => {
        tell(settingsOf(one));
        assert.deepEqual(
          failures(await preview(good)).filter(({ policyname }) => policyname === id),
          [],
        );
        assert.equal(statusOnPlan(id, good, settingsOf(one)), "pass");
      });

      for (const { also = [], at, resources, says, why } of bad) {
        it(`fails: ${why}`, async () => {
          tell(settingsOf(one));
          const told = failures(await preview(resources));
          const before = new Set(failures(await preview(good)).map(({ policyname }) => policyname));
          const named = [...new Set(told.map(({ policyname }) => policyname))].filter((name) => !before.has(name));
          assert.deepEqual(named.sort(), [id, ...also].sort());
          const own = told.find(({ policyname, message }) => policyname === id && says.test(message));
          assert.ok(own, told.map(({ message }) => message).join("\n"));
          const where = at ?? resources[0]?.name;
          assert.ok(own.urn.endsWith(`::${where}`), `${own.urn} is not ${where}`);
          const hidden = failures(await preview(secrets(resources)));
          assert.ok(hidden.some(({ policyname, message }) => policyname === id && says.test(message)));
        });
      }

      if (unknown !== undefined) {
        it("is not yet known where what it needs is not", async () => {
          tell(settingsOf(one));
          const told = await preview(unknown);
          assert.deepEqual(
            told.filter(({ policyname }) => policyname === id),
            [],
          );
          const untold = told.filter(({ policyname }) => policyname === "not-yet-known").map(({ message }) => message);
          assert.match(untold.join("\n"), new RegExp(`${id} \\(`));
        });
      }
    });
  }

  it("has a case for every requirement that is judged on a plan", () => {
    const judged = new Set(PLAN_TARGETS.flatMap(({ perResource, whole }) => [...perResource, ...whole]));
    const wanted = CATALOGUE.filter(({ topic, witnesses }) => judged.has(topic) && witnesses.includes("plan"));
    const without = wanted.map(({ id }) => id).filter((id) => !ALL_CASES.some((one) => one.id === id));
    assert.deepEqual(without.sort(), [...WITHOUT_A_CASE].sort());
  });
});
