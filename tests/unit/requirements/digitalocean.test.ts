// Does not prove that anybody finds these facts out rightly: tests/unit/facts and tests/integration/verify do.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { factsFromDigitalOceanSpec } from "../../../facts/from-spec-digitalocean.ts";
import { factsFromGcpSpec } from "../../../facts/from-spec-gcp.ts";
import { factsFromSpec } from "../../../facts/from-spec.ts";
import { CATALOGUE } from "../../../requirements/catalogue.ts";
import type { FactsByTopic } from "../../../requirements/facts/facts-by-topic.ts";
import { type Environment, FLOORS } from "../../../requirements/floors.ts";
import { judgeAll } from "../../../requirements/judge.ts";
import type { ClusterPoolFacts } from "../../../requirements/facts/clusters.ts";
import { isKnown, UNKNOWN } from "../../../requirements/known.ts";
import type { Verdict } from "../../../requirements/requirement.ts";
import { resolveTopology } from "../../../topology/resolve.ts";
import { isWorldOpen } from "../../../topology/trusted-sources.ts";
import {
  DIGITALOCEAN_SPEC,
  GOOD_DATA_FACTS,
  GOOD_PRIMARY_FACTS,
  ON_DIGITALOCEAN_ONLY,
  serversOf,
  withBucket,
  withClusters,
  withDataTopic,
  withPools,
  withServer,
} from "./good-digitalocean-facts.ts";

/** What Spaces has of all that a bucket can have: the rest is Cloud Storage's. */
const OF_SPACES: readonly string[] = ["bucket/private", "bucket/versioned", "bucket/removal-refused"];
const PLATFORM = CATALOGUE.filter(
  ({ id, topic }) => ON_DIGITALOCEAN_ONLY.has(topic) && (topic !== "bucket" || OF_SPACES.includes(id)),
);
const OPEN = { protocol: "tcp", ports: "6379", sources: ["203.0.113.9", "0.0.0.0/0"] };

/** Of all requirements of the platform, whoever may witness them. */
function judged(facts: FactsByTopic, status: Verdict["status"], environment: Environment = "prod"): string[] {
  return PLATFORM.filter((one) => one.check(facts[one.topic], FLOORS[environment]).status === status).map(
    ({ id }) => id,
  );
}

function messageOf(facts: FactsByTopic, id: string): string {
  const requirement = PLATFORM.find((one) => one.id === id);
  assert.ok(requirement);
  const verdict = requirement.check(facts[requirement.topic], FLOORS.prod);
  assert.ok(verdict.status === "fail", verdict.status);
  return verdict.message;
}

const difference = { where: "primary", name: "size", want: "db-s-2vcpu-4gb", got: "db-s-1vcpu-1gb" };

