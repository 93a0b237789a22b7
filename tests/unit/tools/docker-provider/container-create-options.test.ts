/** The inputs in Docker's own form and units. Does not prove that Docker takes them: the integration test does. */
import { describe, it } from "mocha";
import assert from "node:assert/strict";
import { checkInputs } from "../../../../tools/docker-provider/check.ts";
import { containerCreateOptions } from "../../../../tools/docker-provider/container-create-options.ts";
import type { Properties } from "../../../../tools/docker-provider/properties.ts";
import { containerShape, type ContainerInputs } from "../../../../tools/docker-provider/resources/container-shape.ts";

function options(given: Properties) {
  const { inputs, failures } = checkInputs(containerShape, { name: "n", image: "i", ...given });
  assert.deepEqual(failures, []);
  return containerCreateOptions(inputs as unknown as ContainerInputs);
}

describe("the options of a container", () => {
  it("carry sizes in bytes, times in nanoseconds and processors in billionths", () => {
    const healthcheck = { tests: ["CMD", "t"], interval: "1m30s", timeout: "500ms", retries: 3 };
    const { HostConfig, Healthcheck } = options({ memory: 64, memorySwap: -1, shmSize: 32, cpus: "1.5", healthcheck });
    assert.equal(HostConfig?.Memory, 67_108_864);
    assert.equal(HostConfig.MemorySwap, -1);
    assert.equal(HostConfig.ShmSize, 33_554_432);
    assert.equal(HostConfig.NanoCpus, 1_500_000_000);
    assert.deepEqual(Healthcheck, { Test: ["CMD", "t"], Interval: 90e9, Timeout: 5e8, StartPeriod: 0, Retries: 3 });
  });

  it("publish a port on the address that was asked for, or on a free one", () => {
    const { HostConfig, ExposedPorts } = options({
      ports: [
        { internal: 5432, external: 5433, ip: "127.0.0.1" },
        { internal: 53, protocol: "udp" },
      ],
    });
    assert.deepEqual(HostConfig?.PortBindings, {
      "5432/tcp": [{ HostIp: "127.0.0.1", HostPort: "5433" }],
      "53/udp": [{ HostIp: "0.0.0.0", HostPort: "" }],
    });
    assert.deepEqual(Object.keys(ExposedPorts ?? {}), ["5432/tcp", "53/udp"]);
  });

  it("mount volumes by name, and read-only when asked", () => {
    const volumes = [
      { volumeName: "v", containerPath: "/d" },
      { volumeName: "w", containerPath: "/e", readOnly: true },
    ];
    assert.deepEqual(options({ volumes }).HostConfig?.Binds, ["v:/d:rw", "w:/e:ro"]);
  });

  it("leave to Docker and the image what was not given", () => {
    const { Cmd, Env, User, Healthcheck, HostConfig } = options({});
    assert.deepEqual([Cmd, Env, User, Healthcheck, HostConfig?.Memory, HostConfig?.Init], Array(6).fill(undefined));
  });
});
