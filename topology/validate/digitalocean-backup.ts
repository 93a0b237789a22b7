import { CLUSTER_LIMITS } from "../limits/digitalocean.ts";
import type { DigitalOceanRule } from "./digitalocean-rule.ts";
import { missingBackupIssues } from "./missing-backups.ts";
import { LEAST_PROD_DAYS } from "./retention.ts";

const PLATFORM_DAYS = CLUSTER_LIMITS.pointInTimeDays.bounds.max;

const longRetentionHasADataHost: DigitalOceanRule = ({ backup, dataHost, environment }) => {
  if (backup === undefined || dataHost !== undefined || backup.retentionDays <= PLATFORM_DAYS) return [];
  return [
    {
      where: "backup.retentionDays",
      got: String(backup.retentionDays),
      want: `${PLATFORM_DAYS} without data`,
      because: `the platform keeps ${PLATFORM_DAYS} days, and only a data host exports to a bucket beyond them`,
      fix: environment === "prod" ? "set data" : "set data, or remove backup.retentionDays",
    },
  ];
};

const platformKeepsItsDays: DigitalOceanRule = ({ backup, dataHost }) => {
  if (backup === undefined || dataHost !== undefined || backup.retentionDays >= PLATFORM_DAYS) return [];
  return [
    {
      where: "backup.retentionDays",
      got: String(backup.retentionDays),
      want: `${PLATFORM_DAYS} without data`,
      because: "the platform's days can't be set",
      fix: "remove backup.retentionDays",
    },
  ];
};

const prodKeepsAMonth: DigitalOceanRule = ({ backup, dataHost, environment }, spec) => {
  if (backup === undefined || environment !== "prod" || backup.retentionDays >= LEAST_PROD_DAYS) return [];
  // What the platform does not keep at all says so itself.
  if (dataHost === undefined && backup.retentionDays < PLATFORM_DAYS) return [];
  const isWished = spec.backup?.retentionDays !== undefined;
  return [
    {
      where: "backup.retentionDays",
      got: String(backup.retentionDays),
      want: `at least ${LEAST_PROD_DAYS} in prod`,
      because: "a mistake may be weeks old when someone sees it",
      fix: [
        ...(dataHost === undefined ? ["set data, whose host exports to a bucket"] : []),
        ...(isWished ? ["remove backup.retentionDays"] : []),
      ].join(", and "),
    },
  ];
};

// The provider takes zero for nothing, so that an hour or a minute of zero never reaches the platform.
// https://github.com/digitalocean/terraform-provider-digitalocean/blob/main/digitalocean/database/resource_database_postgres_config.go
const scheduleIsSent: DigitalOceanRule = ({ backup }) => {
  const [hour = "", minute = ""] = backup?.schedule.split(":") ?? [];
  if (backup === undefined || (Number(hour) !== 0 && Number(minute) !== 0)) return [];
  const [sentHour, sentMinute] = [Number(hour) === 0 ? "01" : hour, Number(minute) === 0 ? "30" : minute];
  return [
    {
      where: "backup.schedule",
      got: backup.schedule,
      want: "neither the hour nor the minute zero",
      because: "the provider takes zero for nothing said, and the platform keeps its own time",
      fix: `use ${sentHour}:${sentMinute}`,
    },
  ];
};

/** How backups are kept. */
export const DIGITALOCEAN_BACKUP_RULES = {
  backupsAreMade: missingBackupIssues,
  longRetentionHasADataHost,
  platformKeepsItsDays,
  prodKeepsAMonth,
  scheduleIsSent,
} satisfies Readonly<Record<string, DigitalOceanRule>>;
