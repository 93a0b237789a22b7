// Does not prove that anybody finds these facts out rightly: tests/unit/facts/gcp and tests/integration/verify do.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { factsFromGcpSpec } from "../../../facts/from-spec-gcp.ts";
import { factsFromSpec } from "../../../facts/from-spec.ts";
import { CATALOGUE } from "../../../requirements/catalogue.ts";
import type { FactsByTopic } from "../../../requirements/facts/facts-by-topic.ts";
import { type Environment, FLOORS } from "../../../requirements/floors.ts";
import { judgeAll } from "../../../requirements/judge.ts";
import { Missing } from "../../../requirements/known.ts";
import type { Verdict } from "../../../requirements/requirement.ts";
import { resolveTopology } from "../../../topology/resolve.ts";
import type { SpecOf } from "../../../topology/spec.ts";
import { BROKEN_INSTANCES } from "./broken-instances.ts";
import {
  CLOUD_SPEC,
  GOOD_CLOUD_FACTS,
  instancesOf,
  ON_CLOUD_SQL_ONLY,
  withCloudTopic,
  withInstance,
} from "./good-cloud-facts.ts";

const CLOUD = CATALOGUE.filter(({ topic }) => ON_CLOUD_SQL_ONLY.has(topic));

/** Of all requirements of the cloud, whoever may witness them. */
function judged(facts: FactsByTopic, status: Verdict["status"], environment: Environment = "prod"): string[] {
  return CLOUD.filter((one) => one.check(facts[one.topic], FLOORS[environment]).status === status).map(({ id }) => id);
}

function messageOf(facts: FactsByTopic, id: string): string {
  const requirement = CLOUD.find((one) => one.id === id);
  assert.ok(requirement);
  const verdict = requirement.check(facts[requirement.topic], FLOORS.prod);
  assert.ok(verdict.status === "fail", verdict.status);
  return verdict.message;
}

const flags = (change: Record<string, string>) =>
  withInstance("primary", { flags: { ...(instancesOf(GOOD_CLOUD_FACTS)[0]?.flags as object), ...change } });
const opening = (change: object) =>
  withCloudTopic("connections", {
    opening: { asked: 20, opened: 20, timedOut: 0, medianMs: 20, worstMs: 90, reasons: [], ...change },
  });
const place = (what: string, region: string) => [{ what, region }];
const difference = { where: "primary", name: "tier", want: "db-perf-optimized-N-4", got: "db-perf-optimized-N-2" };

