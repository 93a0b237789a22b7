import type Dockerode from "dockerode";
import { containersOf } from "../../rendering/containers.ts";
import { LABELS } from "../../topology/names.ts";
import { databasesOf, type ResolvedDocker } from "../../topology/resolved-docker.ts";

/** A container of the stack, as the engine lists it. */
export interface ListedContainer {
  readonly id: string;
  readonly name: string;
  /** `primary`, `replica-<key>`, `pooler`, `scheduler`. */
  readonly part: string;
  /** `running`, `exited`, … */
  readonly state: string;
  /** `healthy`, `unhealthy`, `starting`, or `none` without a health check. */
  readonly health: string;
  /** As in "Up 3 minutes (healthy)". */
  readonly status: string;
  readonly ports: readonly { readonly address: string; readonly published: number; readonly internal: number }[];
}

interface PortOfContainer {
  readonly IP?: string;
  readonly PublicPort?: number;
  readonly PrivatePort: number;
}

/** Every container with the stack's label, whether it runs or not. */
export async function listContainers(docker: Dockerode, topologyName: string): Promise<ListedContainer[]> {
  const listed = await docker.listContainers({ all: true, filters: stackFilter(topologyName) });
  return listed
    .map((container) => ({
      id: container.Id,
      name: container.Names[0]?.replace(/^\//, "") ?? container.Id,
      part: container.Labels[LABELS.part] ?? "",
      state: container.State,
      health: /\((?:health: )?(healthy|unhealthy|starting)\)/.exec(container.Status)?.[1] ?? "none",
      status: container.Status,
      // The engine leaves out the public side of a port that is not published, whatever the type says.
      ports: (container.Ports as PortOfContainer[]).flatMap(({ IP, PublicPort, PrivatePort }) =>
        PublicPort === undefined ? [] : [{ address: IP ?? "", published: PublicPort, internal: PrivatePort }],
      ),
    }))
    .sort((a, b) => (a.part < b.part ? -1 : 1));
}

/** Whether a container of the stack is not there: removed by hand, or never made. */
export async function lacksContainers(docker: Dockerode, stack: ResolvedDocker): Promise<boolean> {
  for (const { topology } of databasesOf(stack)) {
    const there = new Set((await listContainers(docker, topology.name)).map(({ part }) => part));
    if (containersOf(topology).some(({ part }) => !there.has(part))) return true;
  }
  return false;
}

/** Docker's filter for what the stack has made. */
export function stackFilter(topologyName: string): { label: string[] } {
  return { label: [`${LABELS.stack}=${topologyName}`] };
}
