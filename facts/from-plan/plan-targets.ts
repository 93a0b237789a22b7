import type { FactsByTopic } from "../../requirements/facts/facts-by-topic.ts";
import { NOTHING_KNOWN } from "../../requirements/facts/nothing-known.ts";
import type { Topic } from "../../requirements/requirement.ts";
import { ANY_PROVIDER_TYPES, factsOfAnyProvider } from "./any-provider/any-provider.ts";
import { DIGITALOCEAN_TYPES, factsFromDigitalOceanPlan } from "./digitalocean.ts";
import { factsFromDockerContainer, factsFromDockerPlan, type PlanContext } from "./docker.ts";
import { CONTAINER_TYPE } from "./docker-container.ts";
import { AROUND_GCP_TYPES } from "./gcp/around.ts";
import { factsFromGcpInstance, factsFromGcpPlan } from "./gcp/gcp.ts";
import { INSTANCE_TYPE } from "./gcp/instance-names.ts";
import { INSTANCE_TOPICS } from "./gcp/instances.ts";
import type { PlannedResource } from "./planned-resource.ts";

/** A kind of place that planned resources are made in, and what can be known of them. */
export interface PlanTarget {
  readonly name: "docker" | "gcp" | "digitalocean" | "any";
  /** Resources that facts come from; a plan without any of them is not judged here. */
  readonly types: ReadonlySet<string>;
  /** Topics whose facts are lists of single resources: a rule that joins nothing is judged on each by itself. */
  readonly perResource: readonly Topic[];
  /** Topics that all resources together tell about. */
  readonly whole: readonly Topic[];
  facts(resources: readonly PlannedResource[], context: PlanContext): FactsByTopic;
  /** By type: what one resource of it is judged on, where that is less than all topics of single resources. */
  readonly alone?: Readonly<Record<string, Alone>>;
}

/** How the most frequent types are judged by themselves: what is about others is not even asked. */
export interface Alone {
  readonly topics: readonly Topic[];
  facts(resource: PlannedResource, context: PlanContext): FactsByTopic;
}

/** Every one; a topic that a target does not list is not judged there. */
export const PLAN_TARGETS: readonly PlanTarget[] = [
  {
    name: "docker",
    types: new Set([CONTAINER_TYPE]),
    perResource: ["containers"],
    whole: ["access", "backup", "encryption", "network", "pooling", "protection", "replication", "settings"],
    facts: factsFromDockerPlan,
    alone: { [CONTAINER_TYPE]: { topics: ["containers"], facts: factsFromDockerContainer } },
  },
  {
    name: "digitalocean",
    types: new Set(Object.values(DIGITALOCEAN_TYPES)),
    perResource: ["bucket", "clusters", "host"],
    whole: ["pooling"],
    facts: (resources, { now = new Date() }) => ({ ...NOTHING_KNOWN, ...factsFromDigitalOceanPlan(resources, now) }),
  },
  {
    name: "gcp",
    types: new Set([INSTANCE_TYPE, ...AROUND_GCP_TYPES]),
    perResource: [...INSTANCE_TOPICS.perResource, "bucket", "identities", "network", "secrets", "services"],
    whole: [...INSTANCE_TOPICS.whole],
    facts: factsFromGcpPlan,
    alone: { [INSTANCE_TYPE]: { topics: INSTANCE_TOPICS.perResource, facts: factsFromGcpInstance } },
  },
  {
    name: "any",
    types: new Set(ANY_PROVIDER_TYPES),
    perResource: ["alerts", "lifecycle", "secrets", "stack", "users"],
    whole: [],
    facts: factsOfAnyProvider,
  },
];
