// What planned resources are judged by, in the provider's own words. Does not prove that the engine plans them so: the
// components' tests do, and the preview of a split.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { DIGITALOCEAN_TYPES, factsFromDigitalOceanPlan } from "../../../facts/from-plan/digitalocean.ts";
import type { PlannedResource } from "../../../facts/from-plan/planned-resource.ts";
import { CATALOGUE } from "../../../requirements/catalogue.ts";
import { NOTHING_KNOWN } from "../../../requirements/facts/nothing-known.ts";
import { FLOORS } from "../../../requirements/floors.ts";
import { judgeAll } from "../../../requirements/judge.ts";
import { UNKNOWN } from "../../../requirements/known.ts";
import { ON_DIGITALOCEAN_ONLY } from "../requirements/good-digitalocean-facts.ts";

const NOW = new Date("2026-11-21T12:00:00Z");

type Kind = keyof typeof DIGITALOCEAN_TYPES;

function planned(kind: Kind, name: string, props: PlannedResource["props"] = {}, protect = true): PlannedResource {
  return { type: DIGITALOCEAN_TYPES[kind], urn: `urn:${name}`, name, props, protect };
}

const RULES = {
  clusterId: UNKNOWN,
  rules: [
    { type: "droplet", value: UNKNOWN },
    { type: "ip_addr", value: "198.51.100.7/32" },
  ],
};
const GOOD: Readonly<Record<string, PlannedResource>> = {
  cluster: planned("cluster", "unit-primary", {
    engine: "pg",
    version: "17",
    region: "nyc3",
    size: "db-s-2vcpu-4gb",
    privateNetworkUuid: "vpc-1",
    nodeCount: 2,
    storageAutoscale: { enabled: true },
    maintenanceWindows: [{ day: "sunday", hour: "03:00:00" }],
  }),
  replica: planned("replica", "unit-replica-reader", {
    size: "db-s-2vcpu-4gb",
    privateNetworkUuid: "vpc-1",
    clusterId: UNKNOWN,
  }),
  sources: planned("sources", "unit-firewall-primary", RULES, false),
  replicaSources: planned("sources", "unit-firewall-replica-reader", RULES, false),
  pool: planned("pool", "unit-pool-writer", { mode: "transaction", size: 15, clusterId: UNKNOWN }, false),
  droplet: planned("droplet", "unit-data-host", { sshKeys: [UNKNOWN], region: "nyc3", vpcUuid: "vpc-1" }),
  volume: planned("volume", "unit-data"),
  firewall: planned("firewall", "unit-firewall-data-host", {
    dropletIds: [UNKNOWN],
    inboundRules: [{ protocol: "tcp", portRange: "5432", sourceAddresses: ["10.100.0.0/24"] }],
  }),
  bucket: planned("bucket", "unit-backups", { acl: "private", versioning: { enabled: true }, forceDestroy: false }),
};

function judged(change: Readonly<Record<string, PlannedResource | undefined>> = {}): string[] {
  const resources = Object.values({ ...GOOD, ...change }).filter((one) => one !== undefined);
  const facts = { ...NOTHING_KNOWN, ...factsFromDigitalOceanPlan(resources, NOW) };
  const own = CATALOGUE.filter(({ id, topic }) => ON_DIGITALOCEAN_ONLY.has(topic) || id === "pooling/mode");
  return judgeAll(own, facts, "plan", FLOORS.prod).map(
    ({ requirement, verdict }) => `${requirement.id} ${verdict.status}`,
  );
}

function failed(change: Readonly<Record<string, PlannedResource | undefined>> = {}): string[] {
  return judged(change).filter((line) => /fail$|unknown$/.test(line));
}

function changed(name: string, props: PlannedResource["props"], protect = true) {
  const good = GOOD[name];
  assert.ok(good);
  return { [name]: { ...good, props: { ...good.props, ...props }, protect } };
}

describe("the facts of a plan on DigitalOcean", () => {
  it("pass what is as it should be, although a droplet's id is not known yet", () => {
    assert.deepEqual(failed(), []);
  });

  const BROKEN: readonly (readonly [string, Readonly<Record<string, PlannedResource | undefined>>, string])[] = [
    ["no list of a replica", { replicaSources: undefined }, "clusters/sources-named fail"],
    ["an empty list", changed("sources", { rules: [] }), "clusters/sources-named fail"],
    [
      "the whole world",
      changed("replicaSources", { rules: [{ type: "ip_addr", value: "0.0.0.0/0" }] }),
      "clusters/no-world-open-source fail",
    ],
    ["a single node", changed("cluster", { nodeCount: 1 }), "clusters/standby fail"],
    [
      "a disk that does not grow",
      changed("cluster", { storageAutoscale: { enabled: false } }),
      "clusters/disk-grows fail",
    ],
    ["no window", changed("cluster", { maintenanceWindows: undefined }), "clusters/maintenance-window fail"],
    ["a cluster that may be removed", changed("cluster", {}, false), "clusters/removal-refused fail"],
    ["a pool of the other mode", changed("pool", { mode: "session" }), "pooling/mode fail"],
    ["a host without a firewall", { firewall: undefined }, "host/firewalled fail"],
    [
      "SSH for everybody",
      changed("firewall", {
        inboundRules: [{ protocol: "tcp", portRange: "22", sourceAddresses: ["0.0.0.0/0", "::/0"] }],
      }),
      "host/no-world-open-port fail",
    ],
    ["a volume that may be removed", changed("volume", {}, false), "host/volume-removal-refused fail"],
    ["a bucket for everybody", changed("bucket", { acl: "public-read" }), "bucket/private fail"],
    ["a bucket without versions", changed("bucket", { versioning: undefined }), "bucket/versioned fail"],
    ["a bucket that is emptied", changed("bucket", { forceDestroy: true }), "bucket/removal-refused fail"],
    ["rules that are not known", changed("sources", { rules: UNKNOWN }), "clusters/sources-named unknown"],
  ];
  for (const [title, change, expected] of BROKEN) {
    it(`name ${title}`, () => {
      // What is not known is not known of either rule of sources.
      assert.deepEqual(
        failed(change).filter((line) => line !== "clusters/no-world-open-source unknown"),
        [expected],
      );
    });
  }

  it("are not applicable of a host and a bucket that are not planned", () => {
    const all = judged({ droplet: undefined, volume: undefined, firewall: undefined, bucket: undefined });
    const lines = all.filter((line) => /^(host|bucket)\//.test(line));
    assert.ok(lines.length > 0 && lines.every((line) => line.endsWith(" not-applicable")), lines.join());
  });
});
