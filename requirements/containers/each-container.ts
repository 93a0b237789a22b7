import type { ContainerFacts, ContainersFacts } from "../facts/containers.ts";
import { type AllKnown, isKnown, type Known } from "../known.ts";
import type { Verdict } from "../requirement.ts";
import { every, known, none } from "../verdict.ts";

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

/** Fails on what is known and bad; what is not known of the others is no pass. */
export function noneOfKnown(
  values: readonly Known<string>[],
  fact: string,
  isBad: (value: string) => boolean,
  what: string,
): Verdict {
  const bad = values.filter(isKnown).filter(isBad);
  if (bad.length === 0 && !values.every(isKnown)) return { status: "unknown", missing: fact };
  return none(bad, what);
}
