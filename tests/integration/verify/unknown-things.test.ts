// What is there on DigitalOcean by a name that an update would give again, asked of a server of this machine that speaks the
// API's shapes, with a program in the place of the Pulumi CLI. Does not prove that the platform answers so.
import assert from "node:assert/strict";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { placeOf } from "../../../cli/stack/place.ts";
import type { PlannedChange } from "../../../cli/stack/plan.ts";
import { findUnknown, unknownError } from "../../../cli/stack/take-over.ts";
import type { UnknownThing } from "../../../cli/stack/unknown-things.ts";
import { EXIT } from "../../../kernel/errors.ts";
import { resolveTopology } from "../../../topology/resolve.ts";
import { bucketIsThere } from "../../../verify/bucket-name.ts";
import { type DigitalOceanApi, startDigitalOceanApi } from "../../support/digitalocean-api/digitalocean-api.ts";
import { listen } from "../../support/listening-context.ts";
import { pretendPulumi, type PretendPulumi } from "../../support/pretend-pulumi.ts";
import { type ScratchClone, scratchClone } from "../../support/scratch-clone.ts";

const TOPOLOGY = resolveTopology(
  {
    target: "digitalocean",
    region: "nyc3",
    replicas: { reports: {} },
    data: {},
    access: { ssh: { keys: ["12345"], sources: ["203.0.113.7/32"] } },
  },
  "split",
);
const COMPONENT = "pgtopology:digitalocean:Topology";
const typeOf = (word: string): string => `digitalocean:index/${word.charAt(0).toLowerCase()}${word.slice(1)}:${word}`;
const create = (word: string, role: string): PlannedChange => ({
  operation: "create",
  type: word === COMPONENT ? word : typeOf(word),
  name: role === "" ? TOPOLOGY.name : `${TOPOLOGY.name}-${role}`,
  properties: [],
});
const MACHINES = [create("Vpc", "vpc"), create("Droplet", "data-host"), create("Volume", "data")];
const CONTENTS = [
  create("DatabaseReplica", "replica-reports"),
  create("DatabaseDb", "database"),
  ...["owner", "read-write", "read-only", "monitoring"].map((role) => create("DatabaseUser", `user-${role}`)),
];
const EVERYTHING = [create(COMPONENT, ""), create("DatabaseCluster", "primary"), ...MACHINES, ...CONTENTS];

