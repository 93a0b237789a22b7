// The client of DigitalOcean's API against a server of this machine, in the shapes of DigitalOcean's OpenAPI description.
// Does not prove that DigitalOcean's own answers so.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "mocha";
import { EXIT, PgtError } from "../../../kernel/errors.ts";
import { digitalOceanApi, digitalOceanSettings } from "../../../verify/digitalocean-api.ts";
import { type PretendDigitalOcean, startPretendDigitalOcean } from "../../support/pretend-digitalocean-api.ts";

const TOKEN = "dop_v1_marker41c7";
const ID = "9cc10173-e9ea-4176-9dbc-a4cee4c4ff30";
const PASSWORD = "password-of-the-answer";
const SECRET = { user: "doadmin", password: PASSWORD, uri: `postgresql://doadmin:${PASSWORD}@h:25060/defaultdb` };
const CLUSTER = {
  id: ID,
  engine: "pg",
  version: "17",
  num_nodes: 2,
  size: "db-s-1vcpu-2gb",
  region: "nyc3",
  status: "online",
  created_at: "2026-11-01T02:00:00Z",
  private_network_uuid: "d455e75d-4858-4eec-8c95-da2f0a5f93a7",
  maintenance_window: { day: "sunday", hour: "03:00:00" },
  storage_size_mib: 30720,
};

let api: PretendDigitalOcean;

function client(more: { token?: string; tryTimeoutMs?: number; signal?: AbortSignal } = {}) {
  return digitalOceanApi({ token: TOKEN, baseUrl: api.baseUrl, signal: new AbortController().signal, ...more });
}

async function failure(asking: () => Promise<unknown>): Promise<PgtError> {
  try {
    await asking();
  } catch (error) {
    assert.ok(error instanceof PgtError, String(error));
    assert.ok(!JSON.stringify([error.message, error.fix, error.stack]).includes(TOKEN));
    return error;
  }
  return assert.fail("it did not fail");
}

