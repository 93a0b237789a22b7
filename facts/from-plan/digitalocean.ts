import type { ClusterMemberFacts, ClustersFacts } from "../../requirements/facts/clusters.ts";
import type { FactsByTopic } from "../../requirements/facts/facts-by-topic.ts";
import { NOTHING_KNOWN } from "../../requirements/facts/nothing-known.ts";
import type { PoolFacts, PoolingFacts } from "../../requirements/facts/pooling.ts";
import { Missing, UNKNOWN } from "../../requirements/known.ts";
import { PLATFORM_DECIDES } from "../platform-decides.ts";
import { spacesFacts } from "./any-provider/spaces.ts";
import { hostFacts } from "./digitalocean/machines.ts";
import { networkOf } from "./digitalocean/network.ts";
import { modeOf } from "./digitalocean/pools.ts";
import { listsElsewhere, serverFacts } from "./digitalocean/servers.ts";
import { type DigitalOceanPlan, digitalOceanPlan } from "./digitalocean/types.ts";
import type { PlanContext } from "./docker.ts";
import { type PlannedResource, text } from "./planned-resource.ts";
import type { TopicsAlone } from "./topics-alone.ts";

export { DIGITALOCEAN_TYPES } from "./digitalocean/types.ts";

const OWN = new Missing("not-applicable", "the pools are DigitalOcean's own, each with a size of its own");

/** What planned resources on DigitalOcean will be, made by this project's components or by anybody's. */
export function factsFromDigitalOceanPlan(
  resources: readonly PlannedResource[],
  now: Date,
): Pick<FactsByTopic, "bucket" | "clusters" | "host" | "pooling"> {
  const plan = digitalOceanPlan(resources);
  return {
    clusters: clusters(plan, { now }),
    pooling: pooling(plan),
    host: hostFacts(plan),
    bucket: spacesFacts(resources),
  };
}

/** The same of one resource, by topic. */
export const DIGITALOCEAN_ALONE: TopicsAlone = {
  clusters: ({ context, resources }) => clusters(digitalOceanPlan(resources), context),
  host: ({ resources }) => hostFacts(digitalOceanPlan(resources)),
  bucket: ({ resources }) => spacesFacts(resources),
};

function clusters(plan: DigitalOceanPlan, context: Pick<PlanContext, "now">): ClustersFacts {
  return {
    ...NOTHING_KNOWN.clusters,
    servers: serverFacts(plan, context),
    listsElsewhere: listsElsewhere(plan),
    machines: plan.droplet.map((droplet): ClusterMemberFacts => {
      const region = text(droplet.props, "region");
      return { name: droplet.name, region: region ?? UNKNOWN, network: networkOf(droplet, "vpcUuid") };
    }),
  };
}

/** What the running pool is judged on beside its mode is not the plan's to tell. */
function pooling(plan: DigitalOceanPlan): PoolingFacts {
  if (plan.pool.length === 0) return { ...NOTHING_KNOWN.pooling, enabled: false };
  const pools = plan.pool.map((pool): PoolFacts => ({ part: pool.name, mode: modeOf(pool) }));
  const own = { mode: OWN, writerPoolSize: OWN, readerPoolSize: OWN, maxClients: OWN, maxPreparedStatements: OWN };
  return { ...NOTHING_KNOWN.pooling, ...PLATFORM_DECIDES.pooling, ...own, enabled: true, pools };
}
