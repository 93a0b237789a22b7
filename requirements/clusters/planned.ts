import { isWorldOpen } from "../../topology/trusted-sources.ts";
import type { ClusterServerFacts } from "../facts/clusters.ts";
import type { Requirement } from "../requirement.ts";
import { every, known, none, notApplicable, verdict } from "../verdict.ts";
import { eachServer, theCluster } from "./each-server.ts";

const DOCS = "https://docs.digitalocean.com/products/databases/postgresql";
const EVERYWHERE = ["spec", "plan", "live"] as const;
const WITNESSES = ["spec", "live"] as const;

/** What can be said of managed servers before they run. */
export const plannedClusters: readonly Requirement<"clusters">[] = [
  {
    id: "clusters/sources-named",
    topic: "clusters",
    severity: "critical",
    title: "Every managed server names who may connect",
    why: "A server without a trusted source takes whoever has a password, from anywhere.",
    fix: "Run `pgt up`, which writes the list anew; look for a second firewall on the same server, which overwrites it.",
    docs: `${DOCS}/how-to/secure/`,
    witnesses: EVERYWHERE,
    references: ["S2.2"],
    check: (facts) =>
      eachServer(facts, ["sources"], ({ sources }) =>
        verdict(sources.length > 0, "got no trusted source, want one or more"),
      ),
  },
  {
    id: "clusters/no-world-open-source",
    topic: "clusters",
    severity: "critical",
    title: "No trusted source is the whole world",
    why: "0.0.0.0/0 is the same as no list, and looks like one.",
    fix: "Name the addresses in `access.sources`, and run `pgt up`.",
    docs: `${DOCS}/how-to/secure/`,
    witnesses: EVERYWHERE,
    references: ["S2.2"],
    check: (facts) =>
      eachServer(facts, ["sources"], ({ sources }) =>
        none(
          sources.filter((source) => isWorldOpen(source.replace(/^ip_addr /, ""))),
          "open to everybody",
        ),
      ),
  },
  {
    id: "clusters/standby",
    topic: "clusters",
    severity: "high",
    title: "In production a standby takes over by itself",
    why: "A single node that fails is a database that is away until another is made from a backup.",
    fix: "Set `highAvailability` to true.",
    docs: `${DOCS}/concepts/high-availability/`,
    witnesses: EVERYWHERE,
    references: ["X4"],
    check: (facts, { environment, wantsHighAvailability }) =>
      theCluster(facts, ["nodes"], ({ nodes }) => {
        if (!wantsHighAvailability) return notApplicable(`${environment} may have one node`);
        return verdict(nodes >= 2, `got ${nodes} node, want 2 or more`);
      }),
  },
  {
    id: "clusters/disk-grows",
    topic: "clusters",
    severity: "medium",
    title: "The disk grows by itself",
    why: "A full disk makes the cluster read-only.",
    fix: "Set `storage.autoscale` to true, and run `pgt up`.",
    docs: `${DOCS}/how-to/autoscale-storage/`,
    witnesses: EVERYWHERE,
    check: (facts) =>
      theCluster(facts, ["diskGrows"], ({ diskGrows }) =>
        verdict(diskGrows, "got a disk that does not grow, want one that does"),
      ),
  },
  {
    id: "clusters/maintenance-window",
    topic: "clusters",
    severity: "medium",
    title: "Maintenance has a window",
    why: "Without one the platform restarts the server whenever it suits.",
    fix: "Set `maintenance.day` and `maintenance.hour`, and run `pgt up`.",
    docs: `${DOCS}/how-to/update/`,
    witnesses: EVERYWHERE,
    references: ["S2.1"],
    check: (facts) =>
      theCluster(facts, ["maintenance"], ({ maintenance }) =>
        verdict(maintenance !== undefined, "got no maintenance window, want one"),
      ),
  },
  {
    id: "clusters/replica-as-large",
    topic: "clusters",
    severity: "high",
    title: "No replica is smaller than its cluster",
    why: "A smaller replica falls behind under the primary's load, and can't take it over.",
    fix: "Remove `size` of the replica, or make it the primary's at least.",
    docs: `${DOCS}/how-to/add-read-only-nodes/`,
    witnesses: WITNESSES,
    references: ["X5"],
    check: (facts) =>
      known(facts, ["servers"], ({ servers }) =>
        every(
          servers.filter(({ role }) => role === "replica"),
          ({ part }) => part,
          (replica) =>
            asLarge(
              replica,
              servers.find(({ role }) => role === "primary"),
            ),
          "there are no replicas",
        ),
      ),
  },
  {
    id: "clusters/removal-refused",
    topic: "clusters",
    severity: "high",
    title: "Pulumi refuses to remove what holds data",
    why: "The platform has no guard of its own: a cluster that is removed is gone, and its backups with it.",
    fix: "Set `protection.deletion` to true, and run `pgt up`.",
    docs: "https://www.pulumi.com/docs/iac/concepts/resources/options/protect/",
    // A running cluster does not know of it.
    witnesses: ["spec", "plan"],
    references: ["S3.4"],
    check: (facts, { environment, wantsDeletionProtection }) =>
      theCluster(facts, ["protected"], ({ protected: isProtected }) => {
        if (!wantsDeletionProtection) return notApplicable(`a ${environment} stack may be removed`);
        return verdict(isProtected, "got protect false, want true");
      }),
  },
];

function asLarge(replica: ClusterServerFacts, primary: ClusterServerFacts | undefined) {
  const names = ["size", "cpus", "memoryMiB"] as const;
  if (primary === undefined) return notApplicable("there is no primary");
  return known(primary, names, (above) =>
    known(replica, names, (below) =>
      verdict(
        below.cpus >= above.cpus && below.memoryMiB >= above.memoryMiB,
        `got ${below.size}, want ${above.size} or more`,
      ),
    ),
  );
}
