// Every name that a topology makes, by which the engine and the platform know what is theirs: one that changes replaces
// what it names. Does not prove that the platform has none of these names yet.
import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import type { SpecOf } from "../../../../topology/spec.ts";
import { planOf, type PlanOptions, SPLIT, STAGING } from "./example-topologies.ts";

/** The program's name of each resource, and the platform's, `-` where it gives it none. */
async function namesOf(spec: SpecOf<"digitalocean">, options?: PlanOptions): Promise<Map<string, string>> {
  const { resources } = await planOf(spec, options);
  return new Map(
    resources.map(({ name, props, type }) => [
      `${type.split(":").at(-1) ?? ""} ${name}`,
      typeof props.name === "string" ? props.name : "-",
    ]),
  );
}

const HOST_NAMES: [string, string][] = [
  ["Droplet pgtopology-split-data-host", "split-data-host-k3x9"],
  ["Firewall pgtopology-split-firewall-data-host", "split-data-host-k3x9"],
  ["SpacesBucket pgtopology-split-backups", "split-backups-k3x9"],
  ["SpacesKey pgtopology-split-backups-key", "split-backups-k3x9"],
  ["Volume pgtopology-split-data", "split-data-k3x9"],
  ["VolumeAttachment pgtopology-split-data-attachment", "-"],
];

const SPLIT_NAMES: [string, string][] = [
  ["DatabaseCluster pgtopology-split-primary", "split-primary-k3x9"],
  ["DatabaseConnectionPool pgtopology-split-pool-writer", "shop_pool"],
  ["DatabaseDb pgtopology-split-database", "shop"],
  ["DatabaseFirewall pgtopology-split-firewall-primary", "-"],
  ["DatabaseFirewall pgtopology-split-firewall-replica-far", "-"],
  ["DatabaseFirewall pgtopology-split-firewall-replica-reports", "-"],
  ["DatabasePostgresqlConfig pgtopology-split-server-config", "-"],
  ["DatabaseReplica pgtopology-split-replica-far", "split-replica-far-k3x9"],
  ["DatabaseReplica pgtopology-split-replica-reports", "split-replica-reports-k3x9"],
  ["DatabaseUser pgtopology-split-user-monitoring", "monitor"],
  ["DatabaseUser pgtopology-split-user-owner", "shop_owner"],
  ["DatabaseUser pgtopology-split-user-read-only", "shop_readonly"],
  ["DatabaseUser pgtopology-split-user-read-write", "shop"],
  ...["data-host", "primary"].flatMap((part): [string, string][] =>
    ["cpu", "disk", "memory"].map((role) => [`MonitorAlert pgtopology-split-alert-${part}-${role}`, "-"]),
  ),
  ["ProjectResources pgtopology-split-project-resources", "-"],
  ["Topology pgtopology-split", "-"],
  ["Vpc pgtopology-split-vpc", "split-vpc-k3x9"],
  ...HOST_NAMES,
];

describe("the names on DigitalOcean", () => {
  it("are these in a split", async () => {
    assert.deepEqual([...(await namesOf(SPLIT))].sort(), [...SPLIT_NAMES].sort());
  });

  it("are not those of another stack for anything that is named in the account", async () => {
    const named = async (spec: SpecOf<"digitalocean">): Promise<string[]> =>
      [...(await namesOf(spec)).values()].filter((name) => name.endsWith("-k3x9"));
    const [staging, split] = [await named(STAGING), await named(SPLIT)];
    assert.deepEqual(
      staging.filter((name) => split.includes(name)),
      [],
    );
  });

  it("end in the stack's suffix, and nothing else of them follows it", async () => {
    const [one, other] = [await namesOf(SPLIT), await namesOf(SPLIT, { suffix: "zz77" })];
    assert.deepEqual([...one.keys()], [...other.keys()]);
    for (const [resource, name] of one) assert.equal(other.get(resource), name.replace("k3x9", "zz77"));
  });

  it("stay, and are different, whatever replicas come and go beside them", async () => {
    const key = fc.stringMatching(/^[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,4})?$/);
    const fewKeys = fc.uniqueArray(key, { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fewKeys, async (keys) => {
        const replicas = Object.fromEntries(keys.map((name) => [name, {}]));
        const all = await namesOf({ ...STAGING, replicas });
        const fewer = await namesOf({ ...STAGING, replicas: Object.fromEntries(Object.entries(replicas).slice(1)) });
        for (const [resource, name] of fewer) assert.equal(all.get(resource), name);
        const names = [...all.values()].filter((name) => name.endsWith("-k3x9"));
        assert.equal(new Set(names).size, names.length);
      }),
      { numRuns: 15 },
    );
  }).timeout(20_000);
});
