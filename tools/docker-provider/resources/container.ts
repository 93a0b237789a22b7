import { containerCreateOptions, liveLimits } from "../container-create-options.ts";
import { containerOutputs, driftedInputs, importedInputs } from "../container-outputs.ts";
import { isConflict, isNotFound, removeWhenFree, type DockerCalls } from "../docker-calls.ts";
import type { ResourceType } from "../resource-type.ts";
import { uploadArchive } from "../uploads.ts";
import { inspectContainer, waitUntilStarted } from "../wait-healthy.ts";
import { containerShape, type ContainerInputs } from "./container-shape.ts";

/** docker.Container. Its id is Docker's. Making one is atomic: a half-made container is removed again. */
export const container: ResourceType = {
  shape: containerShape,
  // Also under a new name: its ports and its volumes can be had only once.
  deleteBeforeReplace: () => true,
  async create(properties, docker) {
    const inputs = properties as unknown as ContainerInputs;
    const id = await make(inputs, docker);
    try {
      await connect(id, inputs, docker);
      await upload(id, inputs, docker);
      if (inputs.start) await start(id, inputs, docker);
      return { id, outputs: containerOutputs(await inspectContainer(id, docker)) };
    } catch (error) {
      await removeHalfMade(id, docker);
      if (docker.signal.aborted)
        throw new Error(`container ${inputs.name}: cancelled, and removed again`, { cause: error });
      throw error;
    }
  },
  async read(id, known, docker) {
    try {
      const found = await inspectContainer(id, docker);
      const inputs = known ? driftedInputs(known, found) : importedInputs(found);
      return { id: found.Id, inputs, outputs: containerOutputs(found) };
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  },
  async update(id, news, docker) {
    const inputs = news as unknown as ContainerInputs;
    const call = { name: `update the container ${inputs.name}` };
    await docker.run(call, (engine) => engine.getContainer(id).update(liveLimits(inputs)));
    const { State: state } = await inspectContainer(id, docker);
    if (inputs.mustRun && inputs.start && !state.Running && !state.Restarting) await start(id, inputs, docker);
    return containerOutputs(await inspectContainer(id, docker));
  },
  async delete(id, known, docker) {
    await stop(id, known as unknown as ContainerInputs, docker);
    const v = known.removeVolumes !== false;
    const call = { name: `remove the container ${(known as unknown as ContainerInputs).name}` };
    await removeWhenFree(
      () => docker.run(call, (engine) => engine.getContainer(id).remove({ force: true, v })),
      docker.signal,
    );
  },
};

async function make(inputs: ContainerInputs, docker: DockerCalls): Promise<string> {
  const call = { name: `make the container ${inputs.name}` };
  try {
    return (await docker.run(call, (engine) => engine.createContainer(containerCreateOptions(inputs)))).id;
  } catch (error) {
    if (!isConflict(error)) throw error;
    const fix = `remove it (docker rm --force ${inputs.name}), or import it (pulumi import ${containerShape.type})`;
    throw new Error(`a container named ${inputs.name} exists that this stack does not know: ${fix}`, { cause: error });
  }
}

async function connect(id: string, inputs: ContainerInputs, docker: DockerCalls): Promise<void> {
  const networks = inputs.networksAdvanced ?? [];
  if (networks.length > 0 && inputs.networkMode === "bridge") {
    const leave = { name: `disconnect ${inputs.name} from the default network` };
    try {
      await docker.run(leave, (engine) => engine.getNetwork("bridge").disconnect({ Container: id }));
    } catch (error) {
      // An engine may run without a default network.
      if (!isNotFound(error)) throw error;
    }
  }
  for (const network of networks) {
    const join = { name: `connect ${inputs.name} to the network ${network.name}` };
    const EndpointConfig = {
      Aliases: [...(network.aliases ?? [])],
      IPAMConfig: { IPv4Address: network.ipv4Address ?? "", IPv6Address: network.ipv6Address ?? "" },
    };
    await docker.run(join, (engine) => engine.getNetwork(network.name).connect({ Container: id, EndpointConfig }));
  }
}

async function upload(id: string, inputs: ContainerInputs, docker: DockerCalls): Promise<void> {
  if (!inputs.uploads || inputs.uploads.length === 0) return;
  const archive = await uploadArchive(inputs.uploads);
  const call = { name: `put files into the container ${inputs.name}` };
  await docker.run(call, (engine) => engine.getContainer(id).putArchive(archive, { path: "/" }));
}

async function start(id: string, inputs: ContainerInputs, docker: DockerCalls): Promise<void> {
  await docker.run({ name: `start the container ${inputs.name}` }, (engine) => engine.getContainer(id).start());
  await waitUntilStarted(id, inputs, docker);
}

/** Goes on after a cancellation, and never hides the error that led here. */
async function removeHalfMade(id: string, docker: DockerCalls): Promise<void> {
  const call = { name: "remove the half-made container", timeoutMs: 20_000, evenWhenCancelled: true };
  try {
    await docker.run(call, (engine) => engine.getContainer(id).remove({ force: true, v: true }));
  } catch (error) {
    if (!isNotFound(error)) console.error(error instanceof Error ? error.message : String(error));
  }
}

/** As the official plugin: without `destroyGraceSeconds` a container is not stopped first, but killed. */
async function stop(id: string, inputs: ContainerInputs, docker: DockerCalls): Promise<void> {
  const graceSeconds = inputs.destroyGraceSeconds ?? 0;
  if (graceSeconds === 0) return;
  const call = { name: `stop the container ${inputs.name}`, timeoutMs: (graceSeconds + 30) * 1000 };
  try {
    await docker.run(call, (engine) => engine.getContainer(id).stop({ t: graceSeconds }));
  } catch (error) {
    const stopped = error instanceof Error && "statusCode" in error && error.statusCode === 304;
    if (!stopped && !isNotFound(error)) throw error;
  }
}
