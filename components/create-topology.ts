import type { TopologyOutputs } from "../topology/contract.ts";
import { DockerTopology, type DockerTopologyArgs } from "./docker/docker-topology.ts";

/** Makes the resources of a topology on its target, and returns what others may use. */
export function createTopology(args: DockerTopologyArgs): TopologyOutputs {
  return new DockerTopology(args.topology.name, args).outputs;
}
