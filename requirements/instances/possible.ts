import { EDITION_LIMITS } from "../../topology/limits/cloud-sql-editions.ts";
import { INSTANCE_LIMITS } from "../../topology/limits/cloud-sql-instances.ts";
import { CLOUD_SQL_DOCS, isWithin } from "../../topology/limits/limit.ts";
import { cloudSqlFlagProblem, cloudSqlValueProblem } from "../../topology/parameters/cloud-sql-flags.ts";
import { type Major, MAJORS, settingOf } from "../../topology/parameters/server-settings.ts";
import { parseInteger, parseReal } from "../../topology/parameters/setting-value.ts";
import type { Requirement } from "../requirement.ts";
import { none, notApplicable, verdict } from "../verdict.ts";
import { eachInstance, thePrimary } from "./each-instance.ts";
import { flagsAre } from "./effective-flags.ts";

const PLAN = ["plan"] as const;
const WISHED = ["spec", "plan"] as const;
const DAY_MS = 86_400_000;

/** What the cloud refuses only once it is asked, or takes and does not bear. */
export const instancesPossible: readonly Requirement<"instances">[] = [
  {
    id: "instances/flags-valid",
    topic: "instances",
    severity: "high",
    title: "Flags exist in the version that runs, and their values are allowed",
    why: "A flag that the version does not have is found out in the middle of an update, or of an upgrade.",
    fix: "Remove the flag, or give it a value from the page.",
    docs: `${CLOUD_SQL_DOCS}/flags`,
    witnesses: WISHED,
    references: ["X6"],
    check: (facts) =>
      eachInstance(facts, ["flags", "version"], ({ flags, version }) => {
        const major = MAJORS.find((one) => one === version);
        if (major === undefined) return notApplicable(`the flags of PostgreSQL ${version} are in no table here`);
        return none(flagProblems(major, flags), "flags");
      }),
  },
  {
    id: "instances/managed-pooling-possible",
    topic: "instances",
    severity: "high",
    title: "Managed pooling is asked of an edition that has it",
    why: "The cloud has it in ENTERPRISE_PLUS only, and refuses the instance otherwise.",
    fix: "Remove `settings.connectionPoolConfigs`, or set `settings.edition` to ENTERPRISE_PLUS.",
    docs: `${CLOUD_SQL_DOCS}/managed-connection-pooling`,
    witnesses: WISHED,
    references: ["X6"],
    check: (facts) =>
      eachInstance(facts, ["pooling", "edition"], ({ edition, pooling }) =>
        verdict(!pooling || edition === "ENTERPRISE_PLUS", `got pooling in ${edition}, want ENTERPRISE_PLUS`),
      ),
  },
  {
    id: "instances/read-pool-possible",
    topic: "instances",
    severity: "high",
    title: "A read pool has as many nodes as the cloud gives, in an edition that has pools",
    why: "The cloud refuses the rest, and a range that is upside down never settles.",
    fix: "Set `nodeCount`, or `readPoolAutoScaleConfig` from the least to the most, within the cloud's bounds.",
    docs: `${CLOUD_SQL_DOCS}/about-read-pools`,
    witnesses: PLAN,
    references: ["X6"],
    check: (facts) =>
      eachInstance(facts, ["readPool", "edition"], ({ edition, readPool }) => {
        if (readPool === undefined) return notApplicable("it is no read pool");
        if (edition !== "ENTERPRISE_PLUS") return verdict(false, `got a read pool in ${edition}, want ENTERPRISE_PLUS`);
        const { maxNodes, minNodes } = readPool;
        const bounds = INSTANCE_LIMITS.readPoolNodes.bounds;
        return verdict(
          isWithin(minNodes, bounds) && isWithin(maxNodes, bounds) && minNodes <= maxNodes,
          `got ${minNodes} to ${maxNodes} nodes, want from ${bounds.min} to ${bounds.max}`,
        );
      }),
  },
  {
    id: "instances/log-days-possible",
    topic: "instances",
    severity: "high",
    title: "The days of the log are within what the edition keeps",
    why: "The cloud refuses more: a change of the edition alone then fails.",
    fix: "Set `settings.backupConfiguration.transactionLogRetentionDays`, or another edition.",
    docs: `${CLOUD_SQL_DOCS}/backup-recovery/pitr`,
    witnesses: WISHED,
    references: ["X6"],
    check: (facts) =>
      thePrimary(facts, ["edition", "logDays"], ({ edition, logDays }) => {
        const limits = EDITION_LIMITS.transactionLogRetentionDays;
        const bounds = edition === "ENTERPRISE" ? limits.ENTERPRISE : limits.ENTERPRISE_PLUS;
        return verdict(
          isWithin(logDays, bounds),
          `got ${logDays} days in ${edition}, want from ${bounds.min} to ${bounds.max}`,
        );
      }),
  },
  {
    id: "instances/freeze-possible",
    topic: "instances",
    severity: "medium",
    title: "A time without maintenance is as long as the cloud allows",
    why: "The cloud refuses a longer one, and takes none where the end is before the beginning.",
    fix: "Choose `startDate` and `endDate` of `settings.denyMaintenancePeriod` within the bound.",
    docs: `${CLOUD_SQL_DOCS}/maintenance`,
    witnesses: WISHED,
    references: ["X6"],
    check: (facts) =>
      thePrimary(facts, ["freezes"], ({ freezes }) => {
        if (freezes.length === 0) return notApplicable("there is no such time");
        const { max, min } = INSTANCE_LIMITS.denyMaintenanceDays.bounds;
        const bad = freezes.filter((freeze) => !isWithin(daysOf(freeze), { min, max }));
        return none(bad, `want from ${min} to ${max} days, got`);
      }),
  },
  {
    id: "instances/connections-fit-memory",
    topic: "instances",
    severity: "medium",
    title: "The server has memory for the connections that it may take",
    why: "Each connection is a process: too many, and the server runs out of memory before they are all there.",
    fix: "Lower the flag `max_connections` and pool, or choose a larger machine.",
    docs: `${CLOUD_SQL_DOCS}/quotas#maximum_concurrent_connections`,
    witnesses: WISHED,
    references: ["X5"],
    check: (facts, { minMemoryMiBPerConnection }) =>
      eachInstance(facts, ["flags", "memoryMiB"], ({ flags, memoryMiB }) => {
        const connections = parseInteger(flags.max_connections ?? "");
        if (connections === undefined) return notApplicable("max_connections is the cloud's, by the memory");
        const most = Math.floor(memoryMiB / minMemoryMiBPerConnection);
        return verdict(
          connections <= most,
          `got max_connections ${connections} on ${memoryMiB} MiB, want ${most} at most`,
        );
      }),
  },
  {
    id: "instances/statements-end",
    topic: "instances",
    severity: "low",
    // PostgreSQL's own advice is against it: it ends dumps and migrations, too. A role is the better place.
    level: "off",
    title: "Statements, and waits for locks, end by themselves",
    why: "One statement without an end holds its locks, and everybody behind them.",
    fix: "Set the flags `statement_timeout` and `lock_timeout`, or set both for the application's role.",
    docs: "https://www.postgresql.org/docs/17/runtime-config-client.html#GUC-STATEMENT-TIMEOUT",
    witnesses: PLAN,
    references: ["S3.1"],
    check: (facts) => flagsAre(facts, "without an end", { statement_timeout: SOME_TIME, lock_timeout: SOME_TIME }),
  },
];

