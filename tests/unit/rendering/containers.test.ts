// What the containers of a topology are. Does not prove that they run: tests/integration/image starts them.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { containersOf } from "../../../rendering/containers.ts";
import type { SpecOf } from "../../../topology/spec.ts";
import { exampleTopology } from "./example-topology.ts";

function partsOf(spec: Partial<SpecOf<"docker">>): string[] {
  return containersOf(exampleTopology(spec)).map(({ part }) => part);
}

describe("the containers of a topology", () => {
  it("are the servers, the pooler and the scheduler", () => {
    assert.deepEqual(partsOf({ replicas: { b: {}, a: {} } }), [
      "primary",
      "replica-a",
      "replica-b",
      "pooler",
      "scheduler",
    ]);
  });

  it("are the primary alone when nothing else is wished", () => {
    assert.deepEqual(partsOf({ replicas: {}, pooling: { enabled: false }, backup: { enabled: false } }), ["primary"]);
  });

  it("each have their command, their volumes and their place in the order", () => {
    const shapes = containersOf(exampleTopology()).map((shape) => ({
      command: shape.command.join(" "),
      mounts: shape.mounts.map(({ volume, path, readOnly }) => `${volume}:${path}${readOnly ? ":ro" : ""}`),
      port: shape.port,
      after: shape.after,
      healthcheck: shape.healthcheck.command.join(" "),
    }));
    assert.deepEqual(shapes, [
      {
        command: "pgt-primary",
        mounts: ["primary-data:/var/lib/postgresql/data", "backups:/var/lib/pgbackrest", "socket:/run/postgresql"],
        port: { internal: 5432, published: 5432 },
        after: [],
        healthcheck: "pgt-healthy primary",
      },
      {
        command: "pgt-replica",
        mounts: ["replica-a-data:/var/lib/postgresql/data", "backups:/var/lib/pgbackrest:ro"],
        port: { internal: 5432, published: 5433 },
        after: ["primary"],
        healthcheck: "pgt-healthy replica",
      },
      {
        command: "pgt-pooler",
        mounts: [],
        port: { internal: 6432, published: 6432 },
        after: ["primary"],
        healthcheck: "pgt-healthy pooler",
      },
      {
        command: "pgt-scheduler 02:00",
        mounts: ["primary-data:/var/lib/postgresql/data:ro", "backups:/var/lib/pgbackrest", "socket:/run/postgresql"],
        port: undefined,
        after: ["primary"],
        healthcheck: "pgt-healthy scheduler",
      },
    ]);
  });

  it("give servers the wished memory, and a quarter of it for parallel queries", () => {
    const [primary] = containersOf(exampleTopology({ size: { memoryGiB: 2, cpus: 2 } }));
    assert.deepEqual([primary?.memoryMiB, primary?.cpus, primary?.shmMiB], [2048, 2, 512]);
  });
});
