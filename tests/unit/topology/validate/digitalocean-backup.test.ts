// That the platform keeps what it says is not proven here.
import { describe } from "mocha";
import { DIGITALOCEAN_BACKUP_RULES } from "../../../../topology/validate/digitalocean-backup.ts";
import { DATA_HOST, type DigitalOceanCase, testDigitalOceanRules } from "../../../support/digitalocean-cases.ts";

const CASES: Record<keyof typeof DIGITALOCEAN_BACKUP_RULES, readonly DigitalOceanCase[]> = {
  backupsAreMade: [
    {
      title: "no backups outside one's own machine",
      good: { environment: "local", backup: { enabled: false } },
      bad: { environment: "staging", backup: { enabled: false } },
      text: `backup.enabled
    got: false
    want: true in staging
    because: a database without backups can be lost as a whole
    fix: remove backup.enabled`,
    },
    {
      title: "no backups in prod",
      good: { ...DATA_HOST, environment: "prod" },
      bad: { ...DATA_HOST, environment: "prod", backup: { enabled: false } },
      text: `backup.enabled
    got: false
    want: true in prod
    because: a database without backups can be lost as a whole
    fix: remove backup.enabled`,
    },
  ],
  longRetentionHasADataHost: [
    {
      title: "days beyond the platform's with nobody to export",
      good: { ...DATA_HOST, backup: { retentionDays: 8 } },
      bad: { backup: { retentionDays: 8 } },
      text: `backup.retentionDays
    got: 8
    want: 7 without data
    because: the platform keeps 7 days, and only a data host exports to a bucket beyond them
    fix: set data, or remove backup.retentionDays`,
    },
    {
      title: "a month in prod with nobody to export",
      good: { ...DATA_HOST, environment: "prod", backup: { retentionDays: 30 } },
      bad: { environment: "prod", backup: { retentionDays: 30 } },
      text: `backup.retentionDays
    got: 30
    want: 7 without data
    because: the platform keeps 7 days, and only a data host exports to a bucket beyond them
    fix: set data`,
    },
  ],
  platformKeepsItsDays: [
    {
      title: "fewer days than the platform keeps",
      good: { backup: { retentionDays: 7 } },
      bad: { backup: { retentionDays: 6 } },
      text: `backup.retentionDays
    got: 6
    want: 7 without data
    because: the platform's days can't be set
    fix: remove backup.retentionDays`,
    },
  ],
  prodKeepsAMonth: [
    {
      title: "prod with the platform's days alone",
      good: { environment: "staging" },
      bad: { environment: "prod" },
      text: `backup.retentionDays
    got: 7
    want: at least 30 in prod
    because: a mistake may be weeks old when someone sees it
    fix: set data, whose host exports to a bucket`,
    },
    {
      title: "prod with the platform's days alone, as was wished",
      good: { environment: "staging", backup: { retentionDays: 7 } },
      bad: { environment: "prod", backup: { retentionDays: 7 } },
      text: `backup.retentionDays
    got: 7
    want: at least 30 in prod
    because: a mistake may be weeks old when someone sees it
    fix: set data, whose host exports to a bucket, and remove backup.retentionDays`,
    },
    {
      title: "prod with too few days on its data host",
      good: { ...DATA_HOST, environment: "prod", backup: { retentionDays: 30 } },
      bad: { ...DATA_HOST, environment: "prod", backup: { retentionDays: 29 } },
      text: `backup.retentionDays
    got: 29
    want: at least 30 in prod
    because: a mistake may be weeks old when someone sees it
    fix: remove backup.retentionDays`,
    },
  ],
  scheduleIsSent: [
    {
      title: "a minute that the provider drops (trap 32)",
      good: { backup: { schedule: "04:01" } },
      bad: { backup: { schedule: "04:00" } },
      text: `backup.schedule
    got: 04:00
    want: neither the hour nor the minute zero
    because: the provider takes zero for nothing said, and the platform keeps its own time
    fix: use 04:30`,
    },
    {
      title: "an hour that the provider drops (trap 32)",
      good: { backup: { schedule: "23:59" } },
      bad: { backup: { schedule: "00:15" } },
      text: `backup.schedule
    got: 00:15
    want: neither the hour nor the minute zero
    because: the provider takes zero for nothing said, and the platform keeps its own time
    fix: use 01:15`,
    },
  ],
};

describe("the backups of a topology on DigitalOcean", () => {
  testDigitalOceanRules(DIGITALOCEAN_BACKUP_RULES, CASES);
});
