// Does not prove that Docker, PgBouncer and pgBackRest say what is made up here: tests/integration/verify does.
import assert from "node:assert/strict";
import type { ContainerInspectInfo } from "dockerode";
import { describe, it } from "mocha";
import { type Refusal, refusalOf } from "../../../../facts/from-live/connection-refusal.ts";
import { inspectedContainer, inspectedPorts } from "../../../../facts/from-live/inspected-container.ts";
import { poolerDifferences } from "../../../../facts/from-live/pooling.ts";
import {
  newestBackup,
  parseRepositoryCheck,
  parseRepositoryLook,
} from "../../../../facts/from-live/repository-look.ts";
import { UNKNOWN } from "../../../../requirements/known.ts";
import { isWorkspace } from "../../../../facts/from-live/workspace.ts";

describe("a refused connection", () => {
  const cases: readonly (readonly [string, { code?: string; message?: string }, Refusal])[] = [
    [
      "no line without encryption",
      { code: "28000", message: 'no pg_hba.conf entry for host "1", no encryption' },
      "plaintext",
    ],
    ["PgBouncer that wants TLS", { code: "08P01", message: "SSL required" }, "plaintext"],
    [
      "a line that rejects TLS too",
      { code: "28000", message: 'pg_hba.conf rejects host "1", SSL encryption' },
      undefined,
    ],
    ["another CA", { code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" }, "certificate"],
    ["another name", { code: "ERR_TLS_CERT_ALTNAME_INVALID" }, "certificate"],
    ["an old version", { code: "EPROTO", message: "ssl3_read_bytes:tlsv1 alert protocol version:" }, "protocol"],
    ["a client without that version", { code: "ERR_SSL_NO_PROTOCOLS_AVAILABLE", message: "no protocols" }, undefined],
    ["a wrong password", { code: "28P01", message: 'password authentication failed for user "app"' }, "password"],
    ["too many clients", { code: "53300", message: "too many connections" }, "later"],
    ["nobody who listens", { code: "ECONNREFUSED", message: "connect ECONNREFUSED" }, undefined],
  ];
  for (const [what, error, refusal] of cases) {
    it(`by ${what} is ${refusal ?? "no answer"}`, () => {
      assert.equal(refusalOf(error), refusal);
    });
  }
});

describe("an inspected container", () => {
  const info = {
    State: { Status: "running", Health: { Status: "healthy" } },
    Config: {
      Image: `sha256:${"a".repeat(64)}`,
      User: "postgres",
      Labels: { "pgtopology.part": "primary" },
      Env: ["PATH=/bin", "PGPASSWORD=x"],
      Healthcheck: { Test: ["CMD", "pgt-healthy", "primary"] },
      StopSignal: "SIGINT",
      StopTimeout: 60,
    },
    HostConfig: {
      NetworkMode: "stack",
      CapDrop: ["CAP_ALL"],
      CapAdd: null,
      SecurityOpt: ["no-new-privileges"],
      Memory: 256 * 1_048_576,
      NanoCpus: 500_000_000,
      ShmSize: 64 * 1_048_576,
      ReadonlyRootfs: true,
      Ulimits: [{ Name: "nofile", Soft: 1, Hard: 1 }],
      CgroupParent: "/group",
      RestartPolicy: { Name: "unless-stopped" },
      LogConfig: { Type: "json-file", Config: { "max-size": "20m" } },
      Tmpfs: { "/tmp": "" },
      PortBindings: { "5432/tcp": [{ HostIp: "127.0.0.1", HostPort: "5432" }], "6/tcp": [{ HostPort: "7" }] },
    },
    NetworkSettings: { Networks: { stack: {} } },
    Mounts: [
      { Type: "volume", Name: "stack-primary-data", Destination: "/data", RW: true },
      { Type: "volume", Name: "b".repeat(64), Destination: "/scratch", RW: true },
      { Type: "bind", Source: "/etc", Destination: "/host", RW: false, Propagation: "rshared" },
    ],
  } as unknown as ContainerInspectInfo;

  it("is read in the words of the facts", () => {
    assert.deepEqual(inspectedContainer("stack-primary", "primary", info), {
      name: "stack-primary",
      part: "primary",
      condition: "healthy",
      healthcheck: true,
      imagePinned: true,
      networks: ["stack"],
      hostNamespaces: [],
      privileged: false,
      devices: [],
      capabilitiesDropped: ["ALL"],
      capabilitiesAdded: [],
      securityOptions: ["no-new-privileges"],
      cpuLimited: true,
      sharedMemoryMiB: 64,
      server: true,
      major: UNKNOWN,
      readOnlyRoot: true,
      resourceLimits: ["nofile"],
      cgroupParent: "/group",
      hostPaths: ["/etc"],
      sharedMounts: ["/host"],
      memoryMiB: 256,
      user: "postgres",
      restart: "unless-stopped",
      logLimited: true,
      mounts: [
        { kind: "volume", source: "stack-primary-data", target: "/data", readOnly: false },
        { kind: "anonymous", source: "", target: "/scratch", readOnly: false },
        { kind: "bind", source: "/etc", target: "/host", readOnly: true },
        { kind: "tmpfs", source: "", target: "/tmp", readOnly: false },
      ],
      secretVariables: ["PGPASSWORD"],
      stopSignal: "SIGINT",
      stopTimeoutSeconds: 60,
    });
  });

  it("has Docker's word for its state when it does not run, and `running` without a health check", () => {
    const of = (State: object) =>
      inspectedContainer("x", "x", { ...info, State } as unknown as ContainerInspectInfo).condition;
    assert.equal(of({ Status: "exited", Health: { Status: "unhealthy" } }), "exited");
    assert.equal(of({ Status: "running" }), "running");
  });

  it("publishes on every address where none is named", () => {
    assert.deepEqual(inspectedPorts("x", info), [
      { container: "x", address: "127.0.0.1", published: 5432 },
      { container: "x", address: "0.0.0.0", published: 7 },
    ]);
  });
});

describe("the running pooler", () => {
  const wanted = {
    port: 6432,
    mode: "transaction",
    writerPool: "app",
    writerPoolSize: 20,
    readerPool: "app_readers",
    readerPoolSize: 15,
    maxClients: 500,
    maxPreparedStatements: 200,
  } as const;
  const pool = { host: "primary", pool_mode: null };
  const seen = {
    settings: { pool_mode: "transaction", max_client_conn: "500", max_prepared_statements: "200" },
    databases: [
      { ...pool, name: "app", pool_size: 20 },
      { ...pool, name: "app_readers", pool_size: 15 },
      { ...pool, name: "pgbouncer", pool_size: 2, pool_mode: "statement" },
    ],
  };

  it("has nothing otherwise when it has what was asked; its own console has its own mode", () => {
    assert.deepEqual(poolerDifferences(seen, wanted), []);
  });

  it("is named with each mode and size that is another, also of one pool alone", () => {
    const databases = [{ ...pool, name: "app", pool_size: 5, pool_mode: "session" }];
    const found = poolerDifferences({ settings: { ...seen.settings, max_client_conn: "100" }, databases }, wanted);
    assert.deepEqual(
      found.map(({ got, name, want }) => `${name}: ${got}, ${want}`),
      [
        "max_client_conn: 100, 500",
        "pool_size of app: 5, 20",
        "pool_size of app_readers: 0, 15",
        "pool_mode of app: session, transaction",
      ],
    );
  });
});

describe("the repository", () => {
  const look = (head: string, readable: string, check: string) =>
    `[global]\nrepo1-retention-full=30\n-----pgt-----\n${head}\n-----pgt-----\n${readable}-----pgt-----\n${check}`;

  it("is read by one look", () => {
    assert.deepEqual(parseRepositoryLook(look("Salted__", "/var/lib/pgbackrest/a\n", '{"status":"ok"}\n')), {
      conf: { global: { "repo1-retention-full": "30" } },
      encrypted: true,
      readableByOthers: ["/var/lib/pgbackrest/a"],
      lastCheck: '{"status":"ok"}',
    });
  });

  it("is not encrypted when its files are legible, and nobody knows before there is one", () => {
    assert.equal(parseRepositoryLook(look("[backup]", "", "")).encrypted, false);
    assert.equal(parseRepositoryLook(look("", "", "")).encrypted, undefined);
  });

  it("was checked when the record says so, and never without a record", () => {
    const now = new Date("2026-01-01T00:01:00Z");
    const record = JSON.stringify({ checkedAt: "2026-01-01T00:00:00Z", status: "error", errors: ["a", "b"] });
    assert.deepEqual(parseRepositoryCheck(record, now), { status: "error", errors: 2, ageSeconds: 60 });
    assert.equal(parseRepositoryCheck("", now), undefined);
  });

  it("has the newest backup of all, or none", () => {
    const backup = [{ timestamp: { stop: 5 } }, { timestamp: { stop: 9 }, error: true }, { timestamp: { stop: 7 } }];
    assert.deepEqual(newestBackup(JSON.stringify([{ backup }, {}])), { stoppedAt: 9, error: true });
    assert.equal(newestBackup("[]"), undefined);
  });
});

describe("a schema of verification", () => {
  it("is told by its name", () => {
    assert.ok(isWorkspace("pgt_verify_1760000000_0badcafe"));
    assert.ok(!isWorkspace("public"));
  });
});
