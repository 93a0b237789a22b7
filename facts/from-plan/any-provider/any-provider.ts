import type { FactsByTopic } from "../../../requirements/facts/facts-by-topic.ts";
import { NOTHING_KNOWN } from "../../../requirements/facts/nothing-known.ts";
import { Missing } from "../../../requirements/known.ts";
import type { PlanContext } from "../docker.ts";
import type { PlannedResource } from "../planned-resource.ts";
import type { TopicsAlone } from "../topics-alone.ts";
import { ALERT_TYPES, alertsFacts, alertsOf } from "./alerts.ts";
import { FIRST_BOOT_TYPES, firstBootTexts } from "./first-boot.ts";
import { LIFECYCLE_TYPES, lifecycleFacts } from "./lifecycle.ts";
import { STACK_TYPES, stackFacts } from "./stack.ts";
import { USER_TYPES, usersFacts } from "./users.ts";

const OF_ONE_PROVIDER = new Missing("not-applicable", "each provider's own are judged by themselves");

/** Types that {@link factsOfAnyProvider} come from. */
export const ANY_PROVIDER_TYPES: readonly string[] = [
  ...ALERT_TYPES,
  ...FIRST_BOOT_TYPES,
  ...LIFECYCLE_TYPES,
  ...STACK_TYPES,
  ...USER_TYPES,
];

/** What holds of planned resources whatever provider makes them. */
export function factsOfAnyProvider(resources: readonly PlannedResource[], context: PlanContext): FactsByTopic {
  return {
    ...NOTHING_KNOWN,
    alerts: alertsFacts(resources),
    lifecycle: lifecycleFacts(resources),
    secrets: secretsFacts(resources),
    stack: stackFacts(resources, context.allowedRegions),
    users: usersFacts(resources),
  };
}

/** The same of one resource, by topic. */
export const ANY_PROVIDER_ALONE: TopicsAlone = {
  // What is watched of what, all of the plan tells.
  alerts: ({ resources }) => ({ ...NOTHING_KNOWN.alerts, alerts: alertsOf(resources) }),
  lifecycle: ({ resources }) => lifecycleFacts(resources),
  secrets: ({ resources }) => secretsFacts(resources),
  stack: ({ context, resources }) => stackFacts(resources, context.allowedRegions),
  users: ({ resources }) => usersFacts(resources),
};

function secretsFacts(resources: readonly PlannedResource[]): FactsByTopic["secrets"] {
  return {
    secrets: OF_ONE_PROVIDER,
    grants: OF_ONE_PROVIDER,
    keys: OF_ONE_PROVIDER,
    keyGrants: OF_ONE_PROVIDER,
    databaseRegions: OF_ONE_PROVIDER,
    firstBootTexts: firstBootTexts(resources),
  };
}
