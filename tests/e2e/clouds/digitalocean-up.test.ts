// A split by the official digitalocean plugin, against a server of this machine that speaks the public API's shapes: what
// the provider sends, and that it finds again what it sent. Not that the platform would take it, nor how long it takes.
import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import type { SpecOf } from "../../../topology/spec.ts";
import {
  type DigitalOceanApi,
  sentLists,
  startDigitalOceanApi,
} from "../../support/digitalocean-api/digitalocean-api.ts";
import { type ApiRequest, text } from "../../support/google-cloud/area.ts";
import { skipWithoutDigitalOceanPlugin } from "../../support/digitalocean-plugin.ts";
import { DigitalOceanStack, type EngineRun } from "../../support/digitalocean-stack.ts";

const SOURCE = "203.0.113.7/32";
const SPLIT: SpecOf<"digitalocean"> = {
  target: "digitalocean",
  environment: "staging",
  region: "nyc3",
  project: "5a7f1d62-0000-4000-8000-00000000d0c5",
  size: { tier: "db-s-1vcpu-2gb" },
  storage: { diskGiB: 30 },
  replicas: { reports: {} },
  data: { diskGiB: 20, size: { tier: "s-1vcpu-2gb" } },
  access: { sources: [SOURCE], ssh: { keys: ["12345"], sources: ["198.51.100.0/24"] } },
  backup: { schedule: "02:30" },
  observability: { alertEmails: ["ops@example.test"] },
  application: { poolSize: 2, maxOverflow: 1, replicaPoolSize: 2, replicaMaxOverflow: 1 },
};

const HOST = { type: "droplet", value: "4711" };

describe("a split on DigitalOcean", function () {
  this.timeout(300_000);
  let api: DigitalOceanApi;
  let stack: DigitalOceanStack;
  before(async function () {
    await skipWithoutDigitalOceanPlugin(this);
    api = await startDigitalOceanApi();
    stack = await DigitalOceanStack.create(SPLIT, api.env);
  });
  // Not there when it was skipped.
  after(async () => {
    await (stack as DigitalOceanStack | undefined)?.remove();
    (api as DigitalOceanApi | undefined)?.end();
  });

  const changesOf = ({ problems, steps }: EngineRun): string[] => {
    assert.deepEqual(problems, []);
    return steps
      .filter(({ operation, type }) => !["same", "refresh"].includes(operation) && type.startsWith("digitalocean:"))
      .map(({ name, operation, properties, type }) => `${operation} ${type} ${name} ${properties.join(" ")}`);
  };
  it("is made, and each managed server trusts the data host and the named source alone", async () => {
    assert.ok(changesOf(await stack.up()).length > 20);
    assert.deepEqual(api.unanswered, []);
    const rules = [HOST, { type: "ip_addr", value: SOURCE }];
    const servers = [...api.databases.trusted.keys()];
    assert.equal(servers.length, 2);
    assert.ok(servers.some((id) => id.startsWith("replica-of-")));
    for (const list of sentLists(api.requests)) assert.deepEqual(list, rules);
  });

  it("has users once its sources are limited, and not before", () => {
    const asked = api.requests.map(({ method, path }) => `${method} ${path}`);
    const limited = asked.indexOf("PUT /v2/databases/cluster-1/firewall");
    assert.ok(limited > 0);
    assert.ok(asked.indexOf("POST /v2/databases/cluster-1/users") > limited);
    assert.ok(asked.indexOf("POST /v2/databases/cluster-1/dbs") > limited);
  });

  it("is found again as it was made: nothing would change, also after a look at what is there", async () => {
    assert.deepEqual(changesOf(await stack.preview()), []);
    assert.deepEqual(changesOf(await stack.preview({ refresh: true })), []);
  });

  it("is the same in the other mode", async () => {
    await stack.write({ ...SPLIT, mode: "single" });
    assert.deepEqual(changesOf(await stack.preview()), []);
  });

  it("keeps its machine when another may log in to it", async () => {
    const ssh = { keys: ["12345", "67890"], sources: ["198.51.100.0/24"] };
    await stack.write({ ...SPLIT, access: { ...SPLIT.access, ssh } });
    assert.deepEqual(changesOf(await stack.preview()), []);
  });

  it("is not replaced by another network: the engine refuses", async () => {
    await stack.write({ ...SPLIT, access: { ...SPLIT.access, network: { subnetCidr: "10.9.0.0/24" } } });
    const { problems } = await stack.preview();
    assert.ok(problems.length > 0);
    assert.match(problems.join("\n"), /protect/);
  });

  it("takes a source back without an empty list in between", async () => {
    const start = api.requests.length;
    await stack.write({ ...SPLIT, access: { ...SPLIT.access, sources: [] } });
    const changes = changesOf(await stack.up());
    assert.equal(changes.filter((change) => change.startsWith("update digitalocean:index/databaseFirewall")).length, 2);
    assert.deepEqual(
      sentLists(api.requests.slice(start)),
      [[HOST], [HOST]].map((list) => list),
    );
  });

  it("is not removed while it is guarded, and an up puts back what a removal without a preview began with", async () => {
    const start = api.requests.length;
    assert.match((await stack.destroy()).problems.join("\n"), /protect/);
    const removed = removalsIn(api.requests.slice(start));
    assert.deepEqual(
      removed.filter((removal) => !/\/(pools|alerts|keys)\//.test(removal)),
      [],
    );
    assert.deepEqual((await stack.up()).problems, []);
    assert.deepEqual(changesOf(await stack.preview()), []);
  });

  it("leaves what holds data where it is when it is removed, and its machine lets go of the volume by itself", async () => {
    await stack.write({ ...SPLIT, access: { ...SPLIT.access, sources: [] }, protection: { deletion: false } });
    assert.deepEqual((await stack.up()).problems, []);
    const start = api.requests.length;
    const { problems } = await stack.destroy();
    // The provider says that what was configured stays configured.
    assert.deepEqual(
      problems.filter((problem) => !problem.includes("postgresql_config")),
      [],
    );
    const requests = api.requests.slice(start);
    assert.deepEqual(sentLists(requests), []);
    const removals = removalsIn(requests);
    assert.deepEqual(
      removals.filter((removal) => /POST|droplets/.test(removal)),
      ["POST /v2/droplets/4711/actions shutdown", "POST /v2/volumes/4711/actions detach", "DELETE /v2/droplets/4711"],
    );
    const kept = /\/v2\/(vpcs|volumes|databases)\/[^/]+$|\/(dbs|users)\//;
    assert.deepEqual(
      removals.filter((removal) => removal.startsWith("DELETE") && kept.test(removal)),
      [],
    );
    assert.equal(removals.filter((removal) => removal.includes("/replicas/")).length, 1);
  });
});

/** What was removed, shut down or taken from a machine, in its order. */
function removalsIn(requests: readonly ApiRequest[]): string[] {
  return requests.flatMap(({ body, method, path }) => {
    if (method === "DELETE") return [`DELETE ${path}`];
    return method === "POST" && path.endsWith("/actions") ? [`POST ${path} ${text(body, "type")}`] : [];
  });
}
