import { GlobalAddress } from "@pulumi/gcp/compute/globalAddress.js";
import { Network } from "@pulumi/gcp/compute/network.js";
import { Subnetwork } from "@pulumi/gcp/compute/subnetwork.js";
import { Connection } from "@pulumi/gcp/servicenetworking/connection.js";
import type * as pulumi from "@pulumi/pulumi";
import type { CloudPlace } from "./cloud-place.ts";

/** The private network of a topology, made or found. */
export interface GcpNetwork {
  /** `projects/…/global/networks/…` */
  readonly networkId: pulumi.Input<string>;
  /** Where Cloud Run's connections come from; `undefined` in an existing VPC of which no subnet was named. */
  readonly subnetId: pulumi.Input<string> | undefined;
  /** What must be there before an instance can have an address. */
  readonly ready: readonly pulumi.Resource[];
}

/**
 * The network that the instances have their addresses in. An existing VPC is expected to have its private services
 * access: the range and the peering are its owner's, and one VPC has one peering for all its users.
 */
export function createNetwork(place: CloudPlace): GcpNetwork {
  const { existing, subnet } = place.topology.network;
  return existing === undefined ? createOwnNetwork(place) : { networkId: existing, subnetId: subnet, ready: [] };
}

/** How Cloud Run comes into the network: the servers have private addresses only, and everything else goes its own way. */
export function directVpcEgress({ networkId, subnetId }: Pick<GcpNetwork, "networkId" | "subnetId">) {
  return { networkInterfaces: [{ network: networkId, subnetwork: subnetId }], egress: "PRIVATE_RANGES_ONLY" };
}

function createOwnNetwork({ topology, project, labels, options, name, childName }: CloudPlace): GcpNetwork {
  const network = new Network(
    childName("network"),
    { name: name("network"), project, autoCreateSubnetworks: false },
    options,
  );
  const subnet = new Subnetwork(
    childName("subnet"),
    {
      name: name("subnet"),
      project,
      region: topology.region,
      network: network.id,
      ipCidrRange: topology.network.subnetCidr,
      // The service reaches Secret Manager and the Cloud SQL API from here without a public address.
      privateIpGoogleAccess: true,
    },
    options,
  );
  const range = new GlobalAddress(
    childName("services-range"),
    {
      name: name("services-range"),
      project,
      purpose: "VPC_PEERING",
      addressType: "INTERNAL",
      prefixLength: topology.network.servicesPrefixLength,
      network: network.id,
      labels,
    },
    options,
  );
  const connection = new Connection(
    childName("services-connection"),
    {
      network: network.id,
      service: "servicenetworking.googleapis.com",
      reservedPeeringRanges: [range.name],
      // For up to four days after the last instance, its removal is refused; a later `down` ends the work. "ABANDON" would
      // not wait, but leave a peering that nobody manages, and that the VPC can't be removed with.
      // https://cloud.google.com/vpc/docs/configure-private-services-access#removing-connection
      deletionPolicy: "DELETE",
    },
    options,
  );
  return { networkId: network.id, subnetId: subnet.id, ready: [connection] };
}