/** Each breaks one thing, which is to be named by exactly this requirement, in these words. */
const BROKEN: readonly (readonly [id: string, facts: FactsByTopic, words: RegExp, also?: string])[] = [
  ...BROKEN_INSTANCES,
  ["instances/no-public-address", withInstance("primary", { publicAddress: true }), /^primary: got a public address/],
  ["instances/no-authorized-networks", withInstance("primary", { authorizedNetworks: ["0.0.0.0/0"] }), /0\.0\.0\.0\/0/],
  [
    "instances/encrypted-only",
    withInstance("replica-reader", { sslMode: "ALLOW_UNENCRYPTED_AND_ENCRYPTED" }),
    /^replica-reader: got sslMode ALLOW_UNENCRYPTED_AND_ENCRYPTED, want ENCRYPTED_ONLY or/,
  ],
  [
    "instances/names-in-certificates",
    withInstance("primary", { certificateAuthority: "GOOGLE_MANAGED_INTERNAL_CA" }),
    /GOOGLE_MANAGED_INTERNAL_CA \(verify-ca\), want .* \(verify-full\)/,
  ],
  ["instances/no-sql-over-api", withInstance("primary", { dataApi: true }), /ALLOW_DATA_API/],
  ["instances/iam-login", flags({ "cloudsql.iam_authentication": "off" }), /iam_authentication got off, want on/],
  ["instances/highly-available", withInstance("primary", { availability: "ZONAL" }), /got availabilityType ZONAL/],
  ["instances/disk-grows-to-limit", withInstance("primary", { diskGrows: false }), /does not grow/],
  ["instances/disk-grows-to-limit", withInstance("replica-reader", { diskLimitGiB: 0 }), /no limit of growth/],
  [
    "instances/point-in-time",
    withInstance("primary", { pointInTime: false }),
    /no point-in-time recovery, want 7/,
    "instances/disaster-recovery-possible",
  ],
  ["instances/point-in-time", withInstance("primary", { logDays: 6 }), /got 6 days, want 7 days or more/],
  ["instances/backups-cover-log", withInstance("primary", { retainedBackups: 14 }), /14 backups for 14 days/],
  [
    "instances/backups-outlive-instance",
    withInstance("primary", { backupsOutlive: false }),
    /got retainBackupsOnDelete off/,
  ],
  ["instances/backups-outlive-instance", withInstance("primary", { finalBackupDays: 0 }), /got finalBackupConfig off/],
  ["instances/deletion-protected", withInstance("replica-recovery", { deletionProtected: false }), /^replica-recovery/],
  ["instances/replica-as-large", withInstance("replica-reader", { memoryMiB: 1024 }), /^replica-reader: got db-perf/],
  ["instances/maintenance-window", withInstance("primary", { maintenance: undefined }), /no maintenance window/],
  [
    "instances/maintenance-window",
    withInstance("primary", { maintenance: { day: 7, hour: 3, track: "canary" } }),
    /got the canary track/,
  ],
  [
    "instances/version-cared-for",
    withInstance("primary", { versionDaysLeft: 179 }),
    /PostgreSQL 18 with 179 days left/,
  ],
  ["instances/query-insights", withInstance("primary", { queryInsights: false }), /got none/],
  ["instances/sessions-logged", flags({ log_disconnections: "off" }), /log_disconnections got off, want on/],
  ["instances/schema-changes-logged", flags({ log_statement: "none" }), /got none, want ddl or mod or all/],
  ["instances/waits-logged", flags({ log_lock_waits: "off" }), /log_lock_waits got off/],
  [
    "instances/running",
    withInstance("replica-reader", { state: "FAILED" }),
    /^replica-reader: got FAILED, want RUNNABLE/,
  ],
  ["instances/running", withInstance("primary", { state: "absent" }), /it is not there/],
  [
    "instances/as-asked",
    withInstance("primary", { differences: [difference] }),
    /tier got db-perf-optimized-N-2, want/,
  ],
  [
    "instances/flags-as-asked",
    withInstance("primary", {
      flagDifferences: [{ ...difference, name: "work_mem", want: "not set", got: "1048576" }],
    }),
    /work_mem got 1048576, want not set/,
  ],
  [
    "instances/replicas-follow-primary",
    withInstance("replica-reader", { follows: undefined }),
    /follows nobody/,
    "instances/primary-known",
  ],
  ["instances/replicas-follow-primary", withInstance("primary", { follows: "other" }), /got a replica of other/],
  [
    "instances/disaster-recovery-designated",
    withCloudTopic("instances", { designated: undefined }),
    /no designated replica yet, want replica-recovery/,
  ],
  [
    "instances/disaster-recovery-designated",
    withCloudTopic("instances", { designated: "replica-reader" }),
    /got replica-reader/,
  ],
  [
    "places/read-replicas-aligned",
    withCloudTopic("places", { readReplicas: place("replica-reader", "us-east1") }),
    /replica-reader: got us-east1, want europe-west4 like the primary/,
  ],
  [
    "places/service-aligned",
    withCloudTopic("places", { service: place("subnet of the service", "europe-west1") }),
    /subnet of the service: got europe-west1, want europe-west4/,
  ],
  [
    "places/disaster-recovery-apart",
    withCloudTopic("places", { disasterRecovery: place("replica-recovery", "europe-west4") }),
    /got europe-west4, want another than the primary's europe-west4/,
  ],
  [
    "places/second-copy-apart",
    withCloudTopic("places", { secondCopy: place("second copy", "europe-west4") }),
    /second copy: got/,
  ],
  [
    "places/keys-aligned",
    withCloudTopic("places", {
      keys: [{ what: "key", region: "us-east1", encrypts: { what: "the second copy", region: "europe-west1" } }],
    }),
    /key: got us-east1, want europe-west1 like the second copy/,
  ],
  ["places/backups-outlive-region", withCloudTopic("places", { backups: "europe-west4" }), /the primary's own region/],
  [
    "connections/all-opened",
    opening({ opened: 17, timedOut: 2, reasons: ["timeout expired", "too many clients already"] }),
    /got 17 of 20 opened, 2 of them timed out, want all: timeout expired; too many clients already/,
  ],
  [
    "connections/opened-quickly",
    opening({ worstMs: 1000.6 }),
    /got 1001 ms for the worst of 20 \(median 20 ms\), want 1000/,
  ],
  [
    "connections/pool-shares",
    withCloudTopic("connections", { sharing: { clients: 21, serverConnections: 21 } }),
    /got 21 server connections for 21 clients, want fewer/,
  ],
];

describe("requirements of Cloud SQL", () => {
  it("all hold on good facts, none of which is unknown", () => {
    assert.deepEqual(judged(GOOD_CLOUD_FACTS, "fail"), []);
    assert.deepEqual(judged(GOOD_CLOUD_FACTS, "unknown"), []);
    // No instance is a read pool, and production is no staging.
    assert.deepEqual(judged(GOOD_CLOUD_FACTS, "not-applicable"), [
      "instances/read-pool-possible",
      "instances/updates-seen-first",
    ]);
  });

  for (const [id, facts, words, also] of BROKEN) {
    it(`${id} is the one that fails by ${words.source}`, () => {
      assert.deepEqual(judged(facts, "fail").sort(), [id, ...(also === undefined ? [] : [also])].sort());
      assert.match(messageOf(facts, id), words);
    });
  }

  it("have a broken case each", () => {
    // Broken in staging only: below.
    const broken = ["instances/updates-seen-first", ...BROKEN.map(([id]) => id)];
    assert.deepEqual([...new Set(broken)].sort(), CLOUD.map(({ id }) => id).sort());
  });

  it("are not applicable to a stack on Docker, by any witness", () => {
    const docker = factsFromSpec(resolveTopology({ target: "docker", replicas: { a: {} } }, "unit"));
    assert.deepEqual(
      judged(docker, "not-applicable"),
      CLOUD.map(({ id }) => id),
    );
  });

  it("ask no second zone and no protection of a stack that may be lost", () => {
    const facts = withInstance("primary", { availability: "ZONAL", deletionProtected: false, backupsOutlive: false });
    assert.deepEqual(judged(facts, "fail", "local"), []);
    assert.deepEqual(judged(facts, "fail", "staging"), [
      "instances/backups-outlive-instance",
      "instances/deletion-protected",
      "instances/updates-seen-first",
    ]);
  });

  it("name a lost setting once, although it is also not as asked", () => {
    const lost = { where: "primary", name: "deletionProtected", want: "true", got: "false" };
    const facts = withInstance("primary", { deletionProtected: false, differences: [lost] });
    assert.deepEqual(judged(facts, "fail"), ["instances/deletion-protected"]);
    assert.deepEqual(judged(facts, "fail", "local"), ["instances/as-asked"]);
    const both = withInstance("primary", { deletionProtected: false, differences: [lost, difference] });
    assert.doesNotMatch(messageOf(both, "instances/as-asked"), /deletionProtected/);
  });

  it("wait with the designation for a replica that is still being made, and in an edition without it", () => {
    const making = withInstance("replica-recovery", { state: "PENDING_CREATE" });
    const waiting = { ...making, instances: { ...making.instances, designated: undefined } };
    assert.deepEqual(judged(waiting, "fail"), ["instances/running"]);
    const small = withInstance("primary", { edition: "ENTERPRISE" });
    const told = judged({ ...small, instances: { ...small.instances, designated: undefined } }, "fail");
    assert.ok(!told.includes("instances/disaster-recovery-designated"), told.join());
  });

  it("pass nothing that the cloud did not say", () => {
    const silent = withInstance("primary", { deletionProtected: new Missing("unknown", "it has no such field") });
    assert.deepEqual(judged(silent, "unknown"), ["instances/deletion-protected"]);
  });
});

describe("the wish for Cloud SQL", () => {
  const wish = (change: Partial<SpecOf<"gcp">>) =>
    judgeAll(CATALOGUE, factsFromGcpSpec(resolveTopology({ ...CLOUD_SPEC, ...change }, "unit")), "spec", FLOORS.prod);
  const failing = (change: Partial<SpecOf<"gcp">>) =>
    wish(change).flatMap(({ requirement, verdict }) =>
      // A lock can never be undone: it is advice, and no default.
      verdict.status === "fail" && requirement.id !== "bucket/retention-locked" ? [requirement.id] : [],
    );

  it("holds in production with everything that there is", () => {
    assert.deepEqual(failing({}), []);
  });

  it("is judged as it stands, on places too", () => {
    const { access, backup } = CLOUD_SPEC;
    const far = { ...access, network: { ...access?.network, subnet: "projects/p/regions/us-east1/subnetworks/s" } };
    assert.deepEqual(failing({ access: far }), ["places/service-aligned"]);
    const near = { ...backup, secondCopy: { location: "europe-west4" } };
    assert.deepEqual(failing({ backup: near }), ["places/second-copy-apart"]);
    assert.deepEqual(failing({ backup: { ...backup, location: "europe-west4" } }), ["places/backups-outlive-region"]);
    assert.deepEqual(failing({ replicas: { reader: { region: "us-east1" } } }), ["places/read-replicas-aligned"]);
    assert.deepEqual(failing({ replicas: { reader: { size: { cpus: 1 } } }, size: { cpus: 4 } }), [
      "instances/replica-as-large",
    ]);
    assert.deepEqual(failing({ highAvailability: false }), ["instances/highly-available"]);
    assert.deepEqual(failing({ backup: { enabled: false } }), ["backup/enabled"]);
    assert.deepEqual(failing({ protection: { deletion: false } }), [
      "instances/deletion-protected",
      "services/removal-refused",
    ]);
    assert.deepEqual(failing({ access: { ...access, certificateAuthority: "per-instance" } }), [
      "instances/names-in-certificates",
    ]);
  });
});
