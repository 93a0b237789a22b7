import type { ClusterServerFacts, ClustersFacts } from "../facts/clusters.ts";
import type { AllKnown } from "../known.ts";
import type { Verdict } from "../requirement.ts";
import { every, known } from "../verdict.ts";

/** Judges each managed server on the named facts; the failures of all are told at once. */
export function eachServer<K extends keyof ClusterServerFacts>(
  facts: ClustersFacts,
  names: readonly K[],
  judge: (server: AllKnown<Pick<ClusterServerFacts, K>>, whole: ClusterServerFacts) => Verdict,
): Verdict {
  return judgeEach(facts, () => true, names, judge);
}

/** Judges the cluster of the primary alone. */
export function theCluster<K extends keyof ClusterServerFacts>(
  facts: ClustersFacts,
  names: readonly K[],
  judge: (server: AllKnown<Pick<ClusterServerFacts, K>>) => Verdict,
): Verdict {
  return judgeEach(facts, ({ role }) => role === "primary", names, judge);
}

function judgeEach<K extends keyof ClusterServerFacts>(
  facts: ClustersFacts,
  which: (server: ClusterServerFacts) => boolean,
  names: readonly K[],
  judge: (server: AllKnown<Pick<ClusterServerFacts, K>>, whole: ClusterServerFacts) => Verdict,
): Verdict {
  return known(facts, ["servers"], ({ servers }) =>
    every(
      servers.filter(which),
      ({ part }) => part,
      (server) => known(server, names, (named) => judge(named, server)),
      "there are no managed servers",
    ),
  );
}
