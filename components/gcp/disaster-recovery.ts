import { EDITION_LIMITS } from "../../topology/limits/cloud-sql-editions.ts";
import { cloudEdition, type ResolvedCloudReplica, type ResolvedGcp } from "../../topology/resolved-gcp.ts";

/** Who takes over after the loss of a region. */
export interface DisasterRecovery {
  /** Who is, or is still to be designated; `undefined` where nobody can be. */
  readonly candidate: ResolvedCloudReplica | undefined;
  /** `undefined` as long as none is designated. */
  readonly designated: ResolvedCloudReplica | undefined;
  /** What is still to be done, in words. */
  readonly pending: readonly string[];
}

/**
 * The state of the disaster recovery pair. The cloud takes a designation only once both instances run, so that it is a
 * second phase: the stack's configuration says when it was reached.
 * @param key of the designated replica; one that the topology no longer has, or has for reading, counts as none
 */
export function disasterRecovery(topology: ResolvedGcp, key: string | undefined): DisasterRecovery {
  const candidates = topology.replicas.filter(({ purpose }) => purpose === "disaster-recovery");
  const canBeDesignated = EDITION_LIMITS.hasAdvancedDisasterRecovery[cloudEdition(topology.edition)];
  const [first] = candidates;
  if (!canBeDesignated || first === undefined) return { candidate: undefined, designated: undefined, pending: [] };
  const designated = candidates.find((replica) => replica.key === key);
  if (designated !== undefined) return { candidate: designated, designated, pending: [] };
  const keys = candidates.map((replica) => replica.key).join(" or ");
  return {
    candidate: first,
    designated: undefined,
    pending: [
      `Replica ${keys} is not designated to take over from the primary yet: "./pgt up --stack ${topology.stack}" does that once it runs.`,
    ],
  };
}
