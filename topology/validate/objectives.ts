import type { Issue } from "../issue.ts";
import { EDITION_LIMITS } from "../limits/cloud-sql-editions.ts";
import type { ResolvedObjectives } from "../resolved.ts";
import type { ResolvedDocker } from "../resolved-docker.ts";
import { cloudEdition, type ResolvedGcp } from "../resolved-gcp.ts";
import type { GcpRule } from "./gcp-rule.ts";
import {
  dockerRecovery,
  gcpRecoveries,
  type Recovery,
  recoveryArithmetic,
  recoverySeconds,
  restorableGiB,
} from "./recoveries.ts";

/** What would bring an objective nearer, before it is given up. */
export interface Remedies {
  readonly rto: string;
  readonly rpo: string;
}

/** Nothing but another objective. */
export const NO_REMEDIES: Remedies = { rto: "", rpo: "" };
/** A second node. */
export const STANDBY: Remedies = {
  rto: "set highAvailability: true, or ",
  rpo: "set highAvailability: true, or ",
};
const REGION: Remedies = { rto: "", rpo: "do without the disaster-recovery replica, or " };

const recoveryTimeIsReached: GcpRule = (topology) =>
  gcpRecoveries(topology).flatMap((recovery) =>
    recoveryTimeIssues(topology.objectives, recovery, remediesFor(recovery, topology)),
  );

const recoveryPointIsReached: GcpRule = (topology) =>
  gcpRecoveries(topology).flatMap((recovery) =>
    recoveryPointIssues(topology.objectives, recovery, remediesFor(recovery, topology)),
  );

const restoreIsFastEnough: GcpRule = (topology) =>
  gcpRecoveries(topology).flatMap((recovery) => restoreIssues(topology.objectives, recovery, STANDBY));

function remediesFor(recovery: Recovery | undefined, { edition, highAvailability, objectives }: ResolvedGcp): Remedies {
  if (recovery?.loss === "the region") return REGION;
  if (highAvailability) return NO_REMEDIES;
  // A standby is no remedy where even its failover is too slow.
  const isTooSlow = EDITION_LIMITS.failoverSeconds[cloudEdition(edition)] > (objectives.rtoSeconds ?? Infinity);
  return isTooSlow ? { ...STANDBY, rto: "" } : STANDBY;
}

/** What a topology on Docker can't reach. */
export function dockerObjectiveIssues(topology: ResolvedDocker): Issue[] {
  const { objectives } = topology;
  const recovery = dockerRecovery(topology);
  return [
    ...recoveryTimeIssues(objectives, recovery, NO_REMEDIES),
    ...recoveryPointIssues(objectives, recovery, {
      ...NO_REMEDIES,
      rpo: "lower backup.archiveTimeoutSeconds, or ",
    }),
  ];
}

/** What is wrong with a time that no recovery keeps to. */
export function recoveryTimeIssues(
  { rtoSeconds, restoreMiBPerSecond }: ResolvedObjectives,
  recovery: Recovery | undefined,
  remedies: Remedies,
): Issue[] {
  if (rtoSeconds === undefined) return [];
  const where = "objectives.rtoSeconds";
  if (recovery === undefined) return [nothingComesBack(where, rtoSeconds)];
  const seconds = recoverySeconds(recovery);
  if (seconds <= rtoSeconds || largestGiB(recovery, rtoSeconds, restoreMiBPerSecond) !== undefined) return [];
  return [
    {
      where,
      got: String(rtoSeconds),
      want: `at least ${seconds}`,
      because: recoveryArithmetic(recovery),
      fix: `${remedies.rto}raise it to ${seconds}`,
    },
  ];
}

/** A restore that a smaller disk would make fast enough. */
export function restoreIssues(
  { rtoSeconds, restoreMiBPerSecond }: ResolvedObjectives,
  recovery: Recovery | undefined,
  remedies: Remedies,
): Issue[] {
  if (rtoSeconds === undefined || recovery?.restored === undefined) return [];
  const seconds = recoverySeconds(recovery);
  const largest = largestGiB(recovery, rtoSeconds, restoreMiBPerSecond);
  if (seconds <= rtoSeconds || largest === undefined) return [];
  return [
    {
      where: recovery.restored.field,
      got: String(recovery.restored.diskGiB),
      want: `at most ${largest} with objectives.rtoSeconds: ${rtoSeconds}`,
      because: recoveryArithmetic(recovery),
      fix: `${remedies.rto}lower it, raise objectives.rtoSeconds to ${seconds}, or state a faster restore that was measured as objectives.restoreMiBPerSecond`,
    },
  ];
}

/** The largest disk that could be restored in time; `undefined` where none could, or none is restored. */
function largestGiB(
  { restored, steps }: Recovery,
  rtoSeconds: number,
  restoreMiBPerSecond: number,
): number | undefined {
  if (restored === undefined) return undefined;
  const fixed = recoverySeconds({ steps: steps.slice(0, -1) });
  const largest = restorableGiB(rtoSeconds - fixed, restoreMiBPerSecond);
  return largest >= restored.leastDiskGiB ? largest : undefined;
}

/** What is wrong with a loss that no recovery prevents. */
export function recoveryPointIssues(
  { rpoSeconds }: ResolvedObjectives,
  recovery: Recovery | undefined,
  remedies: Remedies,
): Issue[] {
  if (rpoSeconds === undefined) return [];
  const where = "objectives.rpoSeconds";
  if (recovery === undefined) return [nothingComesBack(where, rpoSeconds)];
  if (recovery.lostSeconds <= rpoSeconds) return [];
  return [
    {
      where,
      got: String(rpoSeconds),
      want: `at least ${recovery.lostSeconds}`,
      because: `after the loss of ${recovery.loss}, ${recovery.means}: ${recovery.lostBecause}`,
      fix: `${remedies.rpo}raise it to ${recovery.lostSeconds}`,
    },
  ];
}

function nothingComesBack(where: string, seconds: number): Issue {
  return {
    where,
    got: String(seconds),
    want: "not to be stated without backups",
    because: "a primary that is lost does not come back",
    fix: "remove backup.enabled: false, or the objective",
  };
}

/** What must be reached when something is lost. */
export const OBJECTIVE_RULES = {
  recoveryTimeIsReached,
  restoreIsFastEnough,
  recoveryPointIsReached,
} satisfies Readonly<Record<string, GcpRule>>;