describe("the client of DigitalOcean's API", function () {
  this.timeout(30_000);

  before(async () => {
    api = await startPretendDigitalOcean();
    api.answers.set(`databases/${ID}`, {
      database: {
        ...CLUSTER,
        connection: { host: "h", port: 25060, ...SECRET },
        private_connection: { host: "private-h", port: 25060, ...SECRET },
        users: [{ name: "doadmin", role: "primary", password: PASSWORD }],
      },
    });
  });
  after(() => api.end());
  afterEach(() => {
    api.asked.length = 0;
    api.next.length = 0;
  });

  it("reads the parameters as the platform holds them, zeros among them, and none of a cluster that is not there", async () => {
    const config = { work_mem: 4, log_min_duration_statement: 0, jit: false, track_functions: "none" };
    api.answers.set(`databases/${ID}/config`, { config });
    assert.deepEqual(await client().config(ID), config);
    assert.equal(await client().config("another"), undefined);
    assert.deepEqual(api.asked, [`databases/${ID}/config`, "databases/another/config"]);
  });

  it("asks for a cluster with the token, and keeps no password of the answer", async () => {
    const cluster = await client().cluster(ID);
    assert.deepEqual(cluster, CLUSTER);
    assert.ok(!JSON.stringify(cluster).includes(PASSWORD));
    assert.equal(api.authorization(), `Bearer ${TOKEN}`);
    assert.deepEqual(api.asked, [`databases/${ID}`]);
  });

  it("reads whether a disk grows, in the specification's form and in that of the platform's client", async () => {
    const path = `databases/${ID}/autoscale`;
    for (const [body, grows] of [
      [{ autoscale: { storage: { enabled: true } } }, true],
      [{ autoscale: { storage: null } }, false],
      [{ storage: { enabled: true, threshold_percent: 80 } }, true],
      [{ storage: { enabled: false } }, false],
    ] as const) {
      api.answers.set(path, body);
      assert.equal(await client().autoscales(ID), grows, JSON.stringify(body));
    }
    api.answers.set(path, { something: "else" });
    await assert.rejects(client().autoscales(ID));
  });

  it("takes a list that is null, or not there, for an empty one", async () => {
    api.answers.set(`databases/${ID}/firewall`, { rules: null });
    api.answers.set(`databases/${ID}/pools`, {});
    api.answers.set("droplets/7/firewalls", { firewalls: [{ id: "f", inbound_rules: null }] });
    const own = client();
    assert.deepEqual(await own.sources(ID), []);
    assert.deepEqual(await own.pools(ID), []);
    assert.deepEqual(await own.firewallsOf("7"), [{ id: "f", inbound_rules: null }]);
  });

  it("has nothing for what is not there, and asks once", async () => {
    assert.equal(await client().cluster("other"), undefined);
    assert.equal(await client().users("other"), undefined);
    assert.equal(api.asked.length, 2);
  });

  it("tries again when it is too much for the API, or broken there", async () => {
    api.next.push({ status: 429 }, { status: 503 });
    assert.deepEqual(await client().cluster(ID), CLUSTER);
    assert.equal(api.asked.length, 3);
  });

  it("gives up after some tries, and says by which status", async () => {
    api.next.push(...Array.from({ length: 9 }, () => ({ status: 500 })));
    const error = await failure(() => client().backups(ID));
    assert.equal(error.message, `the DigitalOcean API did not answer databases/${ID}/backups: status 500`);
    assert.equal(error.exitCode, EXIT.failed);
    assert.equal(api.asked.length, 4);
  });

  it("says what the API says of a request that it refuses", async () => {
    api.next.push({ status: 412 });
    assert.match((await failure(() => client().pools(ID))).message, /status 412: pretended 412$/);
  });

  it("could not check where the token is not taken, has not the scope, or is not there", async () => {
    api.next.push({ status: 401 }, { status: 403 });
    const refused = await failure(() => client().cluster(ID));
    assert.equal(refused.exitCode, EXIT.couldNotCheck);
    assert.match(refused.fix.join("\n"), /DIGITALOCEAN_TOKEN/);
    const narrow = await failure(() => client().firewallsOf("7"));
    assert.equal(narrow.exitCode, EXIT.couldNotCheck);
    assert.match(narrow.fix.join("\n"), /firewall:read/);
    assert.equal(api.asked.length, 2);
    const none = await failure(async () => client({ token: "" }).cluster(ID));
    assert.equal(none.exitCode, EXIT.couldNotCheck);
    assert.equal(api.asked.length, 2);
  });

  it("gives up on an answer that never comes", async () => {
    api.next.push("hang", "hang", "hang", "hang", "hang");
    const began = performance.now();
    const error = await failure(() => client({ tryTimeoutMs: 100 }).cluster(ID));
    assert.match(error.message, /did not answer databases\/9cc.*: nothing within 0\.1 s/);
    assert.ok(performance.now() - began < 5000);
  });

  it("ends with the signal's reason when it is interrupted", async () => {
    api.next.push("hang");
    const interrupt = new AbortController();
    const asking = client({ signal: interrupt.signal }).cluster(ID);
    const reason = new Error("Ctrl-C");
    setTimeout(() => interrupt.abort(reason), 50);
    await assert.rejects(asking, (thrown) => thrown === reason);
  });

  it("says where an answer is not understood", async () => {
    api.next.push({ body: { database: { id: ID, num_nodes: "two" } } });
    assert.match((await failure(() => client().cluster(ID))).message, /not understood: database\.num_nodes: /);
  });

  it("sends no token in the clear to another machine", () => {
    const options = { token: TOKEN, signal: new AbortController().signal };
    assert.throws(() => digitalOceanApi({ ...options, baseUrl: "http://do.example/" }), { exitCode: EXIT.usage });
    digitalOceanApi({ ...options, baseUrl: "https://do.example" });
  });

  it("reads the provider's own variables", () => {
    assert.deepEqual(digitalOceanSettings({ DIGITALOCEAN_ACCESS_TOKEN: "b", DIGITALOCEAN_API_URL: "https://x" }), {
      token: "b",
      baseUrl: "https://x",
    });
    assert.equal(digitalOceanSettings({ DIGITALOCEAN_TOKEN: "a", DIGITALOCEAN_ACCESS_TOKEN: "b" }).token, "a");
  });
});
