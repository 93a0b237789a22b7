// What the tests take for the engine's plan. It does not prove that the engine plans it: tests/e2e/ does.
import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { UNKNOWN } from "../../../requirements/known.ts";
import { SECRET } from "../../../preview/planned-step.ts";
import { plannedSteps, type ProviderKnowledge } from "../../support/plan-steps.ts";
import { recordResources } from "../../support/planned-resources.ts";

interface Program {
  readonly driver?: string;
  readonly hasVolume?: boolean;
  readonly image?: string;
  readonly secret?: string;
  readonly memory?: number;
  readonly ignore?: string[];
}

function program({ driver = "local", hasVolume = true, image = "a", secret = "x", memory = 1, ignore = [] }: Program) {
  return recordResources(
    () => {
      const volume = hasVolume ? new docker.Volume("data", { driver }, { retainOnDelete: true }) : undefined;
      new docker.Container(
        "server",
        {
          image,
          memory,
          envs: [pulumi.secret(`PASSWORD=${secret}`)],
          mounts: [{ target: "/data", type: "volume", source: volume?.id ?? "none" }],
        },
        { ignoreChanges: ignore, protect: true },
      );
    },
    { madeByCloud },
  );
}

const madeByCloud = (type: string): Record<string, unknown> => (type.endsWith("Volume") ? { id: "made up" } : {});

const KNOWLEDGE: ProviderKnowledge = {
  forceNew: {
    "docker:index/volume:Volume": ["driver"],
    "docker:index/container:Container": ["image", "mounts.source"],
  },
  madeByCloud,
};

async function stepsBetween(from: Program, to: Program): Promise<string[]> {
  const [before, after] = [await program(from), await program(to)];
  return plannedSteps(before.resources, after.resources, KNOWLEDGE)
    .filter(({ type, operation }) => type.startsWith("docker:") && operation !== "same")
    .map(({ operation, name, diffs, replacing }) => {
      const paths = diffs.map(({ path }) => path).join(" ");
      return `${operation} ${name}: ${paths}${replacing.length > 0 ? ` (for ${replacing.join(" ")})` : ""}`;
    })
    .sort();
}

describe("the plan between two recorded programs", () => {
  it("is updates, replacements, and what comes and goes", async () => {
    assert.deepEqual(await stepsBetween({}, {}), []);
    assert.deepEqual(await stepsBetween({}, { memory: 2 }), ["update server: memory"]);
    assert.deepEqual(await stepsBetween({}, { secret: "y" }), ["update server: envs[0]"]);
    assert.deepEqual(await stepsBetween({}, { image: "b", memory: 2 }), ["replace server: image memory (for image)"]);
    assert.deepEqual(await stepsBetween({}, { image: "b", ignore: ["image"] }), []);
    assert.deepEqual(await stepsBetween({}, { hasVolume: false }), [
      "delete data: ",
      "replace server: mounts[0].source (for mounts[0].source)",
    ]);
    assert.deepEqual(await stepsBetween({}, { driver: "other" }), [
      "replace data: driver (for driver)",
      "replace server: mounts[0].source (for mounts[0].source)",
    ]);
  });

  it("has options, secrets and what is not known yet in their places", async () => {
    const [before, after] = [await program({}), await program({ driver: "other" })];
    const steps = plannedSteps(before.resources, after.resources, KNOWLEDGE);
    const volume = steps.find(({ name }) => name === "data");
    const server = steps.find(({ name }) => name === "server");
    assert.ok(volume?.old && server?.old && server.next);
    assert.equal(volume.old.retainOnDelete, true);
    assert.equal(server.next.protect, true);
    assert.deepEqual(server.old.inputs.envs, [SECRET]);
    assert.deepEqual(server.old.inputs.mounts, [{ target: "/data", type: "volume", source: "made up" }]);
    assert.deepEqual(server.next.inputs.mounts, [{ target: "/data", type: "volume", source: UNKNOWN }]);
  });
});
