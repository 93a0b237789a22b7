import type { DatabaseClusterArgs } from "@pulumi/digitalocean/databaseCluster.js";
import type { DatabaseReplicaArgs } from "@pulumi/digitalocean/databaseReplica.js";
import type * as pulumi from "@pulumi/pulumi";
import type { ResolvedDigitalOcean, ResolvedManagedServer } from "../../topology/resolved-digitalocean.ts";
import type { CloudPlace } from "./cloud-place.ts";

const MIB_PER_GIB = 1024;
/** Per cent full at which the disk grows, and by how much: the least step there is. */
const GROWTH = { thresholdPercent: 80, incrementGib: 10 };

/**
 * The primary and its standbys. Never set: `projectId`, which replaces the cluster and the data with it, where a member of
 * a project can be moved; `backupRestore`, which is read at a creation only.
 */
export function clusterArgs(place: CloudPlace, networkId: pulumi.Input<string>): DatabaseClusterArgs {
  const { topology, name, tags } = place;
  const { maintenance, nodeCount, primary, storage, version } = topology;
  return {
    name: name(primary.part),
    engine: "pg",
    version: String(version),
    size: primary.slug,
    nodeCount,
    region: primary.region,
    // To change it replaces the cluster.
    privateNetworkUuid: networkId,
    storageSizeMib: storageSizeMib(topology),
    // Without it, one that was on would stay on: the provider only sends what is there.
    storageAutoscale: storage.autoscale ? { enabled: true, ...GROWTH } : { enabled: false },
    // With seconds, as the platform gives it back. It can be changed, but without it the provider fails.
    // https://github.com/pulumi/pulumi-digitalocean/issues/185
    maintenanceWindows: [{ day: maintenance.day, hour: `${String(maintenance.hour).padStart(2, "0")}:00:00` }],
    tags,
  };
}

/** A read-only node. It has no tags: one more would replace it. */
export function replicaArgs(
  place: CloudPlace,
  replica: ResolvedManagedServer,
  wiring: { readonly clusterId: pulumi.Input<string>; readonly networkId: pulumi.Input<string> },
): DatabaseReplicaArgs {
  const { topology, name } = place;
  return {
    // In one list with the names of clusters.
    name: name(replica.part),
    clusterId: wiring.clusterId,
    region: replica.region,
    size: replica.slug,
    // A VPC is of one region: elsewhere, it is that region's own.
    privateNetworkUuid: replica.region === topology.region ? wiring.networkId : undefined,
    storageSizeMib: storageSizeMib(topology),
  };
}

/** `undefined` is what comes with the size. */
function storageSizeMib({ storage }: ResolvedDigitalOcean): string | undefined {
  return storage.diskGiB === undefined ? undefined : String(storage.diskGiB * MIB_PER_GIB);
}
