import type { ContainerFacts, ContainersFacts } from "../facts/containers.ts";
import type { AllKnown } from "../known.ts";
import type { Verdict } from "../requirement.ts";
import { every, known } from "../verdict.ts";

/** Judges each container on the named facts; the failures of all are told at once. */
export function eachContainer<K extends keyof ContainerFacts>(
  facts: ContainersFacts,
  names: readonly K[],
  judge: (container: AllKnown<Pick<ContainerFacts, K>>) => Verdict,
): Verdict {
  return known(facts, ["containers"], ({ containers }) =>
    every(
      containers,
      (container) => container.name,
      (container) => known(container, names, judge),
      "there are no containers",
    ),
  );
}
