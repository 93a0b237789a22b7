import { CLOUD_SQL_DOCS, notConfirmed, readAt, type Sourced } from "./limit.ts";

/** Seconds that a part of a recovery takes, or that are lost by it. */
export interface RecoveryAssumption extends Sourced {
  readonly title: string;
  readonly seconds: number;
}

const DISASTER_RECOVERY = `${CLOUD_SQL_DOCS}/intro-to-cloud-sql-disaster-recovery` as const;

/**
 * What the reach of a topology is reckoned from, beside `EDITION_LIMITS.failoverSeconds` and the measured rate of a
 * restore. Where the vendor gives no number it is ours, and a drill is what replaces it.
 */
export const RECOVERY_ASSUMPTIONS = {
  /** A failover to a standby needs nobody; everything else does. */
  decision: {
    title: "a person notices, decides and starts the recovery",
    seconds: 180,
    provenance: notConfirmed(DISASTER_RECOVERY, "ours: the vendor leaves the decision to you"),
  },
  promotion: {
    title: "a replica in another region becomes the primary",
    seconds: 120,
    provenance: notConfirmed(DISASTER_RECOVERY, 'the vendor says "minutes rather than hours"; the number is ours'),
  },
  provisioning: {
    title: "the cloud makes an instance to restore into",
    seconds: 600,
    provenance: notConfirmed(`${CLOUD_SQL_DOCS}/backup-recovery/restore`, "the vendor gives no number; it is ours"),
  },
  /** The copy that the page "usually" speaks of: of an instance that is away; one that is there loses nothing. */
  logUpload: {
    title: "the newest transaction logs are not in the archive yet",
    seconds: 300,
    provenance: readAt(`${CLOUD_SQL_DOCS}/backup-recovery/pitr`),
  },
  /** No bound is promised; whatever it is, it is not nothing. */
  replicationLag: {
    title: "an asynchronous replica is behind by a second at least",
    seconds: 1,
    provenance: readAt(DISASTER_RECOVERY),
  },
} as const satisfies Readonly<Record<string, RecoveryAssumption>>;
