import { CLOUD_SQL_DOCS } from "../../topology/limits/limit.ts";
import type { Requirement } from "../requirement.ts";
import { verdict } from "../verdict.ts";
import { eachInstance, thePrimary } from "./each-instance.ts";

const EVERYWHERE = ["spec", "plan", "live"] as const;

/** What operators see of an instance, and when the cloud works on it. */
export const instanceOperation: readonly Requirement<"instances">[] = [
  {
    id: "instances/maintenance-window",
    topic: "instances",
    severity: "medium",
    title: "Maintenance has a window, and in production it does not come first",
    why: "Without a window the cloud restarts the server whenever it suits; on the canary track new versions come there first.",
    fix: "Set `settings.maintenanceWindow` with `day`, `hour` and `updateTrack` (`maintenance` of a stack).",
    docs: `${CLOUD_SQL_DOCS}/maintenance`,
    witnesses: EVERYWHERE,
    check: (facts, { environment }) =>
      thePrimary(facts, ["maintenance"], ({ maintenance }) => {
        if (maintenance === undefined) return verdict(false, "got no maintenance window, want one");
        return verdict(
          environment !== "prod" || maintenance.track !== "canary",
          "got the canary track, want stable or week5",
        );
      }),
  },
  {
    id: "instances/version-cared-for",
    topic: "instances",
    severity: "high",
    title: "PostgreSQL's major version is cared for, and will be for long enough",
    why: "After its end no hole is mended; the cloud then moves it by itself, or asks for a surcharge.",
    fix: "Plan the move to a newer `version`, with a rehearsal on a copy.",
    docs: "https://www.postgresql.org/support/versioning/",
    // A wish is judged alike on every day.
    witnesses: ["plan", "live"],
    references: ["X6", "PAC"],
    check: (facts, { minVersionDays }) =>
      eachInstance(facts, ["version", "versionDaysLeft"], ({ version, versionDaysLeft }) =>
        verdict(
          versionDaysLeft >= minVersionDays,
          `got PostgreSQL ${version} with ${versionDaysLeft} days left, want ${minVersionDays} days or more`,
        ),
      ),
  },
  {
    id: "instances/query-insights",
    topic: "instances",
    severity: "low",
    title: "Query insights are on",
    why: "They are not collected for the time before they were turned on.",
    fix: "Set `settings.insightsConfig.queryInsightsEnabled` (`observability.queryInsights`) to true.",
    docs: `${CLOUD_SQL_DOCS}/using-query-insights`,
    witnesses: EVERYWHERE,
    references: ["S0.9"],
    check: (facts) =>
      eachInstance(facts, ["queryInsights"], ({ queryInsights }) => verdict(queryInsights, "got none, want them on")),
  },
];
