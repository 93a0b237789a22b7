import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { slotName } from "../../../topology/names.ts";
import { resolveParameters } from "../../../topology/parameters.ts";
import { STANDBY_PARAMETERS } from "../../../topology/parameters/standby-order.ts";
import { clientAddress } from "../../../topology/resolved-docker.ts";
import { nodesOf } from "../../../topology/resolved-self-run.ts";
import { resolveTopology } from "../../../topology/resolve.ts";
import { secretKeysOf } from "../../../topology/secrets.ts";
import { outputsOf } from "../../../topology/outputs.ts";

const basis = { memoryMiB: 1024, maxSlotWalKeepMiB: 4096, archiveTimeoutSeconds: 60, replicaCount: 1 };

describe("resolveTopology", () => {
  it("fills every default of the smallest wish", () => {
    const topology = resolveTopology({ target: "docker" }, "local");
    assert.equal(topology.name, "pgtopology-local");
    assert.equal(topology.version, 17);
    assert.equal(topology.address, "127.0.0.1");
    assert.equal(topology.primary.port, 5432);
    assert.deepEqual(topology.replicas, []);
    assert.equal(topology.pooling?.port, 6432);
    assert.equal(topology.pooling.mode, "transaction");
    assert.deepEqual(topology.backup, {
      schedule: "02:00",
      retentionDays: 30,
      archiveTimeoutSeconds: 60,
      repository: { type: "volume" },
    });
    assert.equal(topology.parameters.max_connections, "100");
    assert.equal(topology.parameters.max_replication_slots, "3");
    assert.equal(topology.tls.minProtocolVersion, "TLSv1.3");
    assert.equal(topology.keepData, true);
    assert.equal(topology.application.useReadReplica, false);
  });

  it("sends no reads to a replica that waits for a disaster", () => {
    const west = { purpose: "disaster-recovery", region: "europe-west4" } as const;
    const spec = { target: "gcp", region: "europe-west1", replicas: { west } } as const;
    assert.equal(resolveTopology(spec, "prod").application.useReadReplica, false);
    const withReports = { ...spec, replicas: { west, reports: {} } } as const;
    assert.equal(resolveTopology(withReports, "prod").application.useReadReplica, true);
  });

  it("numbers replicas from 5433 on, in the order of their names, around ports that are taken", () => {
    const topology = resolveTopology(
      { target: "docker", replicas: { c: {}, a: {}, b: { port: 5433 } }, ports: { pooler: 5434 } },
      "local",
    );
    assert.deepEqual(
      nodesOf(topology).map(({ part, port }) => [part, port]),
      [
        ["primary", 5432],
        ["replica-a", 5435],
        ["replica-b", 5433],
        ["replica-c", 5436],
      ],
    );
  });

  it("never gives two nodes one port unless the wish does", () => {
    const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,5}$/), { maxLength: 8 });
    fc.assert(
      fc.property(names, fc.integer({ min: 5430, max: 5440 }), (keys, primary) => {
        const replicas = Object.fromEntries(keys.map((key) => [key, {}]));
        const topology = resolveTopology({ target: "docker", replicas, ports: { primary } }, "local");
        const ports = [...nodesOf(topology).map(({ port }) => port), topology.pooling?.port];
        assert.equal(new Set(ports).size, ports.length);
      }),
    );
  });

  it("leaves out what is switched off", () => {
    const topology = resolveTopology(
      { target: "docker", pooling: { enabled: false }, backup: { enabled: false } },
      "local",
    );
    assert.equal(topology.pooling, undefined);
    assert.equal(topology.backup, undefined);
    assert.equal(topology.parameters.archive_mode, "off");
    assert.equal(topology.parameters.archive_timeout, "0");
    assert.equal(outputsOf(topology, "PEM").pooled, undefined);
  });

  it("is reached on the loopback when it is published everywhere", () => {
    const topology = resolveTopology({ target: "docker", ports: { address: "0.0.0.0" } }, "local");
    assert.equal(clientAddress(topology), "127.0.0.1");
    assert.deepEqual(outputsOf(topology, "PEM").writer, { host: "127.0.0.1", port: 5432 });
  });
});

describe("resolveParameters", () => {
  it("sizes memory from the container's limit", () => {
    const parameters = resolveParameters(basis, {});
    assert.equal(parameters.shared_buffers, "256MB");
    assert.equal(parameters.effective_cache_size, "768MB");
  });

  it("takes the user's value over a default, and writes booleans as on and off", () => {
    const parameters = resolveParameters(basis, { max_connections: 250, jit: false, work_mem: "8MB" });
    assert.equal(parameters.max_connections, "250");
    assert.equal(parameters.jit, "off");
    assert.equal(parameters.work_mem, "8MB");
  });

  it("gives each replica a slot and enough senders", () => {
    const parameters = resolveParameters({ ...basis, replicaCount: 6 }, {});
    assert.equal(parameters.max_replication_slots, "7");
    assert.equal(parameters.max_wal_senders, "16");
  });

  it("has one value for each standby parameter that it sets, so that no replica can be below its primary", () => {
    const parameters = resolveParameters(basis, { max_worker_processes: 12 });
    for (const name of STANDBY_PARAMETERS) assert.match(parameters[name] ?? "0", /^\d+$/);
  });
});

describe("names and keys", () => {
  it("makes a slot's name that PostgreSQL takes", () => {
    assert.equal(slotName("east-1"), "replica_east_1");
  });

  it("lists a certificate for every part that listens, and marks what is secret", () => {
    const keys = secretKeysOf(resolveTopology({ target: "docker", replicas: { a: {} } }, "local"));
    assert.equal(keys.get("certificate-replica-a"), false);
    assert.equal(keys.get("certificate-key-pooler"), true);
    assert.equal(keys.get("password-readOnly"), true);
    assert.equal(keys.get("ca-key"), true);
    assert.equal(keys.get("ca-certificate"), false);
  });
});
