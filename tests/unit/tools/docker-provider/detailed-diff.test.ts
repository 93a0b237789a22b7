/** Which inputs count as changed, at which path, and what that does to the resource. */
import { describe, it } from "mocha";
import assert from "node:assert/strict";
import { diffInputs } from "../../../../tools/docker-provider/detailed-diff.ts";
import { secret, UNKNOWN, type Properties } from "../../../../tools/docker-provider/properties.ts";
import { containerShape } from "../../../../tools/docker-provider/resources/container-shape.ts";

function diff(olds: Properties, news: Properties): string[] {
  const base = { name: "n", image: "i" };
  return diffInputs(containerShape, { ...base, ...olds }, { ...base, ...news }).map(
    ({ path, kind, replaces }) => `${kind} ${path}${replaces ? ", replaces" : ""}`,
  );
}

const upload = (file: string, content: string) => ({ file, content, executable: false });

describe("the diff of the stand-in's inputs", () => {
  const same: [string, Properties, Properties][] = [
    ["the same inputs", {}, {}],
    ["a default that is given", {}, { mustRun: true, networkMode: "bridge", waitTimeout: 60 }],
    ["what the official plugin keeps beside the inputs", { __defaults: ["attach"], tmpfs: { __defaults: [] } }, {}],
    ["an empty value for none", { user: "", envs: [], memory: 0 }, {}],
    ["a set in another order", { envs: ["A=1", "B=2"] }, { envs: ["B=2", "A=1"] }],
    [
      "uploads in another order",
      { uploads: [upload("/a", "1"), upload("/b", "2")] },
      { uploads: [upload("/b", "2"), upload("/a", "1")] },
    ],
    ["a secret that is not one any more", { user: secret("u") }, { user: "u" }],
    [
      "a duration in another form",
      { healthcheck: { tests: ["CMD", "t"], interval: "60s" } },
      { healthcheck: { tests: ["CMD", "t"], interval: "1m0s" } },
    ],
  ];
  for (const [title, olds, news] of same) {
    it(`finds nothing in ${title}`, () => {
      assert.deepEqual(diff(olds, news), []);
    });
  }

  const changed: [string, Properties, Properties, string[]][] = [
    ["a limit that changes", { memory: 64 }, { memory: 128 }, ["update memory"]],
    ["a limit that is added", {}, { cpuShares: 512 }, ["add cpuShares"]],
    ["other processors", { cpus: "1.0" }, { cpus: "0.5" }, ["update cpus, replaces"]],
    ["a limit that is lifted, which Docker cannot do in place", { memory: 64 }, {}, ["delete memory, replaces"]],
    ["a restart policy", {}, { restart: "always" }, ["update restart"]],
    ["a wish that it runs", { mustRun: false }, {}, ["update mustRun"]],
    ["an input that becomes a secret", { user: "u" }, { user: secret("u") }, ["update user"]],
    ["another image", {}, { image: "j" }, ["update image, replaces"]],
    ["an image that is not known yet", {}, { image: UNKNOWN }, ["update image, replaces"]],
    [
      "an order that matters",
      { command: ["a", "b"] },
      { command: ["b", "a"] },
      ["update command[0], replaces", "update command[1], replaces"],
    ],
    [
      "the content of one upload among others",
      { uploads: [upload("/a", "1"), { ...upload("/b", "2"), content: secret("2") }] },
      { uploads: [{ ...upload("/b", "3"), content: secret("3") }, upload("/a", "1")] },
      ["update uploads[0].content, replaces"],
    ],
    ["an upload more", {}, { uploads: [upload("/a", "1")] }, ["add uploads, replaces"]],
    ["an element of a set", { envs: ["A=1", "B=2"] }, { envs: ["B=2", "A=3"] }, ["update envs[1], replaces"]],
    ["one element less", { envs: ["A=1", "B=2"] }, { envs: ["B=2"] }, ["delete envs[0], replaces"]],
    [
      "an entry of a map",
      { tmpfs: { "/a": "" } },
      { tmpfs: { "/a": "", "/b": "size=1m" } },
      ['add tmpfs["/b"], replaces'],
    ],
    [
      "an alias in a network",
      { networksAdvanced: [{ name: "n", aliases: ["a"] }] },
      { networksAdvanced: [{ name: "n", aliases: ["b"] }] },
      ["update networksAdvanced[0].aliases[0], replaces"],
    ],
  ];
  for (const [title, olds, news, expected] of changed) {
    it(`finds ${title}`, () => {
      assert.deepEqual(diff(olds, news), expected);
    });
  }
});
