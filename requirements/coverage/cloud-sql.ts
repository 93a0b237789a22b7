import type { CoverageRow } from "./coverage-row.ts";

/** Rules of a Cloud SQL instance and of its flags, that others have and that nobody has. */
export const CLOUD_SQL_COVERAGE: readonly CoverageRow[] = [
  // The instance.
  { rule: "sql-ssl-required", requirements: ["instances/encrypted-only"] },
  { rule: "sql-no-open-networks", requirements: ["instances/no-authorized-networks"] },
  { rule: "sql-no-public-ip", requirements: ["instances/no-public-address"] },
  { rule: "sql-backups-enabled", requirements: ["backup/enabled"] },
  { rule: "sql-pitr-enabled", requirements: ["instances/point-in-time"] },
  { rule: "sql-ha-regional", requirements: ["instances/highly-available"] },
  { rule: "sql-cmek", requirements: ["instances/own-key"] },
  {
    rule: "sql-deletion-protection",
    requirements: ["instances/deletion-protected", "instances/provider-refuses-removal"],
  },
  { rule: "sql-iam-auth", requirements: ["instances/iam-login"] },
  { rule: "sql-latest-major", requirements: ["instances/newest-version"] },
  { rule: "sql-major-not-eol", requirements: ["instances/version-cared-for"] },
  { rule: "sql-no-default-network", requirements: ["instances/no-default-network"] },
  { rule: "sql-password-policy", requirements: ["instances/password-policy"] },
  { rule: "sql-labels", requirements: ["instances/labelled"] },
  // Its flags.
  { rule: "flag-log-error-verbosity", requirements: ["instances/log-error-verbosity"] },
  { rule: "flag-log-connections", requirements: ["instances/sessions-logged"] },
  { rule: "flag-log-disconnections", requirements: ["instances/sessions-logged"] },
  { rule: "flag-log-statement", requirements: ["instances/schema-changes-logged"] },
  { rule: "flag-log-min-messages", requirements: ["instances/log-min-messages"] },
  { rule: "flag-log-min-error-statement", requirements: ["instances/log-min-error-statement"] },
  { rule: "flag-log-min-duration-off", requirements: ["instances/slow-statements-not-logged"] },
  { rule: "flag-pgaudit", requirements: ["instances/audited"] },
  { rule: "flag-log-checkpoints", requirements: ["instances/waits-logged"] },
  { rule: "flag-log-lock-waits", requirements: ["instances/waits-logged"] },
  { rule: "flag-log-temp-files", requirements: ["instances/temporary-files-logged"] },
  { rule: "flag-log-hostname", requirements: ["instances/host-names-logged"] },
  { rule: "flag-log-duration", requirements: ["instances/durations-logged"] },
  { rule: "flag-no-parser-stats", requirements: ["instances/no-internal-statistics-in-log"] },
  { rule: "flag-no-planner-stats", requirements: ["instances/no-internal-statistics-in-log"] },
  { rule: "flag-no-executor-stats", requirements: ["instances/no-internal-statistics-in-log"] },
  { rule: "flag-no-statement-stats", requirements: ["instances/no-internal-statistics-in-log"] },
  // Regions and zones.
  { rule: "replica-region-allowed", requirements: ["places/read-replicas-aligned", "places/disaster-recovery-apart"] },
  { rule: "backup-location-policy", requirements: ["places/backups-outlive-region"] },
  {
    rule: "same-vpc",
    requirements: ["instances/same-network", "clusters/replica-in-network", "clusters/machines-in-network"],
  },
  { rule: "zone-spread", requirements: ["instances/zones-apart", "instances/replica-in-other-zone"] },
  // Replicas.
  { rule: "replica-tier>=primary", requirements: ["instances/replica-as-large"] },
  { rule: "replica-disk>=primary", requirements: ["instances/replica-disk"] },
  { rule: "replica-flags>=primary", requirements: ["instances/replica-flags", "replication/standby-parameters"] },
  { rule: "replica-same-major", requirements: ["instances/replica-version"] },
  { rule: "min-replica-count-prod", requirements: ["instances/replica-count", "replication/replica-count"] },
  {
    rule: "dr-replica-promotable",
    requirements: ["instances/disaster-recovery-possible", "instances/disaster-recovery-designated"],
    leftOut:
      "The designation on a plan: it names a replica that has to run first, so that `pgt verify` judges it. A standby zone of the replica: it is asked for of primaries, which it becomes.",
  },
  { rule: "master-known", requirements: ["instances/primary-known"] },
  { rule: "cascade-depth", requirements: ["instances/cascade-depth"] },
  { rule: "read-pool-shape", requirements: ["instances/read-pool-possible"] },
  // Connections.
  { rule: "managed-pooling-requires-plus", requirements: ["instances/managed-pooling-possible"] },
  { rule: "timeouts-set", requirements: ["settings/idle-in-transaction", "instances/statements-end"] },
  { rule: "max-connections-vs-memory", requirements: ["instances/connections-fit-memory"] },
  // Backup and recovery.
  { rule: "retention>=rpo", requirements: ["backup/retention", "instances/point-in-time"] },
  { rule: "txlog-days-in-edition-range", requirements: ["instances/log-days-possible"] },
  { rule: "txlog-days<=retained-backups", requirements: ["instances/backups-cover-log"] },
  { rule: "final-backup-or-retain-on-delete", requirements: ["instances/backups-outlive-instance"] },
  { rule: "backup-window-not-in-maintenance", requirements: ["instances/backup-apart-from-maintenance"] },
  { rule: "backup-window-off-peak", requirements: ["instances/backup-off-peak"] },
  { rule: "no-restore-context-left-in", requirements: ["instances/no-restore-left-in"] },
  // Maintenance.
  { rule: "window-set", requirements: ["instances/maintenance-window"] },
  {
    rule: "windows-disjoint-primary-replica",
    notCovered:
      "Cloud SQL takes no window for a replica: it has the primary's, and is updated before it. On DigitalOcean a replica has none either",
  },
  { rule: "windows-off-peak", requirements: ["instances/maintenance-off-peak"] },
  { rule: "track-order", requirements: ["instances/updates-seen-first", "instances/maintenance-window"] },
  { rule: "deny-period-valid", requirements: ["instances/freeze-possible"] },
  // Lifecycle.
  {
    rule: "both-deletion-guards",
    requirements: ["instances/deletion-protected", "instances/provider-refuses-removal"],
  },
  {
    rule: "disk-autoresize-ignore-or-limit",
    requirements: ["instances/disk-grows-to-limit", "instances/grown-disk-left-alone"],
  },
  // Versions.
  { rule: "eol-date-horizon", requirements: ["instances/version-cared-for"] },
  { rule: "flag-valid-for-major", requirements: ["instances/flags-valid"] },
  { rule: "upgrade-includes-replicas", requirements: ["instances/upgrade-takes-replicas"] },
  { rule: "edition-explicit", requirements: ["instances/edition-said"] },
  // Network.
  { rule: "authorized-network-hygiene", requirements: ["instances/authorized-networks-named"] },
  { rule: "connector-enforced-or-private", requirements: ["instances/connectors-or-private"] },
  {
    rule: "prod-client-cert-or-cas",
    requirements: ["instances/names-in-certificates", "instances/certificates-renewed"],
  },
  { rule: "data-api-off", requirements: ["instances/no-sql-over-api"] },
  // Observability and cost.
  { rule: "insights-on", requirements: ["instances/query-insights"] },
  { rule: "tier-allowlist-per-env", requirements: ["instances/machine-for-environment"] },
];
