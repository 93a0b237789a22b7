// What happens to a list of trusted sources that gets another name in the program, by the official digitalocean plugin
// against a server of this machine. Not what the platform does with an empty list: its documentation says that everybody
// may connect then.
import { DatabaseFirewall } from "@pulumi/digitalocean/databaseFirewall.js";
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, it } from "mocha";
import { cloudPlace } from "../../../components/digitalocean/cloud-place.ts";
import { createTrustedSources } from "../../../components/digitalocean/trusted-sources.ts";
import type { SpecOf } from "../../../topology/spec.ts";
import {
  type DigitalOceanApi,
  sentLists,
  startDigitalOceanApi,
} from "../../support/digitalocean-api/digitalocean-api.ts";
import { skipWithoutDigitalOceanPlugin } from "../../support/digitalocean-plugin.ts";
import { DigitalOceanStack } from "../../support/digitalocean-stack.ts";

const STAGING: SpecOf<"digitalocean"> = { target: "digitalocean", environment: "staging", region: "nyc3" };
const CIDR = "10.100.0.0/24";
const RULES = [{ type: "ip_addr", value: CIDR }];

describe("a list of trusted sources on DigitalOcean", function () {
  this.timeout(120_000);
  let api: DigitalOceanApi;
  let stack: DigitalOceanStack;
  before(async function () {
    await skipWithoutDigitalOceanPlugin(this);
    api = await startDigitalOceanApi();
  });
  // Not there when it was skipped.
  after(() => (api as DigitalOceanApi | undefined)?.end());
  beforeEach(async () => {
    stack = await DigitalOceanStack.create(STAGING, api.env);
  });
  afterEach(() => stack.remove());

  /** A cluster that somebody has made. */
  const makeCluster = async (): Promise<string> => {
    const body = JSON.stringify({ name: stack.name });
    const headers = { "content-type": "application/json" };
    const answer = await fetch(`${api.env.DIGITALOCEAN_API_URL ?? ""}/v2/databases`, { method: "POST", body, headers });
    return ((await answer.json()) as { database: { id: string } }).database.id;
  };
  /** Every list that was sent for the cluster, by programs that ran one after the other. */
  const listsOf = async (clusterId: string, ...programs: readonly PulumiFn[]): Promise<unknown[]> => {
    for (const program of programs) assert.deepEqual((await stack.up(program)).problems, []);
    return sentLists(api.requests, clusterId);
  };
  /** The list as the topology makes it, in a component of that name. */
  const asMade =
    (clusterId: string, name: string): PulumiFn =>
    () => {
      const parent = new pulumi.ComponentResource("test:index:Parent", "parent");
      const place = cloudPlace({ topology: stack.topologyOf(STAGING), suffix: "test" }, name, parent);
      const cluster = { id: pulumi.output(clusterId) };
      const network = { id: "vpc", cidr: CIDR };
      createTrustedSources(place, { cluster, replicas: new Map() }, { network, dataHost: undefined });
      return Promise.resolve();
    };

  it("is never empty when it gets another name", async () => {
    const id = await makeCluster();
    assert.deepEqual(await listsOf(id, asMade(id, "one"), asMade(id, "other")), [RULES, RULES]);
  });

  it("is never empty when the program does without it", async () => {
    const id = await makeCluster();
    assert.deepEqual(await listsOf(id, asMade(id, "one"), () => Promise.resolve()), [RULES]);
  });

  it("would be, by the provider's own way: the old one is emptied after the new one was sent", async () => {
    const id = await makeCluster();
    const unguarded =
      (name: string): PulumiFn =>
      () => {
        new DatabaseFirewall(name, { clusterId: id, rules: RULES });
        return Promise.resolve();
      };
    assert.deepEqual(await listsOf(id, unguarded("one"), unguarded("other")), [RULES, RULES, []]);
  });
});
