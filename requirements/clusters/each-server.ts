import type { ClusterServerFacts, ClustersFacts } from "../facts/clusters.ts";
import type { AllKnown } from "../known.ts";
import type { Verdict } from "../requirement.ts";
import { every, known, notApplicable } from "../verdict.ts";

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
  judge: (server: AllKnown<Pick<ClusterServerFacts, K>>, whole: ClusterServerFacts) => Verdict,
): Verdict {
  return judgeEach(facts, ({ role }) => role === "primary", names, judge);
}

/** Judges each replica beside the cluster that it follows, where that is in the stack. */
export function eachReplica(
  facts: ClustersFacts,
  judge: (replica: ClusterServerFacts, cluster: ClusterServerFacts) => Verdict,
): Verdict {
  return known(facts, ["servers"], ({ servers }) => {
    const clusters = new Map(servers.filter(({ role }) => role === "primary").map((one) => [one.part, one]));
    return every(
      servers.filter(({ role }) => role === "replica"),
      ({ part }) => part,
      (replica) =>
        known(replica, ["follows"], ({ follows }) => {
          const cluster = follows === undefined ? undefined : clusters.get(follows);
          return cluster === undefined ? notApplicable("its cluster is not in the stack") : judge(replica, cluster);
        }),
      "there are no replicas",
    );
  });
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
