import type { PlanCase } from "../plan-case.ts";
import { UNKNOWN_TEXT } from "../policy-rpc.ts";
import { bucket, gcp, primary, type SentOptions, sent } from "./gcp-resources.ts";

const VOLUME = "docker:index/volume:Volume";
const DO_REPLICA = "digitalocean:index/databaseReplica:DatabaseReplica";

function replica(options: SentOptions) {
  return sent(DO_REPLICA, "reader", { region: "nyc3" }, options);
}

function key(options: SentOptions) {
  return gcp("key", "key", { keyRing: "projects/p/locations/eu/keyRings/r", rotationPeriod: "7776000s" }, options);
}

function database(change: object, options: SentOptions) {
  return gcp("database", "db", { instance: "i", ...change }, options);
}

const OPEN = { protect: false };

export const CASES: readonly PlanCase[] = [
  {
    id: "lifecycle/protected",
    good: [primary(), bucket(), key({}), database({ deletionPolicy: "ABANDON" }, OPEN)],
    bad: [
      {
        why: "an instance",
        resources: [primary({}, OPEN)],
        says: /^app-primary: got a Cloud SQL instance with protect false/,
      },
      { why: "a bucket", resources: [bucket({}, OPEN)], says: /^exports: got a bucket with protect false/ },
      { why: "a key", resources: [key(OPEN)], says: /^key: got a key with protect false/ },
      { why: "a database", resources: [database({}, OPEN)], says: /^db: got a database with protect false/ },
    ],
    unknown: [database({ deletionPolicy: UNKNOWN_TEXT }, OPEN)],
  },
  {
    id: "lifecycle/replacement-first",
    good: [bucket(), bucket({}, { deleteBeforeReplace: false })],
    bad: [
      {
        why: "a bucket",
        resources: [bucket({}, { deleteBeforeReplace: true })],
        says: /^exports: got a bucket with deleteBeforeReplace, want none/,
      },
      {
        why: "a volume of Docker",
        resources: [sent(VOLUME, "data", { name: "data" }, { deleteBeforeReplace: true })],
        says: /^data: got a volume with deleteBeforeReplace/,
      },
    ],
  },
  {
    id: "lifecycle/time-to-copy",
    good: [replica({ timeouts: { create: 21_600 } })],
    bad: [
      { why: "a replica", resources: [replica({})], says: /^reader: got the provider's own time for its creation/ },
    ],
  },
];
