import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { removalWords } from "../../../../cli/stack/cloud-removal.ts";
import { resolveTopology } from "../../../../topology/resolve.ts";

const split = (keepData: boolean) =>
  resolveTopology({ target: "digitalocean", region: "nyc3", data: {}, protection: { keepData } }, "split");

describe("what is said before a stack in a cloud is removed", () => {
  it("names what goes, and that what holds data is let go of and costs", () => {
    const { goes, stays } = removalWords(split(true), "k3x9");
    assert.equal(
      goes,
      "the Droplet split-data-host-k3x9, the firewalls and the network of pgtopology-split, and nothing with data in it",
    );
    assert.deepEqual(stays, [
      "the cluster split-primary-k3x9, which goes on and costs: doctl databases list",
      "the volume split-data-k3x9, with the data database: doctl compute volume list",
      "the bucket split-backups-k3x9, with backups and exports",
    ]);
  });

  it("names every server where the data goes, too", () => {
    assert.match(
      removalWords(split(false), "k3x9").goes,
      /^split-primary-k3x9 of pgtopology-split with their data and backups, the Droplet/,
    );
  });

  it("has words of its own for Cloud SQL", () => {
    const gcp = resolveTopology({ target: "gcp", region: "europe-west1" }, "staging");
    const { dataGoes, goes } = removalWords(gcp, "k3x9");
    assert.match(dataGoes.why, /^on Cloud SQL/);
    assert.match(goes, /^the instances primary of pgtopology-staging/);
  });
});
