import type { FactsByTopic } from "./facts/facts-by-topic.ts";
import type { Floors } from "./floors.ts";
import type { Requirement, Verdict, Witness } from "./requirement.ts";

/** A requirement with what was said of it. */
export interface Judged {
  readonly requirement: Requirement;
  readonly witness: Witness;
  readonly verdict: Verdict;
}

/** Judges every requirement that the witness can know the facts of, in the order of the list. */
export function judgeAll(
  requirements: readonly Requirement[],
  facts: FactsByTopic,
  witness: Witness,
  floors: Floors,
): Judged[] {
  return requirements
    .filter((requirement) => requirement.witnesses.includes(witness))
    .map((requirement) => ({
      requirement,
      witness,
      verdict: requirement.check(facts[requirement.topic], floors),
    }));
}
