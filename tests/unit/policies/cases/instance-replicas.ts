import type { PlanCase } from "../plan-case.ts";
import { type SentResource, UNKNOWN_TEXT } from "../policy-rpc.ts";
import { type Change, flag, primary, replica } from "./planned-instances.ts";

const GOOD = [primary(), replica()];
const TAKES_OVER = { "settings.userLabels": { "pgtopology-purpose": "disaster-recovery" }, region: "europe-west4" };
const ZONE = "settings.locationPreference.zone";

/** A primary and a replica of it; what is told, is told of the replica unless a case says otherwise. */
function both(change: Change, of: Change = {}): readonly SentResource[] {
  return [primary(of), replica(change)];
}

/** A requirement of a replica beside its primary. */
function beside(
  id: string,
  unknown: Change | undefined,
  ...sides: readonly (readonly [
    why: string,
    change: Change,
    says: RegExp,
    also?: readonly string[] | undefined,
    of?: Change,
  ])[]
): PlanCase {
  return {
    id,
    good: GOOD,
    bad: sides.map(([why, change, says, also, of]) => ({
      why,
      resources: both(change, of),
      says,
      at: "reader",
      ...(also !== undefined && { also }),
    })),
    ...(unknown !== undefined && { unknown: both(unknown) }),
  };
}

/** Another replica, that follows the one of that name. */
function cascaded(name: string, master: string): SentResource {
  return replica({ name: `shop-${name}`, masterInstanceName: `shop-${master}` }, { name });
}

