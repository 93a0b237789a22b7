import type { ResolvedDigitalOcean } from "../resolved-digitalocean.ts";
import type { DigitalOceanRule } from "./digitalocean-rule.ts";
import { digitalOceanRecoveries } from "./digitalocean-recoveries.ts";
import {
  NO_REMEDIES,
  recoveryPointIssues,
  recoveryTimeIssues,
  type Remedies,
  restoreIssues,
  STANDBY,
} from "./objectives.ts";
import { DIGITALOCEAN_RECOVERY } from "../limits/digitalocean-recovery.ts";
import type { Recovery } from "./recoveries.ts";

const recoveryTimeIsReached: DigitalOceanRule = (topology) =>
  digitalOceanRecoveries(topology).flatMap((recovery) =>
    recoveryTimeIssues(topology.objectives, recovery, remediesFor(recovery, topology)),
  );

const restoreIsFastEnough: DigitalOceanRule = (topology) =>
  digitalOceanRecoveries(topology).flatMap((recovery) =>
    restoreIssues(topology.objectives, recovery, remediesFor(recovery, topology)),
  );

const recoveryPointIsReached: DigitalOceanRule = (topology) =>
  digitalOceanRecoveries(topology).flatMap((recovery) =>
    recoveryPointIssues(topology.objectives, recovery, remediesFor(recovery, topology)),
  );

/** A standby is no remedy where even that is too slow, or loses too much. */
function remediesFor(recovery: Recovery | undefined, { nodeCount, objectives }: ResolvedDigitalOcean): Remedies {
  if (recovery?.loss === "the data host") return { ...NO_REMEDIES, rpo: "lower backup.archiveTimeoutSeconds, or " };
  if (nodeCount > 1) return NO_REMEDIES;
  const { failover, replicationLag } = DIGITALOCEAN_RECOVERY;
  return {
    rto: failover.seconds > (objectives.rtoSeconds ?? Infinity) ? "" : STANDBY.rto,
    rpo: replicationLag.seconds > (objectives.rpoSeconds ?? Infinity) ? "" : STANDBY.rpo,
  };
}

/** What must be reached when something is lost. */
export const DIGITALOCEAN_OBJECTIVE_RULES = {
  recoveryTimeIsReached,
  restoreIsFastEnough,
  recoveryPointIsReached,
} satisfies Readonly<Record<string, DigitalOceanRule>>;
