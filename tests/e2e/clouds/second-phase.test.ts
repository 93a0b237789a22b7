// A production stack on Cloud SQL: a run that was killed, the replica that is designated for a disaster, what verification
// reads back, where secrets are, and the removal. With the official gcp plugin and a server of this machine: see up.test.ts
// for what that does not prove.
import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { createContext } from "../../../cli/context.ts";
import { placeOf } from "../../../cli/stack/place.ts";
import { readStored } from "../../../cli/stack/stored-secrets.ts";
import { waitUntil } from "../../../kernel/wait-until.ts";
import { CLOUD_ROLE_KEYS, SECRET_KEYS } from "../../../topology/secrets.ts";
import { CloudStack, onlyAsks, TEST_PROJECT } from "../../support/cloud-stack.ts";
import { type ApiRequest, part, text } from "../../support/google-cloud/area.ts";
import { type GoogleCloud, startGoogleCloud } from "../../support/google-cloud/google-cloud.ts";
import { skipWithoutGcpPlugin } from "../../support/gcp-plugin.ts";
import { engineOf, previewWithoutLooking } from "../../support/plain-preview.ts";
import { descendants, withArgumentsSeen } from "../../support/processes.ts";
import { type Ended, ended } from "../../support/test-stack.ts";

const CA_CERTIFICATE = "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUa\n-----END CERTIFICATE-----\n";
const DESIGNATED_KEY = "pgtopology:disaster-recovery-replica";

interface VerifyJson {
  readonly judged: readonly { readonly id: string; readonly status: string; readonly message?: string }[];
}

