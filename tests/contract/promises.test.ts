// What a target says that it lacks, it refuses; and what its servers give is counted. It does not prove that it has what
// it says that it has: the tests of its components do.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { parseTopology } from "../../config/parse.ts";
import { EXIT, PgtError } from "../../kernel/errors.ts";
import { FEATURES } from "../../topology/capabilities.ts";
import { connectionBudget } from "../../topology/connection-budget.ts";
import { resolveTopology } from "../../topology/resolve.ts";
import type { Target, TopologySpec } from "../../topology/spec.ts";
import { wishFor } from "../support/feature-wishes.ts";
import { TARGETS } from "./targets.ts";

/** The refusal of a document, as a person would see it. */
function refusalOf(wish: TopologySpec): string {
  try {
    parseTopology(wish, "unit", "Pulumi.unit.yaml");
  } catch (error) {
    assert.ok(error instanceof PgtError);
    assert.equal(error.exitCode, EXIT.usage);
    return error.message;
  }
  return "";
}

for (const target of Object.keys(TARGETS) as Target[]) {
  const { wishes } = TARGETS[target];
  const lacking = FEATURES.flatMap(({ asks, on, title }) => {
    const support = on[target];
    return support.support === "unsupported" ? asks.map((ask) => ({ ask, title, reason: support.reason })) : [];
  });

  describe(`what ${target} lacks`, () => {
    for (const { ask, reason, title } of lacking) {
      const asked = `${ask.field}${ask.values === undefined ? "" : `: ${ask.values.join(", ")}`}`;
      it(`is refused with the reason: ${title} (${asked})`, () => {
        const refusal = refusalOf(wishFor(target, ask));
        assert.ok(refusal.includes(`\n  ${ask.field.replace("*", "a")}\n`), refusal);
        assert.ok(refusal.includes(`want: nothing that the target ${target} lacks: ${title}`), refusal);
        assert.ok(refusal.includes(`because: ${reason}`), refusal);
      });
    }

    it("is something", () => {
      assert.ok(lacking.length > 5);
    });
  });

  describe(`the connections on ${target}`, () => {
    for (const [title, spec] of Object.entries(wishes)) {
      it(`are counted for each server and each pooler, and fit, with ${title}`, () => {
        const topology = resolveTopology(spec, "unit");
        const { fits, rows } = connectionBudget(topology);
        const servers = [topology.primary, ...topology.replicas].map(({ part }) => part);
        if (topology.target === "docker" && topology.data !== undefined) servers.push("data-primary");
        if (topology.target === "digitalocean" && topology.dataHost !== undefined) servers.push("data host");
        assert.deepEqual(
          rows.filter(({ kind }) => kind === "server").map(({ place }) => place),
          servers,
        );
        assert.equal(
          rows.some(({ kind }) => kind === "pooler"),
          topology.pooling !== undefined,
        );
        for (const { free, gives, left, needed } of rows) {
          assert.ok([free, gives, left, needed].every(Number.isInteger) && gives > 0);
          assert.equal(free, left - needed);
        }
        assert.equal(fits, true);
      });

      it(`are refused with the table where they are too many, with ${title}`, () => {
        const application = { ...spec.application, poolSize: 1_000_000 };
        assert.match(refusalOf({ ...spec, application }), /because:\n +place +gives +reserved +administrative/);
      });
    }
  });
}
