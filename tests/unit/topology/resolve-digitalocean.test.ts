// What a wish for DigitalOcean becomes. Not proven here: that the cloud makes it so.
import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { resolveTopology } from "../../../topology/resolve.ts";
import type { ResolvedDigitalOcean } from "../../../topology/resolved-digitalocean.ts";
import type { SpecOf } from "../../../topology/spec.ts";

type Wish = Omit<SpecOf<"digitalocean">, "target">;

const resolved = (wish: Wish): ResolvedDigitalOcean =>
  resolveTopology({ target: "digitalocean", region: "nyc3", ...wish }, "split");

const machine = (size: Wish["size"], highAvailability = false) => {
  const { slug, cpus, memoryMiB } = resolved({ ...(size && { size }), highAvailability }).primary;
  return [slug, cpus, memoryMiB];
};

describe("a wish for DigitalOcean", () => {
  it("has every default filled", () => {
    const topology = resolved({});
    assert.equal(topology.environment, "staging");
    assert.equal(topology.nodeCount, 1);
    assert.deepEqual(topology.primary, {
      key: "primary",
      part: "primary",
      region: "nyc3",
      slug: "db-s-1vcpu-1gb",
      cpus: 1,
      memoryMiB: 1024,
    });
    assert.deepEqual(topology.pooling, { mode: "transaction", writerPool: "app_pool", writerPoolSize: 15 });
    assert.deepEqual(topology.backup, { schedule: "02:30", retentionDays: 7, exports: false });
    assert.deepEqual(topology.maintenance, { day: "sunday", hour: 3 });
    assert.deepEqual(topology.storage, { diskGiB: undefined, autoscale: true });
    assert.equal(topology.protection.deletion, true);
    assert.equal(topology.dataHost, undefined);
    assert.deepEqual(topology.parameters, { idle_in_transaction_session_timeout: "10min" });
  });

  it("takes a wished parameter before its own, in whatever letters", () => {
    const { parameters } = resolved({ parameters: { Idle_In_Transaction_Session_Timeout: "1min", jit: false } });
    assert.deepEqual(parameters, { idle_in_transaction_session_timeout: "1min", jit: "off" });
  });

  it("has a data host with its own server, and exports from it beyond the platform's days", () => {
    const { dataHost, backup } = resolved({ data: {}, access: { ssh: { keys: ["1"], sources: ["203.0.113.7/32"] } } });
    assert.deepEqual(backup, { schedule: "02:30", retentionDays: 30, exports: true });
    assert.ok(dataHost);
    assert.equal(dataHost.slug, "s-1vcpu-1gb");
    assert.equal(dataHost.diskGiB, 50);
    assert.equal(dataHost.bucketRegion, "nyc3");
    assert.equal(dataHost.server.name, "pgtopology-split-data");
    assert.equal(dataHost.server.database, "data");
    assert.equal(dataHost.server.backup?.schedule, "02:30");
    assert.equal(dataHost.server.pooling?.writerPoolSize, 15);
    assert.deepEqual(dataHost.server.backup.repository, { type: "bucket", region: "nyc3" });
    assert.equal(resolved({ data: {}, backup: { enabled: false } }).dataHost?.bucketRegion, undefined);
  });

  it("takes a machine by its name, or by exactly its size", () => {
    assert.deepEqual(machine({ tier: "so1_5-2vcpu-16gb" }), ["so1_5-2vcpu-16gb", 2, 16_384]);
    assert.deepEqual(machine({ cpus: 4 }), ["db-s-4vcpu-8gb", 4, 8192]);
    assert.deepEqual(machine({ memoryGiB: 2 }), ["db-s-1vcpu-2gb", 1, 2048]);
    assert.deepEqual(machine({ cpus: 3 }), ["", 0, 0]);
    assert.deepEqual(machine({ tier: "db-none" }), ["db-none", 0, 0]);
    assert.equal(resolved({ data: { size: { memoryGiB: 4 } } }).dataHost?.slug, "s-2vcpu-4gb");
  });

  it("takes the smallest machine that can have a standby, and leaves a wish for a smaller one to be refused", () => {
    assert.deepEqual(machine(undefined, true), ["db-s-1vcpu-2gb", 1, 2048]);
    assert.deepEqual(machine({ cpus: 1 }, true), ["db-s-1vcpu-2gb", 1, 2048]);
    assert.deepEqual(machine({ memoryGiB: 1 }, true), ["db-s-1vcpu-1gb", 1, 1024]);
    assert.deepEqual(machine({ tier: "db-s-1vcpu-1gb" }, true), ["db-s-1vcpu-1gb", 1, 1024]);
    assert.equal(resolved({ environment: "prod" }).primary.slug, "db-s-1vcpu-2gb");
  });

  it("gives a replica the primary's machine and region, unless it has its own", () => {
    const { replicas } = resolved({
      environment: "prod",
      replicas: { b: {}, a: { region: "fra1", size: { cpus: 4 } } },
    });
    assert.deepEqual(
      replicas.map(({ part, slug, region }) => [part, slug, region]),
      [
        ["replica-a", "db-s-4vcpu-8gb", "fra1"],
        ["replica-b", "db-s-1vcpu-2gb", "nyc3"],
      ],
    );
  });

  it("is resolved whatever its sizes are", () => {
    const size = fc.record(
      { cpus: fc.double({ min: 0.1, max: 1e6, noNaN: true }), memoryGiB: fc.double({ min: 0.25, noNaN: true }) },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(size, size, fc.boolean(), (primary, data, highAvailability) => {
        const topology = resolved({ size: primary, data: { size: data }, replicas: { a: {} }, highAvailability });
        assert.equal(topology.replicas[0]?.slug, topology.primary.slug);
      }),
    );
  });
});
