import { type Alone, PLAN_TARGETS, type PlanTarget } from "../facts/from-plan/plan-targets.ts";
import type { PlannedResource } from "../facts/from-plan/planned-resource.ts";
import { CATALOGUE } from "../requirements/catalogue.ts";
import type { Environment } from "../requirements/floors.ts";
import { type Judged, judgeAll } from "../requirements/judge.ts";
import type { Requirement, Topic } from "../requirements/requirement.ts";
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

/** What is judged of a target, found once: a stack has many resources. */
const MEANT = new Map(
  PLAN_TARGETS.map((target) => {
    const topics: readonly Topic[] = [...target.perResource, ...target.whole];
    const own = CATALOGUE.filter(({ topic, witnesses }) => topics.includes(topic) && witnesses.includes("plan"));
    const isAlone = ({ joins, topic }: Requirement) => target.perResource.includes(topic) && joins !== true;
    const alone = own.filter(isAlone);
    const byType = Object.entries(target.alone ?? {}).map(
      ([type, { topics: few }]) => [type, alone.filter(({ topic }) => few.includes(topic))] as const,
    );
    // What one type has for itself is no question for the others.
    const taken = new Set(byType.flatMap(([, requirements]) => requirements));
    const others = alone.filter((one) => !taken.has(one));
    return [target, { others, byType: new Map(byType), together: own.filter((one) => !isAlone(one)) }] as const;
  }),
);

/** What a resource must be by itself: judged as soon as it is registered, before it is made. */
export function judgeResource(resource: PlannedResource, settings: PolicySettings, now?: Date): JudgedResources {
  const context = packContext(settings, [resource], now);
  const judged = PLAN_TARGETS.filter(({ types }) => types.has(resource.type)).flatMap((target) => {
    const { others = [], byType } = MEANT.get(target) ?? {};
    const facts = (target.alone?.[resource.type] ?? ofAll(target)).facts(resource, context);
    const meant = byType?.get(resource.type) ?? others;
    return judgeAll(meant, facts, "plan", context.floors, settings.levels);
  });
  return { judged, resources: [resource], environment: context.floors.environment };
}

function ofAll(target: PlanTarget): Pick<Alone, "facts"> {
  return { facts: (resource, context) => target.facts([resource], context) };
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
      const meant = MEANT.get(target)?.together ?? [];
      const judged = judgeAll(meant, target.facts(own, ofOwn), "plan", context.floors, settings.levels);
      // A thing's name ends the names of others, too: its zone's, its record's.
      const named = own.filter(({ type }) => target.types.has(type));
      return { judged, resources: named, environment: context.floors.environment };
    });
  });
}
