import assert from "node:assert/strict";
import type { FactsByTopic } from "../../../requirements/facts/facts-by-topic.ts";
import type { InstanceFacts } from "../../../requirements/facts/instances.ts";
import { isKnown } from "../../../requirements/known.ts";
import { GOOD_CLOUD_FACTS, instancesOf, withInstance } from "./good-cloud-facts.ts";

type Broken = readonly [id: string, facts: FactsByTopic, words: RegExp, also?: string];

const READER = "replica-reader";
const RECOVERY = "replica-recovery";

/** The flags of an instance, with others. */
function flags(change: Readonly<Record<string, string | undefined>>, part = "primary"): FactsByTopic {
  const own = instancesOf(GOOD_CLOUD_FACTS).find((one) => one.part === part)?.flags;
  assert.ok(own !== undefined && isKnown(own));
  const all = Object.entries({ ...own, ...change }).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return withInstance(part, { flags: Object.fromEntries(all) });
}

/** The good instances, and some more. */
function withMore(...more: readonly (Partial<InstanceFacts> & { readonly part: string })[]): FactsByTopic {
  const instances = instancesOf(GOOD_CLOUD_FACTS);
  const [reader] = instances.filter(({ part }) => part === READER);
  assert.ok(reader);
  const added = more.map((one) => ({ ...reader, ...one }));
  return { ...GOOD_CLOUD_FACTS, instances: { ...GOOD_CLOUD_FACTS.instances, instances: [...instances, ...added] } };
}

const primary = (change: Partial<InstanceFacts>) => withInstance("primary", change);
const reader = (change: Partial<InstanceFacts>) => withInstance(READER, change);

