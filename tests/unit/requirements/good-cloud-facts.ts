import assert from "node:assert/strict";
import { factsFromGcpSpec } from "../../../facts/from-spec-gcp.ts";
import type { FactsByTopic } from "../../../requirements/facts/facts-by-topic.ts";
import type { InstanceFacts } from "../../../requirements/facts/instances.ts";
import { isKnown } from "../../../requirements/known.ts";
import type { Topic } from "../../../requirements/requirement.ts";
import { resolveTopology } from "../../../topology/resolve.ts";
import type { SpecOf } from "../../../topology/spec.ts";

/** Topics that are judged on Cloud SQL, and not on Docker. */
export const ON_CLOUD_SQL_ONLY: ReadonlySet<Topic> = new Set(["connections", "instances", "places"]);

/** Production with everything: a reader, a replica for disaster recovery, managed pooling, a second copy, a service. */
export const CLOUD_SPEC: SpecOf<"gcp"> = {
  target: "gcp",
  environment: "prod",
  edition: "enterprise-plus",
  region: "europe-west4",
  replicas: { reader: {}, recovery: { purpose: "disaster-recovery", region: "europe-west1" } },
  backup: {
    pointInTimeDays: 14,
    secondCopy: {
      location: "europe-west1",
      encryptionKey: "projects/p/locations/europe-west1/keyRings/r/cryptoKeys/k",
    },
  },
  access: {
    network: { existing: "projects/p/global/networks/n", subnet: "projects/p/regions/europe-west4/subnetworks/s" },
    certificateAuthority: "customer",
    certificateAuthorityPool: "projects/p/locations/europe-west4/caPools/c",
  },
  service: { image: "registry.example/app@sha256:0" },
};

/** Flags that no wish has unless a user adds them. */
const GOOD_FLAGS = {
  "cloudsql.enable_pgaudit": "on",
  lock_timeout: "10000",
  log_duration: "on",
  log_hostname: "on",
  log_temp_files: "0",
  max_connections: "100",
  statement_timeout: "60000",
};

const wished = factsFromGcpSpec(resolveTopology(CLOUD_SPEC, "unit"));

/** What the wish says, and what the cloud would say of it. */
export const GOOD_CLOUD_FACTS: FactsByTopic = {
  ...wished,
  instances: {
    designated: "replica-recovery",
    instances: instancesOf(wished).map((instance) => ({ ...instance, ...goodInstance(instance) })),
  },
  connections: {
    opening: { asked: 20, opened: 20, timedOut: 0, medianMs: 20, worstMs: 90, reasons: [] },
    sharing: { clients: 21, serverConnections: 3 },
  },
};

/** What is good of an instance beside its wish; all that is off unless asked for, too. */
function goodInstance({ flags, part, region, role }: InstanceFacts): Partial<InstanceFacts> {
  assert.ok(isKnown(flags) && isKnown(region));
  return {
    state: "RUNNABLE",
    version: 18,
    versionDaysLeft: 1000,
    differences: [],
    flagDifferences: [],
    flags: { ...flags, ...GOOD_FLAGS },
    editionSaid: true,
    labels: ["owner"],
    ownKey: true,
    zone: `${region}-${part === "primary" ? "a" : "b"}`,
    standbyZone: `${region}-c`,
    diskGiB: role === "primary" ? 20 : undefined,
    diskSizeIgnored: true,
    readPool: undefined,
    certificateRotation: "AUTOMATIC_ROTATION_DURING_MAINTENANCE",
    connectorsOnly: true,
    looseNetworks: [],
    guarded: true,
    restores: [],
    removedFirst: false,
    createSeconds: 21_600,
    upgradesReplicas: true,
    ...(role === "primary" && { freezes: ["2027-01-05 to 2027-01-09"], leastPassword: 16 }),
  };
}

/** The instances of facts that have some. */
export function instancesOf(facts: FactsByTopic): readonly InstanceFacts[] {
  assert.ok(isKnown(facts.instances.instances));
  return facts.instances.instances;
}

/** The good facts with one instance that differs. */
export function withInstance(part: string, change: Partial<InstanceFacts>): FactsByTopic {
  const instances = instancesOf(GOOD_CLOUD_FACTS).map((one) => (one.part === part ? { ...one, ...change } : one));
  return { ...GOOD_CLOUD_FACTS, instances: { ...GOOD_CLOUD_FACTS.instances, instances } };
}

/** The good facts with something else in one topic. */
export function withCloudTopic<T extends keyof FactsByTopic>(topic: T, change: Partial<FactsByTopic[T]>): FactsByTopic {
  return { ...GOOD_CLOUD_FACTS, [topic]: { ...GOOD_CLOUD_FACTS[topic], ...change } };
}
