import type { PlanCase } from "../plan-case.ts";
import { UNKNOWN_TEXT } from "../policy-rpc.ts";
import { alone, flag, primary, replica } from "./planned-instances.ts";

const POOL = [{ connectionPoolingEnabled: true, flags: [{ name: "max_pool_size", value: "20" }] }];
const ENTERPRISE = {
  "settings.edition": "ENTERPRISE",
  "settings.tier": "db-custom-2-8192",
  "settings.backupConfiguration.transactionLogRetentionDays": 7,
};
const READ_POOL = { instanceType: "READ_POOL_INSTANCE", nodeCount: 2 };
const SCALED = { enabled: true, minNodeCount: 2, maxNodeCount: 6 };

/** One instance by itself: what a program says of it, and what the cloud would refuse. */
export const CASES: readonly PlanCase[] = [
  alone("instances/edition-said", "settings", [
    "since 16",
    { "settings.edition": undefined },
    /^db: got no edition \(ENTERPRISE_PLUS of PostgreSQL 17\)/,
  ]),
  alone("instances/machine-for-environment", "settings.tier", [
    "a shared core",
    { "settings.tier": "db-f1-micro" },
    /^db: got db-f1-micro, want cores of its own/,
  ]),
  {
    ...alone("instances/newest-version", "databaseVersion", ["17", {}, /^db: got PostgreSQL 17, want 18/]),
    good: [primary({ databaseVersion: "POSTGRES_18" })],
  },
  alone("instances/version-cared-for", "databaseVersion", [
    "ended",
    { databaseVersion: "POSTGRES_13" },
    /^db: got PostgreSQL 13 with -\d+ days left, want 180/,
  ]),
  {
    ...alone("instances/own-key", undefined, ["Google's", {}, /^db: got Google's key/]),
    good: [primary({ encryptionKeyName: "projects/p/locations/europe-west1/keyRings/r/cryptoKeys/k" })],
  },
  alone(
    "instances/password-policy",
    "settings.passwordValidationPolicy.minLength",
    ["none", { "settings.passwordValidationPolicy": undefined }, /^db: got no length, want 12/],
    ["off", { "settings.passwordValidationPolicy.enablePasswordPolicy": false }, /^db: got no length/],
    ["short", { "settings.passwordValidationPolicy.minLength": 8 }, /^db: got 8 characters, want 12/],
  ),
  alone("instances/labelled", "settings.userLabels", [
    "none",
    { "settings.userLabels": undefined },
    /^db: got 0 labels, want 1 or more/,
  ]),
  alone(
    "instances/flags-valid",
    "settings.databaseFlags",
    ["refused", flag("wal_level", "logical"), /^db: flags: wal_level is refused/],
    [
      "of another version",
      flag("autovacuum_worker_slots", "16"),
      /autovacuum_worker_slots is unknown to PostgreSQL 17/,
    ],
    ["a value that is none", flag("work_mem", "much"), /^db: flags: work_mem: want/],
    ["a switch of the cloud's", flag("cloudsql.enable_pg_cron", "1"), /enable_pg_cron: want on or off/],
  ),
  {
    id: "instances/managed-pooling-possible",
    good: [primary({ "settings.connectionPoolConfigs": POOL })],
    bad: [
      {
        why: "in ENTERPRISE",
        resources: [primary({ ...ENTERPRISE, "settings.connectionPoolConfigs": POOL })],
        says: /^db: got pooling in ENTERPRISE, want ENTERPRISE_PLUS/,
      },
    ],
    unknown: [primary({ "settings.connectionPoolConfigs": UNKNOWN_TEXT })],
  },
  {
    id: "instances/read-pool-possible",
    good: [replica(READ_POOL), replica({ ...READ_POOL, "settings.readPoolAutoScaleConfig": SCALED })],
    bad: [
      { why: "too many", resources: [replica({ ...READ_POOL, nodeCount: 21 })], says: /^reader: got 21 to 21 nodes/ },
      {
        why: "upside down",
        resources: [replica({ ...READ_POOL, "settings.readPoolAutoScaleConfig": { ...SCALED, minNodeCount: 7 } })],
        says: /got 7 to 6 nodes, want from 1 to 20/,
      },
      {
        why: "in ENTERPRISE",
        resources: [replica({ ...READ_POOL, "settings.edition": "ENTERPRISE" })],
        says: /^reader: got a read pool in ENTERPRISE/,
      },
    ],
    unknown: [replica({ ...READ_POOL, nodeCount: UNKNOWN_TEXT })],
  },
  {
    id: "instances/connections-fit-memory",
    good: [primary(flag("max_connections", "400"))],
    bad: [
      {
        why: "more than the memory bears",
        resources: [primary(flag("max_connections", "4000"))],
        says: /^db: got max_connections 4000 on 16384 MiB, want 2048 at most/,
      },
    ],
    unknown: [primary({ ...flag("max_connections", "400"), "settings.tier": UNKNOWN_TEXT })],
  },
  {
    id: "pooling/fits-server",
    good: [primary({ "settings.connectionPoolConfigs": POOL })],
    bad: [
      {
        why: "more than the server has",
        resources: [
          primary({
            "settings.connectionPoolConfigs": [
              { connectionPoolingEnabled: true, flags: [{ name: "max_pool_size", value: "600" }] },
            ],
          }),
        ],
        says: /got a pool of 600, want \d+ at most/,
      },
    ],
    unknown: [primary({ "settings.connectionPoolConfigs": [{ connectionPoolingEnabled: true }] })],
  },
  {
    id: "instances/not-removed-first",
    good: [primary({}, { deleteBeforeReplace: false })],
    bad: [
      {
        why: "asked for",
        resources: [primary({}, { deleteBeforeReplace: true })],
        says: /^db: got deleteBeforeReplace/,
      },
    ],
  },
  {
    id: "instances/grown-disk-left-alone",
    good: [primary({}, { ignoreChanges: ["settings.diskSize"] })],
    bad: [
      { why: "not ignored", resources: [primary({}, { ignoreChanges: [] })], says: /^db: got 20 GiB at every update/ },
    ],
    unknown: [primary({ "settings.diskSize": UNKNOWN_TEXT })],
  },
  {
    id: "instances/replica-has-time",
    good: [replica()],
    bad: [
      {
        why: "the provider's own",
        resources: [replica({}, { timeouts: {} })],
        says: /^reader: got the provider's own/,
      },
      {
        why: "too little",
        resources: [replica({}, { timeouts: { create: 600 } })],
        says: /^reader: got 600 s, want 7200/,
      },
    ],
  },
];
