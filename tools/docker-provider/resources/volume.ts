import type Dockerode from "dockerode";
import { isNotFound, removeWhenFree, type DockerCalls } from "../docker-calls.ts";
import type { Property } from "../properties.ts";
import { dockerLabels, labels, labelsOf, map, text, type Label, type ResourceShape } from "../property-shape.ts";
import type { ResourceType } from "../resource-type.ts";

const shape: ResourceShape = {
  type: "docker:index/volume:Volume",
  inputs: {
    name: { shape: text, required: true, change: "replace" },
    driver: { shape: text, change: "replace" },
    driverOpts: { shape: map, change: "replace" },
    labels: { shape: labels, change: "replace" },
  },
  computed: ["driver", "mountpoint"],
  schemaVersion: "1",
};

interface VolumeInputs {
  readonly name: string;
  readonly driver?: string;
  readonly driverOpts?: Readonly<Record<string, string>>;
  readonly labels?: readonly Label[];
}

function outputsOf(found: Dockerode.VolumeInspectInfo): Record<string, Property> {
  return { driver: found.Driver, mountpoint: found.Mountpoint };
}

async function inspect(name: string, docker: DockerCalls): Promise<Dockerode.VolumeInspectInfo> {
  return docker.run({ name: `inspect the volume ${name}` }, (engine) => engine.getVolume(name).inspect());
}

/** docker.Volume. Its id is its name; one that exists already is taken over with its data, as the official plugin does. */
export const volume: ResourceType = {
  shape,
  deleteBeforeReplace: (olds, news) => olds.name === news.name,
  async create(properties, docker) {
    const inputs = properties as unknown as VolumeInputs;
    await docker.run({ name: `make the volume ${inputs.name}` }, (engine) =>
      engine.createVolume({
        Name: inputs.name,
        Labels: dockerLabels(inputs.labels),
        ...(inputs.driver !== undefined && { Driver: inputs.driver }),
        ...(inputs.driverOpts !== undefined && { DriverOpts: { ...inputs.driverOpts } }),
      }),
    );
    return { id: inputs.name, outputs: outputsOf(await inspect(inputs.name, docker)) };
  },
  async read(id, known, docker) {
    try {
      const found = await inspect(id, docker);
      const inputs = known ?? { name: found.Name, labels: labelsOf(found.Labels), driver: found.Driver };
      return { id: found.Name, inputs, outputs: outputsOf(found) };
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  },
  update: () => Promise.resolve({}),
  async delete(id, _known, docker) {
    const remove = { name: `remove the volume ${id}` };
    await removeWhenFree(() => docker.run(remove, (engine) => engine.getVolume(id).remove()), docker.signal);
  },
};
