// What a refresh preview's events say, by hand-made events in the engine's own form. That the engine sends such ones on
// Docker: tests/e2e/drift.test.ts. It does not prove what the plugins of clouds report after a failover.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { describe, it } from "mocha";
import { EXPECTED_ROWS } from "../../../../cli/drift/expected-rows.ts";
import { resourceDrift } from "../../../../cli/drift/resource-drift.ts";

const INSTANCE = "gcp:sql/databaseInstance:DatabaseInstance";
const CLUSTER = "digitalocean:index/databaseCluster:DatabaseCluster";

interface Step {
  readonly op?: string;
  readonly type?: string;
  readonly was?: object;
  readonly now?: object;
  readonly diffs?: readonly string[];
  readonly side?: "inputs" | "outputs";
}

function event({ diffs, now, op = "update", side = "outputs", type = INSTANCE, was }: Step): EngineEvent {
  const metadata = {
    op,
    type,
    urn: `urn:pulumi:prod::pgtopology::${type}::pgtopology-prod-primary`,
    old: { inputs: {}, outputs: {}, [side]: was },
    new: { inputs: {}, outputs: {}, [side]: now },
    detailedDiff: Object.fromEntries((diffs ?? []).map((path) => [path, { diffKind: "update", inputDiff: false }])),
  };
  return { sequence: 1, timestamp: 1, resOutputsEvent: { metadata } } as unknown as EngineEvent;
}

const whats = (step: Step) => resourceDrift(event(step)).drift.map(({ what }) => what);
const expected = (step: Step) => resourceDrift(event(step)).expected.map(({ because, what }) => `${what}: ${because}`);
const zones = (zone: string, secondaryZone: string) => ({ settings: { locationPreference: { zone, secondaryZone } } });

describe("the drift of a resource", () => {
  it("is none for what is the same, and for events of another kind", () => {
    for (const op of ["same", "refresh"]) assert.deepEqual(whats({ op }), []);
    assert.deepEqual(resourceDrift({ sequence: 1, timestamp: 1 }), { drift: [], expected: [] });
  });

  it("is told by property, with both values where they fit into a line", () => {
    const step = { diffs: ["settings.tier"], was: { settings: { tier: "a" } }, now: { settings: { tier: "b" } } };
    assert.deepEqual(whats(step), ["settings.tier: a, now b"]);
    assert.deepEqual(whats({ ...step, side: "inputs" }), ["settings.tier: a, now b"]);
    assert.deepEqual(whats({ diffs: ["a[1].b"], was: { a: [] }, now: { a: [0, { b: true }] } }), [
      "a[1].b: not set, now true",
    ]);
    assert.deepEqual(whats({ diffs: ["x"], was: { x: "y".repeat(61) }, now: { x: "" } }), ["x differs"]);
    assert.deepEqual(whats({ diffs: ["x"], was: { x: { y: 1 } }, now: { x: { y: 2 } } }), ["x differs"]);
  });

  it("shows no value that looks like a secret, or of a property whose name promises one, and no control character", () => {
    const of = (was: object): string[] => whats({ diffs: Object.keys(was), was, now: {} });
    assert.deepEqual(of({ url: "postgres://u:marker@h/d", env: "PGPASSWORD=marker", rootPassword: "marker" }), [
      "url differs",
      "env differs",
      "rootPassword differs",
    ]);
    assert.deepEqual(whats({ diffs: ["envs[0]"], was: { envs: ["DB_PASSWORD=marker"] }, now: { envs: [""] } }), [
      "envs[0] differs",
    ]);
    assert.deepEqual(of({ a: "\u001b[31mred" }), ["a: \\u001b[31mred, now not set"]);
  });

  it("is found in the outputs where the engine names no property, and never passed over", () => {
    assert.deepEqual(whats({ was: { a: { b: 1, c: 1 } }, now: { a: { b: 2, c: 1 }, d: "new" } }), [
      "a.b: 1, now 2",
      "d: not set, now new",
    ]);
    assert.deepEqual(whats({ was: { a: 1 }, now: { a: 1 } }), ["the engine would update it, and names no property"]);
    assert.deepEqual(whats({ op: "delete" }), ["it is gone"]);
    assert.deepEqual(whats({ op: "something-new" }), ["the engine would something-new it, and names no property"]);
  });

  it("shows no secret: what the engine has put in its place stays in its place", () => {
    const step = { diffs: ["rootPassword"], was: { rootPassword: "[secret]" }, now: { rootPassword: "[secret]" } };
    assert.deepEqual(whats(step), ["rootPassword differs"]);
  });
});

