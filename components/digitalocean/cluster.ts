import { DatabaseCluster } from "@pulumi/digitalocean/databaseCluster.js";
import { DatabaseReplica } from "@pulumi/digitalocean/databaseReplica.js";
import type { CloudPlace } from "./cloud-place.ts";
import { clusterArgs, replicaArgs } from "./cluster-args.ts";
import type { PrivateNetwork } from "./network.ts";

/** A disk that grows by itself is larger than was written, and asking for less is refused. */
const GROWN = "storageSizeMib";
/**
 * A large cluster takes longer than the provider's half hour, and one that is given up is billed, and not in the state. The
 * provider takes no time for a replica.
 */
const TIMEOUTS = { customTimeouts: { create: "1h" } };

/** The managed servers of a topology. */
export interface ManagedServers {
  readonly cluster: DatabaseCluster;
  /** By the user's name of the replica. */
  readonly replicas: ReadonlyMap<string, DatabaseReplica>;
}

/**
 * The cluster and its read-only nodes. A replica holds nothing of its own: one that the topology no longer has is removed,
 * or it would go on to be billed. None is removed before it is replaced: its name, which is taken, stops a replacement.
 */
export function createCluster(place: CloudPlace, network: PrivateNetwork): ManagedServers {
  const { topology, childName, dataOptions, guardedOptions } = place;
  const grown = topology.storage.autoscale ? [GROWN] : [];
  const cluster = new DatabaseCluster(childName(topology.primary.part), clusterArgs(place, network.id), {
    ...dataOptions,
    ...TIMEOUTS,
    // A move to another project is no reason to replace the cluster; a refresh would bring it in.
    ignoreChanges: ["projectId", ...grown],
  });
  const replicas = topology.replicas.map((replica): [string, DatabaseReplica] => [
    replica.key,
    new DatabaseReplica(
      childName(replica.part),
      replicaArgs(place, replica, { clusterId: cluster.id, networkId: network.id }),
      { ...guardedOptions, ignoreChanges: grown },
    ),
  ]);
  return { cluster, replicas: new Map(replicas) };
}
