// Two sides of the triangle around Cloud SQL: what a wish promises of its bucket, its service and its subnet is what the
// resources are that are planned for it. Does not prove that the engine plans them so: tests/e2e/clouds does where the
// provider's plugin is.
import fc from "fast-check";
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "mocha";
import { parse } from "yaml";
import { factsAroundGcp } from "../../../facts/from-plan/gcp/around.ts";
import type { PlannedResource } from "../../../facts/from-plan/planned-resource.ts";
import { factsFromGcpSpec } from "../../../facts/from-spec-gcp.ts";
import { judgeResource, judgeWhole } from "../../../policies/judge-plan.ts";
import { planFindings } from "../../../policies/plan-findings.ts";
import type { FactsByTopic } from "../../../requirements/facts/facts-by-topic.ts";
import { isKnown } from "../../../requirements/known.ts";
import type { Topic } from "../../../requirements/requirement.ts";
import { topologyName } from "../../../topology/names.ts";
import { resolveTopology } from "../../../topology/resolve.ts";
import type { SpecOf } from "../../../topology/spec.ts";
import { madeByCloud } from "../../support/pretend-cloud.ts";
import { factDifferences } from "../../support/fact-differences.ts";
import { validGcpSpec } from "../../support/valid-specs.ts";
import { planOf, PROD, PROD_SERVICE, STAGING, STAGING_SERVICE } from "../components/gcp/example-topologies.ts";

const ROOT = join(import.meta.dirname, "../../..");
const NOW = new Date("2026-11-21T12:00:00Z");
const OWN_TOPICS: readonly Topic[] = [
  "alerts",
  "bucket",
  "identities",
  "lifecycle",
  "network",
  "places",
  "secrets",
  "services",
  "stack",
  "users",
];

async function specOf(stack: string): Promise<SpecOf<"gcp">> {
  const file = parse(await readFile(join(ROOT, `Pulumi.${stack}.yaml`), "utf8")) as {
    config: Record<string, SpecOf<"gcp">>;
  };
  const spec = file.config["pgtopology:topology"];
  assert.equal(spec?.target, "gcp");
  return spec;
}

/** What the component plans, with what the cloud adds, as the engine hands all of it over at the end. */
async function plannedFor(spec: SpecOf<"gcp">): Promise<readonly PlannedResource[]> {
  const { resources } = await planOf(spec);
  return resources.map(({ name, options, props, type, urn }) => {
    const { serverCaCerts: _, ...made } = madeByCloud(type, props);
    const provider = { type: "pulumi:providers:gcp", name: "default", props: { project: "example" } };
    const timeouts = { create: options.createTimeout === "" ? 0 : 1, update: 0, delete: 0 };
    return {
      type,
      urn,
      name,
      props: { ...props, ...made },
      protect: options.protect,
      deleteBeforeReplace: options.deleteBeforeReplace,
      timeouts,
      provider,
    };
  });
}

/** What a wish promises, and the plan does not show, or shows otherwise. */
function disagreements(spec: SpecOf<"gcp">, resources: readonly PlannedResource[]): string[] {
  const stack = spec.environment ?? "staging";
  const wish = factsFromGcpSpec(resolveTopology(spec, stack));
  const plan = factsAroundGcp(
    resources.map((one) => ({ ...one, name: one.name.replace(`${topologyName(stack)}-`, "") })),
  );
  return [
    ...factDifferences(wish.bucket, plan.bucket, "bucket"),
    ...factDifferences(wish.services, plan.services, "services"),
    ...factDifferences(wish.network, plan.network, "network"),
    ...factDifferences(placesOf(wish), placesOf(plan), "places"),
  ];
}

/** Of places, what stands around the servers; a wish has words of its own for it. */
function placesOf({ places: { keys, secondCopy, service } }: Pick<FactsByTopic, "places">): object {
  return {
    service: isKnown(service) ? service.filter(({ what }) => what === "service") : service,
    secondCopy: isKnown(secondCopy) ? secondCopy.map(({ region }) => region) : secondCopy,
    keys: isKnown(keys) ? keys.map(({ encrypts, region }) => ({ region, of: encrypts.region })) : keys,
  };
}

/** What the policy pack says of what stands around the servers, by its levels. */
function findings(resources: readonly PlannedResource[], environment: "staging" | "prod") {
  const settings = { environment };
  const judged = [...resources.map((one) => judgeResource(one, settings)), ...judgeWhole(resources, settings)];
  const all = judged.flatMap((one) => planFindings(one, settings, NOW));
  const own = all.filter(({ requirement }) => OWN_TOPICS.includes(requirement.topic));
  const of = (level: string) => [
    ...new Set(own.filter((one) => one.level === level).map(({ requirement }) => requirement.id)),
  ];
  return { mandatory: of("mandatory").sort(), advisory: of("advisory").sort() };
}

describe("what is planned around Cloud SQL", function () {
  this.timeout(240_000);

  for (const stack of ["staging", "prod"] as const) {
    it(`in the stack ${stack} keeps what the wish promises, and nothing of it stops a deployment`, async () => {
      const spec = await specOf(stack);
      const resources = await plannedFor(spec);
      assert.deepEqual(disagreements(spec, resources), []);
      const { advisory, mandatory } = findings(resources, stack);
      assert.deepEqual(mandatory, []);
      assert.deepEqual(advisory, [
        "alerts/complete",
        "alerts/configuration-changes",
        ...(stack === "prod" ? ["alerts/restore-drill", "bucket/retention-locked"] : []),
        "secrets/rotated",
        "users/no-superuser",
      ]);
    });
  }

  for (const [title, spec] of Object.entries({ STAGING, STAGING_SERVICE, PROD, PROD_SERVICE })) {
    it(`in the example ${title} keeps what the wish promises`, async () => {
      assert.deepEqual(disagreements(spec, await plannedFor(spec)), []);
    });
  }

  it("keeps what a hundred generated wishes promise", async () => {
    await fc.assert(
      fc.asyncProperty(validGcpSpec, async (spec) => {
        assert.deepEqual(disagreements(spec, await plannedFor(spec)), []);
      }),
      { numRuns: 100 },
    );
  });
});
