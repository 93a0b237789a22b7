import { CLOUD_SQL_DOCS } from "../../topology/limits/limit.ts";
import type { InstancesFacts } from "../facts/instances.ts";
import type { Requirement, Verdict } from "../requirement.ts";
import { none, verdict } from "../verdict.ts";
import { eachInstance, thePrimary } from "./each-instance.ts";

const WITNESSES = ["spec", "live"] as const;
/** Live, `instances/flags-as-asked` names a flag that was lost: so one loss is told once. */
const WISH = ["spec"] as const;
const FLAGS = `${CLOUD_SQL_DOCS}/flags`;

/** What operators see of an instance, and when the cloud works on it. */
export const instanceOperation: readonly Requirement<"instances">[] = [
  {
    id: "instances/maintenance-window",
    topic: "instances",
    severity: "medium",
    title: "Maintenance has a window, and in production it does not come first",
    why: "Without a window the cloud restarts the server whenever it suits; on the canary track new versions come there first.",
    fix: "Set `maintenance.day`, `maintenance.hour` and `maintenance.track`, and run `pgt up`.",
    docs: `${CLOUD_SQL_DOCS}/maintenance`,
    witnesses: WITNESSES,
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
    // The day of today is a fact of a look at the cloud; a wish is judged alike on every day.
    witnesses: ["live"],
    references: ["X6"],
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
    fix: "Set `observability.queryInsights` to true, and run `pgt up`.",
    docs: `${CLOUD_SQL_DOCS}/using-query-insights`,
    witnesses: WITNESSES,
    references: ["S0.9"],
    check: (facts) =>
      eachInstance(facts, ["queryInsights"], ({ queryInsights }) => verdict(queryInsights, "got none, want them on")),
  },
  {
    id: "instances/sessions-logged",
    topic: "instances",
    severity: "medium",
    title: "Logins and their ends are logged",
    why: "Who was there is asked after an incident, when it is too late to begin.",
    fix: "Remove log_connections and log_disconnections from `parameters`, or set them to on.",
    docs: FLAGS,
    witnesses: WISH,
    references: ["CIS GCP 6.2.2", "CIS GCP 6.2.3", "CKV_GCP_52", "CKV_GCP_53"],
    check: (facts) => flagsAre(facts, { log_connections: ["on"], log_disconnections: ["on"] }),
  },
  {
    id: "instances/schema-changes-logged",
    topic: "instances",
    severity: "medium",
    title: "Changes of the schema are logged",
    why: "The statement that dropped a table is the first thing that a restore has to know.",
    fix: "Remove log_statement from `parameters`, or set it to ddl.",
    docs: FLAGS,
    witnesses: WISH,
    references: ["S3.11", "CIS GCP 6.2.4", "CKV_GCP_111"],
    check: (facts) => flagsAre(facts, { log_statement: ["ddl", "mod", "all"] }),
  },
  {
    id: "instances/waits-logged",
    topic: "instances",
    severity: "low",
    title: "Checkpoints and long waits for locks are logged",
    why: "Both are over when somebody looks; the log is what remains.",
    fix: "Remove log_checkpoints and log_lock_waits from `parameters`, or set them to on.",
    docs: FLAGS,
    witnesses: WISH,
    references: ["CKV_GCP_51", "CKV_GCP_54"],
    check: (facts) => flagsAre(facts, { log_checkpoints: ["on"], log_lock_waits: ["on"] }),
  },
];

function flagsAre(facts: InstancesFacts, wanted: Readonly<Record<string, readonly string[]>>): Verdict {
  return eachInstance(facts, ["flags"], ({ flags }) =>
    none(
      Object.entries(wanted)
        .filter(([name, values]) => !values.includes(flags[name] ?? ""))
        .map(([name, values]) => `${name} got ${flags[name] ?? "not set"}, want ${values.join(" or ")}`),
      "not logged",
    ),
  );
}
