import { connectionBudget } from "../topology/connection-budget.ts";
import type { ResolvedTopology } from "../topology/resolved.ts";
import { digitalOceanRecoveries } from "../topology/validate/digitalocean-recoveries.ts";
import { dockerRecovery, gcpRecoveries, recoverySeconds } from "../topology/validate/recoveries.ts";

/** What an edit of the wish makes of one thing that a topology promises. */
export interface ObjectiveChange {
  /** As in `after the loss of a zone, seconds until it can be written`. */
  readonly what: string;
  readonly from: string;
  readonly to: string;
  readonly isWorse: boolean;
}

interface Promised {
  /** `undefined`: it never comes back. */
  readonly value: number | undefined;
  /** Of more connections there is more; of seconds, less is better. */
  readonly moreIsBetter: boolean;
}

/** What is lost, where the topology does not come back from it: in the order in which recoveries are listed. */
const LOSSES = {
  docker: ["the primary's data"],
  gcp: ["a zone", "the region"],
  digitalocean: ["a node", "the data host"],
} as const;

/** What becomes of recoveries, of the objectives that are stated, and of connections that are left, where it changes. */
export function objectiveChanges(before: ResolvedTopology, after: ResolvedTopology): ObjectiveChange[] {
  const [old, next] = [promisesOf(before), promisesOf(after)];
  return [...new Set([...old.keys(), ...next.keys()])].flatMap((what) => {
    const [from, to] = [old.get(what), next.get(what)];
    if (from !== undefined && to !== undefined && from.value === to.value) return [];
    return [{ what, from: shown(from), to: shown(to), isWorse: isWorse(from, to) }];
  });
}

function promisesOf(topology: ResolvedTopology): Map<string, Promised> {
  const promises = new Map<string, Promised>();
  const seconds = (what: string, value: number | undefined): void => {
    promises.set(what, { value, moreIsBetter: false });
  };
  // What a restore of unknown size takes is not in it.
  const least = topology.target === "docker" ? "at least " : "";
  for (const [at, recovery] of recoveriesOf(topology).entries()) {
    const loss = `after the loss of ${recovery?.loss ?? LOSSES[topology.target][at] ?? "a part"}`;
    seconds(`${loss}, ${least}seconds until it can be written`, recovery && recoverySeconds(recovery));
    seconds(`${loss}, newest seconds that may be gone`, recovery?.lostSeconds);
  }
  const { rtoSeconds, rpoSeconds } = topology.objectives;
  if (rtoSeconds !== undefined) seconds("objectives.rtoSeconds, as stated", rtoSeconds);
  if (rpoSeconds !== undefined) seconds("objectives.rpoSeconds, as stated", rpoSeconds);
  for (const { place, free } of connectionBudget(topology).rows) {
    promises.set(`connections left on ${place}`, { value: free, moreIsBetter: true });
  }
  return promises;
}

function recoveriesOf(topology: ResolvedTopology): ReturnType<typeof gcpRecoveries> {
  switch (topology.target) {
    case "docker":
      return [dockerRecovery(topology)];
    case "gcp":
      return gcpRecoveries(topology);
    case "digitalocean":
      return digitalOceanRecoveries(topology);
  }
}

function shown(promised: Promised | undefined): string {
  if (promised === undefined) return "not there";
  return promised.value === undefined ? "it does not come back" : String(promised.value);
}

/** What is gone promises nothing; what never comes back is worse than any number. */
function isWorse(from: Promised | undefined, to: Promised | undefined): boolean {
  if (from === undefined || to === undefined) return to === undefined;
  if (from.value === undefined || to.value === undefined) return to.value === undefined;
  return to.moreIsBetter ? to.value < from.value : to.value > from.value;
}
