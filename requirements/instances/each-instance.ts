import type { InstanceFacts, InstancesFacts } from "../facts/instances.ts";
import { type AllKnown, isKnown } from "../known.ts";
import type { Verdict } from "../requirement.ts";
import { absence, every, known, notApplicable } from "../verdict.ts";

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

/** Judges each replica beside its primary. */
export function eachBesidePrimary<K extends keyof InstanceFacts>(
  facts: InstancesFacts,
  names: readonly K[],
  judge: (
    replica: AllKnown<Pick<InstanceFacts, K>>,
    primary: AllKnown<Pick<InstanceFacts, K>>,
    whole: { readonly replica: InstanceFacts; readonly primary: InstanceFacts },
  ) => Verdict,
): Verdict {
  return known(facts, ["instances"], ({ instances }) =>
    every(
      instances.filter(({ role }) => role !== "primary"),
      (instance) => instance.part,
      (instance) =>
        withPrimary(instance, instances, (primary) =>
          known(primary, names, (above) =>
            known(instance, names, (below) => judge(below, above, { replica: instance, primary })),
          ),
        ),
      "there are no replicas",
    ),
  );
}

/** Those that a replica follows, the nearest first, as far as they are there. */
export function instancesAbove(instance: InstanceFacts, instances: readonly InstanceFacts[]): readonly InstanceFacts[] {
  const parts = byPart(instances);
  const above = new Set<InstanceFacts>();
  for (let next = followed(instance, parts); next !== undefined && !above.has(next); next = followed(next, parts)) {
    above.add(next);
  }
  return [...above];
}

/** How many instances follow each, directly or by others. */
export function followerCounts(instances: readonly InstanceFacts[]): ReadonlyMap<InstanceFacts, number> {
  const counts = new Map<InstanceFacts, number>();
  for (const instance of instances) {
    for (const above of instancesAbove(instance, instances)) counts.set(above, (counts.get(above) ?? 0) + 1);
  }
  return counts;
}

/** Judges a replica by the primary at the top of those that it follows, where they are there and known. */
export function withPrimary(
  instance: InstanceFacts,
  instances: readonly InstanceFacts[],
  judge: (primary: InstanceFacts) => Verdict,
): Verdict {
  const above = instancesAbove(instance, instances);
  const primary = above.find(({ role }) => role === "primary");
  if (primary !== undefined) return judge(primary);
  const unsure = [instance, ...above].find(({ follows }) => !isKnown(follows));
  return unsure === undefined ? notApplicable("its primary is not there") : absence("follows", unsure.follows);
}

function followed({ follows }: InstanceFacts, parts: Parts): InstanceFacts | undefined {
  return isKnown(follows) && follows !== undefined ? parts.get(follows) : undefined;
}

type Parts = ReadonlyMap<string, InstanceFacts>;

/** Many rules ask the same list, for each of its replicas. */
const PARTS = new WeakMap<readonly InstanceFacts[], Parts>();

function byPart(instances: readonly InstanceFacts[]): Parts {
  const known = PARTS.get(instances);
  if (known !== undefined) return known;
  const parts = new Map(instances.map((instance) => [instance.part, instance]));
  PARTS.set(instances, parts);
  return parts;
}
