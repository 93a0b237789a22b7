import { MANAGED_CONNECTIONS, managedMaxConnections } from "../../topology/limits/digitalocean.ts";
import type { ClusterPoolFacts, ClusterServerFacts } from "../facts/clusters.ts";
import { isKnown, UNKNOWN } from "../known.ts";
import type { Requirement, Verdict } from "../requirement.ts";
import { every, known, notApplicable, verdict } from "../verdict.ts";
import { eachServer, theCluster } from "./each-server.ts";

const DOCS = "https://docs.digitalocean.com/products/databases/postgresql";
const PLANNED = ["spec", "plan"] as const;

/** Whether what stands in and beside a cluster fits it. */
export const clusterSizing: readonly Requirement<"clusters">[] = [
  {
    id: "clusters/pools-fit",
    topic: "clusters",
    severity: "high",
    joins: true,
    title: "All pools of a cluster together fit into its connections",
    why: "Pools share the server's connections: the platform refuses the one that is too many, in the middle of an update.",
    fix: "Make the pools smaller, or take a larger `size`: each GiB of memory gives 25 connections, 3 of them are kept.",
    docs: `${DOCS}/how-to/manage-connection-pools/`,
    witnesses: PLANNED,
    references: ["X5"],
    check: (facts) => theCluster(facts, ["pools", "memoryMiB"], ({ pools, memoryMiB }) => fit(pools, memoryMiB)),
  },
  {
    id: "clusters/pool-logins-made",
    topic: "clusters",
    severity: "medium",
    joins: true,
    title: "Every pool's user and database are the cluster's own, or made in the same stack",
    why: "A pool of a user that is not there is refused, and one of a user whom somebody made by hand is gone after a rebuild.",
    fix: "Make a `DatabaseUser` and a `DatabaseDb`, and take the pool's `user` and `dbName` from them.",
    docs: `${DOCS}/how-to/manage-connection-pools/`,
    witnesses: ["plan"],
    check: (facts) =>
      known(facts, ["servers"], ({ servers }) =>
        every(
          servers.filter(({ role }) => role === "primary").flatMap(poolsOf),
          ({ name }) => name,
          (pool) =>
            known(pool, ["userMade", "databaseMade"], ({ databaseMade, userMade }) =>
              verdict(
                userMade && databaseMade,
                `got a ${userMade ? "database" : "user"} that nothing in the stack makes, want one that it makes`,
              ),
            ),
          "there are no pools",
        ),
      ),
  },
  {
    id: "clusters/copies",
    topic: "clusters",
    severity: "medium",
    joins: true,
    title: "There are as many copies of the data as the environment asks for",
    why: "With one server, its loss is an outage for as long as it takes to restore a backup.",
    fix: "Set `nodeCount` of the cluster to 2 or more (`highAvailability: true`), or add a replica.",
    docs: `${DOCS}/concepts/high-availability/`,
    witnesses: ["spec", "plan", "live"],
    references: ["S1.3"],
    check: (facts, { environment, minReplicas, wantsHighAvailability }) =>
      known(facts, ["servers"], ({ servers }) => {
        if (minReplicas === 0 || !wantsHighAvailability) return notApplicable(`${environment} may have one node`);
        const replicas = servers.filter(({ role }) => role === "replica");
        const isUntold = replicas.some(({ follows }) => follows === UNKNOWN);
        const followers = Map.groupBy(replicas, ({ follows }) => follows);
        return theCluster(facts, ["nodes"], ({ nodes }, cluster) => {
          const copies = nodes - 1 + (followers.get(cluster.part)?.length ?? 0);
          if (copies < minReplicas && isUntold) {
            return { status: "unknown", missing: "follows of the replicas" };
          }
          return verdict(
            copies >= minReplicas,
            `got ${copies} standby nodes and replicas, want ${minReplicas} or more`,
          );
        });
      }),
  },
  {
    id: "clusters/size-allowed",
    topic: "clusters",
    severity: "low",
    // A replica has no tags: by itself it does not tell of which environment it is.
    joins: true,
    title: "Every managed server has a size that its environment is meant to have",
    why: "A machine that was tried out in production's size is paid for each month, and one too small has no standby.",
    fix: "Take one of the sizes, or name yours in `floors.clusterSizes` of the policies' settings.",
    docs: `${DOCS}/details/pricing/`,
    witnesses: PLANNED,
    check: (facts, { clusterSizes, environment }) =>
      eachServer(facts, ["size"], ({ size }) =>
        verdict(
          clusterSizes.some((allowed) => matches(size, allowed)),
          `got ${size}, want one that ${environment} may have`,
        ),
      ),
  },
];

/** Where it is not known which pools there are, nothing of them is. */
function poolsOf({
  part,
  pools,
}: ClusterServerFacts): readonly Pick<ClusterPoolFacts, "name" | "userMade" | "databaseMade">[] {
  return isKnown(pools) ? pools : [{ name: part, userMade: UNKNOWN, databaseMade: UNKNOWN }];
}

function fit(pools: readonly ClusterPoolFacts[], memoryMiB: number): Verdict {
  if (pools.length === 0) return notApplicable("there are no pools");
  const sizes = pools.map(({ size }) => size).filter(isKnown);
  const sum = sizes.reduce((left, size) => left + size, 0);
  const most = managedMaxConnections(memoryMiB) - MANAGED_CONNECTIONS.reserved;
  // What is known may be too much already.
  if (sum <= most && sizes.length < pools.length) return { status: "unknown", missing: "size of a pool" };
  return verdict(sum <= most, `got pools of ${sum} connections together, want ${most} at most`);
}

/** `*` stands for any text. */
function matches(size: string, allowed: string): boolean {
  const pattern = allowed.split("*").map((part) => part.replaceAll(/[^a-z0-9]/gi, String.raw`\$&`));
  return new RegExp(`^${pattern.join(".*")}$`).test(size);
}
