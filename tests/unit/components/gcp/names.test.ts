// Every name that a topology makes, by which the engine and the cloud know what is theirs: one that changes replaces what
// it names. Does not prove that the cloud has none of these names yet.
import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import type { SpecOf } from "../../../../topology/spec.ts";
import { planOf, type PlanOptions, PROD, serversOf, STAGING } from "./example-topologies.ts";

/** The URN of each resource of the servers, and the cloud's name of it, `-` where the cloud gives it none. */
async function namesOf(spec: SpecOf<"gcp">, options?: PlanOptions): Promise<Map<string, string>> {
  const { resources } = await planOf(spec, options);
  return new Map(
    serversOf(resources).map(({ urn, props }) => [
      urn.replace("urn:pulumi:stack::project::", "").replace("pgtopology:gcp:Topology$", ""),
      typeof props.name === "string" ? props.name : "-",
    ]),
  );
}

/** The names of a stack with these parts. */
function expectedNames(stack: string, parts: readonly string[]): Map<string, string> {
  const top = `pgtopology-${stack}`;
  const dns = (part: string): [string, string][] => [
    [`gcp:dns/managedZone:ManagedZone::${top}-zone-${part}`, `${stack}-zone-${part}-k3x9`],
  ];
  const instance = (part: string): [string, string] => [
    `gcp:sql/databaseInstance:DatabaseInstance::${top}-${part}`,
    `${stack}-${part}-k3x9`,
  ];
  return new Map([
    [`pgtopology:gcp:Topology::${top}`, "-"],
    [`gcp:compute/network:Network::${top}-network`, `${stack}-network-k3x9`],
    [`gcp:compute/subnetwork:Subnetwork::${top}-subnet`, `${stack}-subnet-k3x9`],
    [`gcp:compute/globalAddress:GlobalAddress::${top}-services-range`, `${stack}-services-range-k3x9`],
    [`gcp:servicenetworking/connection:Connection::${top}-services-connection`, "-"],
    ...parts.map(instance),
    ...parts.flatMap(dns),
  ]);
}

/** A record has the server's own name, which the cloud gives. */
function withoutRecords(names: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...names].filter(([urn]) => !urn.startsWith("gcp:dns/recordSet")));
}

describe("the names in the cloud", () => {
  const stacks: [string, SpecOf<"gcp">, readonly string[]][] = [
    ["staging", STAGING, ["primary", "replica-reports"]],
    ["prod", PROD, ["primary", "replica-reports", "replica-west"]],
  ];
  for (const [stack, spec, parts] of stacks) {
    it(`are these in ${stack}`, async () => {
      const names = await namesOf(spec);
      assert.deepEqual(new Map([...withoutRecords(names)].sort()), new Map([...expectedNames(stack, parts)].sort()));
      const top = `pgtopology-${stack}`;
      assert.deepEqual(
        [...names.keys()].filter((urn) => urn.startsWith("gcp:dns/recordSet")),
        parts.map((part) => `gcp:dns/recordSet:RecordSet::${top}-record-${part}`),
      );
    });
  }

  it("are not the same for anything in either stack", async () => {
    const named = await Promise.resolve([...(await namesOf(STAGING)), ...(await namesOf(PROD))]);
    const urns = named.map(([urn]) => urn);
    const cloud = named.map(([, name]) => name).filter((name) => name !== "-");
    assert.equal(new Set(urns).size, urns.length);
    assert.equal(new Set(cloud).size, cloud.length);
  });

  it("end in the stack's suffix, and nothing else of them follows it", async () => {
    const [one, other] = [await namesOf(PROD), await namesOf(PROD, { suffix: "zz77" })];
    assert.deepEqual([...one.keys()], [...other.keys()]);
    for (const [urn, name] of withoutRecords(one)) assert.equal(other.get(urn), name.replace("k3x9", "zz77"));
  });

  it("stay, and are different, whatever replicas come and go beside them", async () => {
    const key = fc.stringMatching(/^[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,4})?$/);
    const fewKeys = fc.uniqueArray(key, { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fewKeys, async (keys) => {
        const replicas = Object.fromEntries(keys.map((name) => [name, {}]));
        const all = await namesOf({ ...STAGING, replicas });
        const fewer = await namesOf({ ...STAGING, replicas: Object.fromEntries(Object.entries(replicas).slice(1)) });
        for (const [urn, name] of fewer) assert.equal(all.get(urn), name);
        const cloud = [...withoutRecords(all).values()].filter((name) => name !== "-");
        assert.equal(new Set(cloud).size, cloud.length);
      }),
      { numRuns: 15 },
    );
  }).timeout(20_000);
});
