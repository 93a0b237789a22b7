import type { types } from "@pulumi/digitalocean";
import type { DatabaseCluster } from "@pulumi/digitalocean/databaseCluster.js";
import { DatabaseFirewall } from "@pulumi/digitalocean/databaseFirewall.js";
import type { DatabaseReplica } from "@pulumi/digitalocean/databaseReplica.js";
import type { Droplet } from "@pulumi/digitalocean/droplet.js";
import type * as pulumi from "@pulumi/pulumi";
import { replicaPart } from "../../topology/names.ts";
import { trustedSources } from "../../topology/trusted-sources.ts";
import type { CloudPlace } from "./cloud-place.ts";
import type { PrivateNetwork } from "./network.ts";

/** The servers, by what the platform asks for in a list. */
interface LimitedServers {
  readonly cluster: Pick<DatabaseCluster, "id">;
  readonly replicas: ReadonlyMap<string, Pick<DatabaseReplica, "uuid">>;
}

/** Who may reach the managed servers. */
interface TrustedWiring {
  readonly network: PrivateNetwork;
  /** `undefined` without a data host. */
  readonly dataHost: Pick<Droplet, "id"> | undefined;
}

/**
 * One list for the cluster, and one for each replica, which has its own: a second for the same server would overwrite it.
 * @returns the cluster's: before it is there, the cluster takes whoever has a password.
 */
export function createTrustedSources(
  place: CloudPlace,
  { cluster, replicas }: LimitedServers,
  wiring: TrustedWiring,
): DatabaseFirewall {
  const { dataHost, network } = wiring;
  // By its id, which stays when the data host is renamed.
  const rules = trustedSources(place.topology, { cidr: network.cidr, dataHostId: dataHost?.id });
  for (const [key, replica] of replicas) {
    // `uuid` is the server; `id` has the cluster and a name in it, and would be no server at all.
    createFirewall(place, replicaPart(key), replica.uuid, rules);
  }
  return createFirewall(place, place.topology.primary.part, cluster.id, rules);
}

/**
 * To remove a list empties it, and a renamed or replaced one is removed after the new one was made: the server would then
 * be open to everybody. It is never removed, then, and goes with its server. A new name here needs an alias all the same.
 * @see https://github.com/digitalocean/terraform-provider-digitalocean/blob/main/digitalocean/database/resource_database_firewall.go
 */
function createFirewall(
  { childName, options }: CloudPlace,
  part: string,
  clusterId: pulumi.Input<string>,
  rules: types.input.DatabaseFirewallRule[],
): DatabaseFirewall {
  return new DatabaseFirewall(
    childName(`firewall-${part}`),
    { clusterId, rules },
    { ...options, retainOnDelete: true },
  );
}
