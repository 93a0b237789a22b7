// What an edit does to what a topology promises. That the numbers are right is for the tests of recoveries and budgets.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { objectiveChanges } from "../../../preview/objectives.ts";
import { resolveTopology } from "../../../topology/resolve.ts";
import type { SpecOf } from "../../../topology/spec.ts";

const docker = (wish: Omit<SpecOf<"docker">, "target"> = {}) => resolveTopology({ target: "docker", ...wish }, "local");
const gcp = (wish: Omit<SpecOf<"gcp">, "target" | "region"> = {}) =>
  resolveTopology({ target: "gcp", region: "europe-west1", ...wish }, "prod");

describe("objectiveChanges", () => {
  it("are none where nothing that is promised changes", () => {
    assert.deepEqual(objectiveChanges(docker(), docker({ database: "shop" })), []);
  });

  it("say that nothing comes back without backups", () => {
    const changes = objectiveChanges(docker(), docker({ backup: { enabled: false } }));
    assert.deepEqual(
      changes.map(({ isWorse, to, what }) => [what, to, isWorse]),
      [
        [
          "after the loss of the primary's data, at least seconds until it can be written",
          "it does not come back",
          true,
        ],
        ["after the loss of the primary's data, newest seconds that may be gone", "it does not come back", true],
      ],
    );
  });

  it("say what another loss costs, in which direction", () => {
    const changes = objectiveChanges(
      docker({ backup: { archiveTimeoutSeconds: 60 } }),
      docker({ backup: { archiveTimeoutSeconds: 30 } }),
    );
    assert.deepEqual(changes, [
      {
        what: "after the loss of the primary's data, newest seconds that may be gone",
        from: "60",
        to: "30",
        isWorse: false,
      },
    ]);
  });

  it("count connections that are left: more is better", () => {
    const [change] = objectiveChanges(docker(), docker({ parameters: { max_connections: 300 } }));
    assert.equal(change?.what, "connections left on primary");
    assert.equal(change.isWorse, Number(change.to) < Number(change.from));
  });

  it("tell of a standby that goes, and of a region that can be lost", () => {
    const single = objectiveChanges(gcp({ highAvailability: true }), gcp({ highAvailability: false }));
    assert.ok(
      single.some(({ isWorse, what }) => isWorse && what.startsWith("after the loss of a zone, seconds until")),
    );
    const region = objectiveChanges(
      gcp({ edition: "enterprise-plus", replicas: { dr: { region: "europe-west4", purpose: "disaster-recovery" } } }),
      gcp({ edition: "enterprise-plus" }),
    );
    const lost = region.filter(({ what }) => what.startsWith("after the loss of the region"));
    assert.deepEqual(
      lost.map(({ isWorse, to }) => [to, isWorse]),
      [
        ["not there", true],
        ["not there", true],
      ],
    );
  });
});
