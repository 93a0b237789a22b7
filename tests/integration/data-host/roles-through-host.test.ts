// Roles and grants of both databases of a split, by sessions that go through a real SSH server to real PostgreSQL servers:
// one whose administrator is no superuser, and the stack's own. It does not prove OpenSSH's part on a Droplet, which the
// test of the whole stack has, nor what rights the platform's own `doadmin` has.
import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { after, before, describe, it } from "mocha";
import { connectThroughHost, type HostTarget } from "../../../cli/data-host/connect-host.ts";
import { convergeData, convergeManaged } from "../../../cli/data-host/converge-databases.ts";
import type { DigitalOceanWorld } from "../../../cli/stack/open-digitalocean.ts";
import { placeOf } from "../../../cli/stack/place.ts";
import { EXIT, PgtError } from "../../../kernel/errors.ts";
import { openSession, type SshSession } from "../../../ssh/session.ts";
import { type CloudSqlServers, startCloudSqlServers } from "../../support/cloud-sql-server.ts";
import { DIGITALOCEAN } from "../../support/digitalocean-servers.ts";
import { digitalOceanWorld } from "../../support/digitalocean-world.ts";
import { listen } from "../../support/listening-context.ts";
import { prepareTopology, type RunningTopology } from "../../support/running-topology.ts";
import { startSshServer, type TestSshServer } from "../../support/ssh-server.ts";

const MINUTE = 60_000;
const NEVER = new AbortController().signal;

