import { getVpcOutput } from "@pulumi/digitalocean/getVpc.js";
import { Vpc } from "@pulumi/digitalocean/vpc.js";
import type * as pulumi from "@pulumi/pulumi";
import type { CloudPlace } from "./cloud-place.ts";

/** The private network of a topology, made or found. */
export interface PrivateNetwork {
  readonly id: pulumi.Input<string>;
  /** Its addresses. */
  readonly cidr: pulumi.Input<string>;
}

/**
 * The VPC that the cluster and the data host have their private addresses in. It is of one region. Neither can move into
 * another VPC: to replace it would replace both, so that it is guarded as they are, and stays as long as they do.
 */
export function createNetwork(place: CloudPlace): PrivateNetwork {
  const { topology, name, childName, dataOptions, options } = place;
  const { cidr, existing } = topology.network;
  if (existing !== undefined) return { id: existing, cidr: getVpcOutput({ id: existing }, options).ipRange };
  const vpc = new Vpc(
    childName("vpc"),
    { name: name("vpc"), region: topology.region, ipRange: cidr },
    // What was in it leaves some minutes after its own removal has ended, and the provider gives up after two.
    { ...dataOptions, customTimeouts: { delete: "15m" } },
  );
  return { id: vpc.id, cidr };
}
