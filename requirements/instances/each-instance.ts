import type { InstanceFacts, InstancesFacts } from "../facts/instances.ts";
import type { AllKnown } from "../known.ts";
import type { Verdict } from "../requirement.ts";
import { every, known, notApplicable } from "../verdict.ts";

/** Judges each instance on the named facts; the failures of all are told at once. */
export function eachInstance<K extends keyof InstanceFacts>(
  facts: InstancesFacts,
  names: readonly K[],
  judge: (instance: AllKnown<Pick<InstanceFacts, K>>, whole: InstanceFacts) => Verdict,
): Verdict {
  return known(facts, ["instances"], ({ instances }) =>
    every(
      instances,
      (instance) => instance.part,
      (instance) => known(instance, names, (named) => judge(named, instance)),
      "there are no instances",
    ),
  );
}

/** Judges the primary alone: a replica has no backups and no maintenance window of its own. */
export function thePrimary<K extends keyof InstanceFacts>(
  facts: InstancesFacts,
  names: readonly K[],
  judge: (instance: AllKnown<Pick<InstanceFacts, K>>) => Verdict,
): Verdict {
  return known(facts, ["instances"], ({ instances }) =>
    every(
      instances.filter(({ role }) => role === "primary"),
      (instance) => instance.part,
      (instance) => known(instance, names, judge),
      "there is no primary",
    ),
  );
}

/** Judges each replica beside the primary. */
export function eachBesidePrimary<K extends keyof InstanceFacts>(
  facts: InstancesFacts,
  names: readonly K[],
  judge: (replica: AllKnown<Pick<InstanceFacts, K>>, primary: AllKnown<Pick<InstanceFacts, K>>) => Verdict,
): Verdict {
  return known(facts, ["instances"], ({ instances }) => {
    const primary = instances.find(({ role }) => role === "primary");
    if (primary === undefined) return notApplicable("there is no primary");
    return every(
      instances.filter(({ role }) => role !== "primary"),
      (instance) => instance.part,
      (instance) => known(primary, names, (above) => known(instance, names, (below) => judge(below, above))),
      "there are no replicas",
    );
  });
}
