// The designation of the replica for a disaster, against a server of this machine. It does not prove that Google's answers
// so; that the provider leaves it alone afterwards is in tests/e2e/clouds.
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "mocha";
import { designateReplica, isDesignated } from "../../../cli/stack/designate-replica.ts";
import { EXIT, PgtError } from "../../../kernel/errors.ts";
import { ApiError, type Json, part } from "../../support/google-cloud/area.ts";
import { type GoogleCloud, startGoogleCloud } from "../../support/google-cloud/google-cloud.ts";

const PAIR = { primary: "prod-primary-x1", replica: "prod-replica-far-x1" };

describe("the designation of a replica for a disaster", () => {
  let cloud: GoogleCloud;
  const options = (signal = new AbortController().signal) => ({
    project: "p",
    baseUrl: `${cloud.origin}/`,
    accessToken: "t",
    signal,
    intervalMs: 10,
  });

  beforeEach(async () => {
    cloud = await startGoogleCloud({ project: "p", caCertificate: "" });
    await make({ name: PAIR.primary, region: "europe-west1" });
    await make({ name: PAIR.replica, region: "europe-west4", masterInstanceName: PAIR.primary });
    cloud.requests.length = 0;
  });
  afterEach(() => cloud.end());

  it("is asked for once, and read back", async () => {
    assert.equal(await isDesignated(options(), PAIR), false);
    await designateReplica(options(), PAIR);
    assert.equal(await isDesignated(options(), PAIR), true);
    assert.deepEqual(part(cloud.instances.get(PAIR.primary) ?? {}, "replicationCluster"), {
      psaWriteEndpoint: part(cloud.instances.get(PAIR.primary) ?? {}, "replicationCluster").psaWriteEndpoint,
      failoverDrReplicaName: `p:${PAIR.replica}`,
    });
    assert.equal(changes().length, 1);
  });

  it("waits while the primary does something else", async () => {
    let busy = 3;
    cloud.before = ({ method }) => {
      if (method === "PATCH" && busy-- > 0)
        throw new ApiError(409, "Operation failed because another operation was already in progress.");
    };
    await designateReplica(options(), PAIR);
    assert.equal(changes().length, 4);
    assert.equal(await isDesignated(options(), PAIR), true);
  });

  it("that is refused is not tried again, and says why", async () => {
    const wrong = { ...PAIR, replica: "prod-replica-other-x1" };
    await assert.rejects(designateReplica(options(), wrong), PgtError);
    assert.equal(changes().length, 1);
  });

  it("needs the right to change an instance, and names it", async () => {
    cloud.before = ({ method }) => {
      if (method === "PATCH") throw new ApiError(403, "no");
    };
    await assert.rejects(designateReplica(options(), PAIR), (error: unknown) => {
      assert.ok(error instanceof PgtError);
      assert.equal(error.exitCode, EXIT.couldNotCheck);
      assert.match(error.message, /cloudsql\.instances\.update was refused/);
      assert.match(error.fix.join("\n"), /roles\/cloudsql\.editor/);
      return true;
    });
  });

  it("that the cloud takes, and does not make, is no success", async () => {
    const told = cloud.instances.get(PAIR.primary) ?? assert.fail();
    Object.defineProperty(told, "replicationCluster", { get: () => ({}), set: () => undefined });
    await assert.rejects(designateReplica(options(), PAIR), /is not designated to take over from prod-primary-x1/);
  });

  it("ends with the signal's reason when it is interrupted", async () => {
    cloud.before = ({ method }) => {
      if (method === "PATCH") throw new ApiError(409, "busy");
    };
    const interrupt = new AbortController();
    const designating = designateReplica(options(interrupt.signal), PAIR);
    setTimeout(() => interrupt.abort(new Error("Ctrl-C")), 100);
    await assert.rejects(designating, /Ctrl-C/);
  });

  async function make(instance: Json): Promise<void> {
    const body = { databaseVersion: "POSTGRES_17", settings: { edition: "ENTERPRISE_PLUS" }, ...instance };
    const made = await fetch(`${cloud.origin}/sql/v1beta4/projects/p/instances`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    assert.equal(made.status, 200, await made.text());
  }

  function changes(): readonly unknown[] {
    return cloud.requests.filter(({ method }) => method === "PATCH");
  }
});
