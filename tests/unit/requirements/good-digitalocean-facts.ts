import assert from "node:assert/strict";
import { factsFromDigitalOceanSpec } from "../../../facts/from-spec-digitalocean.ts";
import type { ClusterServerFacts } from "../../../requirements/facts/clusters.ts";
import type { FactsByTopic } from "../../../requirements/facts/facts-by-topic.ts";
import { isKnown } from "../../../requirements/known.ts";
import type { Topic } from "../../../requirements/requirement.ts";
import { resolveTopology } from "../../../topology/resolve.ts";
import type { SpecOf } from "../../../topology/spec.ts";
import { ON_CLOUD_SQL_ONLY } from "./good-cloud-facts.ts";

/** Topics that a stack elsewhere does not have. */
export const ON_DIGITALOCEAN_ONLY: ReadonlySet<Topic> = new Set(["bucket", "clusters", "host"]);

/** Topics that a stack on Docker does not have. */
export const IN_A_CLOUD_ONLY: ReadonlySet<Topic> = new Set([...ON_CLOUD_SQL_ONLY, ...ON_DIGITALOCEAN_ONLY]);

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
  host: { ...wished.data.host, state: "active", differences: [], inboundDifferences: [] },
};

/** The managed servers of facts that have some. */
export function serversOf(facts: FactsByTopic): readonly ClusterServerFacts[] {
  assert.ok(isKnown(facts.clusters.servers));
  return facts.clusters.servers;
}

/** The good facts with one managed server that differs. */
export function withServer(part: string, change: Partial<ClusterServerFacts>): FactsByTopic {
  const servers = serversOf(GOOD_PRIMARY_FACTS).map((one) => (one.part === part ? { ...one, ...change } : one));
  return { ...GOOD_PRIMARY_FACTS, clusters: { servers } };
}

/** The good facts of the data database with something else in one topic. */
export function withDataTopic<T extends keyof FactsByTopic>(topic: T, change: Partial<FactsByTopic[T]>): FactsByTopic {
  return { ...GOOD_DATA_FACTS, [topic]: { ...GOOD_DATA_FACTS[topic], ...change } };
}
