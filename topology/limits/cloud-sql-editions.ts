import { type Bounds, CLOUD_SQL_DOCS, type HttpsUrl, notConfirmed, readAt, type Sourced } from "./limit.ts";

/** The editions of Cloud SQL that a topology can have, as the API writes them. */
export const CLOUD_SQL_EDITIONS = ["ENTERPRISE", "ENTERPRISE_PLUS"] as const;

/** One of {@link CLOUD_SQL_EDITIONS}. */
export type CloudSqlEdition = (typeof CLOUD_SQL_EDITIONS)[number];

/** What both editions allow of one thing. */
export interface EditionLimit<T> extends Sourced, Readonly<Record<CloudSqlEdition, T>> {
  /** What it is about, for a person; with its unit. */
  readonly title: string;
}

const COMPARISON: HttpsUrl = `${CLOUD_SQL_DOCS}/choose-edition`;
const PITR: HttpsUrl = `${CLOUD_SQL_DOCS}/backup-recovery/pitr`;
const BACKUPS: HttpsUrl = `${CLOUD_SQL_DOCS}/backup-recovery/backups`;
const PROVIDER: HttpsUrl =
  "https://registry.terraform.io/providers/hashicorp/google-beta/latest/docs/resources/sql_database_instance";

/** Editions against what they allow. */
export const EDITION_LIMITS = {
  /** Of instances with high availability and a dedicated processor only: shared cores and single zones have no SLA. */
  slaPercent: of("availability by the SLA, %", 99.95, 99.99, readAt(COMPARISON, "2026-04-13")),
  slaCountsMaintenance: of("the SLA counts maintenance", false, true, readAt(COMPARISON, "2026-04-13")),
  /** How long a planned operation interrupts; the page gives no seconds for ENTERPRISE. */
  plannedDowntime: of("planned interruption", "a few minutes", "under a second", readAt(COMPARISON, "2026-04-13")),
  /** How long a failover to the other zone takes: the vendor's "about sixty seconds", for both editions. */
  failoverSeconds: of(
    "failover to another zone, s",
    60,
    60,
    readAt(`${CLOUD_SQL_DOCS}/high-availability`, "2026-10-01"),
  ),
  /** The point-in-time window: a restore reaches back so many days. The defaults are the same for all engines. */
  transactionLogRetentionDays: of<Bounds>(
    "transaction logs (point-in-time window), days",
    { min: 1, max: 7, default: 7 },
    { min: 1, max: 35, default: 14 },
    readAt(PITR),
  ),
  /**
   * The vendor contradicts itself: "from 1 to 365" here, "can't be less than the default (seven)" in
   * backup-recovery/backing-up. The provider's own acceptance tests keep 4, so this page is believed.
   */
  retainedBackups: of<Bounds>(
    "automatic backups kept",
    { min: 1, max: 365, default: 7 },
    { min: 1, max: 365, default: 15 },
    readAt(BACKUPS),
  ),
  finalBackupRetentionDays: of<Bounds>(
    "final backup at deletion, days",
    { min: 1, max: 365, default: 30 },
    { min: 1, max: 365, default: 30 },
    readAt(PROVIDER, "2026-08-21"),
  ),
  isPointInTimeRecoveryDefault: of("point-in-time recovery unless told", false, true, readAt(PROVIDER, "2026-08-21")),
  hasManagedPooling: of("managed connection pooling", false, true, readAt(COMPARISON, "2026-04-13")),
  hasReadPools: of("read pools", false, true, readAt(COMPARISON, "2026-04-13")),
  hasDataCache: of("data cache", false, true, readAt(COMPARISON, "2026-04-13")),
  /** A designated replica in another region, a switchover to it without loss, and a write endpoint that follows. */
  hasAdvancedDisasterRecovery: of(
    "designated disaster recovery replica, switchover",
    false,
    true,
    readAt(COMPARISON, "2026-04-13"),
  ),
  hasHighAvailability: of("high availability (two zones)", true, true, readAt(`${CLOUD_SQL_DOCS}/availability`)),
  hasInPlaceEditionChange: of(
    "can become the other edition in place",
    true,
    true,
    notConfirmed(`${CLOUD_SQL_DOCS}/upgrade-in-place`, "read in a summary of the release notes of 2026-09-04"),
  ),
} as const;

function of<T>(title: string, enterprise: T, plus: T, provenance: Sourced["provenance"]): EditionLimit<T> {
  return { title, ENTERPRISE: enterprise, ENTERPRISE_PLUS: plus, provenance };
}
