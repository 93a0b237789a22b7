// What is known to bite with Docker's containers, by the numbers of the list of traps that the project keeps. Does not
// prove that the provider still behaves so.
import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import type { RecordedResource } from "../../../support/planned-resources.ts";
import { planOf } from "../../../contract/targets.ts";
import { DOCKER_WISHES } from "../../../contract/wishes.ts";

describe("traps of Docker's containers", () => {
  const containers: RecordedResource[] = [];
  before(async () => {
    for (const wish of Object.values(DOCKER_WISHES)) {
      const { resources } = await planOf(wish);
      containers.push(...resources.filter(({ type }) => type === "docker:index/container:Container"));
    }
  });

  const eachContainer = (title: string, check: (container: RecordedResource) => void): void => {
    it(title, () => {
      assert.ok(containers.length > Object.keys(DOCKER_WISHES).length);
      for (const container of containers) check(container);
    });
  };

  eachContainer("46: the image is an id, and no tag or digest of a repository", ({ props }) => {
    assert.match(String(props.image), /^sha256:[0-9a-f]{64}$/);
  });

  eachContainer("47: the mode of the network is written, and there is one network", ({ props }) => {
    assert.equal(props.networkMode, "bridge");
    assert.equal((props.networksAdvanced as unknown[]).length, 1);
  });

  eachContainer("48: a container goes before its replacement comes, and its data is in a volume", (container) => {
    assert.equal(container.options.deleteBeforeReplace, true);
    assert.equal(typeof container.props.name, "string");
    for (const { type } of container.props.mounts as { type: string }[]) assert.equal(type, "volume");
  });
});
