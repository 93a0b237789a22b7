import { PLAN_TARGETS } from "../facts/from-plan/plan-targets.ts";
import type { PlanOfOne, TopicsAlone } from "../facts/from-plan/topics-alone.ts";
import { CATALOGUE } from "../requirements/catalogue.ts";
import type { FactsByTopic } from "../requirements/facts/facts-by-topic.ts";
import type { Floors } from "../requirements/floors.ts";
import type { Judged } from "../requirements/judge.ts";
import { levelOf, type Levels } from "../requirements/levels.ts";
import type { Requirement, Topic } from "../requirements/requirement.ts";

/** A requirement that looks at a resource, with the reader of what it looks at. */
export interface Asked {
  readonly requirement: Requirement;
  readonly read: (plan: PlanOfOne) => FactsByTopic[Topic];
}

/** What a resource by itself is asked; or what is said already, because it is the same of every resource of its type. */
type AskedAlone = Asked | Judged;

const NO_LEVELS: Levels = {};

/** By floors, by levels, by type: a stack has many resources, and they differ in little. */
const FOUND = new WeakMap<Floors, WeakMap<Levels, Map<string, readonly AskedAlone[]>>>();

/** What a resource of a type is asked by itself, in the order of the catalogue. */
export function askedAlone(type: string, floors: Floors, levels: Levels = NO_LEVELS): readonly AskedAlone[] {
  const byLevels = FOUND.get(floors) ?? new WeakMap<Levels, Map<string, readonly AskedAlone[]>>();
  FOUND.set(floors, byLevels);
  const byType = byLevels.get(levels) ?? new Map<string, readonly AskedAlone[]>();
  byLevels.set(levels, byType);
  const asked = byType.get(type) ?? findAsked(type, floors, levels);
  byType.set(type, asked);
  return asked;
}

function findAsked(type: string, floors: Floors, levels: Levels): readonly AskedAlone[] {
  return PLAN_TARGETS.filter(({ types }) => types.has(type)).flatMap(({ alone, perResource }) => {
    const readers = alone(type);
    const meant = CATALOGUE.filter(
      (one) =>
        perResource.includes(one.topic) &&
        one.joins !== true &&
        one.topic in readers &&
        one.witnesses.includes("plan") &&
        levelOf(one, floors.environment, levels) !== "off",
    );
    const said = new Map(
      [...new Set(meant.map(({ topic }) => topic))].flatMap((topic) =>
        saidOfType(
          type,
          readers,
          meant.filter((one) => one.topic === topic),
          floors,
        ),
      ),
    );
    return meant.map((requirement) => said.get(requirement) ?? { requirement, read: readerOf(readers, requirement) });
  });
}

function readerOf(readers: TopicsAlone, { topic }: Requirement): Asked["read"] {
  const read = readers[topic];
  if (read === undefined) throw new Error(`nothing reads ${topic} of one resource`);
  return read;
}

/**
 * What is said of every resource of a type, by requirements of one topic: where neither the reader nor they look at
 * anything of a resource but its type, nor at what else is known of the stack, there is nothing that could make another
 * verdict. So it is tried with a resource that notices a look.
 */
function saidOfType(
  type: string,
  readers: TopicsAlone,
  requirements: readonly Requirement[],
  floors: Floors,
): (readonly [Requirement, Judged])[] {
  const [first] = requirements;
  if (first === undefined) return [];
  const looked = { at: false };
  const noticing = <T extends object>(object: T): T => {
    const notice = (): void => void (looked.at = true);
    return new Proxy(object, {
      get: (target, name) => (name === "type" || notice(), Reflect.get(target, name)),
      has: (target, name) => (notice(), Reflect.has(target, name)),
      ownKeys: (target) => (notice(), Reflect.ownKeys(target)),
    });
  };
  const resource = noticing({ type, urn: "", name: "", props: {} });
  const plan: PlanOfOne = { resources: [resource], context: noticing({ wishedAddresses: [] }) };
  const facts = readerOf(readers, first)(plan);
  const said = requirements.map(
    (requirement) =>
      [requirement, { requirement, witness: "plan", verdict: requirement.check(facts, floors) }] as const,
  );
  return looked.at ? [] : said;
}
