import type { Requirement } from "../requirement.ts";
import { none } from "../verdict.ts";
import { eachServer } from "./servers.ts";

const LIVE = ["live"] as const;

/** What only the running servers can tell. */
export const liveSettings: readonly Requirement<"settings">[] = [
  {
    id: "settings/as-asked",
    topic: "settings",
    severity: "high",
    title: "Every setting in force is the one that was asked for",
    why: "ALTER SYSTEM, a file that was not reloaded, or a flag on the command line wins without a word.",
    fix: "Run `ALTER SYSTEM RESET` for it and `SELECT pg_reload_conf()`, or ask for it by `parameters`.",
    docs: "https://www.postgresql.org/docs/17/view-pg-settings.html",
    witnesses: LIVE,
    references: ["X2"],
    check: (facts) =>
      eachServer(facts, ["differences"], ({ differences }) =>
        none(
          differences.map(({ got, name, want }) => `${name} got ${got}, want ${want}`),
          "not as asked",
        ),
      ),
  },
  {
    id: "settings/no-restart-pending",
    topic: "settings",
    severity: "medium",
    title: "No setting waits for a restart",
    why: "The next restart, planned or not, would bring a server that nobody has tried.",
    fix: "Restart the server at a time of your choice, replicas first.",
    docs: "https://www.postgresql.org/docs/17/view-pg-settings.html",
    witnesses: LIVE,
    check: (facts) =>
      eachServer(facts, ["pendingRestart"], ({ pendingRestart }) => none(pendingRestart, "waiting for a restart")),
  },
];