export const CASES: readonly PlanCase[] = [
  {
    id: "instances/replica-count",
    good: GOOD,
    bad: [
      { why: "none", resources: [primary()], says: /^db: got 0 replicas, want 1 or more/ },
      {
        why: "all of them another's",
        resources: [
          primary(),
          replica({ masterInstanceName: "shop-3" }),
          primary({ name: "shop-3" }, { name: "other" }),
        ],
        says: /^db: got 0 replicas/,
      },
    ],
    unknown: both({ masterInstanceName: UNKNOWN_TEXT }),
  },
  beside("instances/replica-as-large", { "settings.tier": UNKNOWN_TEXT }, [
    "half",
    {},
    /^reader: got db-perf-optimized-N-2, want db-perf-optimized-N-4 or more/,
    undefined,
    { "settings.tier": "db-perf-optimized-N-4" },
  ]),
  beside(
    "instances/replica-flags",
    flag("max_connections", "100"),
    [
      "fewer",
      flag("max_connections", "100"),
      /max_connections got 100, want 400/,
      undefined,
      flag("max_connections", "400"),
    ],
    [
      "fewer senders",
      flag("max_wal_senders", "10"),
      /^reader: below the primary: max_wal_senders got 10, want 20/,
      undefined,
      flag("max_wal_senders", "20"),
    ],
  ),
  beside(
    "instances/replica-disk",
    { "settings.diskAutoresizeLimit": UNKNOWN_TEXT },
    ["a lower limit", { "settings.diskAutoresizeLimit": 50 }, /^reader: got a limit of growth of 50 GiB, want 100/],
    [
      "smaller, and neither grows",
      { "settings.diskAutoresize": false, "settings.diskSize": 10 },
      /^reader: got 10 GiB that do not grow, want 20/,
      ["instances/disk-grows-to-limit"],
      { "settings.diskAutoresize": false },
    ],
    [
      "does not grow with it",
      { "settings.diskAutoresize": false, "settings.diskSize": 20 },
      /^reader: got a disk that does not grow, want one like the primary's/,
      ["instances/disk-grows-to-limit"],
    ],
    [
      "a limit, and the primary has none",
      {},
      /got a limit of growth of 100 GiB, want none like the primary/,
      ["instances/disk-grows-to-limit"],
      { "settings.diskAutoresizeLimit": 0 },
    ],
  ),
  beside("instances/replica-version", { databaseVersion: UNKNOWN_TEXT }, [
    "older",
    { databaseVersion: "POSTGRES_16" },
    /^reader: got PostgreSQL 16, want 17 like the primary/,
  ]),
  beside(
    "instances/same-network",
    { "settings.ipConfiguration.privateNetwork": UNKNOWN_TEXT },
    [
      "another",
      { "settings.ipConfiguration.privateNetwork": "projects/p/global/networks/m" },
      /^reader: got projects\/p\/global\/networks\/m, want projects\/p\/global\/networks\/n like the primary/,
    ],
    ["none", { "settings.ipConfiguration.privateNetwork": undefined }, /^reader: got no private network/],
  ),
  {
    id: "instances/disaster-recovery-possible",
    good: both(TAKES_OVER),
    bad: [
      {
        why: "ENTERPRISE",
        resources: both({ ...TAKES_OVER, "settings.edition": "ENTERPRISE" }),
        says: /^reader: want ENTERPRISE_PLUS and point-in-time recovery, got: edition ENTERPRISE/,
        at: "reader",
      },
      {
        why: "no log",
        resources: both(TAKES_OVER, { "settings.backupConfiguration.pointInTimeRecoveryEnabled": false }),
        says: /got: a primary without point-in-time recovery/,
        at: "reader",
        also: ["instances/point-in-time"],
      },
      {
        why: "designated, of a primary in ENTERPRISE",
        resources: both(
          { region: "europe-west4" },
          {
            "replicationCluster.failoverDrReplicaName": "p:shop-2",
            "settings.edition": "ENTERPRISE",
            "settings.backupConfiguration.transactionLogRetentionDays": 7,
          },
        ),
        says: /^reader: .*got: a primary in ENTERPRISE/,
        at: "reader",
      },
    ],
    unknown: both({ ...TAKES_OVER, "settings.edition": UNKNOWN_TEXT }),
  },
  beside("instances/primary-known", { masterInstanceName: UNKNOWN_TEXT }, [
    "another stack's",
    { masterInstanceName: "p:elsewhere" },
    /^reader: got the primary elsewhere, which is not in this stack/,
    ["instances/replica-count"],
  ]),
  {
    id: "instances/cascade-depth",
    good: [...GOOD, cascaded("c1", "2"), cascaded("c2", "c1")],
    bad: [
      {
        why: "five levels",
        resources: [...GOOD, cascaded("c1", "2"), cascaded("c2", "c1"), cascaded("c3", "c2")],
        says: /^c3: got level 5, want 4 at most/,
        at: "c3",
      },
    ],
    unknown: both({ masterInstanceName: UNKNOWN_TEXT }),
  },
  {
    ...beside("instances/replica-in-other-zone", undefined, [
      "the same",
      { [ZONE]: "europe-west1-b" },
      /^reader: got europe-west1-b, want another zone/,
      undefined,
      { [ZONE]: "europe-west1-b" },
    ]),
    good: both({ [ZONE]: "europe-west1-c" }, { [ZONE]: "europe-west1-b" }),
    unknown: both({ [ZONE]: UNKNOWN_TEXT }, { [ZONE]: "europe-west1-b" }),
  },
  {
    id: "instances/zones-apart",
    good: [primary(zones("europe-west1-b", "europe-west1-c"))],
    bad: [
      {
        why: "the same",
        resources: [primary(zones("europe-west1-b", "europe-west1-b"))],
        says: /^db: got europe-west1-b for both, want two zones/,
      },
    ],
    unknown: [primary(zones("europe-west1-b", UNKNOWN_TEXT))],
  },
  {
    id: "instances/upgrade-takes-replicas",
    good: GOOD,
    bad: [
      {
        why: "not said",
        resources: both({}, { includeReplicasForMajorVersionUpgrade: undefined }),
        says: /^db: got replicas that are left behind/,
      },
    ],
    unknown: both({}, { includeReplicasForMajorVersionUpgrade: UNKNOWN_TEXT }),
  },
  beside("places/read-replicas-aligned", { region: UNKNOWN_TEXT }, [
    "elsewhere",
    { region: "us-east1" },
    /^reader: got us-east1, want europe-west1 like the primary/,
  ]),
  {
    id: "places/disaster-recovery-apart",
    good: both(TAKES_OVER),
    bad: [
      {
        why: "in the same region",
        resources: both({ ...TAKES_OVER, region: "europe-west1" }),
        says: /^reader: got europe-west1, want another than the primary's europe-west1/,
        at: "reader",
      },
    ],
    unknown: both({ ...TAKES_OVER, region: UNKNOWN_TEXT }),
  },
  {
    id: "places/backups-outlive-region",
    good: [primary({ "settings.backupConfiguration.location": "eu" })],
    bad: [
      {
        why: "in its own",
        resources: [primary({ "settings.backupConfiguration.location": "europe-west1" })],
        says: /got europe-west1, the primary's own region, want another or a multi-region/,
      },
    ],
    unknown: [primary({ "settings.backupConfiguration.location": UNKNOWN_TEXT })],
  },
];

function zones(zone: string, secondaryZone: string): Change {
  return { "settings.locationPreference": { zone, secondaryZone } };
}