describe("what is there on DigitalOcean, and not in the state", function () {
  this.timeout(20_000);
  let api: DigitalOceanApi;
  let clone: ScratchClone;
  let pulumi: PretendPulumi;
  beforeEach(async () => {
    [api, clone] = await Promise.all([startDigitalOceanApi(), scratchClone()]);
    pulumi = await pretendPulumi(join(clone.root, "path"));
  });
  afterEach(async () => {
    api.end();
    await clone.remove();
  });

  async function make(path: string, body: object): Promise<string> {
    const init = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
    const response = await fetch(`${String(api.env.DIGITALOCEAN_API_URL)}/v2/${path}`, init);
    assert.equal(response.status, 200, path);
    const [made] = Object.values((await response.json()) as Record<string, { id?: string | number }>);
    return String(made?.id);
  }

  function plannedOf(changes: readonly PlannedChange[], env = api.env) {
    const { context } = listen({ root: clone.root, env });
    const place = placeOf(context, { stack: "split" });
    const engine = { command: pulumi.command, env: { PATH: "/usr/bin:/bin" } };
    return { context, planned: { engine, place, topology: TOPOLOGY, suffix: "k3x9", changes } };
  }

  function found(changes: readonly PlannedChange[], env = api.env): Promise<UnknownThing[]> {
    const { context, planned } = plannedOf(changes, env);
    return findUnknown(context, planned);
  }

  it("is nothing on an empty account, nor what has another name, and is not asked for where nothing is to be made", async () => {
    await make("databases", { name: "split-primary-zzzz" });
    await make("droplets", { name: "split-data-host", region: "nyc3" });
    await make("volumes", { name: "split-data-k3x9", region: "fra1" });
    assert.deepEqual(await found(EVERYTHING), []);
    assert.deepEqual(api.unanswered, []);
    const asked = api.requests.length;
    assert.deepEqual(await found([{ ...create("Droplet", "data-host"), operation: "update" }]), []);
    assert.equal(api.requests.length, asked);
  });

  it("is each part of a run that broke off, by its id, with what to do", async () => {
    const cluster = await make("databases", { name: "split-primary-k3x9" });
    const droplet = await make("droplets", { name: "split-data-host-k3x9", region: "nyc3" });
    const volume = await make("volumes", { name: "split-data-k3x9", region: "nyc3" });
    const vpc = await make("vpcs", { name: "split-vpc-k3x9", region: "nyc3" });
    const things = await found(EVERYTHING);
    const error = unknownError(plannedOf(EVERYTHING).planned, things);
    assert.equal(error.exitCode, EXIT.usage);
    assert.equal(
      error.message.replaceAll(/made \d{4}-\S+Z/g, "made then"),
      [
        "stack split would make what is there by that name already, and its state does not know it; nothing was changed:",
        `  the cluster split-primary-k3x9: id ${cluster}, online, made then`,
        `  the network split-vpc-k3x9: id ${vpc}, made then`,
        `  the Droplet split-data-host-k3x9: id ${droplet}, active, made then`,
        `  the volume split-data-k3x9: id ${volume}, made then`,
      ].join("\n"),
    );
    assert.match(error.fix[0] ?? "", /^To take all of it over.*: \.\/pgt up --stack split --take-over$/);
    assert.match(error.fix[1] ?? "", new RegExp(`doctl databases delete ${cluster}; .*droplet delete ${droplet}`));
    assert.deepEqual(
      things.map(({ importId }) => importId),
      [cluster, vpc, droplet, volume],
    );
  });

  it("is after a stack was taken down the cluster with what is in it", async () => {
    const cluster = await make("databases", { name: "split-primary-k3x9" });
    for (const name of ["app_owner", "app", "app_readonly"]) await make(`databases/${cluster}/users`, { name });
    await make(`databases/${cluster}/dbs`, { name: "app" });
    await make(`databases/${cluster}/replicas`, { name: "split-replica-reports-k3x9" });
    assert.deepEqual(
      (await found(EVERYTHING)).map(({ importId }) => importId),
      [
        cluster,
        ...["split-replica-reports-k3x9", "app", "app_owner", "app", "app_readonly"].map(
          (name) => `${cluster},${name}`,
        ),
      ],
    );
  });

  it("is what a cluster has in it that the state does know, and its contents not", async () => {
    const cluster = await make("databases", { name: "split-primary-k3x9" });
    await make(`databases/${cluster}/users`, { name: "app" });
    assert.deepEqual(await found(CONTENTS), []);
    await pulumi.remember([{ urn: "u", type: typeOf("DatabaseCluster"), id: cluster }]);
    assert.deepEqual(
      (await found(CONTENTS)).map(({ what }) => what),
      ["the user app"],
    );
  });

  it("is found on a later page, too", async () => {
    for (let at = 0; at < 200; at += 1) await make("vpcs", { name: `other-${at}`, region: "nyc3" });
    const vpc = await make("vpcs", { name: "split-vpc-k3x9", region: "nyc3" });
    assert.deepEqual(
      (await found(MACHINES)).map(({ importId }) => importId),
      [vpc],
    );
  });

  it("is a bucket where one is refused to who has no key, and none where there is none", async () => {
    const [signal, bucket] = [new AbortController().signal, { name: "split-backups-k3x9", region: "nyc3" }];
    const env = { SPACES_ENDPOINT_URL: `${String(api.env.DIGITALOCEAN_API_URL)}/buckets/{{.Region}}` };
    assert.equal(await bucketIsThere(bucket, env, signal), false);
    api.buckets.add("split-backups-k3x9");
    assert.equal(await bucketIsThere(bucket, env, signal), true);
    const broken = { SPACES_ENDPOINT_URL: `${String(api.env.DIGITALOCEAN_API_URL)}/nothing` };
    await assert.rejects(bucketIsThere(bucket, broken, signal), /could not see whether there is a bucket/);
  });

  it("could not be looked for without a token, or where the API does not answer: nothing is made then", async () => {
    const { DIGITALOCEAN_TOKEN: _token, ...without } = api.env;
    await assert.rejects(found(EVERYTHING, without), { name: "PgtError", exitCode: EXIT.couldNotCheck });
    api.end();
    await assert.rejects(found(EVERYTHING), { name: "PgtError", message: /did not answer databases/ });
  });
});
