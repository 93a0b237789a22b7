import type { FactsByTopic } from "../../requirements/facts/facts-by-topic.ts";
import type { Topic } from "../../requirements/requirement.ts";
import type { PlanContext } from "./docker.ts";
import type { PlannedResource } from "./planned-resource.ts";

/** One resource by itself, as a plan of its own. */
export interface PlanOfOne {
  readonly resources: readonly [PlannedResource];
  readonly context: PlanContext;
}

/**
 * What one resource by itself is judged on, by topic: each is read when a requirement asks for it. Of a resource that it
 * is not about, a topic looks at nothing but the type: `policies/asked-alone.ts` lives from that.
 */
export type TopicsAlone = { readonly [T in Topic]?: (plan: PlanOfOne) => FactsByTopic[T] };
