// Does not prove that the cloud answers so: answers are made up here, by its API's reference.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { CloudAccess } from "../../../../facts/from-live/gcp/cloud-access.ts";
import { type InstanceAnswer, instanceAnswer } from "../../../../facts/from-live/gcp/cloud-sql-api.ts";
import { openAtOnce } from "../../../../facts/from-live/managed/connections.ts";
import { foundInstance } from "../../../../facts/from-live/gcp/found-instance.ts";
import { flagDifferences, instanceDifferences } from "../../../../facts/from-live/gcp/instance-differences.ts";
import { askForInstances, instancesFacts } from "../../../../facts/from-live/gcp/read-instances.ts";
import { endpointOf } from "../../../../facts/from-live/gcp/sql-collector.ts";
import type { LiveSession } from "../../../../facts/from-live/live-access.ts";
import { wishedInstance } from "../../../../facts/from-spec-gcp.ts";
import { EXIT, PgtError } from "../../../../kernel/errors.ts";
import { isKnown, Missing } from "../../../../requirements/known.ts";
import { resolveTopology } from "../../../../topology/resolve.ts";

const CONTEXT = { now: new Date("2026-11-21T00:00:00Z"), partOf: (name: string) => name };
const BARE: InstanceAnswer = { name: "i", settings: {} };
const TOPOLOGY = resolveTopology({ target: "gcp", region: "europe-west1", replicas: { a: {} } }, "unit");

function access(getInstance: CloudAccess["api"]["getInstance"]): CloudAccess {
  return {
    topology: TOPOLOGY,
    project: "p",
    suffix: "x1",
    signal: new AbortController().signal,
    now: CONTEXT.now,
    probeConnections: 1,
    dial: undefined,
    api: { getInstance, newestBackup: () => Promise.resolve(undefined) },
  };
}

describe("an instance of which the cloud tells little", () => {
  it("is known only where the reference says what then holds", () => {
    const found = foundInstance(BARE, "primary", CONTEXT);
    const known = Object.entries(found).filter(([, fact]) => isKnown<unknown>(fact));
    assert.deepEqual(Object.fromEntries(known), {
      dataApi: false,
      diskGrows: true,
      diskLimitGiB: 0,
      flags: {},
      pooling: false,
      poolFlags: {},
      backupsOutlive: false,
      finalBackupDays: 0,
      freezes: [],
    });
  });

  it("says of each missing fact what the answer lacks", () => {
    const { sslMode, deletionProtected } = foundInstance(BARE, "primary", CONTEXT);
    assert.deepEqual(sslMode, new Missing("unknown", "the cloud's answer has no ipConfiguration.sslMode"));
    assert.deepEqual(
      deletionProtected,
      new Missing("unknown", "the cloud's answer has no settings.deletionProtectionEnabled"),
    );
  });
});

