import { PLAN_TARGETS } from "../facts/from-plan/plan-targets.ts";
import type { PlannedResource } from "../facts/from-plan/planned-resource.ts";
import type { PlanOfOne } from "../facts/from-plan/topics-alone.ts";
import { CATALOGUE } from "../requirements/catalogue.ts";
import type { FactsByTopic } from "../requirements/facts/facts-by-topic.ts";
import type { Environment } from "../requirements/floors.ts";
import { type Judged, judgeAll } from "../requirements/judge.ts";
import type { Requirement, Topic } from "../requirements/requirement.ts";
import { type Asked, askedAlone } from "./asked-alone.ts";
import { byTopology } from "./by-topology.ts";
import { packContext } from "./pack-context.ts";
import type { PolicySettings } from "./settings.ts";

/** What was said of some resources, judged together. */
export interface JudgedResources {
  readonly judged: readonly Judged[];
  /** Those that were judged, for the names in what was said. */
  readonly resources: readonly PlannedResource[];
  /** Which floors they were judged by. */
  readonly environment: Environment;
}

/** What all resources of a target are asked together, found once: a stack may have many databases. */
const TOGETHER = new Map(
  PLAN_TARGETS.map((target) => {
    const isAsked = ({ joins, topic }: Requirement) =>
      target.perResource.includes(topic) ? joins === true : target.whole.includes(topic);
    return [target, CATALOGUE.filter((one) => isAsked(one) && one.witnesses.includes("plan"))] as const;
  }),
);

/** What a resource must be by itself: judged as soon as it is registered, before it is made. */
export function judgeResource(resource: PlannedResource, settings: PolicySettings, now?: Date): JudgedResources {
  const context = packContext(settings, [resource], now);
  const plan: PlanOfOne = { resources: [resource], context };
  const facts = new Map<Asked["read"], FactsByTopic[Topic]>();
  const judged = askedAlone(resource.type, context.floors, settings.levels).map((one): Judged => {
    if ("verdict" in one) return one;
    const { read, requirement } = one;
    const own = facts.get(read) ?? read(plan);
    facts.set(read, own);
    return { requirement, witness: "plan", verdict: requirement.check(own, context.floors) };
  });
  return { judged, resources: plan.resources, environment: context.floors.environment };
}

/** What resources must be together: judged when all of them are known. Each topology of a stack is judged by itself. */
export function judgeWhole(
  resources: readonly PlannedResource[],
  settings: PolicySettings,
  now?: Date,
): JudgedResources[] {
  const context = packContext(settings, resources, now);
  return PLAN_TARGETS.flatMap((target) => {
    if (!resources.some(({ type }) => target.types.has(type))) return [];
    const topologies = target.name === "docker" ? byTopology(resources) : [resources];
    return topologies.map((own) => {
      const ofOwn = {
        ...context,
        all: resources,
        // Of a stack with many databases few ask for them.
        get others() {
          const mine = new Set(own);
          return resources.filter((resource) => !mine.has(resource));
        },
      };
      const meant = TOGETHER.get(target) ?? [];
      const judged = judgeAll(meant, target.facts(own, ofOwn), "plan", context.floors, settings.levels);
      // A thing's name ends the names of others, too: its zone's, its record's.
      const named = own.filter(({ type }) => target.types.has(type));
      return { judged, resources: named, environment: context.floors.environment };
    });
  });
}
