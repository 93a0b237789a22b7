// Whether a stack's last update was for the topology that is wished now. That an engine's outputs are as JSON has them, the
// tests by real engines show.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { isAsExported } from "../../../../cli/stack/exported-topology.ts";
import { resolveTopology } from "../../../../topology/resolve.ts";
import type { ResolvedTopology } from "../../../../topology/resolved.ts";
import type { TopologySpec } from "../../../../topology/spec.ts";

const WISHES: Readonly<Record<string, [TopologySpec, Partial<TopologySpec>]>> = {
  docker: [{ target: "docker", replicas: { a: {} } }, { application: { poolSize: 3 } }],
  gcp: [{ target: "gcp", region: "europe-west1" }, { protection: { deletion: false } }],
  digitalocean: [
    { target: "digitalocean", region: "nyc3", data: {} },
    { data: { parameters: { work_mem: "7MB" } }, protection: { deletion: false } },
  ],
};

describe("the topology of the last update", () => {
  for (const [target, [spec, change]] of Object.entries(WISHES)) {
    it(`is the wished one on ${target} until a field of it is another, whether a resource shows it or not`, () => {
      const topology = resolveTopology(spec, "unit");
      const exported = JSON.parse(JSON.stringify(topology)) as ResolvedTopology;
      assert.ok(isAsExported(exported, topology));
      for (const [field, value] of Object.entries(change)) {
        assert.ok(!isAsExported(exported, resolveTopology({ ...spec, [field]: value }, "unit")), field);
      }
    });
  }

  it("is none before the first", () => {
    assert.ok(!isAsExported(undefined, resolveTopology({ target: "digitalocean", region: "nyc3" }, "unit")));
  });
});
