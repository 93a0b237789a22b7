import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import { containersOf } from "../../rendering/containers.ts";
import { filesOf } from "../../rendering/files.ts";
import type { TopologyOutputs } from "../../topology/contract.ts";
import { outputsOf } from "../../topology/outputs.ts";
import type { ResolvedDocker } from "../../topology/resolved-docker.ts";
import type { StackSecrets } from "../../topology/secrets.ts";
import { containerArgs, labels } from "./container-args.ts";

/** What a topology on Docker is made from. */
export interface DockerTopologyArgs extends StackSecrets<pulumi.Output<string>> {
  /** Id of the image that every container takes: `sha256:…`. */
  readonly imageId: string;
}

/** A PostgreSQL topology in containers on one Docker engine. */
export class DockerTopology extends pulumi.ComponentResource {
  readonly outputs: TopologyOutputs;

  constructor(name: string, args: DockerTopologyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("pgtopology:docker:Topology", name, {}, opts);
    const { topology, secrets, imageId, data } = args;
    const parent = { parent: this };

    const network = new docker.Network(
      `${name}-network`,
      { name: topology.name, labels: labels(topology, "network") },
      { ...parent, deleteBeforeReplace: true },
    );
    const shapes = containersOf(topology);
    const volumes = this.createVolumes(name, topology, new Set(shapes.flatMap(mountedVolumes)));

    const place = { topology, imageId, network: network.name, volumes };
    const made = new Map<string, docker.Container>();
    for (const shape of shapes) {
      const files = filesOf(topology, shape.part, secrets, (secret, write) => secret.apply(write));
      made.set(
        shape.part,
        new docker.Container(`${name}-${shape.part}`, containerArgs(shape, files, place), {
          ...parent,
          // The name is fixed, and a data volume has one server at a time.
          deleteBeforeReplace: true,
          dependsOn: shape.after.flatMap((part) => made.get(part) ?? []),
        }),
      );
    }
    // A topology of its own, beside this one: nothing of theirs is shared.
    if (data !== undefined) new DockerTopology(data.topology.name, { ...data, imageId }, parent);
    this.outputs = {
      ...outputsOf(topology, secrets.caCertificate),
      data: data && outputsOf(data.topology, data.secrets.caCertificate),
    };
    // The policy pack takes environment and address from here: which floors hold, and where ports may be published.
    this.registerOutputs({ outputs: this.outputs, address: topology.address });
  }

  /** Data outlives the node and the stack, unless the configuration says otherwise: `pgt down --delete-data` removes it. */
  private createVolumes(
    name: string,
    topology: ResolvedDocker,
    volumes: ReadonlySet<string>,
  ): Record<string, pulumi.Output<string>> {
    const made: Record<string, pulumi.Output<string>> = {};
    for (const volume of volumes) {
      const resource = new docker.Volume(
        `${name}-${volume}`,
        { name: `${topology.name}-${volume}`, labels: labels(topology, volume) },
        { parent: this, retainOnDelete: topology.keepData && volume !== "socket" },
      );
      made[volume] = resource.name;
    }
    return made;
  }
}

function mountedVolumes({ mounts }: { mounts: readonly { volume: string }[] }): string[] {
  return mounts.map(({ volume }) => volume);
}
