import { nearestNames } from "../../kernel/closest-name.ts";
import type { Issue } from "../issue.ts";
import { EDITION_LIMITS } from "../limits/cloud-sql-editions.ts";
import { BACKUP_MULTI_REGIONS, CLOUD_SQL_REGIONS } from "../limits/cloud-sql-regions.ts";
import { cloudEdition } from "../resolved-gcp.ts";
import { didYouMean } from "./did-you-mean.ts";
import type { GcpRule } from "./gcp-rule.ts";
import { missingBackupIssues } from "./missing-backups.ts";
import { LEAST_PROD_DAYS } from "./retention.ts";

/** Regions and multi-regions; buckets and backups are kept in either. */
const LOCATIONS = [
  ...CLOUD_SQL_REGIONS.map(({ region }) => region),
  ...BACKUP_MULTI_REGIONS.map(({ location }) => location),
];

// The provider's page of the instance says so of REGIONAL; that the cloud refuses it is not known.
// https://registry.terraform.io/providers/hashicorp/google-beta/latest/docs/resources/sql_database_instance
const standbyHasItsLogs: GcpRule = ({ backup, highAvailability }) => {
  if (backup !== undefined || !highAvailability) return [];
  return [
    {
      where: "highAvailability",
      got: "true with backup.enabled: false",
      want: "backups with their transaction logs",
      because: "an instance in two zones is to have both",
      fix: "remove backup.enabled, or set highAvailability: false",
    },
  ];
};

const windowIsWithinTheEdition: GcpRule = ({ backup, edition }) => {
  const { max } = EDITION_LIMITS.transactionLogRetentionDays[cloudEdition(edition)];
  if (backup === undefined || backup.pointInTimeDays <= max) return [];
  return [
    {
      where: "backup.pointInTimeDays",
      got: String(backup.pointInTimeDays),
      want: `at most ${max} in ${edition}`,
      because: "the cloud keeps transaction logs no longer",
      fix: edition === "enterprise" ? `use ${max}, or set edition: enterprise-plus` : `use ${max}`,
    },
  ];
};

const retentionIsWithinTheEdition: GcpRule = ({ backup, edition }) => {
  const { max } = EDITION_LIMITS.retainedBackups[cloudEdition(edition)];
  if (backup === undefined || backup.retentionDays <= max) return [];
  return [
    {
      where: "backup.retentionDays",
      got: String(backup.retentionDays),
      want: `at most ${max}`,
      because: "the cloud keeps no more daily backups",
      fix: `use ${max}, and backup.secondCopy.retentionDays for longer`,
    },
  ];
};

// As `instances/backups-cover-log` has it: the vendor recommends one backup more than days of the log, which are purged
// once a day (said by the page for SQL Server: https://docs.cloud.google.com/sql/docs/sqlserver/backup-recovery/pitr).
const windowHasItsBackups: GcpRule = ({ backup }) => {
  if (backup === undefined || backup.retentionDays > backup.pointInTimeDays) return [];
  const least = backup.pointInTimeDays + 1;
  return [
    {
      where: "backup.retentionDays",
      got: String(backup.retentionDays),
      want: `at least ${least}, more than backup.pointInTimeDays`,
      because: "a restore to a moment begins with a backup from before it",
      fix: `raise it to ${least} or more`,
    },
  ];
};

const prodKeepsAMonth: GcpRule = ({ backup, environment }) => {
  if (backup === undefined || environment !== "prod" || backup.retentionDays >= LEAST_PROD_DAYS) return [];
  return [
    {
      where: "backup.retentionDays",
      got: String(backup.retentionDays),
      want: `at least ${LEAST_PROD_DAYS} in prod`,
      because: "a mistake may be weeks old when someone sees it",
      fix: "remove backup.retentionDays",
    },
  ];
};

const backupLocationExists: GcpRule = ({ backup }) => locationIssues("backup.location", backup?.location);

/** What is wrong with a place of backups or of a bucket; nothing where it has its default. */
export function locationIssues(where: string, location: string | undefined): Issue[] {
  if (location === undefined || LOCATIONS.includes(location)) return [];
  const multiRegions = BACKUP_MULTI_REGIONS.map((place) => place.location).join(", ");
  const fix = didYouMean(nearestNames(location, LOCATIONS), "take one of those that `pgt limits --target gcp` lists");
  return [{ where, got: location, want: `a region, or one of ${multiRegions}`, fix }];
}

/** How backups are kept. */
export const BACKUP_RULES = {
  backupsAreMade: missingBackupIssues,
  standbyHasItsLogs,
  windowIsWithinTheEdition,
  retentionIsWithinTheEdition,
  windowHasItsBackups,
  prodKeepsAMonth,
  backupLocationExists,
} satisfies Readonly<Record<string, GcpRule>>;
