import type { Requirement } from "../requirement.ts";
import { known, noneOf, verdict } from "../verdict.ts";

const VOLUMES = "https://docs.docker.com/engine/storage/volumes/";

/** Data outlives mistakes. */
export const dataProtection: readonly Requirement<"protection">[] = [
  {
    id: "protection/data-kept",
    topic: "protection",
    severity: "high",
    title: "Data outlives the removal of its server",
    why: "Removing a replica from the configuration, or the stack from the machine, must not be the end of its rows.",
    fix: "Set `protection.keepData` to true; `pgt down --delete-data` deletes on purpose.",
    docs: "https://www.pulumi.com/docs/iac/concepts/resources/options/retainondelete/",
    // The plan does not show `retainOnDelete` to a policy, and a running topology does not know of it.
    witnesses: ["spec"],
    check: (facts, floors) =>
      known(facts, ["dataKept"], ({ dataKept }) => {
        if (floors.environment === "local")
          return { status: "not-applicable", reason: "a local stack may be thrown away" };
        return verdict(dataKept, "got protection.keepData false, want true");
      }),
  },
  {
    id: "protection/named-volumes",
    topic: "protection",
    severity: "critical",
    title: "Servers and backups keep their data in named volumes",
    why: "Data in the container's own layer, or in a volume without a name, is gone when the container is replaced.",
    fix: "Mount a `docker.Volume` by its name at the data directory.",
    docs: VOLUMES,
    witnesses: ["spec", "plan", "live"],
    references: ["S1.1"],
    check: (facts) =>
      known(facts, ["unnamedData"], ({ unnamedData }) => noneOf(unnamedData, "want a named volume, got none at")),
  },
  {
    id: "protection/own-volumes",
    topic: "protection",
    severity: "critical",
    title: "No two servers share a data volume",
    why: "Two postmasters on one data directory destroy it.",
    fix: "Give each server a volume of its own.",
    docs: "https://www.postgresql.org/docs/17/creating-cluster.html",
    witnesses: ["spec", "plan", "live"],
    check: (facts) =>
      known(facts, ["sharedData"], ({ sharedData }) => noneOf(sharedData, "want one server a volume, got more in")),
  },
  {
    id: "protection/clean-shutdown",
    topic: "protection",
    severity: "medium",
    title: "PostgreSQL is asked to stop in a way that ends, and given time for it",
    why: "On SIGTERM PostgreSQL waits for every client to leave; after Docker's ten seconds it is killed, and recovers at the next start.",
    fix: 'Set `stopSignal: "SIGINT"` (fast shutdown) and `stopTimeout` to 60 or more.',
    docs: "https://www.postgresql.org/docs/17/server-shutdown.html",
    witnesses: ["plan", "live"],
    check: (facts) =>
      known(facts, ["hurriedShutdowns"], ({ hurriedShutdowns }) =>
        noneOf(hurriedShutdowns, "want SIGINT and at least 30 s, got"),
      ),
  },
];
