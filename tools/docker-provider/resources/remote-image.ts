import type Dockerode from "dockerode";
import { isNotFound, type DockerCalls } from "../docker-calls.ts";
import type { Property } from "../properties.ts";
import { boolean, listOfText, map, text, type ResourceShape } from "../property-shape.ts";
import type { ResourceType } from "../resource-type.ts";

const PULL_TIMEOUT_MS = 600_000;

const shape: ResourceShape = {
  type: "docker:index/remoteImage:RemoteImage",
  inputs: {
    name: { shape: text, required: true, change: "replace" },
    forceRemove: { shape: boolean, change: "in-place" },
    keepLocally: { shape: boolean, change: "in-place" },
    platform: { shape: text, change: "replace" },
    pullTriggers: { shape: { ...listOfText, kind: "set" }, change: "replace" },
    triggers: { shape: map, change: "replace" },
  },
  computed: ["imageId", "repoDigest"],
};

interface RemoteImageInputs {
  readonly name: string;
  readonly forceRemove?: boolean;
  readonly keepLocally?: boolean;
  readonly platform?: string;
}

function outputsOf(found: Dockerode.ImageInspectInfo): Record<string, Property> {
  return { imageId: found.Id, repoDigest: found.RepoDigests[0] ?? "" };
}

async function find(name: string, docker: DockerCalls): Promise<Dockerode.ImageInspectInfo | undefined> {
  try {
    return await docker.run({ name: `inspect the image ${name}` }, (engine) => engine.getImage(name).inspect());
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

async function pull(inputs: RemoteImageInputs, timeoutMs: number, docker: DockerCalls): Promise<void> {
  const platform = inputs.platform === undefined ? {} : { platform: inputs.platform };
  await docker.run({ name: `pull the image ${inputs.name}`, timeoutMs }, async (engine, signal) => {
    const progress = await engine.pull(inputs.name, { ...platform, abortSignal: signal });
    await new Promise<void>((resolve, reject) => {
      engine.modem.followProgress(progress, (error: Error | null) => {
        if (error) reject(error);
        else resolve();
      });
    });
  });
}

/** docker.RemoteImage: an image that is here, or is pulled. Its id is the image's id with the name behind it, as the official plugin has it. */
export const remoteImage: ResourceType = {
  shape,
  deleteBeforeReplace: () => false,
  async create(properties, docker, { timeoutMs }) {
    const inputs = properties as unknown as RemoteImageInputs;
    let found = await find(inputs.name, docker);
    if (!found) {
      await pull(inputs, timeoutMs ?? PULL_TIMEOUT_MS, docker);
      found = await find(inputs.name, docker);
    }
    if (!found) throw new Error(`the image ${inputs.name} was pulled, but Docker does not have it`);
    return { id: `${found.Id}${inputs.name}`, outputs: outputsOf(found) };
  },
  async read(id, known, docker) {
    const name = typeof known?.name === "string" ? known.name : id;
    const found = await find(name, docker);
    return found && { id: `${found.Id}${name}`, inputs: known ?? { name }, outputs: outputsOf(found) };
  },
  update: () => Promise.resolve({}),
  async delete(_id, known, docker) {
    const { name, keepLocally, forceRemove } = known as unknown as RemoteImageInputs;
    if (keepLocally === true || !(await find(name, docker))) return;
    await docker.run({ name: `remove the image ${name}` }, (engine) =>
      engine.getImage(name).remove({ force: forceRemove ?? false }),
    );
  },
};
