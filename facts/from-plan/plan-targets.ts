import type { FactsByTopic } from "../../requirements/facts/facts-by-topic.ts";
import { NOTHING_KNOWN } from "../../requirements/facts/nothing-known.ts";
import type { Topic } from "../../requirements/requirement.ts";
import { ANY_PROVIDER_ALONE, ANY_PROVIDER_TYPES, factsOfAnyProvider } from "./any-provider/any-provider.ts";
import { DIGITALOCEAN_ALONE, DIGITALOCEAN_TYPES, factsFromDigitalOceanPlan } from "./digitalocean.ts";
import { CONTAINER_ALONE, factsFromDockerPlan, type PlanContext } from "./docker.ts";
import { CONTAINER_TYPE } from "./docker-container.ts";
import { AROUND_GCP_ALONE, AROUND_GCP_TYPES } from "./gcp/around.ts";
import { factsFromGcpPlan } from "./gcp/gcp.ts";
import { INSTANCE_ALONE, INSTANCE_TOPICS } from "./gcp/instances.ts";
import { GCP_TYPES } from "./gcp/resource-types.ts";
import type { PlannedResource } from "./planned-resource.ts";
import type { TopicsAlone } from "./topics-alone.ts";

/** A kind of place that planned resources are made in, and what can be known of them. */
export interface PlanTarget {
  readonly name: "docker" | "gcp" | "digitalocean" | "any";
  /** Resources that facts come from; a plan without any of them is not judged here. */
  readonly types: ReadonlySet<string>;
  /** Topics whose facts are lists of single resources: a rule that joins nothing is judged on each by itself. */
  readonly perResource: readonly Topic[];
  /** Topics that all resources together tell about. */
  readonly whole: readonly Topic[];
  readonly facts: (resources: readonly PlannedResource[], context: PlanContext) => FactsByTopic;
  /** What one resource of a type is judged on: those of the topics of single resources that can be about it. */
  readonly alone: (type: string) => TopicsAlone;
}

/** Every one; a topic that a target does not list is not judged there. */
export const PLAN_TARGETS: readonly PlanTarget[] = [
  {
    name: "docker",
    types: new Set([CONTAINER_TYPE]),
    perResource: ["containers"],
    whole: ["access", "backup", "encryption", "network", "pooling", "protection", "replication", "settings"],
    facts: factsFromDockerPlan,
    alone: () => CONTAINER_ALONE,
  },
  {
    name: "digitalocean",
    types: new Set(Object.values(DIGITALOCEAN_TYPES)),
    perResource: ["bucket", "clusters", "host"],
    whole: ["pooling"],
    facts: (resources, { now = new Date() }) => ({ ...NOTHING_KNOWN, ...factsFromDigitalOceanPlan(resources, now) }),
    alone: () => DIGITALOCEAN_ALONE,
  },
  {
    name: "gcp",
    types: new Set([GCP_TYPES.instance, ...AROUND_GCP_TYPES]),
    perResource: [...INSTANCE_TOPICS.perResource, "bucket", "identities", "network", "secrets", "services"],
    whole: [...INSTANCE_TOPICS.whole],
    facts: factsFromGcpPlan,
    alone: (type) => (type === GCP_TYPES.instance ? INSTANCE_ALONE : AROUND_GCP_ALONE),
  },
  {
    name: "any",
    types: new Set(ANY_PROVIDER_TYPES),
    perResource: ["alerts", "lifecycle", "secrets", "stack", "users"],
    whole: [],
    facts: factsOfAnyProvider,
    alone: () => ANY_PROVIDER_ALONE,
  },
];
