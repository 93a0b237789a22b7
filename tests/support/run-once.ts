import type Docker from "dockerode";
import { testImage, type RunningTopology } from "./running-topology.ts";

/** What a container that ran to its end has left. */
export interface RunOnce {
  readonly exitCode: number;
  readonly log: string;
}

/**
 * Runs one command of the image in a container of its own, on volumes of a topology, and waits for its end.
 * @param volumes suffix of a volume → path in the container.
 */
export async function runOnce(
  { docker, topology }: Pick<RunningTopology, "docker" | "topology">,
  command: readonly string[],
  volumes: Readonly<Record<string, string>>,
): Promise<RunOnce> {
  const container: Docker.Container = await docker.createContainer({
    Image: testImage(),
    Cmd: [...command],
    HostConfig: {
      NetworkMode: "none",
      Binds: Object.entries(volumes).map(([volume, path]) => `${topology.name}-${volume}:${path}`),
    },
  });
  try {
    await container.start();
    const { StatusCode } = (await container.wait()) as { StatusCode: number };
    return { exitCode: StatusCode, log: (await container.logs({ stdout: true, stderr: true })).toString("utf8") };
  } finally {
    await container.remove({ force: true, v: true });
  }
}
