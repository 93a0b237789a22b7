// The labels of fields on Docker, against what is rendered of them: a field that makes the container of a server or a
// pooler another one restarts it at least, and one that makes none does not. It does not prove what happens then, which
// tests/e2e/labels.test.ts watches, nor what a pooler does by itself when servers come.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { containerArgs } from "../../../../components/docker/container-args.ts";
import { containersOf } from "../../../../rendering/containers.ts";
import { filesOf } from "../../../../rendering/files.ts";
import { changesBetween } from "../../../../topology/change.ts";
import { worst } from "../../../../topology/change-label.ts";
import { databasesOf, type ResolvedDocker } from "../../../../topology/resolved-docker.ts";
import { EXAMPLE_SECRETS } from "../../rendering/example-topology.ts";
import { FULL_DOCKER } from "./full-topologies.ts";
import { leavesOf, mutated } from "./topology-leaves.ts";

/** What no container shows, by the end of its path: why its label is worse than what is rendered. */
const NOT_RENDERED: Readonly<Record<string, string>> = {
  stack: "it is the end of the name, which is rendered",
  version: "it is the image's",
  "primary.key": "it is the part, which is rendered",
  "backup.archiveTimeoutSeconds": "it is the parameter archive_timeout, which is rendered",
  "backup.repository.type": "no wish on Docker has another",
};

/** A replica's key is its part, and a data database has no target, mode, replicas or data database of its own. */
const NO_FIELD = /(^|\.)target$|^replicas\.0\.key$|^data\.(mode|replicas|data)$/;

/** Everything that a container of a server or a pooler is made of, by its name. The scheduler serves nobody. */
function containers(stack: ResolvedDocker): ReadonlyMap<string, string> {
  const made = databasesOf(stack).flatMap(({ topology }) =>
    containersOf(topology)
      .filter(({ part }) => part !== "scheduler")
      .map((shape): [string, string] => {
        const place = { topology, imageId: "sha256:", network: topology.name, volumes: volumesOf(topology) };
        // Certificates are made for parts by their names.
        const certificate = { certificate: shape.part, key: shape.part };
        const secrets = { ...EXAMPLE_SECRETS, certificates: { [shape.part]: certificate } };
        const files = filesOf(topology, shape.part, secrets, (secret, write) => write(secret));
        return [`${topology.name}-${shape.part}`, JSON.stringify([containerArgs(shape, [], place), files])];
      }),
  );
  return new Map(made);
}

function volumesOf(topology: ResolvedDocker): Record<string, string> {
  const volumes = containersOf(topology).flatMap(({ mounts }) => mounts.map(({ volume }) => volume));
  return Object.fromEntries(volumes.map((volume) => [volume, `${topology.name}-${volume}`]));
}

/** Names of containers that are made anew, or go. */
function madeAnew(old: ResolvedDocker, next: ResolvedDocker): string[] {
  const after = containers(next);
  return [...containers(old)].filter(([name, made]) => after.get(name) !== made).map(([name]) => name);
}

describe("the labels of fields on Docker", () => {
  const leaves = leavesOf(FULL_DOCKER).filter(({ steps }) => !NO_FIELD.test(steps.join(".")));

  for (const leaf of leaves) {
    const path = leaf.steps.join(".");
    it(`are a restart or worse exactly where a container is another one: ${path}`, () => {
      const next = mutated(FULL_DOCKER, leaf);
      const label = worst(changesBetween(FULL_DOCKER, next).map((change) => change.label));
      const isRestarted = worst([label, "restart"]) === label;
      const anew = madeAnew(FULL_DOCKER, next);
      const exception = NOT_RENDERED[path.replace(/^data\./, "")];
      if (exception === undefined) assert.equal(isRestarted, anew.length > 0, `${label}; ${anew.join(", ")}`);
      else assert.ok(isRestarted && anew.length === 0, `${path} needs no exception any more`);
    });
  }

  it("see the rendered difference of what comes and goes", () => {
    const { backup: _backup, ...noBackup } = FULL_DOCKER;
    const { pooling: _pooling, ...noPooling } = FULL_DOCKER;
    const servers = ["primary", "replica-a"].map((part) => `${FULL_DOCKER.name}-${part}`);
    assert.deepEqual(madeAnew(FULL_DOCKER, { ...noBackup, backup: undefined }), servers);
    assert.deepEqual(madeAnew(FULL_DOCKER, { ...noPooling, pooling: undefined }), [`${FULL_DOCKER.name}-pooler`]);
    assert.deepEqual(madeAnew({ ...noPooling, pooling: undefined }, FULL_DOCKER), []);
  });
});
