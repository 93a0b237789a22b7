// Two sides of the triangle on Cloud SQL: what a wish promises of its instances is what the resources are that are planned
// for it. Does not prove that the engine plans them so: tests/e2e/clouds does where the provider's plugin is.
import fc from "fast-check";
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "mocha";
import { parse } from "yaml";
import { PLAN_TARGETS } from "../../../facts/from-plan/plan-targets.ts";
import type { PlannedResource } from "../../../facts/from-plan/planned-resource.ts";
import { factsFromGcpSpec } from "../../../facts/from-spec-gcp.ts";
import { judgeResource, judgeWhole } from "../../../policies/judge-plan.ts";
import { planFindings } from "../../../policies/plan-findings.ts";
import type { FactsByTopic } from "../../../requirements/facts/facts-by-topic.ts";
import { resolveTopology } from "../../../topology/resolve.ts";
import type { SpecOf } from "../../../topology/spec.ts";
import type { RecordedResource } from "../../support/planned-resources.ts";
import { factDifferences } from "../../support/fact-differences.ts";
import { validGcpSpec } from "../../support/valid-specs.ts";
import { planOf, PROD, PROD_SERVICE, STAGING } from "../components/gcp/example-topologies.ts";

const ROOT = join(import.meta.dirname, "../../..");
const NOW = new Date("2026-11-21T12:00:00Z");
/** A wish for reading and a switch of the whole data directory: neither is an input of an instance. */
const TOPICS = ["backup", "instances", "pooling", "settings"] as const;
/** Of places, what instances tell. */
const PLACES = ["primary", "readReplicas", "disasterRecovery", "backups"] as const;

async function specOf(stack: string): Promise<SpecOf<"gcp">> {
  const file = parse(await readFile(join(ROOT, `Pulumi.${stack}.yaml`), "utf8")) as {
    config: Record<string, SpecOf<"gcp">>;
  };
  const spec = file.config["pgtopology:topology"];
  assert.equal(spec?.target, "gcp");
  return spec;
}

/** What the component plans, as the engine hands it to the policy pack. */
async function plannedFor(spec: SpecOf<"gcp">): Promise<readonly PlannedResource[]> {
  const { resources } = await planOf(spec);
  return resources.map(asPlanned);
}

function asPlanned({ name, options, props, type, urn }: RecordedResource): PlannedResource {
  const create = Number(/^(\d+)h$/.exec(options.createTimeout)?.[1] ?? 0) * 3600;
  return {
    type,
    urn,
    name,
    props,
    protect: options.protect,
    ignoreChanges: options.ignoreChanges,
    timeouts: { create, update: 0, delete: 0 },
  };
}

function factsOf(resources: readonly PlannedResource[]): FactsByTopic {
  const gcp = PLAN_TARGETS.find(({ name }) => name === "gcp");
  assert.ok(gcp);
  return gcp.facts(resources, { wishedAddresses: [], now: NOW });
}

/** What a wish promises of its instances, and the plan does not show, or shows otherwise. */
function disagreements(spec: SpecOf<"gcp">, resources: readonly PlannedResource[]): string[] {
  const wish = factsFromGcpSpec(resolveTopology(spec, spec.environment ?? "staging"));
  const plan = factsOf(resources);
  return [
    ...TOPICS.flatMap((topic) => factDifferences(wish[topic], plan[topic], topic)),
    ...PLACES.flatMap((name) => factDifferences(wish.places[name], plan.places[name], `places.${name}`)),
  ];
}

/** What the policy pack says of a stack without settings, by its levels. */
function findings(resources: readonly PlannedResource[]): Record<"mandatory" | "advisory", string[]> {
  const judged = [...resources.map((one) => judgeResource(one, {}, NOW)), ...judgeWhole(resources, {}, NOW)];
  const all = judged.flatMap((one) => planFindings(one, {}, NOW));
  const of = (level: string) => [...new Set(all.filter((one) => one.level === level).map(idOf))].sort();
  return { mandatory: of("mandatory"), advisory: of("advisory") };
}

function idOf({ requirement }: { readonly requirement: { readonly id: string } }): string {
  return requirement.id;
}

describe("the plan of a topology on Cloud SQL", function () {
  this.timeout(60_000);

  for (const stack of ["staging", "prod"]) {
    it(`of the stack ${stack} keeps what the wish promises, and nothing of it stops a deployment`, async () => {
      const spec = await specOf(stack);
      const resources = await plannedFor(spec);
      assert.deepEqual(disagreements(spec, resources), []);
      const { advisory, mandatory } = findings(resources);
      assert.deepEqual(mandatory, []);
      assert.deepEqual(
        advisory.filter((id) => id.startsWith("instances/")),
        ["instances/audited", "instances/temporary-files-logged", "instances/upgrade-takes-replicas"],
      );
    });
  }

  for (const [title, spec] of Object.entries({ STAGING, PROD, PROD_SERVICE })) {
    it(`of the example ${title} keeps what the wish promises`, async () => {
      assert.deepEqual(disagreements(spec, await plannedFor(spec)), []);
    });
  }

  it("shows a designated replica as the one that takes over", async () => {
    const { resources } = await planOf(PROD, { designatedReplica: "west" });
    const { instances } = factsOf(resources.map(asPlanned));
    assert.equal(instances.designated, "replica-west");
  });

  it("keeps what a hundred generated wishes promise", async () => {
    await fc.assert(
      fc.asyncProperty(validGcpSpec, async (spec) => {
        assert.deepEqual(disagreements(spec, await plannedFor(spec)), []);
      }),
      { numRuns: 100 },
    );
  });
});
