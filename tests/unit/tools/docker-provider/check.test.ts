/** What the stand-in refuses, and which official defaults it fills in. Does not prove that the defaults are the official ones. */
import { describe, it } from "mocha";
import assert from "node:assert/strict";
import { checkInputs } from "../../../../tools/docker-provider/check.ts";
import { secret, UNKNOWN, type Properties } from "../../../../tools/docker-provider/properties.ts";
import { containerShape } from "../../../../tools/docker-provider/resources/container-shape.ts";

const CONTAINER = { name: "n", image: "i" };

function refused(inputs: Properties): string[] {
  return checkInputs(containerShape, inputs).failures.map(({ property, reason }) => `${property}: ${reason}`);
}

describe("the check of the stand-in's inputs", () => {
  it("refuses what it does not know, at every depth, and names the official plugin", () => {
    const [top, nested] = refused({ ...CONTAINER, dns: ["192.0.2.1"], ports: [{ internal: 1, hostIp: "::1" }] });
    assert.match(top ?? "", /^dns: .*pulumi plugin install resource docker 5\.2\.0$/u);
    assert.match(nested ?? "", /^ports\[0\]\.hostIp: .*pulumi plugin install resource docker 5\.2\.0$/u);
  });

  it("refuses what it knows but cannot do", () => {
    assert.match(refused({ ...CONTAINER, attach: true })[0] ?? "", /^attach: .*can only do false/u);
  });

  it("asks for what must be given", () => {
    assert.deepEqual(refused({ image: "i" }), ["name: it must be given"]);
  });

  it("refuses a wrong type or form without quoting the value", () => {
    const upload = { file: "/f", content: "c", owner: secret("someone"), permissions: "600" };
    const healthcheck = { tests: ["CMD", "true"], interval: "often" };
    assert.deepEqual(refused({ ...CONTAINER, memory: "64", healthcheck, uploads: [upload], restart: "maybe" }), [
      "memory: it must be a whole number, 0 or more",
      "healthcheck.interval: it must be a duration such as 500ms, 10s or 1m30s",
      "uploads[0].owner: it must be a number as text, such as 999",
      "uploads[0].permissions: it must be octal permissions such as 0600",
      "restart: it must be no, on-failure, always or unless-stopped",
    ]);
  });

  it("fills in defaults at every depth, and keeps secrets and unknowns as they are", () => {
    const uploads = [{ file: "/f", content: secret("s") }];
    const { inputs, failures } = checkInputs(containerShape, {
      ...CONTAINER,
      image: UNKNOWN,
      uploads,
      user: secret("u"),
    });
    assert.deepEqual(failures, []);
    assert.equal(inputs.image, UNKNOWN);
    assert.deepEqual(inputs.user, secret("u"));
    assert.deepEqual(inputs.uploads, [{ file: "/f", content: secret("s"), executable: false }]);
    assert.equal(inputs.mustRun, true);
    assert.equal(inputs.networkMode, "bridge");
  });
});
