import { EDITION_LIMITS } from "../limits/cloud-sql-editions.ts";
import { DISK_LIMITS } from "../limits/cloud-sql-instances.ts";
import { RECOVERY_ASSUMPTIONS } from "../limits/recovery.ts";
import type { ResolvedDocker } from "../resolved-docker.ts";
import { cloudEdition, type ResolvedGcp } from "../resolved-gcp.ts";

/** A part of the time until the database can be written again. */
export interface RecoveryStep {
  readonly seconds: number;
  /** Follows the number of seconds, as in `to decide`. */
  readonly what: string;
}

/** What is lost, how the topology comes back from it, and what that costs. */
export interface Recovery {
  readonly loss: "a zone" | "the region" | "the primary's data" | "a node" | "the data host";
  readonly means: string;
  readonly steps: readonly RecoveryStep[];
  /** Disk that a restore has to fill, its last step; `undefined` where none is restored, or its size is not known. */
  readonly restored:
    | {
        readonly diskGiB: number;
        readonly leastDiskGiB: number;
        /** Where the size is written. */
        readonly field: string;
      }
    | undefined;
  /** Newest seconds that may be gone. */
  readonly lostSeconds: number;
  readonly lostBecause: string;
}

const MIB_PER_GIB = 1024;
const LEAST_DISK_GIB = Math.min(...DISK_LIMITS.map(({ sizeGiB }) => sizeGiB.min));
const { decision, promotion, provisioning, logUpload, replicationLag } = RECOVERY_ASSUMPTIONS;
const DECISION: RecoveryStep = { seconds: decision.seconds, what: "to decide" };

/**
 * What a topology on Cloud SQL comes back from by its design: the loss of a zone, and that of the region where a replica
 * was designated for it. Not counted: read replicas, which may be in the zone that is lost, and the second copy, which
 * is for the day when nothing else is left. `undefined` for a loss that it does not come back from.
 */
export function gcpRecoveries(topology: ResolvedGcp): readonly (Recovery | undefined)[] {
  return [afterAZone(topology), ...afterTheRegion(topology)];
}

function afterAZone(topology: ResolvedGcp): Recovery | undefined {
  if (topology.highAvailability) {
    const seconds = EDITION_LIMITS.failoverSeconds[cloudEdition(topology.edition)];
    return {
      loss: "a zone",
      means: "the standby takes over",
      steps: [{ seconds, what: "to fail over" }],
      restored: undefined,
      lostSeconds: 0,
      lostBecause: "every write is in both zones",
    };
  }
  if (topology.backup === undefined) return undefined;
  const { maxDiskGiB } = topology.storage;
  return {
    loss: "a zone",
    means: "a restore into a new instance",
    steps: [
      DECISION,
      { seconds: provisioning.seconds, what: "for a new instance" },
      restoreStep(maxDiskGiB, topology.objectives.restoreMiBPerSecond),
    ],
    restored: { diskGiB: maxDiskGiB, leastDiskGiB: LEAST_DISK_GIB, field: "storage.maxDiskGiB" },
    lostSeconds: logUpload.seconds,
    lostBecause: `transaction logs are archived every ${logUpload.seconds} s or sooner`,
  };
}

function afterTheRegion({ replicas }: ResolvedGcp): Recovery[] {
  const designated = replicas.find(({ purpose }) => purpose === "disaster-recovery");
  if (designated === undefined) return [];
  return [
    {
      loss: "the region",
      means: `replica ${designated.key} becomes the primary`,
      steps: [DECISION, { seconds: promotion.seconds, what: "to promote" }],
      restored: undefined,
      lostSeconds: replicationLag.seconds,
      lostBecause: `replica ${designated.key} in ${designated.region} follows asynchronously`,
    },
  ];
}

/**
 * What a topology on Docker comes back from: nothing fails over by itself, and the repository is restored. How long that
 * takes follows from the data, whose size nothing states: only the decision before it is counted. The machine holds the
 * repository, too, and its loss is not counted.
 */
export function dockerRecovery({ backup }: ResolvedDocker): Recovery | undefined {
  if (backup === undefined) return undefined;
  const { archiveTimeoutSeconds } = backup;
  return {
    loss: "the primary's data",
    means: "a restore from the repository",
    steps: [DECISION],
    restored: undefined,
    lostSeconds: archiveTimeoutSeconds,
    lostBecause: `WAL is archived every ${archiveTimeoutSeconds} s or sooner`,
  };
}

/** The time that all steps take together. */
export function recoverySeconds({ steps }: Pick<Recovery, "steps">): number {
  return steps.reduce((sum, { seconds }) => sum + seconds, 0);
}

/** The sum that leads to {@link recoverySeconds}. */
export function recoveryArithmetic({ loss, means, steps }: Recovery): string {
  const sum = steps.map(({ seconds, what }) => `${seconds} s ${what}`).join(" + ");
  const total = steps.length === 1 ? "" : ` = ${recoverySeconds({ steps })} s`;
  return `after the loss of ${loss}, ${means}: ${sum}${total}`;
}

/** The largest disk, in GiB, that a restore fills within so many seconds. */
export function restorableGiB(seconds: number, restoreMiBPerSecond: number): number {
  return Math.floor((seconds * restoreMiBPerSecond) / MIB_PER_GIB);
}

/** The part of a recovery that grows with the disk. */
export function restoreStep(restoredGiB: number, restoreMiBPerSecond: number): RecoveryStep {
  return {
    seconds: Math.ceil((restoredGiB * MIB_PER_GIB) / restoreMiBPerSecond),
    what: `to restore ${restoredGiB} GiB × ${MIB_PER_GIB} / ${restoreMiBPerSecond} MiB/s`,
  };
}
