import type { Stack } from "@pulumi/pulumi/automation/index.js";
import type Dockerode from "dockerode";
import { listContainers, stackFilter } from "./containers.ts";

interface Deployment {
  readonly resources?: readonly { readonly type: string; readonly id?: string }[];
  readonly pending_operations?: readonly unknown[];
}

/**
 * Removes containers and networks with the stack's label that its state does not know: a killed run made them and could
 * not write them down. Volumes are never touched. The engine's record of what was under way is cleared with them.
 */
export async function removeLeftovers(
  docker: Dockerode,
  stack: Stack,
  topologyNames: readonly string[],
): Promise<string[]> {
  const exported = await stack.exportStack();
  const deployment = exported.deployment as Deployment;
  const known = new Set((deployment.resources ?? []).map(({ id }) => id));
  const removed: string[] = [];
  for (const name of topologyNames) removed.push(...(await removeUnknown(docker, name, known)));
  if ((deployment.pending_operations ?? []).length > 0) {
    const { pending_operations: pending, ...settled } = deployment;
    await stack.importStack({ ...exported, deployment: settled });
  }
  return removed;
}

async function removeUnknown(
  docker: Dockerode,
  topologyName: string,
  known: ReadonlySet<string | undefined>,
): Promise<string[]> {
  const removed: string[] = [];
  for (const { id, name } of await listContainers(docker, topologyName)) {
    if (known.has(id)) continue;
    await docker.getContainer(id).remove({ force: true, v: false });
    removed.push(`container ${name}`);
  }
  for (const network of await docker.listNetworks({ filters: stackFilter(topologyName) })) {
    if (known.has(network.Id)) continue;
    await docker.getNetwork(network.Id).remove();
    removed.push(`network ${network.Name}`);
  }
  return removed;
}
