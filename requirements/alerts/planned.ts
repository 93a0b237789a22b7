import type { AlertsFacts } from "../facts/alerts.ts";
import type { Fact } from "../known.ts";
import type { Requirement, Verdict } from "../requirement.ts";
import { every, known, verdict } from "../verdict.ts";

const MONITORING = "https://cloud.google.com/monitoring/alerts";
const PLANNED = ["plan"] as const;

/** Who is told when something runs out or is changed, and what is tried out before it is needed. */
export const plannedAlerts: readonly Requirement<"alerts">[] = [
  {
    id: "alerts/complete",
    topic: "alerts",
    severity: "medium",
    joins: true,
    title: "Somebody is told before a server runs out of what it needs",
    why: "A full disk stops a database, and so does the connection after the last one; both are seen days before.",
    fix: "Add an alert for each of what is missing.",
    docs: "https://cloud.google.com/sql/docs/postgres/monitor-instance",
    witnesses: PLANNED,
    check: (facts) =>
      known(facts, ["servers"], ({ servers }) =>
        every(
          servers,
          (server) => server.name,
          ({ wanted, ...server }) =>
            known(server, ["watched"], ({ watched }) => {
              const missing = wanted.filter((what) => !watched.includes(what));
              return verdict(missing.length === 0, `got no alert for ${missing.join(", ")}, want one for each`);
            }),
          "the plan has no server",
        ),
      ),
  },
  {
    id: "alerts/somebody-told",
    topic: "alerts",
    severity: "medium",
    title: "An alert has somebody who is told",
    why: "An alert without a channel is a page that nobody has open at three in the morning.",
    fix: "Name a channel, or an address.",
    docs: `${MONITORING}/using-channels-api`,
    witnesses: PLANNED,
    check: (facts) =>
      known(facts, ["alerts"], ({ alerts }) =>
        every(
          alerts,
          (alert) => alert.name,
          (alert) => known(alert, ["told"], ({ told }) => verdict(told, "got nobody who is told, want a channel")),
          "the plan has no alert",
        ),
      ),
  },
  {
    id: "alerts/configuration-changes",
    topic: "alerts",
    severity: "low",
    joins: true,
    title: "Somebody is told when a database's settings are changed",
    why: "A public address, or backups that are off, are set by somebody: mistake or not, it is better known that day.",
    fix: "Make a metric of the log of cloudsql.instances.update, and an alert on it.",
    docs: `${MONITORING}/policies-in-api`,
    witnesses: PLANNED,
    references: [
      "CIS GCP 2.11",
      "PRW logging_log_metric_filter_and_alert_for_sql_instance_configuration_changes_enabled",
      "SP",
    ],
    check: (facts) => eachDatabase(facts, "changesTold", "got no alert on cloudsql.instances.update, want one"),
  },
  {
    id: "alerts/bucket-grants",
    topic: "alerts",
    severity: "low",
    level: "off",
    joins: true,
    title: "Somebody is told when it is changed who may do what with a bucket",
    why: "A bucket of backups that is opened is copied within the hour.",
    fix: "Make a metric of the log of storage.setIamPermissions, and an alert on it.",
    docs: "https://cloud.google.com/logging/docs/logs-based-metrics",
    witnesses: PLANNED,
    references: ["CIS GCP 2.10", "PRW logging_log_metric_filter_and_alert_for_bucket_permission_changes_enabled", "SP"],
    check: (facts) => eachBucket(facts, "grantsTold", "got no alert on storage.setIamPermissions, want one"),
  },
  {
    id: "alerts/bucket-access-audited",
    topic: "alerts",
    severity: "medium",
    // Each line is paid for, and most projects say it once for all, elsewhere.
    level: "off",
    joins: true,
    title: "Who reads and writes what in a bucket is in the audit log",
    why: "After a leak, nothing else says what was taken, and by whom.",
    fix: "Add an IAMAuditConfig of storage.googleapis.com with DATA_READ and DATA_WRITE.",
    docs: "https://cloud.google.com/storage/docs/audit-logging",
    witnesses: PLANNED,
    references: ["CIS GCP 2.1", "PRW cloudstorage_audit_logs_enabled"],
    check: (facts) => eachBucket(facts, "accessAudited", "got no audit of reads and writes, want both"),
  },
  {
    id: "alerts/restore-drill",
    topic: "alerts",
    severity: "medium",
    joins: true,
    title: "Something restores a backup before it is needed",
    why: "A backup that nobody ever restored is a hope.",
    fix: "Let a workflow or a job restore or clone the database on a timer, and look into what comes out.",
    docs: "https://cloud.google.com/sql/docs/postgres/backup-recovery/restoring",
    witnesses: PLANNED,
    check: (facts, { environment }) =>
      environment === "prod"
        ? eachDatabase(facts, "drilled", "got nothing that restores a backup, want a workflow or a job on a timer")
        : { status: "not-applicable", reason: `a ${environment} stack` },
  },
];

function eachDatabase(facts: AlertsFacts, fact: "changesTold" | "drilled", message: string): Verdict {
  return known(facts, ["databases"], ({ databases }) => eachOf(databases, fact, message, "the plan has no database"));
}

function eachBucket(facts: AlertsFacts, fact: "grantsTold" | "accessAudited", message: string): Verdict {
  return known(facts, ["buckets"], ({ buckets }) => eachOf(buckets, fact, message, "the plan has no bucket"));
}

function eachOf<K extends string>(
  items: readonly ({ readonly name: string } & Readonly<Record<K, Fact<boolean>>>)[],
  fact: K,
  message: string,
  nothing: string,
): Verdict {
  return every(
    items,
    (item) => item.name,
    (item) => known({ [fact]: item[fact] }, [fact], (found) => verdict(found[fact] === true, message)),
    nothing,
  );
}
