import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { resolveTopology } from "../../../topology/resolve.ts";
import type { SpecOf } from "../../../topology/spec.ts";
import { topologyDigest, topologyText } from "../../../topology/verification-job.ts";

const WISH: SpecOf<"gcp"> = {
  target: "gcp",
  region: "europe-west1",
  replicas: { a: {}, b: {} },
  parameters: { work_mem: "8MB", idle_in_transaction_session_timeout: "1min" },
  observability: { labels: { team: "a", cost: "b" } },
};
const digestOf = (spec: SpecOf<"gcp">): string => topologyDigest(topologyText(resolveTopology(spec, "prod")));

describe("what the job is told of a topology", () => {
  it("is the topology", () => {
    const topology = resolveTopology(WISH, "prod");
    assert.deepEqual(JSON.parse(topologyText(topology)), JSON.parse(JSON.stringify(topology)));
  });

  it("is the same text in whatever order its fields were written: the engine hands maps on in one of its own", () => {
    const reordered: SpecOf<"gcp"> = {
      observability: { labels: { cost: "b", team: "a" } },
      parameters: { idle_in_transaction_session_timeout: "1min", work_mem: "8MB" },
      replicas: { b: {}, a: {} },
      region: "europe-west1",
      target: "gcp",
    };
    assert.equal(digestOf(reordered), digestOf(WISH));
  });

  it("is another where anything is", () => {
    assert.notEqual(digestOf({ ...WISH, parameters: { work_mem: "9MB" } }), digestOf(WISH));
    assert.notEqual(digestOf({ ...WISH, replicas: { a: {} } }), digestOf(WISH));
  });
});
