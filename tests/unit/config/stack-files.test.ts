// The stacks that lie in the repository are valid as they stand: what has to be changed has the form of what it stands for.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "mocha";
import { configurationOf } from "../../../cli/stack/configuration-file.ts";
import { readYaml } from "../../../cli/stack/read-yaml.ts";
import { judgeConfiguration } from "../../../config/judge-configuration.ts";
import type { ResolvedTopology } from "../../../topology/resolved.ts";

const ROOT = join(import.meta.dirname, "../../..");

function stackIn(file: string): ResolvedTopology {
  const stack = file.slice("Pulumi.".length, -".yaml".length);
  const document = readYaml(readFileSync(join(ROOT, file), "utf8"), file);
  return judgeConfiguration(configurationOf(document), stack, file).topology;
}

describe("the stacks of the repository", () => {
  const files = readdirSync(ROOT).filter((file) => /^Pulumi\..+\.yaml$/.test(file));

  for (const file of files) {
    it(`are valid as they stand: ${file}`, () => {
      assert.equal(stackIn(file).name, `pgtopology-${file.slice("Pulumi.".length, -".yaml".length)}`);
    });
  }

  it("have the split as the checklist wants it: pool, region, backups and two databases", () => {
    const topology = stackIn("Pulumi.split.yaml");
    assert.ok(topology.target === "digitalocean");
    assert.equal(topology.version, 17);
    assert.equal(topology.region, "nyc3");
    assert.deepEqual(topology.pooling, { mode: "transaction", writerPool: "app_pool", writerPoolSize: 15 });
    assert.deepEqual(topology.backup, { schedule: "02:30", retentionDays: 30, exports: true });
    assert.equal(topology.dataHost?.server.database, "data");
    assert.equal(topology.dataHost.bucketRegion, "nyc3");
  });

  it("have a split in staging with the smallest machines", () => {
    const topology = stackIn("Pulumi.split-staging.yaml");
    assert.ok(topology.target === "digitalocean");
    assert.deepEqual([topology.primary.slug, topology.nodeCount], ["db-s-1vcpu-1gb", 1]);
    assert.equal(topology.dataHost?.slug, "s-1vcpu-1gb");
  });
});
