// Two sides of the triangle on Cloud SQL: what a wish promises is what the cloud tells of the instances that were planned
// for it. Does not prove that the cloud answers so: its answers are made up from the plan, by its API's reference.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { CloudAccess } from "../../../facts/from-live/gcp/cloud-access.ts";
import { instanceAnswer } from "../../../facts/from-live/gcp/cloud-sql-api.ts";
import { factsFromCloud } from "../../../facts/from-live/gcp/read-cloud-facts.ts";
import { factsFromGcpSpec } from "../../../facts/from-spec-gcp.ts";
import { CATALOGUE } from "../../../requirements/catalogue.ts";
import type { FactsByTopic } from "../../../requirements/facts/facts-by-topic.ts";
import type { InstanceFacts } from "../../../requirements/facts/instances.ts";
import { FLOORS } from "../../../requirements/floors.ts";
import { judgeAll } from "../../../requirements/judge.ts";
import { isKnown, Missing } from "../../../requirements/known.ts";
import { resolveTopology } from "../../../topology/resolve.ts";
import type { SpecOf } from "../../../topology/spec.ts";
import { answerOf } from "../../support/cloud-sql-answers.ts";
import { planOf, PROD, STAGING } from "../components/gcp/example-topologies.ts";
import { INSTANCE } from "../../support/pretend-cloud.ts";
import { instancesOf } from "../requirements/good-cloud-facts.ts";

const NOW = new Date("2026-11-21T12:00:00Z");
const NEWEST_BACKUP = new Date("2026-11-21T02:20:00Z");

const SPECS: Readonly<Record<string, SpecOf<"gcp">>> = {
  staging: STAGING,
  prod: PROD,
  "no backups, no pooler, no insights": {
    ...PROD,
    backup: { enabled: false },
    pooling: { enabled: false },
    observability: { queryInsights: false },
  },
  "an authority of its own, data that may go": {
    ...STAGING,
    access: { certificateAuthority: "per-instance" },
    protection: { keepData: false, deletion: false },
    maintenance: { day: "wednesday", hour: 0, track: "week5", freeze: [{ from: "2026-12-20", to: "2027-01-05" }] },
  },
  "somebody else's network": { ...STAGING, access: { network: { existing: "projects/h/global/networks/n" } } },
  "flags and sizes of its own": {
    ...PROD,
    parameters: { work_mem: "64MB", log_min_duration_statement: 500, idle_in_transaction_session_timeout: "1min" },
    pooling: { mode: "session", writerPoolSize: 7, readerPoolSize: 9, maxClients: 77, maxPreparedStatements: 5 },
    storage: { diskGiB: 50, maxDiskGiB: 70 },
    backup: { ...PROD.backup, retentionDays: 90, pointInTimeDays: 35 },
  },
};

/** When somebody looks, and what there is besides what was planned. */
interface Look {
  readonly designatedReplica?: string | undefined;
  readonly now?: Date;
  readonly createTime?: string;
  readonly newestBackup?: Date | undefined;
}

/** What the cloud tells of the plan of a wish, without a vantage. */
async function toldOf(spec: SpecOf<"gcp">, look: Look = {}): Promise<FactsByTopic> {
  const { createTime, designatedReplica, newestBackup, now } = { now: NOW, newestBackup: NEWEST_BACKUP, ...look };
  const { resources } = await planOf(spec, designatedReplica === undefined ? {} : { designatedReplica });
  const planned = resources.filter(({ type }) => type === INSTANCE);
  const access: CloudAccess = {
    topology: resolveTopology(spec, spec.environment ?? "staging"),
    project: "example",
    suffix: "k3x9",
    signal: new AbortController().signal,
    now,
    probeConnections: 1,
    dial: undefined,
    api: {
      getInstance: (name) => {
        const resource = planned.find(({ props }) => props.name === name);
        assert.ok(resource, `${name} was planned`);
        return Promise.resolve(
          instanceAnswer.parse(answerOf(resource, { host: name, caCertificate: "PEM", createTime })),
        );
      },
      newestBackup: () => Promise.resolve(newestBackup),
    },
  };
  return factsFromCloud(access);
}

/** Facts that only a look at the cloud has. */
const LIVE_ONLY: readonly (keyof InstanceFacts)[] = [
  "state",
  "versionDaysLeft",
  "network",
  "differences",
  "flagDifferences",
];

function comparable(instance: InstanceFacts): object {
  const kept = Object.entries(instance).filter(([name]) => !LIVE_ONLY.includes(name as keyof InstanceFacts));
  // Where the cloud chooses, it says what it chose.
  return Object.fromEntries(kept.filter(([name, fact]) => !(name === "backupLocation" && fact === undefined)));
}

