import type { FactsByTopic } from "./facts/facts-by-topic.ts";
import type { Floors } from "./floors.ts";
import { type Levels, levelOf } from "./levels.ts";
import type { Requirement, Verdict, Witness } from "./requirement.ts";

/** A requirement with what was said of it. */
export interface Judged {
  readonly requirement: Requirement;
  readonly witness: Witness;
  readonly verdict: Verdict;
}

/** Judges every requirement that the witness can know the facts of and that is not off, in the order of the list. */
export function judgeAll(
  requirements: readonly Requirement[],
  facts: FactsByTopic,
  witness: Witness,
  floors: Floors,
  levels?: Levels,
): Judged[] {
  const judged: Judged[] = [];
  // A loop: for every resource of a stack each requirement is looked at.
  for (const requirement of requirements) {
    if (!requirement.witnesses.includes(witness)) continue;
    if (levelOf(requirement, floors.environment, levels) === "off") continue;
    judged.push({ requirement, witness, verdict: requirement.check(facts[requirement.topic], floors) });
  }
  return judged;
}
