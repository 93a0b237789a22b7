// Does not prove that the facts are found out rightly: the tests of verify/ on a running topology do.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { CATALOGUE } from "../../../requirements/catalogue.ts";
import type { FactsByTopic } from "../../../requirements/facts/facts-by-topic.ts";
import { FLOORS } from "../../../requirements/floors.ts";
import { judgeAll } from "../../../requirements/judge.ts";
import { type Fact, isKnown, Missing, UNKNOWN } from "../../../requirements/known.ts";
import { IN_A_CLOUD_ONLY } from "./good-digitalocean-facts.ts";
import { GOOD_FACTS } from "./good-facts.ts";

const LIVE_ONLY = CATALOGUE.filter(
  ({ topic, witnesses }) => !IN_A_CLOUD_ONLY.has(topic) && witnesses.join() === "live",
);
const DAY = 86_400;

const tried = (allowed: boolean) => [{ action: "insert a row", allowed, wanted: true }];
const attempts = {
  owner: tried(true),
  readWrite: tried(true),
  readOnly: [{ action: "insert a row", allowed: false, wanted: false }],
  monitoring: tried(true),
  pooler: tried(true),
  replication: tried(true),
};
const refusedYetAllowed = [{ action: "insert a row", allowed: true, wanted: false }];
const difference = { where: "primary", name: "work_mem", want: "4MB", got: "1GB" };

/** The facts of `list`, each with what only a running topology shows. */
function each<T extends object>(list: Fact<readonly T[]>, more: object): readonly T[] {
  assert.ok(isKnown(list));
  return list.map((one) => ({ ...one, ...more }));
}

const GOOD: FactsByTopic = {
  ...GOOD_FACTS,
  access: {
    ...GOOD_FACTS.access,
    superusers: ["postgres"],
    missingRoles: [],
    unplannedRoles: [],
    unplannedPrivileges: [],
    missingPrivileges: [],
    rolesWithoutScram: [],
    wrongPasswordRefused: true,
    attempts,
  },
  backup: {
    ...GOOD_FACTS.backup,
    switchArchivedSeconds: 1.2,
    archiveFailure: undefined,
    archiveQueue: 0,
    lastBackupAgeSeconds: 3600,
    startWindowSeconds: 0,
    waitingPrimary: undefined,
    lastBackupErrors: 0,
    lastCheck: { status: "ok", errors: 0, ageSeconds: DAY },
    readableByOthers: [],
    lastExport: { status: "ok", errors: 0, ageSeconds: 3600 },
    lastExportCheck: { status: "ok", errors: 0, ageSeconds: DAY },
  },
  containers: {
    containers: each(GOOD_FACTS.containers.containers, { condition: "healthy" }),
    managedMajors: [],
    unplanned: [],
    shownSecrets: [],
  },
  encryption: {
    ...GOOD_FACTS.encryption,
    endpoints: each(GOOD_FACTS.encryption.endpoints, {
      verifyFullAccepted: true,
      wrongCaRefused: true,
      oldProtocolRefused: true,
      certificateDaysLeft: 300,
    }),
    plainSessions: [],
  },
  pooling: {
    ...GOOD_FACTS.pooling,
    differences: [],
    crowd: { clients: 30, served: 30, poolSize: 20 },
    preparedStatementWorks: true,
    readerReachesReplica: true,
  },
  protection: { ...GOOD_FACTS.protection, withoutChecksums: [], checksumFailures: [] },
  replication: {
    ...GOOD_FACTS.replication,
    primaryWritable: true,
    unplannedSlots: [],
    replicas: each(GOOD_FACTS.replication.replicas, {
      inRecovery: true,
      streaming: true,
      rowVisibleMs: 12.5,
      lagBytes: 0,
      lagMs: 0,
      slotExists: true,
      slotActive: true,
      slotWalStatus: "reserved",
      slotKeptBytes: 4096,
    }),
  },
  schema: { missingSchemas: [], missingTables: [], missingColumns: [], missingExtensions: [] },
  settings: { nodes: each(GOOD_FACTS.settings.nodes, { differences: [], pendingRestart: [] }) },
};

