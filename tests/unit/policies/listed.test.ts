// What the engine is told of the pack. Does not prove that it shows it.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { listedPolicies, policies } from "../../../policies/pack.ts";
import { CATALOGUE } from "../../../requirements/catalogue.ts";

describe("the list of policies", () => {
  it("has every requirement that is judged on a plan, with severity, remedy and page", () => {
    const planned = CATALOGUE.filter(({ witnesses }) => witnesses.includes("plan"));
    assert.deepEqual(
      listedPolicies.map(({ name, remediationSteps, severity, url }) => [name, remediationSteps, severity, url]),
      planned.map(({ docs, fix, id, severity }) => [id, fix, severity, docs]),
    );
  });

  it("names the benchmark, its edition and its number where there is one", () => {
    const framework = (id: string) => listedPolicies.find(({ name }) => name === id)?.framework;
    assert.deepEqual(framework("instances/encrypted-only"), {
      name: "CIS GCP",
      version: "4.0",
      reference: "6.4",
      specification: "CIS GCP 4.0, 6.4",
    });
    assert.equal(framework("containers/not-privileged")?.specification, "CIS Docker 1.6, 5.5");
    assert.equal(framework("clusters/standby"), undefined);
  });

  it("has no name twice, and none that judges beside the few that read resources", () => {
    const names = [...policies, ...listedPolicies].map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
    for (const policy of listedPolicies) {
      assert.ok(!("validateResource" in policy) && !("validateStack" in policy), policy.name);
    }
  });
});
