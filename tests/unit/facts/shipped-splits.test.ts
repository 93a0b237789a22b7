// The stacks on DigitalOcean that come with the repository, by what can be known of them before they are made: their own
// requirements must not refuse them once they are.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "mocha";
import { parse } from "yaml";
import { factsFromDigitalOceanSpec } from "../../../facts/from-spec-digitalocean.ts";
import { CATALOGUE } from "../../../requirements/catalogue.ts";
import { FLOORS } from "../../../requirements/floors.ts";
import { judgeAll } from "../../../requirements/judge.ts";
import { resolveTopology } from "../../../topology/resolve.ts";
import type { SpecOf } from "../../../topology/spec.ts";

const ROOT = join(import.meta.dirname, "..", "..", "..");

describe("a split that comes with the repository", () => {
  for (const stack of ["split", "split-staging"]) {
    const { config } = parse(readFileSync(join(ROOT, `Pulumi.${stack}.yaml`), "utf8")) as {
      config: { "pgtopology:topology": SpecOf<"digitalocean"> };
    };
    const topology = resolveTopology(config["pgtopology:topology"], stack);
    const { data, primary } = factsFromDigitalOceanSpec(topology);
    const verdicts = judgeAll(CATALOGUE, primary, "live", FLOORS[topology.environment]);

    it(`${stack} fails nothing that is known of it`, () => {
      assert.ok(data);
      const all = [...verdicts, ...judgeAll(CATALOGUE, data, "spec", FLOORS[topology.environment])];
      const failed = all.filter(({ verdict }) => verdict.status === "fail");
      assert.deepEqual(
        failed.map(({ requirement, verdict }) => `${requirement.id}: ${JSON.stringify(verdict)}`),
        [],
      );
    });

    it(`${stack} needs no replica: a standby takes over, or nobody does`, () => {
      const found = verdicts.find(({ requirement }) => requirement.id === "replication/replica-count");
      assert.match(JSON.stringify(found?.verdict), /not-applicable.*clusters\/copies judges/);
      assert.notEqual(topology.parameters.idle_in_transaction_session_timeout, "0");
    });
  }
});