function change<T extends keyof FactsByTopic>(topic: T, what: Partial<FactsByTopic[T]>): FactsByTopic {
  return { ...GOOD, [topic]: { ...GOOD[topic], ...what } };
}
const check = (more: object) => change("backup", { lastCheck: { status: "ok", errors: 0, ageSeconds: DAY, ...more } });
const exported = (more: object) =>
  change("backup", { lastExport: { status: "ok", errors: 0, ageSeconds: 60, ...more } });
const exportCheck = (more: object) =>
  change("backup", { lastExportCheck: { status: "ok", errors: 0, ageSeconds: DAY, ...more } });
const endpoint = (more: object) => change("encryption", { endpoints: each(GOOD.encryption.endpoints, more) });
const replica = (more: object) => change("replication", { replicas: each(GOOD.replication.replicas, more) });
const server = (more: object) => change("settings", { nodes: each(GOOD.settings.nodes, more) });
const container = (more: object) => change("containers", { containers: each(GOOD.containers.containers, more) });
const attempt = (more: object) => change("access", { attempts: { ...attempts, ...more } });

/** Each breaks one thing, which is to be named by exactly this requirement, in these words. */
const BROKEN: readonly (readonly [string, FactsByTopic, RegExp])[] = [
  ["access/one-superuser", change("access", { superusers: ["app", "postgres"] }), /want postgres only, got also: app/],
  ["access/roles-complete", change("access", { missingRoles: ["monitor"] }), /missing: monitor/],
  ["access/no-unplanned-roles", change("access", { unplannedRoles: ["eve"] }), /got also: eve/],
  ["access/no-unplanned-privileges", change("access", { unplannedPrivileges: ["app may …"] }), /app may/],
  ["access/privileges-complete", change("access", { missingPrivileges: ["app may …"] }), /to be done: app may/],
  ["access/passwords-scram", change("access", { rolesWithoutScram: ["app"] }), /for: app/],
  ["access/wrong-password-refused", change("access", { wrongPasswordRefused: false }), /accepted, want refused/],
  ["access/owner-can-do-its-work-only", attempt({ owner: tried(false) }), /insert a row: got refused, want allowed/],
  ["access/read-write-can-do-its-work-only", attempt({ readWrite: tried(false) }), /insert/],
  ["access/read-only-can-do-its-work-only", attempt({ readOnly: tried(false) }), /insert/],
  ["access/monitoring-can-do-its-work-only", attempt({ monitoring: tried(false) }), /insert/],
  ["access/pooler-can-do-its-work-only", attempt({ pooler: tried(false) }), /insert/],
  ["access/replication-can-do-its-work-only", attempt({ replication: tried(false) }), /insert/],
  ["backup/wal-archived", change("backup", { switchArchivedSeconds: undefined, archiveFailure: "x" }), /no segment/],
  ["backup/wal-archived", change("backup", { switchArchivedSeconds: 31 }), /got 31\.0 s, want 30 s at most/],
  ["backup/archive-without-failures", change("backup", { archiveFailure: "000000010000" }), /got 000000010000/],
  ["backup/archive-queue", change("backup", { archiveQueue: 9 }), /got 9 segments that wait, want 8 at most/],
  ["backup/recent", change("backup", { lastBackupAgeSeconds: undefined }), /no complete backup/],
  ["backup/recent", change("backup", { lastBackupAgeSeconds: 2 * DAY }), /got an age of 48\.0 h, want .* 26\.0 h/],
  ["backup/newest-without-errors", change("backup", { lastBackupErrors: 2 }), /got 2 errors/],
  ["backup/repository-sound", check({ status: "error", errors: 1 }), /got error with 1 errors, want ok/],
  ["backup/repository-checked-lately", check({ ageSeconds: 9 * DAY }), /got an age of 216\.0 h, want .* 192\.0 h/],
  ["backup/repository-private", change("backup", { readableByOthers: ["archive/main"] }), /for: archive\/main/],
  ["backup/export-recent", change("backup", { lastExport: undefined }), /exports: got none, want one/],
  ["backup/export-recent", exported({ ageSeconds: 27 * 3600 }), /got an age of 27\.0 h, want an age of 26\.0 h/],
  ["backup/export-recent", exported({ status: "error", errors: 2 }), /got error with 2 errors at an age of 0\.0 h/],
  ["backup/exports-sound", exportCheck({ status: "error", errors: 1 }), /got error with 1 errors, want ok/],
  ["backup/exports-checked-lately", exportCheck({ ageSeconds: 9 * DAY }), /an age of 216\.0 h, want .* 192\.0 h/],
  ["containers/healthy", container({ condition: "exited" }), /unit-primary: got exited, want healthy/],
  ["containers/no-strangers", change("containers", { unplanned: ["old"] }), /old/],
  ["containers/no-secret-shown", change("containers", { shownSecrets: ["primary: password of owner"] }), /of owner/],
  ["encryption/verify-full-accepted", endpoint({ verifyFullAccepted: false }), /primary: .*pooler: /],
  ["encryption/wrong-ca-refused", endpoint({ wrongCaRefused: false }), /another CA/],
  ["encryption/old-protocol-refused", endpoint({ oldProtocolRefused: false }), /older TLS/],
  ["encryption/certificate-valid-long-enough", endpoint({ certificateDaysLeft: 29.9 }), /got 29 days left, want 30/],
  ["encryption/no-plain-sessions", change("encryption", { plainSessions: ["primary: app"] }), /primary: app/],
  ["pooling/as-asked", change("pooling", { differences: [difference] }), /work_mem got 1GB, want 4MB/],
  ["pooling/crowd-served", change("pooling", { crowd: { clients: 30, served: 20, poolSize: 20 } }), /20 of 30/],
  ["pooling/prepared-statement-works", change("pooling", { preparedStatementWorks: false }), /second run/],
  ["pooling/readers-reach-replicas", change("pooling", { readerReachesReplica: false }), /got the primary/],
  ["protection/checksums", change("protection", { withoutChecksums: ["primary"] }), /on: primary/],
  ["protection/checksums-match", change("protection", { checksumFailures: ["primary: app, 3 pages"] }), /3 pages/],
  ["replication/primary-writable", change("replication", { primaryWritable: false }), /got read-only/],
  ["replication/replicas-in-recovery", replica({ inRecovery: false }), /replica east: got a primary/],
  ["replication/streaming", replica({ streaming: false }), /no WAL receiver/],
  ["replication/row-arrives", replica({ rowVisibleMs: undefined }), /got no row/],
  ["replication/row-arrives", replica({ rowVisibleMs: 1001 }), /after 1001 ms, want 1000 ms at most/],
  ["replication/lag", replica({ lagMs: 1500 }), /got 0 bytes and 1500 ms/],
  ["replication/slots-active", replica({ slotExists: false, slotActive: false }), /got no slot/],
  ["replication/slots-active", replica({ slotActive: false }), /nobody uses/],
  ["replication/slot-wal-kept", replica({ slotWalStatus: "lost" }), /wal_status lost/],
  ["replication/no-unplanned-slots", change("replication", { unplannedSlots: ["old"] }), /old/],
  ["schema/expected-schemas", change("schema", { missingSchemas: ["shop"] }), /missing: shop/],
  ["schema/expected-tables", change("schema", { missingTables: ["shop.orders"] }), /missing: shop\.orders/],
  ["schema/expected-columns", change("schema", { missingColumns: ["shop.orders.at"] }), /missing: shop\.orders\.at/],
  ["schema/expected-extensions", change("schema", { missingExtensions: ["citext"] }), /missing: citext/],
  ["settings/as-asked", server({ differences: [difference] }), /replica-east: not as asked: work_mem got 1GB/],
  ["settings/no-restart-pending", server({ pendingRestart: ["max_connections"] }), /max_connections/],
];

