import { statfs } from "node:fs/promises";
import { PgtError } from "../../kernel/errors.ts";
import type { DockerEngine } from "./docker-engine.ts";

/** Free space where the engine keeps images and volumes. */
export interface DockerDisk {
  readonly path: string;
  readonly freeGiB: number;
}

const GIB = 1024 ** 3;

/** `undefined` when it can't be known: an engine on another machine, or in a virtual one. */
export async function readDockerDisk(engine: DockerEngine): Promise<DockerDisk | undefined> {
  if (!engine.host.startsWith("unix://")) return undefined;
  const info = (await engine.docker.info()) as { DockerRootDir?: string; OperatingSystem?: string };
  if (info.DockerRootDir === undefined || info.OperatingSystem === "Docker Desktop") return undefined;
  try {
    const { bavail, bsize } = await statfs(info.DockerRootDir);
    return { path: info.DockerRootDir, freeGiB: (bavail * bsize) / GIB };
  } catch {
    return undefined; // The path is the engine's, and means nothing here, as with an engine in a virtual machine.
  }
}

/**
 * Refuses to go on with a disk that is nearly full, because PostgreSQL stops when its volume is.
 * @param disk as {@link readDockerDisk} gives it; unknown is let through.
 * @param purpose completes "is needed for …".
 */
export function requireFreeSpace(disk: DockerDisk | undefined, neededGiB: number, purpose: string): void {
  if (disk === undefined || disk.freeGiB >= neededGiB) return;
  throw new PgtError(
    `${disk.path}: got ${disk.freeGiB.toFixed(1)} GiB free, want ${neededGiB} GiB: it is needed for ${purpose}`,
    {
      fix: [
        "see what Docker keeps: docker system df",
        "free what nothing uses: docker image prune, docker builder prune (volumes are data: leave them)",
      ],
    },
  );
}
