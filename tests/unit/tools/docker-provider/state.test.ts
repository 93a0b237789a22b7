/** What the stand-in writes into the state beside what Docker says. Not how Docker's own answer is read. */
import { describe, it } from "mocha";
import assert from "node:assert/strict";
import { secret } from "../../../../tools/docker-provider/properties.ts";
import { containerShape } from "../../../../tools/docker-provider/resources/container-shape.ts";
import { stateOf } from "../../../../tools/docker-provider/state.ts";

describe("the stand-in's outputs in the state", () => {
  const inputs = {
    __defaults: ["start"],
    name: "n",
    image: "i",
    ports: [{ __defaults: ["ip"], internal: 5432 }],
    user: secret("u"),
  };

  it("hold the defaults that the official plugin leaves out of the inputs", () => {
    const { readOnly, stdinOpen, tty, waitTimeout, ports } = stateOf(containerShape, inputs, {});
    assert.deepEqual([readOnly, stdinOpen, tty, waitTimeout], [false, false, false, 60]);
    assert.deepEqual(ports, [{ internal: 5432, ip: "0.0.0.0", protocol: "tcp" }]);
  });

  it("do not hold the official plugin's list of what it filled in", () => {
    assert.equal("__defaults" in stateOf(containerShape, inputs, {}), false);
  });

  it("keep a secret secret, and an input before what Docker says", () => {
    const { user, exitCode } = stateOf(containerShape, inputs, { user: "other", exitCode: 0 });
    assert.deepEqual(user, secret("u"));
    assert.equal(exitCode, 0);
  });
});
