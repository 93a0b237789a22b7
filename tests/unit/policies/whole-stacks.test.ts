// Whole stacks as exported states, each with the full report that a person reads. Does not prove that a cloud would take
// them; each-rule.test.ts has the single rules.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { judgePlanFile } from "../../../policies/plan-file-report.ts";
import { planFileText } from "../../../policies/plan-file-text.ts";
import { assertExpectedText } from "../../support/expected-text.ts";
import { WHOLE_STACKS } from "./golden/whole-stacks.ts";
import type { SentResource } from "./policy-rpc.ts";

const NOW = new Date("2026-11-21T12:00:00Z");

/** As `pulumi stack export` writes it. */
function stateOf(resources: readonly SentResource[]): string {
  const urn = ({ name, type }: SentResource) => `urn:pulumi:test::shop::${type}::${name}`;
  const urns = new Map(resources.map((resource) => [resource.name, urn(resource)]));
  const states = resources.map((resource) => ({
    urn: urn(resource),
    type: resource.type,
    id: `id-of-${resource.name}`,
    custom: resource.type !== "pulumi:pulumi:Stack",
    [resource.type === "pulumi:pulumi:Stack" ? "outputs" : "inputs"]: resource.props,
    protect: resource.protect ?? false,
    ...(resource.ignoreChanges && { ignoreChanges: resource.ignoreChanges }),
    ...(resource.timeouts && { customTimeouts: resource.timeouts }),
    propertyDependencies: Object.fromEntries(
      Object.entries(resource.dependencies ?? {}).map(([property, names]) => [
        property,
        names.flatMap((name) => urns.get(name) ?? []),
      ]),
    ),
  }));
  return JSON.stringify({ version: 3, deployment: { manifest: {}, resources: states } });
}

describe("whole stacks", () => {
  for (const [name, resources] of Object.entries(WHOLE_STACKS)) {
    const report = judgePlanFile(stateOf(resources), name, {}, NOW);

    it(`${name}: has the whole report that is expected`, () => {
      assertExpectedText(new URL(`golden/${name}.txt`, import.meta.url), `${planFileText(report)}\n`);
    });

    it(`${name}: shows no secret`, () => {
      assert.ok(!JSON.stringify(report).includes("marker-"));
    });

    it(`${name}: ${name.includes("cared-for") ? "has nothing that stops it" : "is stopped"}`, () => {
      const mandatory = report.findings
        .filter(({ level }) => level === "mandatory")
        .map(({ id, message }) => `${id} ${message}`);
      if (name.includes("cared-for")) assert.deepEqual(mandatory, []);
      else assert.ok(mandatory.length > 0);
    });
  }
});