describe("an answer of the cloud", () => {
  const of = (change: object) => foundInstance(instanceAnswer.parse({ ...BARE, ...change }), "primary", CONTEXT);

  it("has 64-bit numbers as texts", () => {
    assert.equal(of({ settings: { storageAutoResizeLimit: "80" } }).diskLimitGiB, 80);
  });

  it("has no maintenance window on day 0", () => {
    assert.equal(of({ settings: { maintenanceWindow: { day: 0, hour: 0 } } }).maintenance, undefined);
    const window = { day: 7, hour: 3, updateTrack: "stable" };
    assert.deepEqual(of({ settings: { maintenanceWindow: window } }).maintenance, { day: 7, hour: 3, track: "stable" });
  });

  it("has days with and without leading zeroes", () => {
    const denyMaintenancePeriods = [{ startDate: "2026-1-05", endDate: "2026-11-9", time: "00:00:00" }];
    assert.deepEqual(of({ settings: { denyMaintenancePeriods } }).freezes, ["2026-01-05 to 2026-11-09"]);
  });

  it("has the network's full name, however the API begins it, and none without one", () => {
    const name = "projects/h/global/networks/n";
    for (const privateNetwork of [name, `/${name}`, `https://www.googleapis.com/compute/v1/${name}`]) {
      assert.equal(of({ settings: { ipConfiguration: { privateNetwork } } }).network, name);
    }
    assert.equal(of({ settings: { ipConfiguration: {} } }).network, undefined);
  });

  it("follows whom it says, and nobody when it is a primary", () => {
    assert.equal(of({ masterInstanceName: "p:other" }).follows, "p:other");
    assert.equal(of({ instanceType: "CLOUD_SQL_INSTANCE" }).follows, undefined);
    assert.ok(of({ instanceType: "READ_REPLICA_INSTANCE" }).follows instanceof Missing);
  });

  it("has days left of a version, and none of one that no table knows", () => {
    assert.equal(of({ databaseVersion: "POSTGRES_17" }).versionDaysLeft, 1083);
    assert.ok(of({ databaseVersion: "POSTGRES_99" }).versionDaysLeft instanceof Missing);
  });

  it("has no point in time where backups are off", () => {
    const { pointInTime } = of({ settings: { backupConfiguration: { enabled: false } } });
    assert.deepEqual(pointInTime, new Missing("not-applicable", "backups are off, which backup/enabled judges"));
  });

  it("is refused when it is another shape than the reference says", () => {
    assert.ok(!instanceAnswer.safeParse({ ...BARE, settings: { storageAutoResize: "yes" } }).success);
  });
});

describe("differences from the wish", () => {
  const wished = wishedInstance(TOPOLOGY, TOPOLOGY.primary);

  it("tell of another network, and of none, where the wish is for one that is there already", () => {
    const existing = "projects/h/global/networks/n";
    const topology = resolveTopology(
      { target: "gcp", region: "europe-west1", access: { network: { existing } } },
      "unit",
    );
    const asked = wishedInstance(topology, topology.primary);
    const told = (network: string | undefined): object[] => instanceDifferences(asked, { ...asked, network });
    assert.deepEqual(told(existing), []);
    assert.deepEqual(told("projects/h/global/networks/m"), [
      { where: "primary", name: "network", want: existing, got: "projects/h/global/networks/m" },
    ]);
    assert.deepEqual(told(undefined), [{ where: "primary", name: "network", want: existing, got: "none" }]);
    assert.deepEqual(instanceDifferences(wished, { ...wished, network: existing }), []);
  });

  it("are named with what was asked for and what there is", () => {
    const maintenance = { day: 1, hour: 3, track: "canary" };
    const found = {
      ...wished,
      tier: "db-custom-1-3840",
      maintenance,
      freezes: ["12-20 to 01-05"],
      backupLocation: "eu",
    };
    assert.deepEqual(instanceDifferences(wished, found), [
      { where: "primary", name: "tier", want: "db-custom-2-8192", got: "db-custom-1-3840" },
      {
        where: "primary",
        name: "maintenance",
        want: "day 7 hour 3 track canary",
        got: "day 1 hour 3 track canary",
      },
      { where: "primary", name: "freezes", want: "none", got: "12-20 to 01-05" },
    ]);
  });

  it("are none where one side is not known", () => {
    assert.deepEqual(instanceDifferences(wished, { ...wished, tier: new Missing("unknown", "…") }), []);
  });

  it("of flags are also those that nobody asked for, and those that are gone", () => {
    assert.deepEqual(flagDifferences("primary", { a: "on", b: "1" }, { b: "2", c: "x" }), [
      { where: "primary", name: "a", want: "on", got: "not set" },
      { where: "primary", name: "b", want: "1", got: "2" },
      { where: "primary", name: "c", want: "not set", got: "x" },
    ]);
  });
});

