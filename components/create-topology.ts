import type * as pulumi from "@pulumi/pulumi";
import type { TopologyOutputs } from "../topology/contract.ts";
import type { ResolvedTopology } from "../topology/resolved.ts";
import type { DockerTopologyArgs } from "./docker/docker-topology.ts";
import type { GcpTopologyArgs } from "./gcp/gcp-topology.ts";

/** What the stack exports. */
export interface CreatedTopology {
  /** What was asked for, every default filled, without secrets: a later change is judged against it. */
  readonly topology: ResolvedTopology;
  /** What applications and tools need to use it. */
  readonly outputs: pulumi.Input<TopologyOutputs>;
}

/** Makes the resources of a topology on its target. Only that target's SDK is loaded: each takes half a second. */
export async function createTopology(args: DockerTopologyArgs | GcpTopologyArgs): Promise<CreatedTopology> {
  return { topology: args.topology, outputs: await outputsOf(args) };
}

async function outputsOf(args: DockerTopologyArgs | GcpTopologyArgs): Promise<pulumi.Input<TopologyOutputs>> {
  const { name } = args.topology;
  if ("imageId" in args) {
    const { DockerTopology } = await import("./docker/docker-topology.ts");
    return new DockerTopology(name, args).outputs;
  }
  const { GcpTopology } = await import("./gcp/gcp-topology.ts");
  return new GcpTopology(name, args).outputs;
}
