import type Dockerode from "dockerode";
import { isConflict, isNotFound, removeWhenFree, type DockerCalls } from "../docker-calls.ts";
import type { Properties, Property } from "../properties.ts";
import {
  boolean,
  dockerLabels,
  labels,
  labelsOf,
  map,
  text,
  type Label,
  type ResourceShape,
} from "../property-shape.ts";
import type { ResourceType } from "../resource-type.ts";

const shape: ResourceShape = {
  type: "docker:index/network:Network",
  inputs: {
    name: { shape: text, required: true, change: "replace" },
    attachable: { shape: boolean, change: "replace" },
    driver: { shape: text, change: "replace" },
    internal: { shape: boolean, change: "replace" },
    ipamDriver: { shape: text, default: "default", change: "replace" },
    ipv6: { shape: boolean, change: "replace" },
    labels: { shape: labels, change: "replace" },
    options: { shape: map, change: "replace" },
  },
  computed: ["attachable", "driver", "internal", "ipamConfigs", "ipv6", "options", "scope"],
  schemaVersion: "1",
};

interface NetworkInputs {
  readonly name: string;
  readonly attachable?: boolean;
  readonly driver?: string;
  readonly internal?: boolean;
  readonly ipamDriver: string;
  readonly ipv6?: boolean;
  readonly labels?: readonly Label[];
  readonly options?: Readonly<Record<string, string>>;
}

function createOptions(inputs: NetworkInputs): Dockerode.NetworkCreateOptions {
  return {
    Name: inputs.name,
    // Docker allows two networks of one name, and then nothing can say which is meant.
    CheckDuplicate: true,
    Labels: dockerLabels(inputs.labels),
    IPAM: { Driver: inputs.ipamDriver, Config: [] },
    ...(inputs.attachable !== undefined && { Attachable: inputs.attachable }),
    ...(inputs.driver !== undefined && { Driver: inputs.driver }),
    ...(inputs.internal !== undefined && { Internal: inputs.internal }),
    ...(inputs.ipv6 !== undefined && { EnableIPv6: inputs.ipv6 }),
    ...(inputs.options !== undefined && { Options: { ...inputs.options } }),
  };
}

function outputsOf(found: Dockerode.NetworkInspectInfo): Record<string, Property> {
  return {
    attachable: found.Attachable,
    driver: found.Driver,
    internal: found.Internal,
    ipamConfigs: (found.IPAM?.Config ?? []).map((config) => ({
      subnet: config.Subnet ?? "",
      gateway: config.Gateway ?? "",
      ipRange: config.IPRange ?? "",
    })),
    ipv6: found.EnableIPv6,
    options: { ...found.Options },
    scope: found.Scope,
  };
}

async function inspect(id: string, docker: DockerCalls): Promise<Dockerode.NetworkInspectInfo> {
  return docker.run({ name: `inspect the network ${id}` }, (engine) => engine.getNetwork(id).inspect());
}

/** docker.Network. Its id is Docker's; nothing of it can be changed in place. */
export const network: ResourceType = {
  shape,
  deleteBeforeReplace: (olds, news) => olds.name === news.name,
  async create(properties, docker) {
    const inputs = properties as unknown as NetworkInputs;
    const create = { name: `make the network ${inputs.name}` };
    try {
      const made = await docker.run(create, (engine) => engine.createNetwork(createOptions(inputs)));
      return { id: made.id, outputs: outputsOf(await inspect(made.id, docker)) };
    } catch (error) {
      if (!isConflict(error)) throw error;
      const fix = `remove it (docker network rm ${inputs.name}), or import it (pulumi import ${shape.type})`;
      throw new Error(`a network named ${inputs.name} exists that this stack does not know: ${fix}`, { cause: error });
    }
  },
  async read(id, known, docker) {
    try {
      const found = await inspect(id, docker);
      const inputs = known ?? { name: found.Name, labels: labelsOf(found.Labels), driver: found.Driver };
      return { id: found.Id, inputs, outputs: outputsOf(found) };
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  },
  update: () => Promise.resolve({}),
  async delete(id, known: Properties, docker) {
    const remove = { name: `remove the network ${(known as unknown as NetworkInputs).name}` };
    await removeWhenFree(() => docker.run(remove, (engine) => engine.getNetwork(id).remove()), docker.signal);
  },
};
