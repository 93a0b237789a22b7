// A verification of Cloud SQL against a server of this machine that speaks the API's shapes, made from the plan of the
// wish, and against real servers with Cloud SQL's roles. Does not prove that the cloud answers so, nor that its network
// lets anybody in: that takes a project and a vantage in its VPC.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "mocha";
import type { CloudEndpoint } from "../../../facts/from-live/gcp/cloud-access.ts";
import { EXIT } from "../../../kernel/errors.ts";
import { waitUntil } from "../../../kernel/wait-until.ts";
import { wantedOnCloudSql } from "../../../roles/wanted-on-cloud-sql.ts";
import { resolveTopology } from "../../../topology/resolve.ts";
import type { SpecOf } from "../../../topology/spec.ts";
import { exitCodeOf, type VerifyReport } from "../../../verify/report.ts";
import { verifyCloud, type VerifyCloudOptions } from "../../../verify/run-cloud.ts";
import { answerOf } from "../../support/cloud-sql-answers.ts";
import { type CloudSqlServers, startCloudSqlServers } from "../../support/cloud-sql-server.ts";
import { type PretendCloudSql, startPretendCloudSql } from "../../support/pretend-cloud-sql.ts";
import { planOf } from "../../unit/components/gcp/example-topologies.ts";
import { INSTANCE } from "../../support/pretend-cloud.ts";

const MINUTE = 60_000;
const PROJECT = "example";
const SUFFIX = "k3x9";
const TOKEN = "token-2c91";
/** Small pools, so that a crowd in front of them is small too. */
const POOL_SIZE = 3;

const WISH: SpecOf<"gcp"> = {
  target: "gcp",
  // The floors of a busy machine.
  environment: "local",
  edition: "enterprise-plus",
  region: "europe-west1",
  database: "app",
  replicas: { reader: {} },
  pooling: { writerPoolSize: POOL_SIZE, readerPoolSize: POOL_SIZE },
  parameters: { idle_in_transaction_session_timeout: "1min", work_mem: "8MB" },
  expected: {
    schemas: ["shop"],
    tables: ["shop.orders", "shop.recent"],
    columns: ["shop.orders.placed_at"],
    extensions: ["pg_stat_statements"],
  },
};
const TOPOLOGY = resolveTopology(WISH, "local");

let api: PretendCloudSql;
let servers: CloudSqlServers;
/** What the API tells when all is well, by name. */
let good: Map<string, Record<string, unknown>>;

function verify(more: Partial<VerifyCloudOptions> = {}): Promise<VerifyReport> {
  return verifyCloud({
    topology: TOPOLOGY,
    project: PROJECT,
    suffix: SUFFIX,
    api: { baseUrl: api.baseUrl, accessToken: TOKEN },
    vantage: "inside",
    passwords: servers.passwords,
    reach: ({ part, port }: CloudEndpoint) => ({ host: "127.0.0.1", port: servers.portOf(part, port) }),
    signal: AbortSignal.timeout(2 * MINUTE),
    ...more,
  });
}

function told({ judged }: VerifyReport, ...statuses: string[]): string[] {
  return judged.filter(({ status }) => statuses.includes(status)).map(({ id, message }) => `${id}: ${message}`);
}

function ids(report: VerifyReport, ...statuses: string[]): string[] {
  return report.judged.filter(({ status }) => statuses.includes(status)).map(({ id }) => id);
}

/** Changes what the API tells of one part; undone after the test. */
function tell(
  part: string,
  change: (answer: Record<string, unknown>, settings: Record<string, unknown>) => void,
): void {
  const name = `local-${part}-${SUFFIX}`;
  const answer = structuredClone(good.get(name)) ?? {};
  change(answer, answer.settings as Record<string, unknown>);
  api.instances.set(name, answer);
}

