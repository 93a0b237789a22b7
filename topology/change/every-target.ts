import { readAt } from "../limits/limit.ts";
import type { ResolvedTopology } from "../resolved.ts";
import { descends, type Effect, type Rules } from "./rule.ts";

const RETAIN = readAt("https://www.pulumi.com/docs/iac/concepts/resources/options/retainondelete/");

/** From the strictest floors to the loosest. */
const ENVIRONMENTS = ["prod", "staging", "local"];

const JUDGED_ONLY: Effect = {
  label: "none",
  what: "no server changes: the topology is judged against it",
  source: { file: "topology/validate.ts" },
};

const LOOKED_FOR: Effect = {
  label: "none",
  what: "no server changes: `pgt verify` looks for it in the database",
  source: { file: "requirements/schema/expected.ts" },
};

const HANDED_ON: Effect = {
  label: "none",
  what: "no server changes: the application reads it at its next start",
  source: { file: "cli/stack/environment-variables.ts" },
};

const APPLICATION = [
  "poolSize",
  "maxOverflow",
  "poolTimeoutSeconds",
  "poolRecycleSeconds",
  "replicaPoolSize",
  "replicaMaxOverflow",
  "replicaPoolTimeoutSeconds",
  "useReadReplica",
  "replicaFallback",
];

/** Fields that mean the same wherever a topology runs. */
export const EVERY_TARGET: Rules<ResolvedTopology> = {
  stack: { follows: "name" },
  environment: (edit) => {
    const lowered = descends(edit, ENVIRONMENTS);
    return {
      label: "none",
      exposure: lowered,
      what: `no server changes by itself: requirements are ${lowered ? "looser" : "stricter"} from then on`,
      source: { file: "requirements/floors.ts" },
    };
  },
  keepData: ({ to }) => ({
    label: "none",
    exposure: to !== true,
    what:
      to === true
        ? "from then on, data and backups outlive the removal of a server and of the stack"
        : "from then on, the removal of a server or of the stack takes data and backups with it",
    source: RETAIN,
  }),
  "expected.schemas": LOOKED_FOR,
  "expected.tables": LOOKED_FOR,
  "expected.columns": LOOKED_FOR,
  "expected.extensions": LOOKED_FOR,
  "objectives.rtoSeconds": JUDGED_ONLY,
  "objectives.rpoSeconds": JUDGED_ONLY,
  "objectives.restoreMiBPerSecond": JUDGED_ONLY,
  "budget.monthlyUsd": {
    label: "none",
    what: "no server changes: what the topology costs is judged against it",
    source: { file: "preview/cost/budget.ts" },
  },
  ...Object.fromEntries(APPLICATION.map((field) => [`application.${field}`, HANDED_ON])),
};