/** Each breaks one thing, which is to be named by exactly this requirement, in these words. */
const BROKEN: readonly (readonly [string, FactsByTopic, RegExp, (readonly string[])?])[] = [
  ["clusters/sources-named", withServer("replica-reader", { sources: [] }), /^replica-reader: got no trusted source/],
  [
    "clusters/no-world-open-source",
    withServer("primary", { sources: ["droplet 4711", "ip_addr 0.0.0.0/0"] }),
    /^primary: open to everybody: ip_addr 0\.0\.0\.0\/0$/,
  ],
  ["clusters/standby", withServer("primary", { nodes: 1 }), /^primary: got 1 node, want 2 or more/],
  ["clusters/disk-grows", withServer("primary", { diskGrows: false }), /does not grow/],
  ["clusters/maintenance-window", withServer("primary", { maintenance: undefined }), /no maintenance window/],
  [
    "clusters/replica-as-large",
    withServer("replica-reader", { size: "db-s-1vcpu-2gb", cpus: 1 }),
    /^replica-reader: got db-s-1vcpu-2gb, want db-s-2vcpu-4gb or more/,
  ],
  [
    "clusters/network-named",
    withServer("primary", { network: undefined }),
    /^primary: got no VPC/,
    ["clusters/machines-in-network", "clusters/replica-in-network"],
  ],
  [
    "clusters/replica-in-network",
    withServer("replica-reader", { network: undefined }),
    /^replica-reader: got the region's default VPC, want the VPC d455e75d/,
  ],
  [
    "clusters/machines-in-network",
    withClusters({ machines: [{ name: "host", region: "nyc3", network: "another" }] }),
    /^host: got the VPC another, want the VPC d455e75d/,
  ],
  [
    "clusters/machines-aligned",
    withClusters({ machines: [{ name: "host", region: "fra1", network: "another" }] }),
    /^host: got fra1, want nyc3 like a server/,
  ],
  ["clusters/pools-fit", withPools({ size: 98 }), /^primary: got pools of 98 connections together, want 97 at most$/],
  ["clusters/pool-logins-made", withPools({ userMade: false }), /^pool: got a user that nothing/],
  [
    "clusters/copies",
    withClusters({
      servers: serversOf(GOOD_PRIMARY_FACTS)
        .slice(0, 1)
        .map((one) => ({ ...one, nodes: 1 })),
    }),
    /^primary: got 0 standby nodes and replicas, want 1 or more/,
    ["clusters/standby"],
  ],
  [
    "clusters/size-allowed",
    withServer("primary", { size: "db-s-1vcpu-1gb" }),
    /got db-s-1vcpu-1gb, want one that prod/,
  ],
  ["clusters/version-named", withServer("primary", { versionNamed: false }), /^primary: got no version/],
  ["clusters/exported", withClusters({ exported: false }), /got no exports/],
  ["clusters/removal-refused", withServer("primary", { protected: false }), /got protect false/],
  ["clusters/online", withServer("primary", { state: "resizing" }), /^primary: got resizing, want online/],
  ["clusters/online", withServer("replica-reader", { state: "absent" }), /^replica-reader: it is not there/],
  ["clusters/as-asked", withServer("primary", { differences: [difference] }), /size got db-s-1vcpu-1gb, want db-s-2/],
  [
    "clusters/sources-as-asked",
    withServer("primary", {
      sourceDifferences: [{ ...difference, name: "ip_addr 198.51.100.9", want: "refused", got: "let in" }],
    }),
    /ip_addr 198\.51\.100\.9 got let in, want refused/,
  ],
  ["clusters/version-cared-for", withServer("primary", { versionDaysLeft: 179 }), /with 179 days left, want 180/],
  [
    "host/firewalled",
    withDataTopic("host", { machines: [{ name: "h", firewalls: 0, sshKeys: 1 }] }),
    /got no firewall/,
  ],
  [
    "host/no-world-open-port",
    withDataTopic("host", { firewalls: [{ name: "f", inbound: [OPEN], outbound: [] }] }),
    /open to everybody: tcp 6379$/,
  ],
  ["host/ssh-keys", withDataTopic("host", { machines: [{ name: "h", firewalls: 1, sshKeys: 0 }] }), /^h: got no key/],
  [
    "host/no-world-open-web",
    withDataTopic("host", { firewalls: [{ name: "f", inbound: [{ ...OPEN, ports: "443" }], outbound: [] }] }),
    /^f: open to everybody: tcp 443$/,
  ],
  [
    "host/egress-closed",
    withDataTopic("host", {
      firewalls: [
        { name: "f", inbound: [], outbound: [{ protocol: "tcp", ports: "all", destinations: ["0.0.0.0/0"] }] },
      ],
    }),
    /^f: open to everybody: tcp all$/,
  ],
  [
    "host/volume-removal-refused",
    withDataTopic("host", { volumes: [{ name: "v", protected: false }] }),
    /got protect false/,
  ],
  ["host/active", withDataTopic("host", { state: "off" }), /got off, want active/],
  ["host/active", withDataTopic("host", { state: "absent" }), /it is not there/],
  ["host/as-asked", withDataTopic("host", { differences: [difference] }), /size got/],
  [
    "host/inbound-as-asked",
    withDataTopic("host", {
      inboundDifferences: [{ where: "data host", name: "tcp 22", want: "closed", got: "203.0.113.9" }],
    }),
    /^not as asked: data host: tcp 22 got 203\.0\.113\.9, want closed$/,
  ],
  ["bucket/private", withBucket({ private: false }), /^backups: got one that others may read/],
  ["bucket/versioned", withBucket({ versioned: false }), /no versioning/],
  ["bucket/removal-refused", withBucket({ protected: false }), /protect false/],
  ["bucket/removal-refused", withBucket({ forceDestroy: true }), /forceDestroy true/],
];