describe("roles and grants through a data host", function () {
  this.timeout(4 * MINUTE);
  let managed: CloudSqlServers;
  let data: RunningTopology;
  let ssh: TestSshServer;
  let session: SshSession;
  let world: DigitalOceanWorld;

  const open = (): Promise<SshSession> =>
    openSession(
      { host: "127.0.0.1", port: ssh.port, user: "root", login: { privateKey: ssh.userKey }, hostKey: undefined },
      NEVER,
    );

  before(async () => {
    [managed, data, ssh] = await Promise.all([
      startCloudSqlServers({ database: "app", parameters: {}, poolSize: 3, provider: DIGITALOCEAN }),
      prepareTopology({ database: "data" }),
      startSshServer(),
    ]);
    await data.make("primary");
    await data.waitHealthy("primary");
    session = await open();
    world = worldOf(managed, data);
  });
  after(async () => {
    // Undefined where the start failed.
    (session as SshSession | undefined)?.end();
    await (ssh as TestSshServer | undefined)?.[Symbol.asyncDispose]();
    await (managed as CloudSqlServers | undefined)?.remove();
    await (data as RunningTopology | undefined)?.remove();
  });

  for (const [name, converge] of [
    ["the managed primary", convergeManaged],
    ["the data database", convergeData],
  ] as const) {
    it(`are shown before they are made on ${name}, and are as planned afterwards`, async () => {
      const summaries = async (apply: boolean) =>
        (await converge(session, world, { apply, signal: NEVER })).map(({ summary }) => summary);
      const planned = await summaries(false);
      assert.ok(planned.length > 5, planned.join("\n"));
      assert.deepEqual((await summaries(true)).slice(0, planned.length), planned);
      assert.deepEqual(await summaries(true), []);
      assert.deepEqual(await summaries(false), []);
    });
  }

  it("let each role do its part, in either database", async () => {
    const onManaged = async (user: string, password: string, sql: string) => {
      const client = await managed.connect(user, password);
      try {
        await client.query(sql);
      } finally {
        await client.end();
      }
    };
    await onManaged("app_owner", managed.passwords.owner, "CREATE TABLE orders (id int)");
    await onManaged("app", managed.passwords.readWrite, "INSERT INTO orders VALUES (1)");
    await assert.rejects(onManaged("app", managed.passwords.readWrite, "DROP TABLE orders"), /must be owner/);
    const inData = { database: "data" };
    await data.query("primary", "CREATE TABLE events (id int)", "owner", inData);
    await data.query("primary", "INSERT INTO events VALUES (1)", "readWrite", inData);
    await assert.rejects(data.query("primary", "DROP TABLE events", "readWrite", inData), /must be owner/);
  });

  it("come back when somebody has changed them by hand", async () => {
    await managed.sql("GRANT CREATE ON SCHEMA public TO PUBLIC");
    await data.query("primary", "GRANT CREATE ON SCHEMA public TO PUBLIC", "administrator", { database: "data" });
    for (const converge of [convergeManaged, convergeData]) {
      const steps = await converge(session, world, { apply: true, signal: NEVER });
      assert.deepEqual(
        steps.map(({ summary }) => summary),
        ["revoke CREATE on schema public from PUBLIC"],
      );
    }
  });

  const target = (more: Partial<HostTarget> = {}): HostTarget => ({
    host: "localhost",
    port: managed.portOf("primary", 5432),
    serverName: managed.host,
    caCertificate: managed.caCertificate,
    user: "doadmin",
    password: managed.passwords.administrator,
    database: "app",
    fix: ["look at it"],
    ...more,
  });

  it("are spoken of over TLS, which ends at the server and not on the host", async () => {
    const client = await connectThroughHost(session, target());
    const sql = "SELECT ssl, application_name AS name FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)";
    const { rows } = await client.query(`${sql} WHERE pid = pg_backend_pid()`);
    assert.deepEqual(rows, [{ ssl: true, name: "pgt" }]);
    await client.end();
  });

  it("are not asked of a server with another name, of another authority, or that does not take the login", async () => {
    for (const [more, said] of [
      [{ serverName: "another.db.test" }, /another\.db\.test\. is not in the cert's altnames/],
      [{ caCertificate: data.secrets.caCertificate }, /certificate/],
      [{ password: "wrong-5d1c" }, /password authentication failed/],
    ] as const) {
      const error = await couldNotConnect(target(more));
      assert.match(error.message, said);
      for (const secret of [managed.passwords.administrator, "wrong-5d1c"]) {
        assert.ok(!`${error.message}${error.fix.join()}`.includes(secret));
      }
    }
  });

  it("could not be looked at where nobody listens, with what to look at and what to run then", async () => {
    const closed = { ...world, outputs: { ...world.outputs, writer: { host: "localhost", port: 1 } } };
    await assert.rejects(convergeManaged(session, closed, { apply: true, signal: NEVER }), (error: PgtError) => {
      assert.equal(error.exitCode, EXIT.couldNotCheck);
      assert.match(error.message, /^no connection to localhost:1 through the data host as doadmin: /);
      assert.match(error.fix.join("\n"), /doctl databases get c1.*\n.*\.\/pgt up --stack split/);
      return true;
    });
  });

  it("could not be looked at where somebody listens and says nothing", async () => {
    const silent = createServer((socket) => socket.on("error", () => undefined).resume()).listen(0, "127.0.0.1");
    await once(silent, "listening");
    const { port } = silent.address() as AddressInfo;
    const error = await couldNotConnect(target({ host: "127.0.0.1", port }));
    assert.match(error.message, /through the data host as doadmin/);
    silent.close();
  });

  it("end with an error, and not never, when the way to the host breaks", async () => {
    const broken = await open();
    const client = await connectThroughHost(broken, target());
    const query = assert.rejects(client.query("SELECT pg_sleep(60)"), /terminated|closed|ended/);
    ssh.breakConnections();
    await query;
    await assert.rejects(connectThroughHost(broken, target()), { name: "PgtError", exitCode: EXIT.couldNotCheck });
  });

  async function couldNotConnect(wrong: HostTarget): Promise<PgtError> {
    const error = await connectThroughHost(session, wrong).then(
      () => assert.fail("it connected"),
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof PgtError);
    assert.equal(error.exitCode, EXIT.couldNotCheck);
    assert.deepEqual(error.fix, ["look at it"]);
    return error;
  }
});

/** A stack whose servers are these: the data host is whoever the session leads to. */
function worldOf(managed: CloudSqlServers, data: RunningTopology): DigitalOceanWorld {
  const { context } = listen();
  const world = digitalOceanWorld(placeOf(context, { stack: "split" }));
  const { dataHost } = world.topology;
  assert.ok(dataHost !== undefined && world.dataSecrets !== undefined);
  const { passwords, repositoryPassphrase, caCertificate } = data.secrets;
  const { replicas: _none, backup: _kept, ...server } = data.topology;
  return {
    ...world,
    topology: { ...world.topology, dataHost: { ...dataHost, server: { ...server, replicas: [], backup: undefined } } },
    outputs: {
      ...world.outputs,
      writer: { host: "localhost", port: managed.portOf("primary", 5432) },
      caCertificate: managed.caCertificate,
    },
    delivery: { ...world.delivery, passwords: managed.passwords },
    dataSecrets: {
      passwords,
      repositoryPassphrase,
      authority: { certificate: caCertificate, key: "not needed here" },
    },
  };
}