describe("the triangle of facts on Cloud SQL", function () {
  this.timeout(30_000);

  for (const [title, spec] of Object.entries(SPECS)) {
    it(`${title}: the cloud tells of the instances what the wish promises, and nothing is not as asked`, async () => {
      const wish = factsFromGcpSpec(resolveTopology(spec, spec.environment ?? "staging"));
      const live = await toldOf(spec);
      assert.deepEqual(instancesOf(live).map(comparable), instancesOf(wish).map(comparable));
      assert.deepEqual(
        instancesOf(live).map(({ differences, flagDifferences }) => [differences, flagDifferences]),
        instancesOf(live).map(() => [[], []]),
      );
    });

    it(`${title}: every requirement that both can judge is judged alike`, async () => {
      const wish = factsFromGcpSpec(resolveTopology(spec, spec.environment ?? "staging"));
      const [judgedWish, judgedLive] = [verdicts(wish, "spec"), verdicts(await toldOf(spec), "live")];
      for (const [id, status] of Object.entries(judgedWish)) {
        // What SQL alone shows is unknown without a vantage.
        if (status === "unknown" || judgedLive[id] === "unknown") continue;
        assert.equal(judgedLive[id], status, id);
      }
    });
  }

  it("a designation is read back, and pending until then", async () => {
    const status = async (designatedReplica?: string) =>
      verdicts(await toldOf(PROD, { designatedReplica }), "live")["instances/disaster-recovery-designated"];
    assert.equal(await status("west"), "pass");
    assert.equal(await status(), "fail");
  });

  it("without a vantage what SQL shows is unknown, says why, and nothing of it passes", async () => {
    const judged = judgeAll(CATALOGUE, await toldOf(PROD, { designatedReplica: "west" }), "live", FLOORS.prod);
    const unknown = judged.filter(({ verdict }) => verdict.status === "unknown");
    for (const { requirement, verdict } of unknown) {
      assert.match(JSON.stringify(verdict), /no vantage: .*--vantage inside.*Cloud Run job/, requirement.id);
    }
    const ids = unknown.map(({ requirement }) => requirement.id);
    for (const id of [
      "connections/all-opened",
      "connections/pool-shares",
      "encryption/plaintext-refused",
      "replication/lag",
    ]) {
      assert.ok(ids.includes(id as never), id);
    }
    assert.ok(
      judged.every(({ requirement, verdict }) => requirement.topic !== "settings" || verdict.status !== "pass"),
    );
  });

  it("backups are as the cloud tells: their age too", async () => {
    const { backup } = await toldOf(PROD);
    assert.equal(backup.lastBackupAgeSeconds, (NOW.getTime() - NEWEST_BACKUP.getTime()) / 1000);
    assert.equal(backup.retentionDays, 30);
  });

  it("no backup is due within the first day, its window of four hours, and two hours for the backup itself", async () => {
    const createTime = "2026-11-20T06:00:00.000Z";
    const verdictAt = async (now: string) => {
      const facts = await toldOf(PROD, { createTime, newestBackup: undefined, now: new Date(now) });
      return judgeAll(CATALOGUE, facts, "live", FLOORS.prod).find(
        ({ requirement }) => requirement.id === "backup/recent",
      )?.verdict;
    };
    assert.deepEqual(await verdictAt("2026-11-21T11:59:59.000Z"), {
      status: "not-applicable",
      reason: `not yet: the primary was made at ${createTime}, its first backup is due by 2026-11-21T12:00:00.000Z`,
    });
    assert.deepEqual(await verdictAt("2026-11-21T12:00:00.000Z"), {
      status: "fail",
      message: "backups: got no complete backup, want one",
    });
  });

  it("a backup is not old before the next one's window has passed", async () => {
    const statusAt = async (newestBackup: string) =>
      verdicts(await toldOf(PROD, { newestBackup: new Date(newestBackup) }), "live")["backup/recent"];
    assert.equal(await statusAt("2026-11-20T06:00:00.000Z"), "pass");
    assert.equal(await statusAt("2026-11-20T05:59:59.000Z"), "fail");
  });

  it("an expected object is unknown without a vantage, and not judged where none is expected", async () => {
    const { schema } = await toldOf({ ...STAGING, expected: { tables: ["public.orders"] } });
    assert.ok(schema.missingTables instanceof Missing && schema.missingTables.status === "unknown");
    assert.ok(schema.missingColumns instanceof Missing && schema.missingColumns.status === "not-applicable");
    assert.ok(!isKnown(schema.missingTables));
  });
});

/** By the ids of the requirements that both can be judged on. */
function verdicts(facts: FactsByTopic, witness: "spec" | "live"): Record<string, string> {
  const both = CATALOGUE.filter(({ witnesses }) => witnesses.includes("live"));
  const judged = judgeAll(both, facts, witness, FLOORS.prod);
  return Object.fromEntries(judged.map(({ requirement, verdict }) => [requirement.id, verdict.status]));
}