describe("a verification of Cloud SQL", function () {
  this.timeout(5 * MINUTE);

  before(async () => {
    const parameters = Object.fromEntries(
      Object.entries(TOPOLOGY.parameters).filter(([name]) => !name.startsWith("cloudsql.")),
    );
    const wanted = wantedOnCloudSql(TOPOLOGY, { project: PROJECT, suffix: SUFFIX });
    servers = await startCloudSqlServers({ database: "app", parameters, poolSize: POOL_SIZE, wanted });
    api = await startPretendCloudSql(PROJECT);
    const { resources } = await planOf(WISH);
    good = new Map(
      resources
        .filter(({ type }) => type === INSTANCE)
        .map((resource) => [
          String(resource.props.name),
          answerOf(resource, { host: servers.host, caCertificate: servers.caCertificate }),
        ]),
    );
    for (const [name, answer] of good) api.instances.set(name, answer);
    api.backupRuns.push({ status: "SUCCESSFUL", endTime: new Date(Date.now() - 60 * MINUTE).toISOString() });
  });
  after(async () => {
    // Undefined where the start failed.
    (api as PretendCloudSql | undefined)?.end();
    await (servers as CloudSqlServers | undefined)?.remove();
  });
  afterEach(() => {
    api.next.length = 0;
    for (const [name, answer] of good) api.instances.set(name, answer);
  });

  it("passes what is as asked, from the API and by SQL, and leaves nothing unknown", async () => {
    const report = await verify();
    assert.deepEqual(told(report, "fail", "unknown"), []);
    assert.equal(exitCodeOf(report), EXIT.ok);
    const passed = ids(report, "pass");
    for (const id of [
      "access/one-superuser",
      "access/no-unplanned-privileges",
      "access/read-write-can-do-its-work-only",
      "backup/recent",
      "connections/all-opened",
      "connections/opened-quickly",
      "connections/pool-shares",
      "encryption/plaintext-refused",
      "encryption/verify-full-accepted",
      "encryption/wrong-ca-refused",
      "instances/as-asked",
      "instances/replicas-follow-primary",
      "pooling/crowd-served",
      "pooling/prepared-statement-works",
      "replication/lag",
      "replication/row-arrives",
      "replication/streaming",
      "schema/expected-columns",
      "schema/expected-tables",
      "settings/as-asked",
    ]) {
      assert.ok(passed.includes(id), `${id}: ${told(report, "not-applicable").join("\n")}`);
    }
  });

  it("without a vantage says so of what SQL proves, passes the rest, and ends with exit code 3", async () => {
    const report = await verify({ vantage: undefined });
    assert.deepEqual(told(report, "fail"), []);
    assert.equal(exitCodeOf(report), EXIT.couldNotCheck);
    assert.ok(told(report, "unknown").every((line) => line.includes("no vantage")));
    assert.ok(ids(report, "unknown").includes("connections/all-opened"));
    assert.ok(ids(report, "pass").includes("instances/no-public-address"));
  });

  it("misses no backup of a server that is too young for one, and ends with exit code 0; of an older one it does", async () => {
    const runs = api.backupRuns.splice(0);
    try {
      tell("primary", (answer) => (answer.createTime = new Date().toISOString()));
      const young = await verify();
      assert.deepEqual(told(young, "fail", "unknown"), []);
      assert.equal(exitCodeOf(young), EXIT.ok);
      const [line] = told(young, "not-applicable").filter((each) => each.startsWith("backup/recent: "));
      assert.match(line ?? "", /^backup\/recent: not yet: .*, its first backup is due by 20\d\d-/);
      tell("primary", (answer) => (answer.createTime = new Date(Date.now() - 9 * 24 * 60 * MINUTE).toISOString()));
      assert.deepEqual(ids(await verify({ vantage: undefined }), "fail"), ["backup/recent"]);
    } finally {
      api.backupRuns.push(...runs);
    }
  });

  it("tells no secret", async () => {
    const text = JSON.stringify(await verify());
    for (const secret of [...Object.values(servers.passwords), TOKEN]) assert.ok(!text.includes(secret));
  });

  it("could not check where the API lets nobody ask", async () => {
    api.next.push({ status: 403 }, { status: 403 });
    await assert.rejects(verify(), {
      name: "PgtError",
      exitCode: EXIT.couldNotCheck,
      message: /cloudsql\.instances\.get/,
    });
  });

  describe("names what the API shows", () => {
    it("a setting that was lost on its way", async () => {
      tell("primary", (_answer, settings) => (settings.storageAutoResizeLimit = "999"));
      assert.deepEqual(told(await verify({ vantage: undefined }), "fail"), [
        "instances/as-asked: primary: not as asked: diskLimitGiB got 999, want 80",
      ]);
    });

    it("an instance that is not there, once", async () => {
      api.instances.delete(`local-replica-reader-${SUFFIX}`);
      assert.deepEqual(told(await verify(), "fail"), [
        "instances/running: replica-reader: it is not there, want it made",
      ]);
    });

    it("a replica that was promoted by hand", async () => {
      tell("replica-reader", (answer) => {
        delete answer.masterInstanceName;
        answer.instanceType = "CLOUD_SQL_INSTANCE";
      });
      assert.deepEqual(ids(await verify({ vantage: undefined }), "fail"), ["instances/replicas-follow-primary"]);
    });

    it("a flag that somebody set, and a pool of another size", async () => {
      tell("primary", (_answer, settings) => {
        (settings.databaseFlags as object[]).push({ name: "max_connections", value: "500" });
        settings.connectionPoolConfig = {
          connectionPoolingEnabled: true,
          flags: [{ name: "max_pool_size", value: "9" }],
        };
      });
      const failed = ids(await verify({ vantage: undefined }), "fail");
      assert.deepEqual(failed, ["instances/flags-as-asked", "pooling/as-asked"]);
    });

    it("another name than the server's certificate has", async () => {
      tell("primary", (answer) => {
        const own = { connectionType: "PRIVATE_SERVICES_ACCESS", dnsScope: "INSTANCE" };
        answer.dnsNames = [{ ...own, name: "other.sql-psa.test." }];
      });
      const report = await verify();
      assert.ok(ids(report, "fail").includes("encryption/verify-full-accepted"), told(report, "fail").join("\n"));
    });

    it("another authority than the server's certificate is of", async () => {
      const other = await startCertificate();
      tell("primary", (answer) => (answer.serverCaCert = { cert: other }));
      const report = await verify();
      assert.ok(ids(report, "fail").includes("encryption/verify-full-accepted"), told(report, "fail").join("\n"));
    });
  });

  describe("names what SQL shows", () => {
    const broken = async (act: string, undo: string, expected: readonly string[]): Promise<void> => {
      await servers.sql(act);
      try {
        assert.deepEqual(told(await verify(), "fail"), expected);
      } finally {
        await servers.sql(undo);
      }
    };

    it("a column that is gone", async () => {
      await broken(
        "DROP VIEW shop.recent; ALTER TABLE shop.orders DROP COLUMN placed_at",
        "SET ROLE app_owner; ALTER TABLE shop.orders ADD COLUMN placed_at timestamptz; CREATE VIEW shop.recent AS SELECT * FROM shop.orders",
        ["schema/expected-tables: missing: shop.recent", "schema/expected-columns: missing: shop.orders.placed_at"],
      );
    });

    it("a schema that is gone, and not what was in it", async () => {
      await broken("ALTER SCHEMA shop RENAME TO old_shop", "ALTER SCHEMA old_shop RENAME TO shop", [
        "schema/expected-schemas: missing: shop",
      ]);
    });

    it("an application that may make roles and databases", async () => {
      await broken("GRANT cloudsqlsuperuser TO app", "REVOKE cloudsqlsuperuser FROM app", [
        "access/no-unplanned-privileges: to be undone: take membership of cloudsqlsuperuser from app",
      ]);
    });

    it("an application that may make tables in public", async () => {
      await broken("GRANT CREATE ON SCHEMA public TO app", "REVOKE CREATE ON SCHEMA public FROM app", [
        "access/no-unplanned-privileges: to be undone: revoke CREATE on schema public from app",
      ]);
    });

    it("a role that nobody planned, beside those of the cloud and of IAM", async () => {
      await broken("CREATE ROLE eve LOGIN", "DROP ROLE eve", ["access/no-unplanned-roles: got also: eve"]);
    });

    it("a setting that is not in force", async () => {
      const reload = async (statement: string): Promise<void> => {
        await servers.sql(statement);
        await servers.sql("SELECT pg_reload_conf()");
      };
      await reload("ALTER SYSTEM SET work_mem = '1MB'");
      try {
        assert.deepEqual(told(await verify(), "fail"), [
          "settings/as-asked: primary: not as asked: work_mem got 1MB, want 8192",
        ]);
      } finally {
        await reload("ALTER SYSTEM RESET work_mem");
      }
    });

    it("a replica that no longer streams", async () => {
      const kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_replication";
      await servers.shell("sed -i '/cloudsqlreplica/d' /tmp/pgdata/pg_hba.conf");
      await servers.sql("SELECT pg_reload_conf()");
      await servers.sql(kill);
      try {
        assert.deepEqual(told(await verify(), "fail"), [
          "replication/streaming: replica reader: got no WAL receiver, want it streaming",
        ]);
      } finally {
        await servers.shell("cp /tmp/files/pg_hba.conf /tmp/pgdata/pg_hba.conf");
        await servers.sql("SELECT pg_reload_conf()");
      }
      const name = "the replica to stream again";
      await waitUntil(async () => ids(await verify(), "fail").length === 0, { name, timeoutMs: MINUTE });
    });

    it("a server that takes plain text", async () => {
      const hba = "/tmp/pgdata/pg_hba.conf";
      await servers.shell(`echo 'hostnossl all all all scram-sha-256' >> ${hba}`);
      await servers.sql("SELECT pg_reload_conf()");
      try {
        assert.deepEqual(ids(await verify(), "fail"), ["encryption/plaintext-refused"]);
      } finally {
        await servers.shell(`cp /tmp/files/pg_hba.conf ${hba}`);
        await servers.sql("SELECT pg_reload_conf()");
      }
    });

    it("a pooler that takes fewer clients than it was asked to", async () => {
      await servers.shell(
        "sed -i '$ a max_client_conn = 3' /tmp/files/pgbouncer.ini; kill -HUP $(cat /tmp/pgbouncer.pid)",
      );
      try {
        const failed = told(await verify(), "fail");
        assert.match(failed.join("\n"), /^connections\/all-opened: primary: got \d of 5 opened/m);
      } finally {
        await servers.shell("sed -i '$ d' /tmp/files/pgbouncer.ini; kill -HUP $(cat /tmp/pgbouncer.pid)");
      }
    });
  });

  it("by an address, with the one authority of the instance, where certificates carry no names", async () => {
    const spec: SpecOf<"gcp"> = { ...WISH, access: { certificateAuthority: "per-instance" } };
    for (const part of ["primary", "replica-reader"]) {
      tell(part, (answer, settings) => {
        delete answer.dnsNames;
        (settings.ipConfiguration as Record<string, unknown>).serverCaMode = "GOOGLE_MANAGED_INTERNAL_CA";
      });
    }
    const report = await verify({ topology: resolveTopology(spec, "local") });
    assert.deepEqual(ids(report, "fail", "unknown"), ["instances/names-in-certificates"]);
    assert.ok(ids(report, "pass").includes("encryption/wrong-ca-refused"));
    assert.ok(told(report, "not-applicable").some((line) => /verify-full-accepted: .*verify-ca/.test(line)));
  });
});

async function startCertificate(): Promise<string> {
  const { strangerCa } = await import("../../../verify/stranger-ca.ts");
  return strangerCa();
}
