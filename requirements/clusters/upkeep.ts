import type { Requirement } from "../requirement.ts";
import { known, notApplicable, verdict } from "../verdict.ts";
import { eachServer, theCluster } from "./each-server.ts";

const DOCS = "https://docs.digitalocean.com/products/databases/postgresql";

/** What keeps a cluster in use over the years. */
export const clusterUpkeep: readonly Requirement<"clusters">[] = [
  {
    id: "clusters/version-named",
    topic: "clusters",
    severity: "medium",
    title: "Every cluster names its major version",
    why: "Without one the platform takes its newest: a rebuild is another PostgreSQL than the one that was lost.",
    fix: "Set `version`.",
    docs: `${DOCS}/how-to/upgrade-version/`,
    witnesses: ["plan"],
    references: ["X6"],
    check: (facts) =>
      theCluster(facts, ["versionNamed"], ({ versionNamed }) =>
        verdict(versionNamed, "got no version, want one by name"),
      ),
  },
  {
    id: "clusters/version-cared-for",
    topic: "clusters",
    severity: "high",
    title: "PostgreSQL's major version is cared for, and will be for long enough",
    why: "After its end no hole is mended; the platform then upgrades the cluster by itself.",
    fix: "Plan the move to a newer `version`, with a rehearsal on a fork.",
    docs: "https://www.postgresql.org/support/versioning/",
    witnesses: ["plan", "live"],
    references: ["X6"],
    check: (facts, { minVersionDays }) =>
      eachServer(facts, ["version", "versionDaysLeft"], ({ version, versionDaysLeft }) =>
        verdict(
          versionDaysLeft >= minVersionDays,
          `got PostgreSQL ${version} with ${versionDaysLeft} days left, want ${minVersionDays} days or more`,
        ),
      ),
  },
  {
    id: "clusters/exported",
    topic: "clusters",
    severity: "medium",
    title: "In production backups are exported to where the platform's own are not",
    why: "The platform keeps seven days, at one place, and a cluster that is removed takes its backups with it.",
    fix: "Set `backup.retentionDays` above 7, with a data host that makes the exports.",
    docs: `${DOCS}/how-to/restore-from-backups/`,
    // Who exports, and whereto, is in no resource's inputs; whether an export is there, `pgt verify` reads.
    witnesses: ["spec"],
    references: ["S3.4"],
    check: (facts, { environment }) =>
      known(facts, ["exported"], ({ exported }) => {
        if (environment !== "prod") return notApplicable(`${environment} may rely on the platform's backups`);
        return verdict(exported, "primary: got no exports, want them");
      }),
  },
];
