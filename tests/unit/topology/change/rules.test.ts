// Every field of a topology has a rule, and every rule a field. It does not prove that a rule is right: that is in
// docker.test.ts, gcp.test.ts and digitalocean.test.ts, and for servers in tests/e2e.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "mocha";
import { changesBetween, isChangeId } from "../../../../topology/change.ts";
import { DIGITALOCEAN_RULES } from "../../../../topology/change/digitalocean.ts";
import { DOCKER_RULES } from "../../../../topology/change/docker.ts";
import { GCP_RULES } from "../../../../topology/change/gcp.ts";
import type { ResolvedTopology } from "../../../../topology/resolved.ts";
import { FULL_DIGITALOCEAN, FULL_DOCKER, FULL_GCP } from "./full-topologies.ts";
import { leavesOf, mutated } from "./topology-leaves.ts";

const ROOT = join(import.meta.dirname, "../../../..");

/** The target is no edit of a topology, another key is another replica, and a data database has no followers. */
const NO_RULE = new Set(["target", "replicas.<name>.key", "data.target", "data.replicas", "data.data", "data.mode"]);
/** What can be there or not as a whole. */
const BLOCKS = {
  docker: ["replicas.<name>", "pooling", "backup", "data", "data.pooling", "data.backup"],
  gcp: ["replicas.<name>", "pooling", "backup", "backup.secondCopy", "service", "access.verification"],
  digitalocean: [
    "replicas.<name>",
    "pooling",
    "backup",
    "dataHost",
    "dataHost.server.pooling",
    "dataHost.server.backup",
  ],
};

const TABLES = [
  { target: "docker", rules: DOCKER_RULES as Readonly<Record<string, object>>, topologies: [FULL_DOCKER] },
  { target: "gcp", rules: GCP_RULES as Readonly<Record<string, object>>, topologies: FULL_GCP },
  {
    target: "digitalocean",
    rules: DIGITALOCEAN_RULES as Readonly<Record<string, object>>,
    topologies: [FULL_DIGITALOCEAN],
  },
] as const;

for (const { target, rules, topologies } of TABLES) {
  describe(`the rules of change on ${target}`, () => {
    for (const topology of topologies as readonly ResolvedTopology[]) {
      for (const leaf of leavesOf(topology).filter(({ pattern }) => !NO_RULE.has(pattern))) {
        it(`know ${leaf.steps.join(".")}`, () => {
          const path = leaf.pattern.replace("<name>", topology.replicas[0]?.key ?? "");
          const changes = changesBetween(topology, mutated(topology, leaf));
          assert.equal(changes.length, 1);
          const [change] = changes;
          assert.ok(change);
          if (!leaf.pattern.includes("<name>") || leaf.pattern.startsWith("replicas")) assert.equal(change.path, path);
          assert.ok(!("file" in change.source) || change.source.file !== "topology/change.ts", "no rule is for it");
          assert.ok(isChangeId(change.id), change.id);
        });
      }
    }

    it("have a field each", () => {
      const fields = topologies.flatMap((topology) => leavesOf(topology).map(({ pattern }) => pattern));
      const expected = new Set([...fields.filter((pattern) => !NO_RULE.has(pattern)), ...BLOCKS[target]]);
      assert.deepEqual(Object.keys(rules).sort(), [...expected].sort());
    });

    it("follow rules that say something themselves", () => {
      for (const [pattern, rule] of Object.entries(rules)) {
        if (!("follows" in rule)) continue;
        const leader = rules[String(rule.follows)];
        assert.ok(leader !== undefined && !("follows" in leader), pattern);
      }
    });

    it("say one sentence, and name a source that is there", () => {
      for (const topology of topologies as readonly ResolvedTopology[]) {
        for (const leaf of leavesOf(topology)) {
          for (const { path, what, source } of changesBetween(topology, mutated(topology, leaf))) {
            assert.match(what, /^[a-z].*[^.]$/s, path);
            assert.ok("source" in source || existsSync(join(ROOT, source.file)), path);
          }
        }
      }
    });
  });
}

describe("a field that no rule is for", () => {
  it("is taken for the worst that is plausible", () => {
    const older = { ...FULL_DOCKER, sharding: { nodes: 3 } } as ResolvedTopology;
    assert.deepEqual(
      changesBetween(older, FULL_DOCKER).map(({ id, label, what }) => [id, label, what]),
      [
        [
          "change/sharding.nodes",
          "replace",
          "this version does not know the field: what servers and data do is not known",
        ],
      ],
    );
    assert.equal(isChangeId("change/sharding.nodes"), false);
  });
});