function judged(facts: FactsByTopic, status: string): readonly (readonly [string, string])[] {
  return judgeAll(CATALOGUE, facts, "live", FLOORS.prod).flatMap(({ requirement, verdict }) =>
    verdict.status === status ? [[requirement.id, JSON.stringify(verdict)] as const] : [],
  );
}

describe("requirements that are judged on a running topology", () => {
  it("all hold on good facts, and none of them is unknown", () => {
    assert.deepEqual(judged(GOOD, "fail"), []);
    assert.deepEqual(judged(GOOD, "unknown"), []);
  });

  for (const [id, facts, words] of BROKEN) {
    it(`${id} is the one that fails by ${words.source}`, () => {
      const [failure, ...others] = judged(facts, "fail");
      assert.deepEqual(others, []);
      assert.equal(failure?.[0], id);
      assert.match(failure[1], words);
    });
  }

  it("have a broken case each", () => {
    assert.deepEqual([...new Set(BROKEN.map(([id]) => id))].sort(), LIVE_ONLY.map(({ id }) => id).sort());
  });

  it("do not count what is missing because a part is stopped, and say why", () => {
    const stopped = new Missing("not-applicable", "replica-east is not running");
    const facts = replica({ rowVisibleMs: stopped, lagMs: stopped, slotActive: stopped });
    assert.deepEqual(judged(facts, "unknown"), []);
    const reasons = judged(facts, "not-applicable").filter(([, verdict]) => verdict.includes("replica-east"));
    assert.deepEqual(
      reasons.map(([id]) => id),
      ["replication/row-arrives", "replication/lag", "replication/slots-active"],
    );
  });

  it("name one breakage once, although more follows from it", () => {
    const named = (facts: FactsByTopic) => judged(facts, "fail").map(([id]) => id);
    const behind = { streaming: false, slotActive: false, rowVisibleMs: undefined, lagMs: 99_000 };
    assert.deepEqual(named(replica(behind)), ["replication/streaming"]);
    const gone = { ...behind, slotExists: false, slotWalStatus: UNKNOWN, slotKeptBytes: UNKNOWN };
    assert.deepEqual(named(replica(gone)), ["replication/slots-active"]);
    assert.deepEqual(named(replica({ ...behind, slotWalStatus: "lost" })), ["replication/slot-wal-kept"]);
    assert.deepEqual(named(replica({ ...behind, inRecovery: false })), ["replication/replicas-in-recovery"]);
    const granted = {
      unplannedPrivileges: ["app_readonly may insert"],
      attempts: { ...attempts, readOnly: refusedYetAllowed },
    };
    assert.deepEqual(named(change("access", granted)), ["access/no-unplanned-privileges"]);
  });

  it("are unknown, with the reason, where something could not be seen", () => {
    const facts = attempt({ pooler: new Missing("unknown", "connection reset") });
    const [[id, verdict] = ["", ""]] = judged(facts, "unknown");
    assert.equal(id, "access/pooler-can-do-its-work-only");
    assert.match(verdict, /attempts of pooler \(connection reset\)/);
  });

  it("no first backup is missed that is still to come by itself; when it is due has to be known", () => {
    const waiting = (waitingPrimary: FactsByTopic["backup"]["waitingPrimary"]) =>
      change("backup", { lastBackupAgeSeconds: undefined, waitingPrimary });
    const madeAt = new Date("2026-11-20T06:00:00Z");
    const [young, old] = [26 * 3600 - 1, 26 * 3600].map((ageSeconds) => waiting({ madeAt, ageSeconds }));
    assert.ok(young && old);
    const reasons = judged(young, "not-applicable").filter(([id]) => id === "backup/recent");
    assert.match(reasons[0]?.[1] ?? "", /not yet: .* is due by 2026-11-21T08:00:00\.000Z/);
    assert.deepEqual(judged(young, "fail"), []);
    assert.deepEqual(
      judged(old, "fail").map(([id]) => id),
      ["backup/recent"],
    );
    const [[id, verdict] = ["", ""]] = judged(waiting(new Missing("unknown", "no createTime")), "unknown");
    assert.equal(id, "backup/recent");
    assert.match(verdict, /no createTime/);
  });

  it("a repository that was never checked is not a sound one, and neither are exports", () => {
    const unknown = (facts: FactsByTopic) => judged(facts, "unknown").map(([id]) => id);
    assert.deepEqual(unknown(change("backup", { lastCheck: undefined })), ["backup/repository-sound"]);
    assert.deepEqual(unknown(change("backup", { lastExportCheck: undefined })), ["backup/exports-sound"]);
  });
});
