import type { ClusterMemberFacts, ClusterServerFacts } from "../facts/clusters.ts";
import { isKnown, UNKNOWN } from "../known.ts";
import type { Requirement, Verdict } from "../requirement.ts";
import { every, known, notApplicable, verdict } from "../verdict.ts";
import { eachReplica, theCluster } from "./each-server.ts";

const VPC = "https://docs.digitalocean.com/products/networking/vpc/";
const PLANNED = ["spec", "plan"] as const;

/** Which private network servers and their clients have in common. */
export const clusterNetworks: readonly Requirement<"clusters">[] = [
  {
    id: "clusters/network-named",
    topic: "clusters",
    severity: "medium",
    title: "Every cluster names the VPC that it is in",
    why: "The account's default network is shared with everything that named none, and a cluster can't leave it.",
    fix: "Set `privateNetworkUuid` to the id of a VPC of the stack.",
    docs: VPC,
    witnesses: ["plan"],
    references: ["S2.2"],
    check: (facts) =>
      theCluster(facts, ["network"], ({ network }) =>
        verdict(network !== undefined, "got no VPC, which is the account's default one, want one by name"),
      ),
  },
  {
    id: "clusters/replica-in-network",
    topic: "clusters",
    severity: "high",
    joins: true,
    title: "A replica in its cluster's region is in its cluster's network",
    why: "Elsewhere, clients that read from it and clients that write take different ways, one of them in public.",
    fix: "Give the replica the `privateNetworkUuid` of its cluster.",
    docs: VPC,
    witnesses: ["plan", "live"],
    references: ["X2"],
    check: (facts) => eachReplica(facts, inNetwork),
  },
  {
    id: "clusters/machines-in-network",
    topic: "clusters",
    severity: "medium",
    joins: true,
    title: "Machines in the region of a cluster are in its network",
    why: "A machine in another network reaches the database by its public address only.",
    fix: "Give the Droplet the `vpcUuid` that is the cluster's `privateNetworkUuid`.",
    docs: VPC,
    witnesses: ["plan"],
    references: ["X2"],
    check: (facts) =>
      known(facts, ["machines", "servers"], ({ machines, servers }) => {
        const clusters = servers.filter(({ role }) => role === "primary");
        const byRegion = Map.groupBy(clusters, ({ region }) => region);
        return every(
          machines,
          ({ name }) => name,
          (machine) => besideCluster(machine, byRegion),
          "there are no machines",
        );
      }),
  },
  {
    id: "clusters/machines-aligned",
    topic: "clusters",
    severity: "high",
    joins: true,
    title: "Machines are in a region that has a server of the stack",
    why: "A query over an ocean takes a tenth of a second before it begins, and a VPC ends with its region: the way is a public one.",
    fix: "Make the Droplet in the region of the cluster, or put a replica into the Droplet's; the Droplet is made anew.",
    docs: VPC,
    witnesses: PLANNED,
    references: ["S0.4"],
    check: (facts) =>
      known(facts, ["machines", "servers"], ({ machines, servers }) => {
        if (servers.length === 0) return notApplicable("there are no managed servers");
        const regions = new Set(servers.map(({ region }) => region));
        return every(
          machines,
          ({ name }) => name,
          (machine) => known(machine, ["region"], ({ region }) => besideServer(region, regions)),
          "there are no machines",
        );
      }),
  },
];

function besideServer(region: string, regions: ReadonlySet<ClusterServerFacts["region"]>): Verdict {
  if (regions.has(region)) return { status: "pass" };
  const known = [...regions].filter(isKnown);
  if (known.length < regions.size) return { status: "unknown", missing: "region of the servers" };
  return verdict(false, `got ${region}, want ${known.join(" or ")} like a server`);
}

function inNetwork(replica: ClusterServerFacts, cluster: ClusterServerFacts): Verdict {
  return known(replica, ["region", "network"], (own) =>
    known(cluster, ["region", "network"], (above) => {
      if (own.region !== above.region) return notApplicable("a VPC is of one region");
      return verdict(own.network === above.network, `got ${shown(own.network)}, want ${shown(above.network)}`);
    }),
  );
}

/** In the network of one of the clusters of its region. */
function besideCluster(
  machine: ClusterMemberFacts,
  byRegion: ReadonlyMap<ClusterServerFacts["region"], readonly ClusterServerFacts[]>,
): Verdict {
  return known(machine, ["region"], ({ region }) => {
    const near = byRegion.get(region) ?? [];
    if (near.length === 0) {
      if (byRegion.has(UNKNOWN)) return { status: "unknown", missing: "region of the clusters" };
      return notApplicable("there is no cluster in its region");
    }
    return known(machine, ["network"], ({ network }) => {
      const networks = near.map((cluster) => cluster.network);
      if (networks.includes(network)) return { status: "pass" };
      const others = networks.filter(isKnown);
      if (others.length < networks.length) return { status: "unknown", missing: "network of the clusters" };
      return verdict(false, `got ${shown(network)}, want ${others.map(shown).join(" or ")}`);
    });
  });
}

function shown(network: string | undefined): string {
  return network === undefined ? "the region's default VPC" : `the VPC ${network}`;
}
