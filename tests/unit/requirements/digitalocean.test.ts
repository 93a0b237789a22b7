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
import type { Verdict } from "../../../requirements/requirement.ts";
import { resolveTopology } from "../../../topology/resolve.ts";
import { isWorldOpen } from "../../../topology/trusted-sources.ts";
import {
  DIGITALOCEAN_SPEC,
  GOOD_DATA_FACTS,
  GOOD_PRIMARY_FACTS,
  ON_DIGITALOCEAN_ONLY,
  serversOf,
  withDataTopic,
  withServer,
} from "./good-digitalocean-facts.ts";

const PLATFORM = CATALOGUE.filter(({ topic }) => ON_DIGITALOCEAN_ONLY.has(topic));
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
const BROKEN: readonly (readonly [string, FactsByTopic, RegExp])[] = [
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
  ["host/firewalled", withDataTopic("host", { firewalls: 0 }), /got no firewall/],
  ["host/no-world-open-port", withDataTopic("host", { inbound: [OPEN] }), /open to everybody: tcp 6379$/],
  ["host/volume-removal-refused", withDataTopic("host", { volumeProtected: false }), /got protect false/],
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
  ["bucket/private", withDataTopic("bucket", { private: false }), /others may read/],
  ["bucket/versioned", withDataTopic("bucket", { versioned: false }), /no versioning/],
  ["bucket/removal-refused", withDataTopic("bucket", { protected: false }), /forceDestroy/],
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

  for (const [id, facts, words] of BROKEN) {
    it(`${id} is the one that fails by ${words.source}`, () => {
      assert.deepEqual(judged(facts, "fail"), [id]);
      assert.match(messageOf(facts, id), words);
    });
  }

  it("have a broken case each", () => {
    assert.deepEqual([...new Set(BROKEN.map(([id]) => id))].sort(), PLATFORM.map(({ id }) => id).sort());
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
    assert.deepEqual(GOOD_DATA_FACTS.host.inbound, [
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
