// Does not prove that anybody finds these facts out rightly: tests/unit/facts/ and the integration tests do.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { CATALOGUE } from "../../../requirements/catalogue.ts";
import type { FactsByTopic } from "../../../requirements/facts/facts-by-topic.ts";
import { NOTHING_KNOWN, unknownReplica } from "../../../requirements/facts/nothing-known.ts";
import { FLOORS } from "../../../requirements/floors.ts";
import { judgeAll } from "../../../requirements/judge.ts";
import { UNKNOWN } from "../../../requirements/known.ts";
import type { Requirement } from "../../../requirements/requirement.ts";
import { IN_A_CLOUD_ONLY, OF_A_VPC } from "./good-digitalocean-facts.ts";
import { GOOD_FACTS, withContainer, withTopic } from "./good-facts.ts";

const PLANNED = CATALOGUE.filter(
  ({ id, topic, witnesses }) =>
    !IN_A_CLOUD_ONLY.has(topic) && !OF_A_VPC.includes(id) && (witnesses.includes("plan") || witnesses.includes("spec")),
);
const PROD = FLOORS.prod;

const endpoint = (change: object) =>
  withTopic("encryption", {
    endpoints: (GOOD_FACTS.encryption.endpoints as object[]).map((one) => ({ ...one, ...change })) as never,
  });
const server = (change: object) =>
  withTopic("settings", {
    nodes: (GOOD_FACTS.settings.nodes as object[]).map((one) => ({ ...one, ...change })) as never,
  });
const port = (address: string, published = 5432) =>
  withTopic("network", { ports: [{ container: "c", address, published }] });
const shared = { ...unknownReplica("x"), slot: "one" };

