// The life of a stack on Cloud SQL by the commands that a user runs, with the official gcp plugin, the real engine, and a
// server of this machine that speaks the shapes of Google's APIs. It does not prove that Google takes what it is sent,
// how long anything takes there, or that a database answers: nothing runs behind the server.
import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { createContext } from "../../../cli/context.ts";
import { checkStack } from "../../../cli/check/check-stack.ts";
import { CloudStack, onlyAsks, TEST_PROJECT } from "../../support/cloud-stack.ts";
import { type ApiRequest, type Json, part } from "../../support/google-cloud/area.ts";
import { type GoogleCloud, startGoogleCloud } from "../../support/google-cloud/google-cloud.ts";
import { skipWithoutGcpPlugin } from "../../support/gcp-plugin.ts";
import { previewWithoutLooking } from "../../support/plain-preview.ts";
import type { Ended } from "../../support/test-stack.ts";

const CA_CERTIFICATE = "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUa\n-----END CERTIFICATE-----\n";
const PERMITTED = {
  "pgtopology:permissions": [
    { id: "change/protection.deletion", reason: "the test ends", owner: "tests", expires: inDays(3) },
  ],
};

describe("a staging stack on Cloud SQL", function () {
  const context = createContext();
  let cloud: GoogleCloud;
  let stack: CloudStack;

  before(async function () {
    await skipWithoutGcpPlugin(this);
    cloud = await startGoogleCloud({ project: TEST_PROJECT, caCertificate: CA_CERTIFICATE });
    cloud.backupRuns.push({ status: "SUCCESSFUL", endTime: new Date().toISOString() });
    stack = await CloudStack.create(cloud, "staging");
  });

  // Not there when it was skipped.
  after(async () => {
    await (stack as CloudStack | undefined)?.remove();
    (cloud as GoogleCloud | undefined)?.end();
  });

  it("is not made with its state on one machine", async () => {
    const up = await stack.run(["up"], { PULUMI_BACKEND_URL: `file://${stack.stateDir}` });
    assert.equal(up.code, 2, up.err);
    assert.match(up.err, /its state would be in file:/);
    assert.deepEqual(cloud.requests, []);
  });

  it("up makes every resource that check lists, and says what is needed to prove it by SQL", async () => {
    const { resources } = await checkStack(context, { stack: stack.name });
    const up = await stack.run(["up"]);
    // Nothing runs there, and nobody said that it could be reached: not a pass.
    assert.equal(up.code, 3, up.err);
    assert.match(up.out, /\d+ pass, 0 fail, \d+ unknown/);
    assert.match(up.out, /no vantage: .*--vantage inside/);
    assert.deepEqual(cloud.unanswered, []);
    const state = stack.stateText();
    for (const { name } of resources) assert.ok(state.includes(`::${name}"`), name);
  });

  it("a second up changes nothing, and only asks", async () => {
    const sent = await sentBy(["up", "--no-verify"], /No resource changed/);
    assert.deepEqual(sent.map(line), []);
  });

  it("a plain preview, which does not look at the cloud, is empty", async () => {
    assert.deepEqual(await previewWithoutLooking(stack), []);
  });

  it("a disk that has grown by itself stays as large when something else changes", async () => {
    const name = await stack.nameOf("primary");
    settingsOf(name).dataDiskSizeGb = "250";
    await stack.edit((spec) => ({ ...spec, maintenance: { ...spec.maintenance, hour: 5 } }));
    const sent = await sentBy(["up", "--no-verify"], /1 resource changed/);
    assert.deepEqual(sent.map(line), [`PUT /sql/v1beta4/projects/${TEST_PROJECT}/instances/${name}`]);
    assert.equal(settingsOf(name).dataDiskSizeGb, "250");
    assert.equal(part(settingsOf(name), "maintenanceWindow").hour, 5);
  });

  it("what was changed by hand is put back", async () => {
    const name = await stack.nameOf("replica-reports");
    part(settingsOf(name), "ipConfiguration").ipv4Enabled = true;
    await sentBy(["up", "--no-verify"], /1 resource changed/);
    assert.equal(part(settingsOf(name), "ipConfiguration").ipv4Enabled, false);
  });

  it("a change that loses data is refused without a permission, and nothing is sent", async () => {
    await stack.edit((spec) => ({ ...spec, database: "another" }));
    const [up, sent] = await watched(["up", "--no-verify"]);
    await stack.edit(({ database: _, ...spec }) => spec);
    assert.equal(up.code, 2, up.err);
    assert.match(up.err, /database\n {4}got: app → another \(data loss\)/);
    assert.deepEqual(sent.map(line), []);
  });

  it("down takes no data without a word, and nothing that is protected", async () => {
    const [without, sent] = await watched(["down", "--yes"]);
    assert.equal(without.code, 2);
    assert.match(without.err, /an instance goes with its data/);
    const [guarded, more] = await watched(["down", "--yes", "--delete-data"]);
    assert.equal(guarded.code, 2);
    assert.match(guarded.err, /protected against its removal/);
    assert.deepEqual([...sent, ...more].map(line), []);
  });

  it("the end of the protection needs a permission, and then down leaves nothing", async () => {
    await stack.edit((spec) => ({ ...spec, protection: { deletion: false } }));
    assert.match((await stack.run(["up", "--no-verify"])).err, /id: change\/protection\.deletion/);
    await stack.edit((spec) => spec, PERMITTED);
    await sentBy(["up", "--no-verify"], /5 resources changed/);
    const sent = await sentBy(["down", "--yes", "--delete-data"], /is down/);
    const removed = sent.filter(({ method }) => method === "DELETE").map(({ path }) => path);
    const [primary, replica] = [await stack.nameOf("primary"), await stack.nameOf("replica-reports")];
    const places = [replica, primary].map((name) => removed.findIndex((path) => path.endsWith(`/instances/${name}`)));
    assert.ok((places[0] ?? -1) >= 0 && (places[0] ?? 0) < (places[1] ?? 0), `replica first: ${places.join(", ")}`);
    assert.equal(cloud.instances.size, 0);
    assert.deepEqual(cloud.unanswered, []);
    assert.deepEqual((await sentBy(["down", "--yes", "--delete-data"], /is down/)).map(line), []);
  });

  function settingsOf(instance: string): Json {
    return part(cloud.instances.get(instance) ?? assert.fail(`there is no ${instance}`), "settings");
  }

  /** Runs a command that succeeds, and returns what it sent to change anything. */
  async function sentBy(args: readonly string[], said: RegExp): Promise<readonly ApiRequest[]> {
    const [result, sent] = await watched(args);
    assert.equal(result.code, 0, `pgt ${args.join(" ")} ended with ${result.code}:\n${result.err}`);
    assert.match(result.out, said);
    return sent;
  }

  async function watched(args: readonly string[]): Promise<[Ended, readonly ApiRequest[]]> {
    const before = cloud.requests.length;
    const result = await stack.run(args);
    return [result, cloud.requests.slice(before).filter((request) => !onlyAsks(request))];
  }
});

function line({ method, path }: ApiRequest): string {
  return `${method} ${path}`;
}

function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}