const SOME_TIME = { want: "a time", holds: (value: string) => (parseReal(value, "ms") ?? 0) > 0 };

/** By name; the values of some are secrets. */
function flagProblems(major: Major, flags: Readonly<Record<string, string>>): string[] {
  return Object.entries(flags).flatMap(([name, value]) => {
    const refused = cloudSqlFlagProblem(name);
    if (refused !== undefined) return [`${name} is refused (${refused})`];
    // A dot is in the names of extensions' parameters, which no server without them knows.
    if (!name.includes(".") && settingOf(major, name) === undefined)
      return [`${name} is unknown to PostgreSQL ${major}`];
    const problem = cloudSqlValueProblem(major, name, value);
    return problem === undefined ? [] : [`${name}: want ${problem.want}`];
  });
}

/** Of `2027-01-05 to 2027-01-09`, both included, or without years, when it comes every year. */
function daysOf(freeze: string): number {
  const [from = "", to = ""] = freeze.split(" to ");
  const [first, last] = [dayOf(from), dayOf(to)];
  const wraps = from.length <= 5 && last < first;
  return (last - first) / DAY_MS + 1 + (wraps ? 365 : 0);
}

function dayOf(date: string): number {
  return Date.parse(date.length <= 5 ? `2027-${date}` : date);
}
