/** What a refresh finds of the limits of a container. Not that Docker answers in this form. */
import type Dockerode from "dockerode";
import { describe, it } from "mocha";
import assert from "node:assert/strict";
import { driftedInputs } from "../../../../tools/docker-provider/container-outputs.ts";

function inspected(NanoCpus: number): Dockerode.ContainerInspectInfo {
  const found = { Name: "/n", State: { Running: true, Restarting: false }, HostConfig: { NanoCpus } };
  return found as unknown as Dockerode.ContainerInspectInfo;
}

describe("the inputs that a refresh finds", () => {
  for (const cpus of ["1", "1.0", "1.000"]) {
    it(`leave ${cpus} processors as they were written`, () => {
      assert.equal(driftedInputs({ name: "n", cpus }, inspected(1e9)).cpus, cpus);
    });
  }

  it("show another number of processors", () => {
    assert.equal(driftedInputs({ name: "n", cpus: "1.0" }, inspected(5e8)).cpus, "0.5");
  });

  it("name no processors where none were given", () => {
    assert.equal("cpus" in driftedInputs({ name: "n" }, inspected(5e8)), false);
  });
});