describe("what is expected after a failover", () => {
  it("is a primary on Cloud SQL in the standby's zone, and nothing beside it", () => {
    const was = { ...zones("europe-west1-b", "europe-west1-c"), tier: "a" };
    const now = { ...zones("europe-west1-c", "europe-west1-b"), tier: "b" };
    assert.deepEqual(expected({ was, now }), [
      "settings.locationPreference.secondaryZone: europe-west1-c, now europe-west1-b: expected after a failover: the standby's zone is the primary's now, and stays so",
      "settings.locationPreference.zone: europe-west1-b, now europe-west1-c: expected after a failover: the standby's zone is the primary's now, and stays so",
    ]);
    assert.deepEqual(whats({ was, now }), ["tier: a, now b"]);
  });

  it("is not another region, a zone that is taken away, or the zone of another kind of resource", () => {
    const was = zones("europe-west1-b", "europe-west1-c");
    assert.equal(whats({ was, now: zones("us-east1-b", "europe-west1-c") }).length, 1);
    assert.equal(whats({ was, now: { settings: { locationPreference: { zone: "europe-west1-b" } } } }).length, 1);
    assert.equal(
      whats({ type: "gcp:compute/instance:Instance", was, now: zones("europe-west1-c", "europe-west1-b") }).length,
      2,
    );
  });

  it("is as many nodes as before on DigitalOcean, under other addresses", () => {
    const step = { type: CLUSTER, was: { metricsEndpoints: ["a", "b"] }, now: { metricsEndpoints: ["a", "c"] } };
    assert.equal(expected(step).length, 1);
    assert.deepEqual(whats(step), []);
    assert.deepEqual(whats({ ...step, now: { metricsEndpoints: ["a"] } }), ["metricsEndpoints differs"]);
    assert.equal(expected({ ...step, diffs: ["metricsEndpoints[1]"] }).length, 1);
  });

  it("a disk that has grown is expected, and one that was made smaller is not", () => {
    const disk = (diskSize: number) => ({ settings: { diskSize } });
    assert.match(
      expected({ was: disk(20), now: disk(40) }).join(),
      /^settings\.diskSize: 20, now 40: expected as data grows/,
    );
    assert.deepEqual(whats({ was: disk(40), now: disk(20) }), ["settings.diskSize: 40, now 20"]);
    const type = CLUSTER;
    assert.equal(expected({ type, was: { storageSizeMib: "30720" }, now: { storageSizeMib: "40960" } }).length, 1);
  });

  it("is asked of properties that the provider has, and says who says so", async () => {
    for (const { because, property, source, type } of EXPECTED_ROWS) {
      assert.match(because, /^expected (after|as) /);
      assert.match(source, /^https:\/\//);
      const [provider = "", , token = ""] = /^([^:]+):([^:]+):(.+)$/.exec(type)?.slice(1) ?? [];
      const module = (/:(.*)\//.exec(type)?.[1] ?? "").replace(/^index$/, "");
      const name = `${token.slice(0, 1).toLowerCase()}${token.slice(1)}.d.ts`;
      const folder = join(import.meta.dirname, "../../../../node_modules/@pulumi", provider);
      const files = [join(folder, module, name), join(folder, "types/output.d.ts")];
      const text = (await Promise.all(files.map((file) => readFile(file, "utf8")))).join("\n");
      for (const step of property.split(".")) assert.match(text, new RegExp(`\\b${step}\\??: `), `${type} ${property}`);
    }
  });
});