/** Each breaks one thing of an instance, which is to be named by exactly this requirement, in these words. */
export const BROKEN_INSTANCES: readonly Broken[] = [
  ["instances/no-default-network", withNetwork("projects/p/global/networks/default"), /got the network default/],
  [
    "instances/same-network",
    reader({ network: "projects/p/global/networks/m" }),
    /^replica-reader: got .*\/m, want .*\/n like/,
  ],
  [
    "instances/authorized-networks-named",
    primary({ looseNetworks: ["192.0.2.7/32"] }),
    /none of both for: 192\.0\.2\.7\/32/,
  ],
  [
    "instances/connectors-or-private",
    primary({ publicAddress: true, connectorsOnly: false }),
    /direct connections to a public address/,
    "instances/no-public-address",
  ],
  [
    "instances/certificates-renewed",
    primary({ certificateRotation: "NO_AUTOMATIC_ROTATION" }),
    /got serverCertificateRotationMode NO_AUTOMATIC_ROTATION/,
  ],
  ["instances/replica-count", withoutReplicas(), /^primary: got 0 replicas, want 1 or more/],
  ["instances/replica-flags", flags({ max_connections: "99" }, READER), /max_connections got 99, want 100/],
  [
    "instances/replica-disk",
    reader({ diskGiB: 10, diskGrows: false }),
    /a disk that does not grow, want one like/,
    "instances/disk-grows-to-limit",
  ],
  ["instances/replica-disk", reader({ diskLimitGiB: 50 }), /a limit of growth of 50 GiB, want 80 GiB or more/],
  [
    "instances/replica-version",
    reader({ version: 17 }),
    /got PostgreSQL 17, want 18 like the primary/,
    "instances/newest-version",
  ],
  [
    "instances/disaster-recovery-possible",
    primary({ pointInTime: false }),
    /got: a primary without point-in-time recovery/,
    "instances/point-in-time",
  ],
  [
    "instances/primary-known",
    withMore({ part: "other", follows: "elsewhere" }),
    /got the primary elsewhere/,
    "instances/replicas-follow-primary",
  ],
  [
    "instances/cascade-depth",
    withMore({ part: "c2", follows: READER }, { part: "c3", follows: "c2" }, { part: "c4", follows: "c3" }),
    /^c4: got level 5, want 4 at most/,
    "instances/replicas-follow-primary",
  ],
  ["instances/replica-in-other-zone", reader({ zone: "europe-west4-a" }), /got europe-west4-a, want another zone/],
  ["instances/zones-apart", primary({ standbyZone: "europe-west4-a" }), /got europe-west4-a for both/],
  ["instances/upgrade-takes-replicas", primary({ upgradesReplicas: false }), /replicas that are left behind/],
  ["instances/edition-said", primary({ editionSaid: false }), /no edition \(ENTERPRISE_PLUS of PostgreSQL 18\)/],
  ["instances/machine-for-environment", withInstance(RECOVERY, { tier: "db-g1-small" }), /got db-g1-small/],
  ["instances/newest-version", everyVersion(17), /got PostgreSQL 17, want 18/],
  ["instances/own-key", primary({ ownKey: false }), /got Google's key/],
  ["instances/password-policy", primary({ leastPassword: 11 }), /got 11 characters, want 12 or more/],
  ["instances/password-policy", primary({ leastPassword: 0 }), /got no length, want 12/],
  ["instances/labelled", reader({ labels: [] }), /got 0 labels, want 1 or more/],
  ["instances/flags-valid", flags({ wal_level: "logical" }), /wal_level is refused/],
  ["instances/flags-valid", flags({ no_such_flag: "1" }), /no_such_flag is unknown to PostgreSQL 18/],
  ["instances/flags-valid", flags({ "cloudsql.enable_pg_cron": "yes" }), /enable_pg_cron: want on or off/],
  [
    "instances/managed-pooling-possible",
    withInstance(READER, { edition: "ENTERPRISE" }),
    /^replica-reader: got pooling in ENTERPRISE/,
  ],
  ["instances/read-pool-possible", reader({ readPool: { minNodes: 3, maxNodes: 2 } }), /got 3 to 2 nodes/],
  ["instances/read-pool-possible", reader({ readPool: { minNodes: 1, maxNodes: 21 } }), /want from 1 to 20/],
  ["instances/log-days-possible", primary({ logDays: 36, retainedBackups: 40 }), /got 36 days in ENTERPRISE_PLUS/],
  ["instances/freeze-possible", primary({ freezes: ["2026-12-01 to 2027-03-01"] }), /want from 1 to 90 days, got/],
  ["instances/freeze-possible", primary({ freezes: ["2027-01-05 to 2027-01-04"] }), /got: 2027-01-05 to 2027-01-04/],
  ["instances/connections-fit-memory", withMemory(700), /got max_connections 100 on 700 MiB, want 87 at most/],
  ["instances/statements-end", flags({ statement_timeout: "0" }), /statement_timeout got 0, want a time/],
  ["instances/audited", flags({ "cloudsql.enable_pgaudit": undefined }), /got not set \(off\), want on/],
  ["instances/temporary-files-logged", flags({ log_temp_files: "1024" }), /log_temp_files got 1024, want 0/],
  ["instances/host-names-logged", flags({ log_hostname: "off" }), /log_hostname got off/],
  ["instances/durations-logged", flags({ log_duration: undefined }), /log_duration got not set \(off\)/],
  ["instances/slow-statements-not-logged", flags({ log_min_duration_statement: "500" }), /got 500, want -1/],
  ["instances/log-error-verbosity", flags({ log_error_verbosity: "VERBOSE" }), /got VERBOSE, want default or terse/],
  ["instances/log-min-messages", flags({ log_min_messages: "fatal" }), /got fatal, want warning or notice or info/],
  ["instances/log-min-messages", flags({ log_min_messages: "debug5" }), /got debug5/],
  ["instances/log-min-error-statement", flags({ log_min_error_statement: "panic" }), /got panic, want error/],
  ...["parser", "planner", "executor", "statement"].map((stage): Broken => [
    "instances/no-internal-statistics-in-log",
    flags({ [`log_${stage}_stats`]: "on" }),
    new RegExp(`log_${stage}_stats got on, want off`),
  ]),
  [
    "instances/backup-apart-from-maintenance",
    primary({ backupStart: "03:45" }),
    /got both at 03:00 UTC, want them apart/,
  ],
  ["instances/backup-off-peak", primary({ backupStart: "06:00" }), /at 06:00 UTC, want it from 22:00 UTC to 06:00 UTC/],
  [
    "instances/maintenance-off-peak",
    primary({ maintenance: { day: 7, hour: 21, track: "stable" } }),
    /got maintenance at 21:00 UTC/,
  ],
  ["instances/no-restore-left-in", primary({ restores: ["clone"] }), /want no restore in an instance, got: clone/],
  ["instances/provider-refuses-removal", reader({ guarded: false }), /got deletionProtection false/],
  ["instances/not-removed-first", primary({ removedFirst: true }), /got deleteBeforeReplace/],
  ["instances/grown-disk-left-alone", primary({ diskSizeIgnored: false }), /got 20 GiB at every update/],
  ["instances/replica-has-time", reader({ createSeconds: undefined }), /got the provider's own time, want 7200 s/],
  ["instances/replica-has-time", reader({ createSeconds: 600 }), /got 600 s/],
];

function withNetwork(network: string): FactsByTopic {
  const instances = instancesOf(GOOD_CLOUD_FACTS).map((one) => ({ ...one, network }));
  return { ...GOOD_CLOUD_FACTS, instances: { ...GOOD_CLOUD_FACTS.instances, instances } };
}

function everyVersion(version: number): FactsByTopic {
  const instances = instancesOf(GOOD_CLOUD_FACTS).map((one) => ({ ...one, version }));
  return { ...GOOD_CLOUD_FACTS, instances: { ...GOOD_CLOUD_FACTS.instances, instances } };
}

/** All alike: a replica that is smaller is another breakage. */
function withMemory(memoryMiB: number): FactsByTopic {
  const instances = instancesOf(GOOD_CLOUD_FACTS).map((one) => ({ ...one, memoryMiB }));
  return { ...GOOD_CLOUD_FACTS, instances: { ...GOOD_CLOUD_FACTS.instances, instances } };
}

function withoutReplicas(): FactsByTopic {
  const instances = instancesOf(GOOD_CLOUD_FACTS).filter(({ role }) => role === "primary");
  return { ...GOOD_CLOUD_FACTS, instances: { ...GOOD_CLOUD_FACTS.instances, instances } };
}