describe("requirements of DigitalOcean", () => {
  it("all hold on good facts, none of which is unknown", () => {
    for (const [facts, topics] of [
      [GOOD_PRIMARY_FACTS, ["clusters"]],
      [GOOD_DATA_FACTS, ["bucket", "host"]],
    ] as const) {
      assert.deepEqual(judged(facts, "fail"), []);
      assert.deepEqual(judged(facts, "unknown"), []);
      const own = PLATFORM.filter(({ topic }) => (topics as readonly string[]).includes(topic));
      assert.deepEqual(
        judged(facts, "pass"),
        own.map(({ id }) => id),
      );
    }
  });

  for (const [id, facts, words, also = []] of BROKEN) {
    it(`${id} is the one that fails by ${words.source}`, () => {
      assert.deepEqual(judged(facts, "fail").sort(), [id, ...also].sort());
      assert.match(messageOf(facts, id), words);
    });
  }

  it("have a broken case each", () => {
    assert.deepEqual([...new Set(BROKEN.map(([id]) => id))].sort(), PLATFORM.map(({ id }) => id).sort());
  });

  it("count what is known of pools that are too many, and pass none that is not known", () => {
    const [primary] = serversOf(GOOD_PRIMARY_FACTS);
    assert.ok(primary);
    const pool = { name: "pool", mode: "transaction", size: UNKNOWN, userMade: true, databaseMade: true } as const;
    const fits = (pools: readonly ClusterPoolFacts[]) =>
      PLATFORM.find(({ id }) => id === "clusters/pools-fit")?.check(
        withServer("primary", { pools }).clusters,
        FLOORS.prod,
      ).status;
    assert.equal(fits([pool, { ...pool, size: 98 }]), "fail");
    assert.equal(fits([pool, { ...pool, size: 97 }]), "unknown");
    assert.equal(fits([]), "not-applicable");
  });

  it("take a size by its name, or by a pattern", () => {
    const allowed = (clusterSizes: readonly string[]) =>
      PLATFORM.find(({ id }) => id === "clusters/size-allowed")?.check(GOOD_PRIMARY_FACTS.clusters, {
        ...FLOORS.prod,
        clusterSizes,
      }).status;
    assert.deepEqual([["db-s-2vcpu-4gb"], ["db-s-*"], ["*4gb"], ["db-*-4gb"], ["*"]].map(allowed), [
      "pass",
      "pass",
      "pass",
      "pass",
      "pass",
    ]);
    assert.deepEqual([["db-s-2vcpu-4g"], ["s-*"], ["db-.*"], []].map(allowed), ["fail", "fail", "fail", "fail"]);
  });

  it("are not applicable to a stack on Docker or on Cloud SQL, by any witness", () => {
    const docker = factsFromSpec(resolveTopology({ target: "docker" }, "unit"));
    const gcp = factsFromGcpSpec(resolveTopology({ target: "gcp", region: "europe-west1" }, "unit"));
    for (const facts of [docker, gcp]) {
      assert.deepEqual(
        judged(facts, "not-applicable"),
        PLATFORM.map(({ id }) => id),
      );
    }
  });

  it("ask no standby and no protection of a stack that may be lost", () => {
    const facts = withServer("primary", { nodes: 1, protected: false });
    assert.deepEqual(judged(facts, "fail", "local"), []);
    assert.deepEqual(judged(facts, "fail", "staging"), ["clusters/removal-refused"]);
  });

  it("name an emptied list once, although it is also not as asked", () => {
    const lost = { where: "primary", name: "droplet 4711", want: "let in", got: "refused" };
    assert.deepEqual(judged(withServer("primary", { sources: [], sourceDifferences: [lost] }), "fail"), [
      "clusters/sources-named",
    ]);
  });

  it("take a range for the world that nobody owns alone, and no smaller one", () => {
    const world = ["0.0.0.0/0", "::/0", "0.0.0.0/1", "128.0.0.0/1", "64.0.0.0/7", "2000::/3"];
    const own = ["10.0.0.0/8", "198.51.100.7/32", "198.51.100.7", "2001:db8::/32", "tag backend", "droplet 0"];
    assert.deepEqual(world.filter(isWorldOpen), world);
    assert.deepEqual(own.filter(isWorldOpen), []);
  });
});

describe("the facts of a wish for DigitalOcean", () => {
  it("let in the data host and who is named, on every server alike", () => {
    for (const server of serversOf(GOOD_PRIMARY_FACTS)) {
      assert.deepEqual(server.sources, ["droplet 4711", "ip_addr 198.51.100.7"], server.part);
    }
    assert.ok(isKnown(GOOD_DATA_FACTS.host.firewalls));
    assert.deepEqual(GOOD_DATA_FACTS.host.firewalls[0]?.inbound, [
      { protocol: "tcp", ports: "5432", sources: ["10.77.0.0/20", "198.51.100.7/32"] },
      { protocol: "tcp", ports: "6432", sources: ["10.77.0.0/20", "198.51.100.7/32"] },
      { protocol: "tcp", ports: "22", sources: ["203.0.113.0/24"] },
    ]);
  });

  it("let in the VPC, by its range, where there is no data host", () => {
    const { data: _none, access: _sources, ...alone } = DIGITALOCEAN_SPEC;
    const facts = factsFromDigitalOceanSpec(resolveTopology(alone, "unit"));
    assert.deepEqual(serversOf(facts.primary)[0]?.sources, ["ip_addr 10.100.0.0/24"]);
    assert.equal(facts.data, undefined);
  });

  it("hold before a deployment in production, for either database", () => {
    for (const facts of [GOOD_PRIMARY_FACTS, GOOD_DATA_FACTS]) {
      const failed = judgeAll(CATALOGUE, facts, "spec", FLOORS.prod).filter(({ verdict }) => verdict.status === "fail");
      assert.deepEqual(
        failed.map(({ requirement }) => requirement.id),
        [],
      );
    }
  });

  it("keep backups for the platform's days, or, exported, for as long as asked", () => {
    const days = (spec: typeof DIGITALOCEAN_SPEC) =>
      factsFromDigitalOceanSpec(resolveTopology(spec, "unit")).primary.backup.retentionDays;
    assert.equal(days(DIGITALOCEAN_SPEC), 30);
    assert.equal(days({ ...DIGITALOCEAN_SPEC, backup: { retentionDays: 8 } }), 8);
    assert.equal(days({ ...DIGITALOCEAN_SPEC, backup: { retentionDays: 7 } }), 7);
    assert.equal(days({ ...DIGITALOCEAN_SPEC, backup: { retentionDays: 3 } }), 7);
  });
});
