// What a stack has left on DigitalOcean is taken over again as pgt says, by the official digitalocean plugin against a server
// of this machine that speaks the public API's shapes. Not that the platform would answer so.
import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { findUnknown, takeOver, unknownError } from "../../../cli/stack/take-over.ts";
import type { SpecOf } from "../../../topology/spec.ts";
import { type DigitalOceanApi, startDigitalOceanApi } from "../../support/digitalocean-api/digitalocean-api.ts";
import { skipWithoutDigitalOceanPlugin } from "../../support/digitalocean-plugin.ts";
import { DigitalOceanStack, type EngineRun } from "../../support/digitalocean-stack.ts";

const KEPT: SpecOf<"digitalocean"> = {
  target: "digitalocean",
  environment: "staging",
  region: "nyc3",
  data: { diskGiB: 20, size: { tier: "s-1vcpu-2gb" } },
  access: { ssh: { keys: ["12345"], sources: ["198.51.100.0/24"] } },
  protection: { deletion: false, keepData: true },
};
/** What may be there once only. */
const DATA = ["DatabaseCluster", "DatabaseDb", "DatabaseUser", "Volume", "Vpc"];

describe("what a stack has left on DigitalOcean", function () {
  this.timeout(300_000);
  let api: DigitalOceanApi;
  let stack: DigitalOceanStack;
  const said: string[] = [];
  before(async function () {
    await skipWithoutDigitalOceanPlugin(this);
    api = await startDigitalOceanApi();
    stack = await DigitalOceanStack.create(KEPT, api.env);
  });
  // Not there when it was skipped.
  after(async () => {
    await (stack as DigitalOceanStack | undefined)?.remove();
    (api as DigitalOceanApi | undefined)?.end();
  });

  const made = ({ problems, steps }: EngineRun): string[] => {
    assert.deepEqual(problems, []);
    return steps.filter(({ operation }) => operation === "create").map(({ type }) => type.split(":").at(-1) ?? "");
  };

  /** As `pgt up --take-over` does between its plan and the next. @returns what it says without the option */
  async function takenOver(): Promise<string> {
    const { context, engine, place } = await stack.opened();
    const { steps: changes } = await stack.preview();
    const planned = { engine, place, topology: stack.topologyOf(KEPT), suffix: "test", changes };
    const things = await findUnknown(context, planned);
    if (things.length === 0) return "";
    const keyless = `${String(api.env.DIGITALOCEAN_API_URL)}/buckets/{{.Region}}`;
    const env = { ...context.env, SPACES_ENDPOINT_URL: keyless };
    await takeOver({ ...context, env }, planned, things, (line) => said.push(line));
    return unknownError(planned, things).message;
  }

  it("is refused by name after it was taken down, and taken over: nothing of it is made twice", async () => {
    const first = made(await stack.up());
    for (const type of DATA) assert.ok(first.includes(type), type);
    assert.deepEqual((await stack.destroy()).problems, []);
    const refused = await takenOver();
    for (const what of ["the cluster", "the volume", "the network", "the database app", "the user app_owner"]) {
      assert.match(refused, new RegExp(`${what}.*: id `));
    }
    const importing = said.filter((line) => line.startsWith("import ")).map((line) => line.split("-").at(-1));
    assert.deepEqual(importing.sort(), [
      ...["backups", "data", "database", "monitoring", "only", "owner", "primary", "vpc", "write"],
    ]);
    assert.ok(
      said.some((line) => /^create .*-data-host$/.test(line)),
      "what was removed is made again",
    );
    assert.deepEqual(made(await stack.up()), []);
    assert.equal(await takenOver(), "", "nothing is unknown any more");
    const clusters = api.requests.filter(({ method, path }) => method === "POST" && path === "/v2/databases");
    assert.equal(clusters.length, 1);
    assert.deepEqual(api.unanswered, []);
  });
});