describe("asking for the instances", () => {
  it("tells one that is not there by its state alone", async () => {
    const asked = access(() => Promise.resolve(undefined));
    const facts = instancesFacts(asked, await askForInstances(asked));
    assert.ok(isKnown(facts.instances));
    assert.deepEqual(
      facts.instances.map(({ part, state }) => [part, state]),
      [
        ["primary", "absent"],
        ["replica-a", "absent"],
      ],
    );
    assert.ok(
      facts.instances.every(({ sslMode }) => sslMode instanceof Missing && sslMode.status === "not-applicable"),
    );
  });

  it("has unknown facts for one that does not answer, with the reason", async () => {
    const asked = access((name) =>
      name.includes("replica") ? Promise.reject(new PgtError("status 503")) : Promise.resolve(BARE),
    );
    const facts = instancesFacts(asked, await askForInstances(asked));
    assert.ok(isKnown(facts.instances));
    assert.deepEqual(facts.instances[1]?.tier, new Missing("unknown", "could not ask for replica-a: status 503"));
  });

  it("ends where nobody may ask", async () => {
    const refused = new PgtError("refused", { exitCode: EXIT.couldNotCheck });
    await assert.rejects(askForInstances(access(() => Promise.reject(refused))), (thrown) => thrown === refused);
  });
});

describe("where an instance is reached", () => {
  const answer = instanceAnswer.parse({
    name: "i",
    settings: {},
    ipAddresses: [
      { type: "OUTGOING", ipAddress: "203.0.113.1" },
      { type: "PRIVATE", ipAddress: "10.1.2.3" },
    ],
    dnsNames: [
      { name: "cluster.sql.test.", connectionType: "PRIVATE_SERVICES_ACCESS", dnsScope: "CLUSTER" },
      { name: "own.sql.test.", connectionType: "PRIVATE_SERVICES_ACCESS", dnsScope: "INSTANCE" },
    ],
    serverCaCert: { cert: "PEM" },
  });
  const own = (certificateAuthority: "shared" | "per-instance") =>
    resolveTopology({ target: "gcp", region: "r", access: { certificateAuthority } }, "unit");

  it("is its own name where certificates carry one, and never an address then", () => {
    const { host, port, serverName } = endpointOf(own("shared"), { part: "primary", pooled: true }, answer);
    assert.deepEqual([host, port, serverName], ["own.sql.test", 6432, "own.sql.test"]);
    assert.throws(
      () => endpointOf(own("shared"), { part: "primary" }, { ...answer, dnsNames: [] }),
      /no name of primary/,
    );
  });

  it("is its private address where they don't, with that one authority", () => {
    const endpoint = endpointOf(own("per-instance"), { part: "primary" }, answer);
    assert.deepEqual(endpoint, {
      part: "primary",
      host: "10.1.2.3",
      port: 5432,
      serverName: undefined,
      caCertificate: "PEM",
    });
  });

  it("is nowhere without an authority to check", () => {
    assert.throws(
      () => endpointOf(own("shared"), { part: "primary" }, { ...answer, serverCaCert: undefined }),
      /authority/,
    );
  });
});

describe("connections that are opened at once", () => {
  const session = { end: () => Promise.resolve() } as LiveSession;

  it("are counted with the median, the worst, and each reason once", async () => {
    let count = 0;
    const opening = await openAtOnce(5, () => {
      count += 1;
      if (count === 2) return Promise.reject(new Error("timeout expired"));
      if (count > 3) return Promise.reject(new Error("too many clients already"));
      return Promise.resolve(session);
    });
    assert.deepEqual([opening.asked, opening.opened, opening.timedOut], [5, 2, 1]);
    assert.deepEqual(opening.reasons, ["timeout expired", "too many clients already"]);
    assert.ok(opening.medianMs <= opening.worstMs);
  });

  it("are all open before the first is ended", async () => {
    let open = 0;
    let most = 0;
    const slow = async (): Promise<LiveSession> => {
      most = Math.max(most, (open += 1));
      await Promise.resolve();
      return { end: () => Promise.resolve(void (open -= 1)) } as unknown as LiveSession;
    };
    await openAtOnce(4, slow);
    assert.deepEqual([most, open], [4, 0]);
  });
});
