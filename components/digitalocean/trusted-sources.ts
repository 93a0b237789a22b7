import type { types } from "@pulumi/digitalocean";
import type { DatabaseCluster } from "@pulumi/digitalocean/databaseCluster.js";
import { DatabaseFirewall } from "@pulumi/digitalocean/databaseFirewall.js";
import type { DatabaseReplica } from "@pulumi/digitalocean/databaseReplica.js";
import type { Droplet } from "@pulumi/digitalocean/droplet.js";
import type * as pulumi from "@pulumi/pulumi";
import type { ResolvedDigitalOcean } from "../../topology/resolved-digitalocean.ts";
import { replicaPart } from "../../topology/names.ts";
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
 * Who may connect, and nobody else: the data host where there is one, by its id, which no other machine ever gets, and
 * which stays when it is renamed; else the VPC. An empty list would let everybody in, so that there is always one.
 * @see https://docs.digitalocean.com/products/databases/postgresql/how-to/secure/
 */
function trustedSources(
  topology: ResolvedDigitalOcean,
  { network, dataHost }: TrustedWiring,
): types.input.DatabaseFirewallRule[] {
  const own =
    dataHost === undefined ? { type: "ip_addr", value: network.cidr } : { type: "droplet", value: dataHost.id };
  return [own, ...topology.sources.map((value) => ({ type: "ip_addr", value }))];
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
  const rules = trustedSources(place.topology, wiring);
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
