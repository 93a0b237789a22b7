// The resources of a topology, without an engine. That the engine makes the same: tests/e2e/clouds and tests/e2e/life.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { listResources } from "../../../../cli/stack/list-resources.ts";
import { resolveTopology } from "../../../../topology/resolve.ts";
import type { TopologySpec } from "../../../../topology/spec.ts";

const STAND_INS = { project: "example", suffix: "xxxx", designatedReplica: undefined };
const GCP: TopologySpec = { target: "gcp", region: "europe-west1", replicas: { reports: {} } };

const listed = (spec: TopologySpec) => listResources(resolveTopology(spec, "unit"), STAND_INS);

describe("listResources", () => {
  it("is each container, volume and network on Docker, in the order of types and names", async () => {
    assert.deepEqual(
      (await listed({ target: "docker", replicas: { a: {} } })).map(({ name, type }) => `${type} ${name}`),
      [
        "docker:index/container:Container pgtopology-unit-pooler",
        "docker:index/container:Container pgtopology-unit-primary",
        "docker:index/container:Container pgtopology-unit-replica-a",
        "docker:index/container:Container pgtopology-unit-scheduler",
        "docker:index/network:Network pgtopology-unit-network",
        "docker:index/volume:Volume pgtopology-unit-backups",
        "docker:index/volume:Volume pgtopology-unit-primary-data",
        "docker:index/volume:Volume pgtopology-unit-replica-a-data",
        "docker:index/volume:Volume pgtopology-unit-socket",
      ],
    );
  });

  it("is what the provider makes on Cloud SQL, and no component", async () => {
    const resources = await listed(GCP);
    const instances = resources.filter(({ type }) => type === "gcp:sql/databaseInstance:DatabaseInstance");
    assert.deepEqual(
      instances.map(({ name }) => name),
      ["pgtopology-unit-primary", "pgtopology-unit-replica-reports"],
    );
    assert.deepEqual(
      resources.filter(({ type }) => !type.startsWith("gcp:")),
      [],
    );
    assert.ok(resources.length > 15);
  });

  it("is one more server, and what belongs to it, for one replica more", async () => {
    const before = (await listed(GCP)).map(({ name }) => name);
    const more = { ...GCP, replicas: { reports: {}, archive: {} } };
    const fresh = (await listed(more)).filter(({ name }) => !before.includes(name));
    assert.deepEqual(
      fresh.map(({ name }) => name.replace("pgtopology-unit-", "")),
      ["zone-replica-archive", "record-replica-archive", "replica-archive"],
    );
  });

  it("has nothing in it but types and names", async () => {
    for (const resource of await listed(GCP)) assert.deepEqual(Object.keys(resource), ["type", "name"]);
  });

  it("warns of no second phase: its resources are the last one's, and the check itself says what is pending", async () => {
    const spec: TopologySpec = {
      ...GCP,
      environment: "prod",
      edition: "enterprise-plus",
      replicas: { west: { purpose: "disaster-recovery", region: "europe-west4" } },
    };
    const topology = resolveTopology(spec, "unit");
    const { warn } = console;
    const said: unknown[] = [];
    console.warn = (text: unknown) => said.push(text);
    try {
      await listResources(topology, { ...STAND_INS, designatedReplica: "west" });
    } finally {
      console.warn = warn;
    }
    assert.deepEqual(said, []);
  });
});
