import * as pulumi from "@pulumi/pulumi";
import type { TopologyOutputs } from "../topology/contract.ts";
import type { ResolvedTopology } from "../topology/resolved.ts";
import type { DigitalOceanTopologyArgs } from "./digitalocean/digitalocean-topology.ts";
import type { DeliveryOutputs } from "./digitalocean/outputs.ts";
import type { DockerTopologyArgs } from "./docker/docker-topology.ts";
import type { GcpTopologyArgs } from "./gcp/gcp-topology.ts";

/** What a topology is made from, by target. */
export type TopologyArgs = (DockerTopologyArgs | GcpTopologyArgs | DigitalOceanTopologyArgs) & Partial<ForApplications>;

/** What is handed to applications, and known to no server. */
interface ForApplications {
  /** What an application with a split database signs its sessions with; `undefined` without a data database. */
  readonly authSecret: pulumi.Output<string> | undefined;
}

/** What the stack exports. */
export interface CreatedTopology extends Partial<ForApplications> {
  /** What was asked for, every default filled, without secrets: a later change is judged against it. */
  readonly topology: ResolvedTopology;
  /** What applications and tools need to use it. */
  readonly outputs: pulumi.Input<TopologyOutputs>;
  /** What `pgt` needs to configure what was made: a secret, on digitalocean only. */
  readonly delivery?: pulumi.Output<DeliveryOutputs>;
}

/** Makes the resources of a topology on its target. Only that target's SDK is loaded: each takes half a second. */
export async function createTopology(args: TopologyArgs): Promise<CreatedTopology> {
  const { authSecret, topology } = args;
  // The engine warns of an output that is undefined.
  const secret = authSecret === undefined ? {} : { authSecret: pulumi.secret(authSecret) };
  return { topology, ...secret, ...(await create(args)) };
}

async function create(args: TopologyArgs): Promise<Pick<CreatedTopology, "outputs" | "delivery">> {
  const { name } = args.topology;
  if ("imageId" in args) {
    const { DockerTopology } = await import("./docker/docker-topology.ts");
    return { outputs: new DockerTopology(name, args).outputs };
  }
  if ("project" in args) {
    const { GcpTopology } = await import("./gcp/gcp-topology.ts");
    return { outputs: new GcpTopology(name, args).outputs };
  }
  const { DigitalOceanTopology } = await import("./digitalocean/digitalocean-topology.ts");
  const { delivery, outputs } = new DigitalOceanTopology(name, args);
  return { outputs, delivery };
}
