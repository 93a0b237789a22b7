// What a user tells the pack. Does not prove that the engine hands it over: tests/integration/policies does.
import assert from "node:assert/strict";
import { afterEach, describe, it } from "mocha";
import { CONTAINER_TYPE } from "../../../facts/from-plan/docker-container.ts";
import { DIGITALOCEAN_TYPES } from "../../../facts/from-plan/digitalocean.ts";
import { readSettings } from "../../../policies/settings.ts";
import { analyze, analyzeStack, LEVEL, type SentResource, tell } from "./policy-rpc.ts";

const PRIVILEGED: SentResource = {
  type: CONTAINER_TYPE,
  name: "db",
  props: { name: "db", image: `sha256:${"0a".repeat(32)}`, privileged: true },
};
const ID = "containers/not-privileged";
const waiver = (change: object = {}) => ({
  id: ID,
  reason: "a trial",
  owner: "db team",
  expires: "2999-01-01",
  ...change,
});

async function level(settings: object): Promise<number | undefined> {
  tell(settings);
  return (await analyze(PRIVILEGED)).find(({ policyname }) => policyname === ID)?.enforcementlevel;
}

async function whole(settings: object): Promise<string[]> {
  tell(settings);
  return (await analyzeStack([PRIVILEGED]))
    .filter(({ policyname }) => policyname === "whole-stack")
    .map(({ message }) => message.replace(/^.*\n/, ""));
}

describe("the settings of the pack", () => {
  afterEach(() => {
    tell();
  });

  it("change what breaking one requirement does", async () => {
    assert.equal(await level({}), LEVEL.mandatory);
    assert.equal(await level({ levels: { [ID]: "advisory" } }), LEVEL.advisory);
    assert.equal(await level({ levels: { [ID]: "off" } }), undefined);
  });

  it("put up with a failure that somebody answers for, until the day, and say so", async () => {
    tell({ waivers: [waiver()] });
    const told = (await analyze(PRIVILEGED)).find(({ policyname }) => policyname === ID);
    assert.equal(told?.enforcementlevel, LEVEL.advisory);
    assert.match(told.message, /^waived until 2999-01-01 by db team \(a trial\): db: got privileged, want not\n/);
  });

  it("do not put up with it a day longer, and stop the deployment by the waiver itself", async () => {
    const settings = { waivers: [waiver({ expires: "2020-01-01" })] };
    assert.equal(await level(settings), LEVEL.mandatory);
    assert.deepEqual(await whole(settings), [
      `the waiver for ${ID} expired on 2020-01-01: remove it; if it is still needed, db team has to give it again`,
    ]);
  });

  it("stop the deployment by a waiver that nothing needs, and by no other", async () => {
    assert.deepEqual(await whole({ waivers: [waiver()] }), []);
    assert.deepEqual(await whole({ waivers: [waiver({ id: "containers/no-docker-socket" })] }), [
      "nothing needs the waiver for containers/no-docker-socket: the requirement holds; remove it",
    ]);
    // A plan cannot tell of what runs.
    assert.deepEqual(await whole({ waivers: [waiver({ id: "backup/recent" })] }), []);
  });

  it("move floors", async () => {
    const cluster = { type: DIGITALOCEAN_TYPES.cluster, name: "main", props: { nodeCount: 1 } };
    const standby = async (settings: object) => {
      tell(settings);
      const told = [...(await analyze(cluster)), ...(await analyzeStack([cluster]))];
      return told.some(({ policyname }) => policyname === "clusters/standby");
    };
    assert.equal(await standby({}), true);
    assert.equal(await standby({ floors: { wantsHighAvailability: false } }), false);
  });

  it("are refused with every mistake, by key, value, what is allowed and what to do", () => {
    const wrong = {
      environment: "production",
      levels: { "containers/not-privilegd": "off", "containers/restarts": "silent" },
      floors: { minReplica: 1 },
      waivers: [waiver({ id: "containers/none", expires: "soon" })],
    };
    assert.throws(
      () => readSettings(wrong, "a file"),
      (error: Error) => {
        assert.match(error.message, /environment\n +got: "production"\n +want: .*local.*staging.*prod/);
        assert.match(error.message, /levels\.containers\/restarts|levels\."containers\/restarts"/);
        assert.match(error.message, /minReplica\n +got: an unknown key[\s\S]*did you mean minReplicas\?/);
        assert.match(error.message, /waivers\.0\.expires\n +got: "soon"\n +want: a day as YYYY-MM-DD/);
        return true;
      },
    );
    assert.throws(
      () => readSettings({ levels: { "containers/not-privilegd": "off" } }, "a file"),
      /got: "containers\/not-privilegd", which is no requirement\n.*\n +fix: did you mean containers\/not-privileged\?/,
    );
    assert.throws(
      () => readSettings({ waivers: [waiver({ id: "containers/nothing-such" })] }, "x"),
      /see the list of requirements/,
    );
  });

  it("stop a deployment when they are wrong, and say so once", async () => {
    tell({ levels: { nothing: "off" } });
    const [told, ...others] = [...(await analyze(PRIVILEGED)), ...(await analyze(PRIVILEGED))];
    assert.deepEqual(others, []);
    assert.equal(told?.enforcementlevel, LEVEL.mandatory);
    assert.match(told.message, /1 mistake in the settings of the policy pack/);
  });
});
