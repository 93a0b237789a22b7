import { isWorldOpen } from "../../topology/trusted-sources.ts";
import { type ClusterServerFacts, type ClustersFacts, NOT_KNOWN_YET, type TrustedList } from "../facts/clusters.ts";
import { isKnown } from "../known.ts";
import type { Requirement, Verdict } from "../requirement.ts";
import { every, known, none, notApplicable, verdict } from "../verdict.ts";
import { eachReplica, eachServer, theCluster } from "./each-server.ts";

const DOCS = "https://docs.digitalocean.com/products/databases/postgresql";
const EVERYWHERE = ["spec", "plan", "live"] as const;

/** What can be said of managed servers before they run. */
export const plannedClusters: readonly Requirement<"clusters">[] = [
  {
    id: "clusters/sources-named",
    topic: "clusters",
    severity: "critical",
    joins: true,
    title: "Every managed server names who may connect",
    why: "A server without a trusted source takes whoever has a password, from anywhere.",
    fix: "Give the server a `DatabaseFirewall` of its own with its rules; look for a second one on the same server, which overwrites it. `pgt up` writes its own anew.",
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
    joins: true,
    title: "No trusted source is the whole world",
    why: "0.0.0.0/0 is the same as no list, and looks like one.",
    fix: "Name the addresses: in `rules` of the `DatabaseFirewall`, or in `access.sources`.",
    docs: `${DOCS}/how-to/secure/`,
    witnesses: EVERYWHERE,
    references: ["S2.2"],
    check: (facts) =>
      known(facts, ["servers"], ({ servers }) =>
        every(
          [...servers.map(({ part, sources }): TrustedList => ({ name: part, sources })), ...listsElsewhere(facts)],
          ({ name }) => name,
          (list) => known(list, ["sources"], ({ sources }) => closedToStrangers(sources)),
          "there are no managed servers",
        ),
      ),
  },
  {
    id: "clusters/standby",
    topic: "clusters",
    severity: "high",
    title: "In production a standby takes over by itself",
    why: "A single node that fails is a database that is away until another is made from a backup.",
    fix: "Set `nodeCount` of the cluster to 2 or more (`highAvailability: true`).",
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
    fix: "Set `storageAutoscale.enabled` of the cluster (`storage.autoscale`) to true.",
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
    fix: "Set `maintenanceWindows` of the cluster (`maintenance.day` and `maintenance.hour`).",
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
    joins: true,
    title: "No replica is smaller than its cluster",
    why: "A smaller replica falls behind under the primary's load, and can't take it over.",
    fix: "Remove `size` of the replica, or make it the primary's at least.",
    docs: `${DOCS}/how-to/add-read-only-nodes/`,
    witnesses: EVERYWHERE,
    references: ["X5"],
    check: (facts) => eachReplica(facts, asLarge),
  },
  {
    id: "clusters/removal-refused",
    topic: "clusters",
    severity: "high",
    // Outside of prod told, and in nobody's way: a stack must be able to end, which takes a permission.
    level: { local: "advisory", staging: "advisory" },
    title: "Pulumi refuses to remove what holds data",
    why: "The platform has no guard of its own: a cluster that is removed is gone, and its backups with it.",
    fix: "Set the resource option `protect` of the cluster to true (`protection.deletion` of a stack).",
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

/** A running server is asked for its own list only. */
function listsElsewhere({ listsElsewhere: lists }: ClustersFacts): readonly TrustedList[] {
  return isKnown(lists) ? lists : [];
}

function closedToStrangers(sources: readonly string[]): Verdict {
  const open = sources.filter((source) => isWorldOpen(source.replace(/^ip_addr /, "")));
  if (open.length === 0 && sources.includes(`ip_addr ${NOT_KNOWN_YET}`)) {
    return { status: "unknown", missing: "an address of sources" };
  }
  return none(open, "open to everybody");
}

function asLarge(replica: ClusterServerFacts, primary: ClusterServerFacts): Verdict {
  const names = ["size", "cpus", "memoryMiB"] as const;
  return known(primary, names, (above) =>
    known(replica, names, (below) =>
      verdict(
        below.cpus >= above.cpus && below.memoryMiB >= above.memoryMiB,
        `got ${below.size}, want ${above.size} or more`,
      ),
    ),
  );
}