describe("a production stack on Cloud SQL", function () {
  let cloud: GoogleCloud;
  let stack: CloudStack;
  let passwords: readonly string[];
  let said = "";

  before(async function () {
    await skipWithoutGcpPlugin(this);
    cloud = await startGoogleCloud({ project: TEST_PROJECT, caCertificate: CA_CERTIFICATE });
    cloud.backupRuns.push({ status: "SUCCESSFUL", endTime: new Date().toISOString() });
    stack = await CloudStack.create(cloud, "prod");
  });

  // Not there when it was skipped.
  after(async () => {
    await (stack as CloudStack | undefined)?.remove();
    (cloud as GoogleCloud | undefined)?.end();
  });

  it("up that is killed while the cloud makes an instance leaves that instance to nobody", async () => {
    const reached = Promise.withResolvers<undefined>();
    const released = Promise.withResolvers<undefined>();
    cloud.before = async (request) => {
      if (request.method !== "POST" || !text(request.body, "name").includes("-replica-standby-region-")) return;
      reached.resolve(undefined);
      await released.promise;
    };
    const child = stack.start(["up", "--no-verify"]);
    const killed = ended(child);
    await Promise.race([reached.promise, killed.then(({ err }) => assert.fail(err))]);
    // As when the machine goes down: the engine and its plugins, too.
    const started = await descendants(child.pid ?? 0);
    child.kill("SIGKILL");
    for (const { pid } of started) killIfThere(pid);
    assert.equal((await killed).code, 137);
    cloud.before = () => undefined;
    released.resolve(undefined);
    const left = await stack.nameOf("replica-standby-region");
    await waitUntil(() => cloud.instances.has(left), { name: "the cloud to make the instance", timeoutMs: 30_000 });
  });

  it("the next up takes it over, makes the rest, and designates the replica once both instances are there", async () => {
    const before = cloud.requests.length;
    const [up, seen] = await withArgumentsSeen(() => succeeds(["up", "--no-verify"]));
    assert.match(up.err, /taking over what an earlier run was making: .*-replica-standby-region/);
    assert.match(up.out, /Replica standby-region is designated to take over after a disaster/);
    const sent = cloud.requests.slice(before).filter((request) => !onlyAsks(request));
    const patches = sent.filter(({ method, path }) => method === "PATCH" && path.includes("/instances/"));
    const [primary, replica] = [await stack.nameOf("primary"), await stack.nameOf("replica-standby-region")];
    assert.deepEqual(
      patches.map(({ body, path }) => [path, body]),
      [
        [
          `/sql/v1beta4/projects/${TEST_PROJECT}/instances/${primary}`,
          { replicationCluster: { failoverDrReplicaName: `${TEST_PROJECT}:${replica}` } },
        ],
      ],
    );
    assert.equal(designatedIn(primary), `${TEST_PROJECT}:${replica}`);
    assert.equal((await stack.configuration())[DESIGNATED_KEY], "standby-region");
    assert.deepEqual(cloud.unanswered, []);
    const stored = await readStored(
      await engineOf(stack),
      placeOf(createContext(), { stack: stack.name }),
      new AbortController().signal,
    );
    passwords = CLOUD_ROLE_KEYS.map((role) => stored.get(SECRET_KEYS.password(role)) ?? assert.fail(role));
    const shown = seen.filter((command) => passwords.some((password) => command.includes(password)));
    assert.deepEqual(shown, []);
    assert.ok(seen.some((command) => command.includes("pulumi-resource-gcp")));
  });

  it("a third run changes nothing, and a plain preview is empty", async () => {
    const before = cloud.requests.length;
    const up = await succeeds(["up", "--no-verify"]);
    assert.match(up.out, /No resource changed/);
    assert.doesNotMatch(up.out, /designated/);
    assert.deepEqual(changesSince(before), []);
    assert.deepEqual(await previewWithoutLooking(stack), []);
  });

  it("verify passes what the API tells, and does not know what SQL would", async () => {
    const verify = await stack.run(["verify", "--json"]);
    assert.equal(verify.code, 3, verify.err);
    const { judged } = JSON.parse(verify.out) as VerifyJson;
    const ofApi = judged.filter(({ id }) => id.startsWith("instances/") || id.startsWith("places/"));
    assert.ok(ofApi.length > 15, String(ofApi.length));
    assert.deepEqual(
      ofApi.filter(({ status }) => status !== "pass"),
      [],
    );
    const unknown = judged.filter(({ status }) => status === "unknown");
    assert.ok(unknown.length > 20, String(unknown.length));
    assert.deepEqual(
      unknown.filter(({ message }) => message?.includes("--vantage inside") !== true),
      [],
    );
  });

  it("verify fails on what was changed by hand", async () => {
    const primary = cloud.instances.get(await stack.nameOf("primary")) ?? assert.fail();
    const network = part(part(primary, "settings"), "ipConfiguration");
    network.sslMode = "ALLOW_UNENCRYPTED_AND_ENCRYPTED";
    const verify = await stack.run(["verify", "--json"]);
    network.sslMode = "ENCRYPTED_ONLY";
    assert.equal(verify.code, 1, verify.err);
    const failed = (JSON.parse(verify.out) as VerifyJson).judged.filter(({ status }) => status === "fail");
    assert.deepEqual(
      failed.map(({ id }) => id),
      ["instances/encrypted-only"],
    );
  });

  it("a designation that was taken away by hand is made again", async () => {
    const name = await stack.nameOf("primary");
    delete part(cloud.instances.get(name) ?? {}, "replicationCluster").failoverDrReplicaName;
    // By the engine's update, or through the API where the provider's does not send it.
    assert.match(
      (await succeeds(["up", "--no-verify"])).out,
      /Replica standby-region is designated|^1 resource changed/,
    );
    assert.equal(designatedIn(name), `${TEST_PROJECT}:${await stack.nameOf("replica-standby-region")}`);
    assert.match((await succeeds(["up", "--no-verify"])).out, /No resource changed/);
  });

  it("passwords are in the requests that set them, and nowhere else", () => {
    const holders = cloud.requests.filter(({ path, query, raw }) => {
      const sent = `${path}?${query.toString()} ${raw.toString("utf8")}`;
      return passwords.some((password) => sent.includes(password) || sent.includes(encodeURIComponent(password)));
    });
    assert.ok(holders.length >= passwords.length);
    assert.deepEqual(
      holders.filter(({ method, path }) => method === "GET" || !/\/users$|:addVersion$/.test(path)).map(line),
      [],
    );
    const places = { state: stack.stateText(), said };
    for (const [place, content] of Object.entries(places)) {
      assert.ok(content.length > 100, place);
      for (const password of passwords) assert.ok(!content.includes(password), place);
    }
  });

  it("down removes it once it is no production any more, and keeps the exports", async () => {
    const guarded = await stack.run(["down", "--yes", "--delete-data"]);
    assert.equal(guarded.code, 2, guarded.err);
    assert.match(guarded.err, /Set environment to staging and protection\.deletion to false/);
    const expires = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    const permitted = ["change/environment", "change/protection.deletion"];
    await stack.edit((spec) => ({ ...spec, environment: "staging", protection: { deletion: false } }), {
      "pgtopology:permissions": permitted.map((id) => ({ id, reason: "the test ends", owner: "tests", expires })),
    });
    await succeeds(["up", "--no-verify"]);
    const before = cloud.requests.length;
    const down = await succeeds(["down", "--yes", "--delete-data"]);
    const bucket = await stack.nameOf("exports");
    assert.match(down.out, new RegExp(`Kept: the exports in gs://${bucket}`));
    assert.equal(cloud.instances.size, 0);
    assert.deepEqual(
      changesSince(before).filter((one) => one.includes(bucket) && !one.endsWith("/iam")),
      [],
    );
    assert.deepEqual(cloud.unanswered, []);
  });

  function designatedIn(primary: string): string {
    return text(part(cloud.instances.get(primary) ?? {}, "replicationCluster"), "failoverDrReplicaName");
  }

  function changesSince(count: number): readonly string[] {
    return cloud.requests
      .slice(count)
      .filter((request) => !onlyAsks(request))
      .map(line);
  }

  async function succeeds(args: readonly string[]): Promise<Ended> {
    const result = await stack.run(args);
    said += result.out + result.err;
    assert.equal(result.code, 0, `pgt ${args.join(" ")} ended with ${result.code}:\n${result.err}`);
    return result;
  }
});

function line({ method, path }: ApiRequest): string {
  return `${method} ${path}`;
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    assert.equal((error as NodeJS.ErrnoException).code, "ESRCH");
  }
}
