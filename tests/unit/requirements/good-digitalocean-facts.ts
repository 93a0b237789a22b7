import assert from "node:assert/strict";
import { factsFromDigitalOceanSpec } from "../../../facts/from-spec-digitalocean.ts";
import type { StoredBucket } from "../../../requirements/facts/bucket.ts";
import type { ClusterPoolFacts, ClusterServerFacts, ClustersFacts } from "../../../requirements/facts/clusters.ts";
import type { FactsByTopic } from "../../../requirements/facts/facts-by-topic.ts";
import type { FirewallFacts } from "../../../requirements/facts/host.ts";
import { isKnown } from "../../../requirements/known.ts";
import type { Topic } from "../../../requirements/requirement.ts";
import { resolveTopology } from "../../../topology/resolve.ts";
import type { SpecOf } from "../../../topology/spec.ts";
import { ON_CLOUD_SQL_ONLY } from "./good-cloud-facts.ts";

/** Topics that a stack elsewhere does not have. */
export const ON_DIGITALOCEAN_ONLY: ReadonlySet<Topic> = new Set(["bucket", "clusters", "host"]);

/** Topics of what stands around a database in a cloud; tests/unit/policies/cases has a case for each side of theirs. */
const AROUND_A_DATABASE = ["alerts", "identities", "lifecycle", "secrets", "services", "stack", "users"] as const;

/** Topics that a stack on Docker does not have. */
export const IN_A_CLOUD_ONLY: ReadonlySet<Topic> = new Set<Topic>([
  ...ON_CLOUD_SQL_ONLY,
  ...ON_DIGITALOCEAN_ONLY,
  ...AROUND_A_DATABASE,
]);

/** What of a network is a cloud's. */
export const OF_A_VPC: readonly string[] = [
  "network/database-not-world-open",
  "network/no-wide-port-range",
  "network/private-google-access",
  "network/flow-logged",
];

/** Production with everything: a standby, a replica, a pool, a data host with a bucket. */
export const DIGITALOCEAN_SPEC: SpecOf<"digitalocean"> = {
  target: "digitalocean",
  environment: "prod",
  region: "nyc3",
  size: { tier: "db-s-2vcpu-4gb" },
  replicas: { reader: {} },
  data: { size: { tier: "s-2vcpu-4gb" } },
  access: {
    sources: ["198.51.100.7/32"],
    network: { existing: "d455e75d-4858-4eec-8c95-da2f0a5f93a7" },
    ssh: { keys: ["12345"], sources: ["203.0.113.0/24"] },
  },
};

const NETWORK = { cidr: "10.77.0.0/20", dataHostId: "4711" };
const DIGITALOCEAN_TOPOLOGY = resolveTopology(DIGITALOCEAN_SPEC, "unit");

const wished = factsFromDigitalOceanSpec(DIGITALOCEAN_TOPOLOGY, NETWORK);
assert.ok(wished.data);

/** What the wish says of the managed primary, and what the platform would say of it. */
export const GOOD_PRIMARY_FACTS: FactsByTopic = {
  ...wished.primary,
  clusters: {
    ...wished.primary.clusters,
    servers: serversOf(wished.primary).map((server) => ({
      ...server,
      state: "online",
      versionDaysLeft: 1000,
      differences: [],
      sourceDifferences: [],
    })),
  },
};

/** The same of the data database. */
export const GOOD_DATA_FACTS: FactsByTopic = {
  ...wished.data,
  host: {
    ...wished.data.host,
    firewalls: firewallsOf(wished.data).map((firewall) => ({ ...firewall, outbound: [] })),
    state: "active",
    differences: [],
    inboundDifferences: [],
  },
};

/** The managed servers of facts that have some. */
export function serversOf(facts: FactsByTopic): readonly ClusterServerFacts[] {
  assert.ok(isKnown(facts.clusters.servers));
  return facts.clusters.servers;
}

function firewallsOf(facts: FactsByTopic): readonly FirewallFacts[] {
  assert.ok(isKnown(facts.host.firewalls));
  return facts.host.firewalls;
}

/** The good facts with something else about the servers together. */
export function withClusters(change: Partial<ClustersFacts>): FactsByTopic {
  return { ...GOOD_PRIMARY_FACTS, clusters: { ...GOOD_PRIMARY_FACTS.clusters, ...change } };
}

/** The good facts with one pool. */
export function withPools(change: Partial<ClusterPoolFacts>): FactsByTopic {
  const pool = { name: "pool", mode: "transaction", size: 15, userMade: true, databaseMade: true, ...change };
  return withServer("primary", { pools: [pool] });
}

/** The good facts with one managed server that differs. */
export function withServer(part: string, change: Partial<ClusterServerFacts>): FactsByTopic {
  const servers = serversOf(GOOD_PRIMARY_FACTS).map((one) => (one.part === part ? { ...one, ...change } : one));
  return withClusters({ servers });
}

/** The good facts of the data database with something else in one topic. */
export function withDataTopic<T extends keyof FactsByTopic>(topic: T, change: Partial<FactsByTopic[T]>): FactsByTopic {
  return { ...GOOD_DATA_FACTS, [topic]: { ...GOOD_DATA_FACTS[topic], ...change } };
}

/** The good facts of the data database with a bucket that differs. */
export function withBucket(change: Partial<StoredBucket>): FactsByTopic {
  const { buckets } = GOOD_DATA_FACTS.bucket;
  assert.ok(isKnown(buckets));
  return withDataTopic("bucket", { buckets: buckets.map((bucket) => ({ ...bucket, ...change })) });
}
