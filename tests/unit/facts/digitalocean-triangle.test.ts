// Two sides of the triangle on DigitalOcean: what a wish promises is what the resources are that are planned for it, with
// ids that are not known yet. Does not prove that the engine plans them so: tests/e2e/clouds does where the provider's
// plugin is.
import fc from "fast-check";
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "mocha";
import { parse } from "yaml";
import { factsFromDigitalOceanPlan } from "../../../facts/from-plan/digitalocean.ts";
import type { PlannedResource } from "../../../facts/from-plan/planned-resource.ts";
import { factsFromDigitalOceanSpec } from "../../../facts/from-spec-digitalocean.ts";
import { judgeResource, judgeWhole } from "../../../policies/judge-plan.ts";
import { planFindings } from "../../../policies/plan-findings.ts";
import { NOT_KNOWN_YET } from "../../../requirements/facts/clusters.ts";
import { isKnown, Missing, UNKNOWN } from "../../../requirements/known.ts";
import { resolveTopology } from "../../../topology/resolve.ts";
import type { SpecOf } from "../../../topology/spec.ts";
import type { RecordedResource } from "../../support/planned-resources.ts";
import { DIGITALOCEAN_ANSWERS } from "../../support/pretend-digitalocean.ts";
import { validDigitalOceanSpec } from "../../support/valid-digitalocean-specs.ts";
import { planOf, SPLIT, STAGING } from "../components/digitalocean/example-topologies.ts";

type Spec = SpecOf<"digitalocean">;

const ROOT = join(import.meta.dirname, "../../..");
const NOW = new Date("2026-11-21T12:00:00Z");
/** No resource says so. */
const NOT_IN_A_PLAN = ["clusters.exported"];

async function specOf(stack: string): Promise<Spec> {
  const file = parse(await readFile(join(ROOT, `Pulumi.${stack}.yaml`), "utf8")) as { config: Record<string, Spec> };
  const spec = file.config["pgtopology:topology"];
  assert.equal(spec?.target, "digitalocean");
  return spec;
}

/** What the component plans, as the engine hands it to the policy pack in a preview. */
async function plannedFor(spec: Spec): Promise<readonly PlannedResource[]> {
  const { resources } = await planOf(spec, { preview: true });
  return resources.map(asPlanned);
}

function asPlanned({ dependencies = {}, options, props, type, urn, name }: RecordedResource): PlannedResource {
  // In a preview, what comes from another resource that is not made yet is not known.
  const unmade = Object.entries(dependencies).filter(
    ([property, others]) => others.length > 0 && isEmpty(props[property]),
  );
  return {
    type,
    urn,
    name,
    props: { ...props, ...Object.fromEntries(unmade.map(([property]) => [property, UNKNOWN])) },
    protect: options.protect,
    ignoreChanges: options.ignoreChanges,
    dependencies,
  };
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}

/** What the wish promises, and the plan does not show, or shows otherwise. */
function disagreements(spec: Spec, resources: readonly PlannedResource[]): string[] {
  const topology = resolveTopology(spec, spec.environment === "prod" ? "split" : "staging");
  const { existing } = topology.network;
  const { data, primary } = factsFromDigitalOceanSpec(topology, {
    cidr:
      existing === undefined ? topology.network.cidr : DIGITALOCEAN_ANSWERS["digitalocean:index/getVpc:getVpc"].ipRange,
    dataHostId: topology.dataHost && NOT_KNOWN_YET,
  });
  const plan = factsFromDigitalOceanPlan(resources, NOW);
  const { enabled, mode } = primary.pooling;
  const modes = isKnown(plan.pooling.pools) ? plan.pooling.pools.map((pool) => pool.mode) : [];
  return [
    ...differences(primary.clusters, plan.clusters, "clusters", `${topology.name}-`),
    ...(data === undefined ? [] : differences(data.host, plan.host, "host", `${topology.name}-`)),
    ...differences(
      { enabled, modes: enabled === true ? [mode] : [] },
      { enabled: plan.pooling.enabled, modes },
      "",
      "",
    ),
  ];
}

function differences(wish: unknown, plan: unknown, path: string, prefix: string): string[] {
  if (wish === UNKNOWN || wish instanceof Missing || NOT_IN_A_PLAN.includes(path)) return [];
  if (Array.isArray(wish) && Array.isArray(plan) && wish.length === plan.length) {
    return wish.flatMap((item, at) => differences(item, (plan as unknown[])[at], `${path}[${at}]`, prefix));
  }
  if (isObject(wish) && isObject(plan)) {
    return Object.keys(wish).flatMap((key) => differences(wish[key], plan[key], `${path}.${key}`, prefix));
  }
  const own = typeof plan === "string" && plan.startsWith(prefix) ? plan.slice(prefix.length) : plan;
  return Object.is(wish, own) ? [] : [`${path}: wish ${show(wish)}, plan ${show(own)}`];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Missing);
}

function show(value: unknown): string {
  return value instanceof Missing ? value.reason : typeof value === "symbol" ? "UNKNOWN" : JSON.stringify(value);
}

describe("the triangle of facts on DigitalOcean", function () {
  this.timeout(120_000);

  const examples: Readonly<Record<string, Spec>> = { "one server": STAGING, everything: SPLIT };
  for (const [title, spec] of Object.entries(examples)) {
    it(`${title}: the plan keeps what the wish promises`, async () => {
      assert.deepEqual(disagreements(spec, await plannedFor(spec)), []);
    });
  }

  for (const stack of ["split", "split-staging"]) {
    it(`Pulumi.${stack}.yaml: the plan keeps what the wish promises, and breaks nothing that stops it`, async () => {
      const spec = await specOf(stack);
      const resources = await plannedFor(spec);
      assert.deepEqual(disagreements(spec, resources), []);
      const component: PlannedResource = {
        type: "pgtopology:digitalocean:Topology",
        urn: "urn:t",
        name: "t",
        props: { outputs: { environment: spec.environment } },
      };
      const all = [component, ...resources];
      const judged = [...all.map((one) => judgeResource(one, {})), ...judgeWhole(all, {})];
      const stopping = judged.flatMap((one) => planFindings(one, {}, NOW)).filter(({ level }) => level === "mandatory");
      assert.deepEqual(
        stopping.map(({ message }) => message),
        [],
      );
    });
  }

  it("of any wish the plan keeps what it promises", async () => {
    await fc.assert(
      fc.asyncProperty(validDigitalOceanSpec, async (spec) => {
        assert.deepEqual(disagreements(spec, await plannedFor(spec)), []);
      }),
      { numRuns: 100 },
    );
  });
});