/** Each breaks one thing, which is to be named by exactly this requirement, in these words. */
const BROKEN: readonly (readonly [string, FactsByTopic, RegExp, (readonly string[])?])[] = [
  ["access/network-authentication", withTopic("access", { networkMethods: ["md5", "scram-sha-256"] }), /got: md5$/],
  ["access/local-authentication", withTopic("access", { localMethods: ["trust"] }), /got: trust/],
  [
    "access/databases-isolated",
    withTopic("access", { takenElsewhere: ["app at primary of data"] }),
    /got taken: app at primary of data/,
  ],
  ["access/replication-role-confined", withTopic("access", { replicationRoleDatabases: ["all"] }), /got also: all/],
  ["access/password-encryption", withTopic("access", { passwordEncryption: "md5" }), /got md5, want scram-sha-256/],
  ["backup/enabled", withTopic("backup", { enabled: false }), /got no backups/],
  ["backup/retention", withTopic("backup", { retentionDays: 29 }), /got 29 days, want 30 or more/],
  ["backup/archive-timeout", withTopic("backup", { archiveTimeoutSeconds: 0 }), /got 0 s, want 1 to 300 s/],
  ["backup/archive-asynchronous", withTopic("backup", { asynchronous: false }), /archive-async=n/],
  ["backup/encrypted", withTopic("backup", { encrypted: false }), /aes-256-cbc/],
  ["backup/scheduled", withTopic("backup", { scheduled: false }), /scheduler/],
  ["backup/own-volume", withTopic("backup", { ownVolume: false }), /beside data/],
  ["containers/not-privileged", withContainer({ privileged: true }), /unit-primary: got privileged/],
  ["containers/no-host-namespaces", withContainer({ hostNamespaces: ["pid"] }), /got: pid/],
  ["containers/no-docker-socket", withContainer({ hostPaths: ["/run/docker.sock"] }), /docker\.sock/],
  ["containers/no-sensitive-mounts", withContainer({ hostPaths: ["/etc"] }), /got: \/etc/],
  ["containers/no-host-user-namespace", withContainer({ hostNamespaces: ["user"] }), /got usernsMode host/],
  ["containers/mounts-private", withContainer({ sharedMounts: ["/data"] }), /passed on at: \/data/],
  ["containers/cpu-limit", withContainer({ cpuLimited: false }), /no bound of the processors/],
  ["containers/shared-memory", withContainer({ sharedMemoryMiB: 64 }), /got 64 MiB, want 256 MiB or more/],
  ["containers/major-as-managed", withContainer({ major: 16 }), /got PostgreSQL 16, want 17/],
  ["containers/read-only-root", withContainer({ readOnlyRoot: false }), /want readOnly/],
  ["containers/resource-limits", withContainer({ resourceLimits: ["nproc"] }), /want a limit of nofile, got \[nproc\]/],
  ["containers/own-control-group", withContainer({ cgroupParent: "/x" }), /got the control group \/x/],
  [
    "containers/profile-named",
    withContainer({ securityOptions: ["no-new-privileges"] }),
    /want a profile or a label, got \[no-new-privileges\]/,
  ],
  ["containers/no-host-devices", withContainer({ devices: ["/dev/sda"] }), /sda/],
  [
    "containers/no-new-privileges",
    withContainer({ securityOptions: ["label=type:db_t"] }),
    /no-new-privileges, got \[label/,
  ],
  [
    "containers/confined",
    withContainer({ securityOptions: ["no-new-privileges", "apparmor=docker-default", "seccomp=unconfined"] }),
    /seccomp/,
  ],
  ["containers/capabilities-dropped", withContainer({ capabilitiesDropped: ["NET_RAW"] }), /got \[NET_RAW\]/],
  ["containers/no-strong-capabilities", withContainer({ capabilitiesAdded: ["SYS_ADMIN"] }), /SYS_ADMIN/],
  ["containers/image-pinned", withContainer({ imagePinned: false }), /got a tag/],
  ["containers/health-check", withContainer({ healthcheck: false }), /got no health check/],
  ["containers/restarts", withContainer({ restart: "no" }), /got restart no, want unless-stopped/],
  ["containers/memory-limit", withContainer({ memoryMiB: 0 }), /no memory limit/],
  ["containers/log-limit", withContainer({ logLimited: false }), /log without limit/],
  ["containers/not-root", withContainer({ user: "0:0" }), /got user 0:0/],
  ["containers/no-secret-in-environment", withContainer({ secretVariables: ["DB_PASSWORD"] }), /in: DB_PASSWORD/],
  ["containers/own-network", withContainer({ networks: ["bridge"] }), /\[bridge\]/],
  ["encryption/plaintext-refused", endpoint({ plaintextRefused: false }), /primary: got .*; .*pooler: got/],
  ["encryption/tls-version", endpoint({ minProtocolVersion: "TLSv1.1" }), /got TLSv1\.1/],
  ["encryption/pooler-verifies-servers", withTopic("encryption", { poolerServerMode: "require" }), /got .* require/],
  [
    "encryption/replication-verifies-primary",
    withTopic("encryption", { replicaModes: { "replica-east": "prefer" } }),
    /replica-east: got sslmode prefer/,
  ],
  ["network/loopback-ports", port("192.0.2.7"), /c: got a port on 192\.0\.2\.7, want 127\.0\.0\.1/],
  ["network/unprivileged-ports", port("127.0.0.1", 80), /got port 80/],
  ["pooling/mode", withTopic("pooling", { mode: "session" }), /got pool_mode session/],
  [
    "pooling/no-statement-mode",
    withTopic("pooling", { mode: "statement" }),
    /got pool_mode statement/,
    ["pooling/mode"],
  ],
  ["pooling/prepared-statements", withTopic("pooling", { maxPreparedStatements: 0 }), /max_prepared_statements 0/],
  ["pooling/users-looked-up", withTopic("pooling", { looksUpUsers: false }), /want auth_query/],
  ["pooling/fits-server", withTopic("pooling", { serverConnections: 19 }), /got a pool of 20, want 19 at most/],
  ["pooling/takes-more-clients-than-connections", withTopic("pooling", { maxClients: 35 }), /got 35 clients/],
  ["protection/data-kept", withTopic("protection", { dataKept: false }), /keepData false/],
  ["protection/named-volumes", withTopic("protection", { unnamedData: ["c:/data"] }), /^c: .* at: \/data$/],
  ["protection/own-volumes", withTopic("protection", { sharedData: ["c:v"] }), /^c: .* in: v$/],
  ["protection/clean-shutdown", withTopic("protection", { hurriedShutdowns: ["c: SIGTERM, 10 s"] }), /SIGTERM, 10 s/],
  ["replication/replica-count", withTopic("replication", { replicas: [] }), /got 0, want 1 or more/],
  ["replication/wal-level", withTopic("replication", { walLevel: "minimal" }), /got wal_level minimal/],
  ["replication/senders", withTopic("replication", { maxWalSenders: 3 }), /got max_wal_senders 3, want 4 or more/],
  ["replication/slots", withTopic("replication", { maxReplicationSlots: 1 }), /max_replication_slots 1, want 2/],
  ["replication/slots-not-shared", withTopic("replication", { replicas: [shared, { ...shared, key: "y" }] }), /one/],
  ["replication/slot-limit", withTopic("replication", { maxSlotWalKeepMiB: -1 }), /no limit/],
  ["replication/standby-parameters", withTopic("replication", { standbyBelowPrimary: ["max_connections …"] }), /below/],
  ["settings/fsync", server({ fsync: false }), /primary: got fsync off, want on; replica-east: /],
  ["settings/full-page-writes", server({ fullPageWrites: false }), /full_page_writes off/],
  ["settings/idle-in-transaction", server({ idleInTransactionSeconds: 0 }), /0 \(never\)/],
  ["settings/log-lock-waits", server({ logLockWaits: false }), /log_lock_waits off/],
  ["settings/statement-statistics", server({ statementStatistics: false }), /pg_stat_statements/],
  ["settings/shared-buffers", server({ sharedBuffersMiB: 512 }), /got shared_buffers 512 MiB, want 409 MiB at most/],
];

function failed(facts: FactsByTopic): string[] {
  return judged(facts, "fail").map(({ id }) => id);
}

function judged(facts: FactsByTopic, status: string): Requirement[] {
  return PLANNED.filter((one) => one.check(facts[one.topic], PROD).status === status);
}

describe("requirements that are judged before a deployment", () => {
  it("all hold on good facts, none of which is unknown", () => {
    assert.deepEqual(failed(GOOD_FACTS), []);
    assert.deepEqual(judged(GOOD_FACTS, "unknown"), []);
  });

  for (const [id, facts, words, also = []] of BROKEN) {
    it(`${id} is what fails when its facts are broken`, () => {
      assert.deepEqual(failed(facts).sort(), [id, ...also].sort());
      const requirement = PLANNED.find((one) => one.id === id);
      const verdict = requirement?.check(facts[requirement.topic], PROD);
      assert.ok(verdict?.status === "fail");
      assert.match(verdict.message, words);
    });
  }

  it("have a broken case each", () => {
    // Together with loopback-ports, of which it is the stricter half: see below.
    const elsewhere = ["network/not-every-address"];
    const ids = [...BROKEN.map(([id]) => id), ...elsewhere].sort();
    assert.deepEqual(PLANNED.map(({ id }) => id).sort(), ids);
  });

  it("an address that was asked for is accepted, and every address only on a local stack", () => {
    const wished = { ...port("0.0.0.0").network, wishedAddresses: ["0.0.0.0"] };
    const facts = { ...GOOD_FACTS, network: wished };
    assert.deepEqual(failed(facts), ["network/not-every-address"]);
    const local = judgeAll(CATALOGUE, facts, "plan", FLOORS.local).filter(({ verdict }) => verdict.status === "fail");
    assert.deepEqual(local, []);
    assert.deepEqual(failed(port("192.0.2.7")), ["network/loopback-ports"]);
  });

  it("pooling and backups that are off are told once, and not rule by rule", () => {
    assert.deepEqual(failed(withTopic("pooling", { ...NOTHING_KNOWN.pooling, enabled: false })), []);
    assert.deepEqual(failed(withTopic("backup", { ...NOTHING_KNOWN.backup, enabled: false })), ["backup/enabled"]);
  });
});

describe("the catalogue", () => {
  it("passes nothing of which nothing is known", () => {
    const statuses = CATALOGUE.map((one) => [one.id, one.check(NOTHING_KNOWN[one.topic], PROD).status]);
    assert.deepEqual(
      statuses,
      CATALOGUE.map(({ id }) => [id, "unknown"]),
    );
  });

  it("names the fact that is missing, and the container that it is missing of", () => {
    const facts = withContainer({ privileged: UNKNOWN });
    const [verdict] = judgeAll(CATALOGUE, facts, "plan", PROD).filter((one) => one.verdict.status === "unknown");
    assert.equal(verdict?.requirement.id, "containers/not-privileged");
    assert.deepEqual(verdict.verdict, { status: "unknown", missing: "privileged of unit-primary" });
  });

  it("tells a failure of one container although another is unknown", () => {
    const [good] = GOOD_FACTS.containers.containers as object[];
    const containers = [
      { ...good, privileged: UNKNOWN },
      { ...good, privileged: true },
    ] as never;
    assert.deepEqual(failed(withTopic("containers", { containers })), ["containers/not-privileged"]);
  });

  it("has at least 45 requirements, each with an id of its own that begins with its topic", () => {
    const ids = CATALOGUE.map(({ id }) => id);
    assert.ok(ids.length >= 45);
    assert.equal(new Set(ids).size, ids.length);
    for (const { id, topic } of CATALOGUE) assert.match(id, new RegExp(`^${topic}/[a-z0-9]+(-[a-z0-9]+)*$`));
  });

  it("says for each what holds, why, how to mend it and where to read on, as sentences", () => {
    for (const { id, title, why, fix, docs, witnesses } of CATALOGUE) {
      assert.match(title, /^[A-Z].*[^.]$/, id);
      assert.match(why, /\.$/, id);
      assert.match(fix, /\.$/, id);
      assert.match(docs, /^https:\/\//, id);
      assert.ok(witnesses.length > 0, id);
    }
  });

  it("is judged on facts of those only who can know them", () => {
    const witnessed = judgeAll(CATALOGUE, GOOD_FACTS, "spec", PROD).map(({ requirement }) => requirement.topic);
    assert.ok(!witnessed.includes("containers"));
  });
});
