import { DatabaseInstance } from "@pulumi/gcp/sql/databaseInstance.js";
import type { ResolvedCloudReplica } from "../../topology/resolved-gcp.ts";
import type { CloudPlace } from "./cloud-place.ts";
import { primaryArgs, replicaArgs } from "./instance-args.ts";
import type { GcpNetwork } from "./network.ts";

/** The disk grows by itself: without this, some versions of the provider want to replace the instance for that. */
const IGNORED = { ignoreChanges: ["settings.diskSize"] };
/**
 * A replica is copied from the primary first, which takes hours for some TiB. A creation that is given up leaves an
 * instance that the state knows nothing of.
 */
const REPLICA_TIMEOUTS = { customTimeouts: { create: "6h" } };

/** The Cloud SQL instances of a topology. */
export interface GcpInstances {
  readonly primary: DatabaseInstance;
  /** By the user's name of the replica. */
  readonly replicas: ReadonlyMap<string, DatabaseInstance>;
}

/**
 * The primary and its replicas, in the order in which they can be made, and backwards removed: the cloud refuses to remove
 * a primary that has replicas. None is removed before it is replaced: its name, which is taken, stops a replacement.
 */
export function createInstances(
  place: CloudPlace,
  { networkId, ready }: GcpNetwork,
  designated: ResolvedCloudReplica | undefined,
): GcpInstances {
  const { topology, childName, dataOptions } = place;
  const primary = new DatabaseInstance(
    childName(topology.primary.part),
    primaryArgs(place, { networkId }, designated),
    // No argument refers to the peering, and without it there are no addresses.
    { ...dataOptions, ...IGNORED, dependsOn: [...ready] },
  );
  const replicas = topology.replicas.map((replica): [string, DatabaseInstance] => [
    replica.key,
    new DatabaseInstance(
      childName(replica.part),
      replicaArgs(place, replica, { networkId, primaryName: primary.name }),
      { ...dataOptions, ...IGNORED, ...REPLICA_TIMEOUTS },
    ),
  ]);
  return { primary, replicas: new Map(replicas) };
}
